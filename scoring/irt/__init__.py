"""Item response theory: calibration, ability, information and fit."""
