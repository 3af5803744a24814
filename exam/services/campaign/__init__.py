"""A campaign: its officers, stages, schedules, terms and thresholds."""
