"""Answers too quick to have been thought about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.encoding import Missing
from scoring.errors import ResponseError, ScoringError
from scoring.irt.grid import FloatArray
from scoring.numbers import numbers_of
from scoring.responses import ResponseMatrix

SHARE_OF_MEAN, LONGEST = 0.10, 10.0
LITTLE_EFFORT = 0.90


@dataclass(frozen=True, slots=True, eq=False)
class RapidGuessing:
    """Rapid answers of every person and item.

    Attributes
    ----------
    thresholds : ndarray, shape (n_items,)
        Seconds below which an answer is rapid; NaN for an item without times.
    rapid : ndarray of bool, shape (n_persons, n_items)
        Which answers were.
    effort : ndarray, shape (n_persons,)
        Share of a person's timed answers that were not rapid; NaN for who has none.
    right_when_rapid, right_otherwise : ndarray, shape (n_items,)
        Mean share of points in rapid and in other answers: rapid guesses are near chance. A rapid answer
        that is right more often than others may have been known before.
    """

    thresholds: FloatArray
    rapid: NDArray[np.bool_]
    effort: FloatArray
    right_when_rapid: FloatArray
    right_otherwise: FloatArray

    @property
    def little_effort(self) -> NDArray[np.bool_]:
        """Who answered more than a tenth of the items rapidly (Wise & Kong 2005)."""
        return np.asarray(self.effort < LITTLE_EFFORT)


def rapid_guessing(responses: ResponseMatrix, thresholds: ArrayLike | None = None) -> RapidGuessing:
    """Find rapid answers by time thresholds.

    Parameters
    ----------
    responses : ResponseMatrix
        With `seconds`. Only answers count: blanks and cells without a time are left out.
    thresholds : array_like, shape (n_items,), optional
        Seconds; by default a tenth of the item's mean time, at most 10 seconds.

    Returns
    -------
    RapidGuessing
        Which answers were rapid, and the effort of each person, 0 to 1.

    Raises
    ------
    ResponseError
        If the responses hold no times, or a negative one.
    ScoringError
        If the thresholds do not fit.

    References
    ----------
    Wise & Ma (2012), NCME (normative threshold, NT10). Wise & Kong (2005), Appl. Meas. Educ. 18, 163-183.
    """
    if responses.seconds is None:
        raise ResponseError("rapid guessing needs the seconds that each answer took")
    seconds = responses.seconds.astype(np.float64)
    timed = np.isfinite(seconds)
    if bool((seconds[timed] < 0).any()):
        raise ResponseError("seconds cannot be negative")
    if responses.missing is not None:
        timed &= responses.missing == Missing.ANSWERED
    limits = _thresholds(seconds, timed, thresholds)
    rapid = timed & (seconds < limits)
    share = responses.points / responses.max_points
    return RapidGuessing(
        limits,
        rapid,
        1.0 - _mean(rapid, timed, axis=1),
        _mean(share, rapid, axis=0),
        _mean(share, timed & ~rapid, axis=0),
    )


def _thresholds(seconds: FloatArray, timed: NDArray[np.bool_], given: ArrayLike | None) -> FloatArray:
    if given is None:
        return np.asarray(np.minimum(SHARE_OF_MEAN * _mean(seconds, timed, axis=0), LONGEST))
    limits = numbers_of(given, "limits of time")
    if limits.shape != (seconds.shape[1],) or bool((limits < 0).any()):
        raise ScoringError(f"{seconds.shape[1]} items need as many thresholds, none below 0")
    return limits


def _mean(values: NDArray[np.generic], where: NDArray[np.bool_], axis: int) -> FloatArray:
    """Mean over some cells; NaN where there are none."""
    n = where.sum(axis=axis).astype(np.float64)
    total = np.where(where, values, 0).sum(axis=axis, dtype=np.float64)
    return np.asarray(np.divide(total, n, out=np.full_like(n, np.nan), where=n > 0))
