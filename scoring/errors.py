"""What must not happen in scoring, as exceptions; each says what to give instead."""


class ScoringError(ValueError):
    """The input cannot be scored or analysed as asked."""


class ResponseError(ScoringError):
    """Responses, keys or their labels do not fit together."""


class ThresholdError(ScoringError):
    """A threshold cannot be met or missed by this test."""


class CutScoreError(ScoringError):
    """A cut score lies outside the score range."""


class StandardSettingError(ScoringError):
    """Ratings of a standard-setting panel are incomplete or out of range."""
