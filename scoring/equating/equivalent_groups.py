"""Equate the scores of two forms taken by equivalent groups: mean, linear and equipercentile."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.errors import ScoringError

FloatArray = NDArray[np.float64]
Method = Callable[[FloatArray, FloatArray], "Equating"]

FEWEST_REPLICATES = 2
ROUNDING = 1e-13
"""Ranks this near to a boundary are at it."""


@dataclass(frozen=True, slots=True, eq=False)
class Equating:
    """Scores of one form on the scale of another.

    Attributes
    ----------
    method : str
        How they were found.
    scores : ndarray, shape (n_scores,)
        Scores of the new form, 0 to its highest.
    equivalents : ndarray, shape (n_scores,)
        Their equivalents on the old form; neither rounded nor cut off at its ends.
    slope, intercept : float
        Of a straight line; NaN where the relation is a curve.
    """

    method: str
    scores: FloatArray
    equivalents: FloatArray
    slope: float = float("nan")
    intercept: float = float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class EquatingError:
    """Bootstrap error of equivalents; arrays of shape (n_scores,).

    Attributes
    ----------
    se : ndarray
        Standard deviation over the replicates.
    bias : ndarray
        Mean of the replicates less the equivalents found.
    n_replicates : int
        How often persons were drawn anew.
    """

    se: FloatArray
    bias: FloatArray
    n_replicates: int


def score_counts(scores: ArrayLike, max_score: int) -> FloatArray:
    """Count the persons at each whole score from 0 to `max_score`, shape (max_score + 1,).

    Raises
    ------
    ScoringError
        If there are no scores, or one is not a whole number within the range.
    """
    values = np.asarray(scores, dtype=np.float64)
    if values.ndim != 1 or not values.size:
        raise ScoringError("equating needs the scores of at least one person on each form")
    if not bool((values == np.floor(values)).all()):
        raise ScoringError("equating needs whole scores")
    if values.min() < 0 or values.max() > max_score:
        raise ScoringError(f"a score lies outside 0 to {max_score}")
    return np.bincount(values.astype(np.intp), minlength=max_score + 1).astype(np.float64)


def joint_counts(totals: ArrayLike, anchors: ArrayLike, max_total: int, max_anchor: int) -> FloatArray:
    """Count the persons at each pair of total and anchor score, shape (max_total + 1, max_anchor + 1)."""
    score_counts(totals, max_total)
    score_counts(anchors, max_anchor)
    table = np.zeros((max_total + 1, max_anchor + 1))
    pairs = np.asarray(totals, dtype=np.intp), np.asarray(anchors, dtype=np.intp)
    if pairs[0].shape != pairs[1].shape:
        raise ScoringError(f"{pairs[0].size} totals and {pairs[1].size} anchor scores do not pair up")
    np.add.at(table, pairs, 1.0)
    return table


def mean_equate(x: ArrayLike, y: ArrayLike) -> Equating:
    """Equate by the difference of the means.

    Parameters
    ----------
    x, y : array_like, shape (n_scores,)
        Persons at each score from 0 on, on the new and on the old form: counts, or smoothed frequencies.

    Raises
    ------
    ScoringError
        If the counts are negative, not finite or all 0.

    References
    ----------
    Kolen & Brennan (2014), Test Equating, Scaling, and Linking, 30.
    """
    new, old = _counts(x), _counts(y)
    return straight("mean", len(new), 1.0, _mean(old) - _mean(new))


def linear_equate(x: ArrayLike, y: ArrayLike) -> Equating:
    """Equate by means and standard deviations; parameters as in `mean_equate`.

    The divisor of the variances is n - 1; of shares, which add up to 1, it is 1.

    Raises
    ------
    ScoringError
        As `mean_equate`, and if the scores on a form do not vary.

    References
    ----------
    Kolen & Brennan (2014), 31.
    """
    new, old = _counts(x), _counts(y)
    if min(np.count_nonzero(new), np.count_nonzero(old)) < 2:
        raise ScoringError("linear equating needs scores that vary on both forms; use the mean")
    slope = float(np.sqrt(_variance(old) / _variance(new)))
    return straight("linear", len(new), slope, _mean(old) - slope * _mean(new))


def equipercentile_equate(x: ArrayLike, y: ArrayLike) -> Equating:
    """Equate scores with the same percentile rank; parameters as in `mean_equate`.

    A score stands for the interval half a point to either side, over which its persons are spread evenly.
    The percentile rank 0 has the equivalent -0.5, the rank 100 the highest score and a half. Where nobody
    has a score, ranks do not tell the scores beside it apart and the highest of them is taken.

    References
    ----------
    Kolen & Brennan (2014), 39 and 44.
    """
    new, old = _counts(x), _counts(y)
    return curved("equipercentile", len(new), at_rank(percentile_ranks(new), old))


def percentile_ranks(counts: ArrayLike) -> FloatArray:
    """Share of persons below a score and half of those at it, between 0 and 1, shape (n_scores,)."""
    known = _counts(counts)
    share = known / known.sum()
    return np.asarray(np.cumsum(share) - share / 2.0)


def at_rank(ranks: FloatArray, counts: FloatArray) -> FloatArray:
    """Find the points of a distribution of scores that have the given ranks, in the shape of `ranks`."""
    share = counts / counts.sum()
    upper = np.cumsum(share)
    upper[-1] = 1.0
    lower = upper - share
    place = np.searchsorted(upper, ranks + ROUNDING, side="right").clip(max=len(counts) - 1)
    step = np.maximum(share[place], np.finfo(float).tiny)
    points = place - 0.5 + np.clip((ranks - lower[place]) / step, 0.0, 1.0)
    return np.where(ranks <= ROUNDING, -0.5, np.where(ranks >= 1.0 - ROUNDING, len(counts) - 0.5, points))


def equating_error(
    method: Method,
    x: ArrayLike,
    y: ArrayLike,
    *,
    n_replicates: int = 500,
    rng: np.random.Generator,
    progress: Callable[[int, int], None] | None = None,
) -> EquatingError:
    """Estimate the standard error of equating by drawing the persons of both groups anew.

    Parameters
    ----------
    method : callable
        Takes counts on both forms and returns an `Equating`; smoothing belongs into it.
    x, y : array_like
        Whole counts, as the method takes them: by score, or by total and anchor score.
    n_replicates : int
        How often; a replicate that cannot be equated is drawn again.
    rng : numpy.random.Generator
        Source of the draws.
    progress : callable, optional
        Called after every replicate with how many are done, and of how many.

    Raises
    ------
    ScoringError
        If the method refuses the counts themselves, or as many replicates as are wanted.

    References
    ----------
    Efron & Tibshirani (1993), An Introduction to the Bootstrap. Kolen & Brennan (2014), 250.
    """
    if n_replicates < FEWEST_REPLICATES:
        raise ScoringError(f"a standard error needs at least {FEWEST_REPLICATES} replicates")
    new, old = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    centre = method(new, old).equivalents
    found: list[FloatArray] = []
    for _ in range(2 * n_replicates):
        try:
            found.append(method(_drawn_anew(new, rng), _drawn_anew(old, rng)).equivalents)
        except ScoringError:
            continue
        if progress is not None:
            progress(len(found), n_replicates)
        if len(found) == n_replicates:
            break
    else:
        raise ScoringError("too many samples cannot be equated; there are too few persons")
    return EquatingError(np.std(found, axis=0, ddof=1), np.mean(found, axis=0) - centre, n_replicates)


def straight(method: str, n_scores: int, slope: float, intercept: float) -> Equating:
    """Build a linear relation for scores 0 to ``n_scores - 1``."""
    scores = np.arange(n_scores, dtype=np.float64)
    return Equating(method, scores, slope * scores + intercept, slope, intercept)


def curved(method: str, n_scores: int, equivalents: FloatArray) -> Equating:
    """Build a relation given point by point."""
    return Equating(method, np.arange(n_scores, dtype=np.float64), equivalents)


def _drawn_anew(counts: FloatArray, rng: np.random.Generator) -> FloatArray:
    size = counts.sum()
    if size != np.floor(size):
        raise ScoringError("persons can be drawn anew from whole counts only, not from smoothed ones")
    drawn = rng.multinomial(int(size), counts.ravel() / size)
    return drawn.reshape(counts.shape).astype(np.float64)


def _counts(counts: ArrayLike) -> FloatArray:
    """Check counts by score."""
    values = np.asarray(counts, dtype=np.float64)
    if values.ndim != 1 or not np.isfinite(values).all() or bool((values < 0).any()) or not values.sum() > 0:
        raise ScoringError("counts by score are not negative, finite, in one row, and not all 0")
    return values


def _mean(counts: FloatArray) -> float:
    return float(counts @ np.arange(len(counts)) / counts.sum())


def _variance(counts: FloatArray) -> float:
    return float(counts @ (np.arange(len(counts)) - _mean(counts)) ** 2) / divisor(counts.sum())


def divisor(size: float) -> float:
    """Divide squares by n - 1 persons, and by 1 where the counts are shares."""
    return size - 1.0 if size >= 2.0 else 1.0
