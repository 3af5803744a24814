"""Scores of one form on the scale of another, and calibrations on one scale."""
