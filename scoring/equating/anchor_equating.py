"""Equate two forms taken by different groups through an anchor that both groups took.

Counts are tables over (total, anchor). `weight` is that of the group of the new form in the synthetic
population; the group of the old form has the rest.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from scoring.equating.equivalent_groups import (
    Equating,
    FloatArray,
    at_rank,
    curved,
    divisor,
    linear_equate,
    percentile_ranks,
    straight,
)
from scoring.errors import ScoringError
from scoring.numbers import numbers_of

Anchor = Literal["internal", "external"]


@dataclass(frozen=True, slots=True)
class _Moments:
    """Means, variances and covariance of total and anchor; divisor n - 1, or 1 for shares."""

    mean: float
    variance: float
    anchor_mean: float
    anchor_variance: float
    covariance: float


def tucker_equate(x: ArrayLike, y: ArrayLike, *, weight: float = 1.0) -> Equating:
    """Equate linearly, the regressions of the total on the anchor being the same in both groups.

    Parameters
    ----------
    x, y : array_like, shape (n_totals, n_anchors)
        Persons at each pair of total and anchor score, for the new and the old form; anchors alike.
    weight : float
        Weight of the group of the new form, from 0 to 1.

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    Raises
    ------
    ScoringError
        If the tables do not fit, or total or anchor do not vary.

    References
    ----------
    Gulliksen (1950), Theory of Mental Tests, 299. Kolen & Brennan (2014), 111.
    """
    new, old = _both(x, y, weight)
    slopes = new.covariance / new.anchor_variance, old.covariance / old.anchor_variance
    return _synthetic("Tucker", np.shape(x)[0], new, old, slopes, weight)


def levine_equate(
    x: ArrayLike, y: ArrayLike, *, weight: float = 1.0, anchor: Anchor = "internal", true_scores: bool = False
) -> Equating:
    """Equate linearly, true scores on total and anchor being perfectly related.

    Parameters
    ----------
    x, y, weight
        As in `tucker_equate`.
    anchor : {"internal", "external"}
        Whether the anchor counts in the total.
    true_scores : bool
        Relate true scores, for which the weight does not matter, and not observed ones.

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    References
    ----------
    Levine (1955), ETS RB-55-23. Kolen & Brennan (2014), 117 and 121.
    """
    new, old = _both(x, y, weight)
    slopes = _levine_slope(new, anchor), _levine_slope(old, anchor)
    n_scores = np.shape(x)[0]
    if not true_scores:
        return _synthetic("Levine observed score", n_scores, new, old, slopes, weight)
    slope = slopes[1] / slopes[0]
    shift = old.mean + slopes[1] * (new.anchor_mean - old.anchor_mean)
    return straight("Levine true score", n_scores, slope, shift - slope * new.mean)


def chained_linear_equate(x: ArrayLike, y: ArrayLike) -> Equating:
    """Equate linearly from the new form to the anchor and from the anchor to the old form.

    Parameters
    ----------
    x, y : array_like, shape (n_totals, n_anchors)
        As in `tucker_equate`.

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    Raises
    ------
    ScoringError
        As `tucker_equate`.

    References
    ----------
    Kolen & Brennan (2014), 129.
    """
    new, old = _both(x, y, 1.0)
    to_anchor = np.sqrt(new.anchor_variance / new.variance)
    slope = float(to_anchor * np.sqrt(old.variance / old.anchor_variance))
    from_anchor = float(np.sqrt(old.variance / old.anchor_variance))
    intercept = old.mean + from_anchor * (new.anchor_mean - old.anchor_mean) - slope * new.mean
    return straight("chained linear", np.shape(x)[0], slope, intercept)


def chained_equipercentile_equate(x: ArrayLike, y: ArrayLike) -> Equating:
    """Equate by percentile ranks from the new form to the anchor and on to the old form.

    Parameters
    ----------
    x, y : array_like, shape (n_totals, n_anchors)
        As in `tucker_equate`.

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    Raises
    ------
    ScoringError
        If the tables do not fit.

    References
    ----------
    Angoff (1971), in Thorndike (ed.), Educational Measurement, 583. Kolen & Brennan (2014), 145.
    """
    new, old = _tables(x, y)
    on_anchor = at_rank(percentile_ranks(new.sum(axis=1)), new.sum(axis=0))
    ranks = _rank_of(on_anchor, old.sum(axis=0))
    return curved("chained equipercentile", len(new), at_rank(ranks, old.sum(axis=1)))


def frequency_estimation_equate(x: ArrayLike, y: ArrayLike, *, weight: float = 1.0) -> Equating:
    """Equate by percentile ranks in the synthetic population.

    The distribution of the total at each anchor score is taken to be the same in both groups.

    Parameters
    ----------
    x, y : array_like, shape (n_totals, n_anchors)
        As in `tucker_equate`.
    weight : float
        As in `tucker_equate`.

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    Raises
    ------
    ScoringError
        If the tables do not fit, or nobody of one group has an anchor score of the other.

    References
    ----------
    Angoff (1971), 581. Kolen & Brennan (2014), 139.
    """
    new, old = _synthetic_distributions(x, y, weight)
    return curved("frequency estimation", len(new), at_rank(percentile_ranks(new), old))


def braun_holland_equate(x: ArrayLike, y: ArrayLike, *, weight: float = 1.0) -> Equating:
    """Equate linearly with the moments of the distributions of `frequency_estimation_equate`.

    Parameters
    ----------
    x, y : array_like, shape (n_totals, n_anchors)
        As in `tucker_equate`.
    weight : float
        As in `tucker_equate`.

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    Raises
    ------
    ScoringError
        As `tucker_equate`.

    References
    ----------
    Braun & Holland (1982), in Holland & Rubin (eds.), Test Equating, 9-49. Kolen & Brennan (2014), 144.
    """
    found = linear_equate(*_synthetic_distributions(x, y, weight))
    return straight("Braun-Holland", len(found.scores), found.slope, found.intercept)


def _synthetic(
    method: str, n_scores: int, new: _Moments, old: _Moments, slopes: tuple[float, float], weight: float
) -> Equating:
    """Equate linearly in the synthetic population (Kolen & Brennan 2014, equations 4.17 to 4.20)."""
    rest = 1.0 - weight
    apart, wider = new.anchor_mean - old.anchor_mean, new.anchor_variance - old.anchor_variance
    first, second = slopes
    mean_new = new.mean - rest * first * apart
    mean_old = old.mean + weight * second * apart
    between = weight * rest * apart**2
    variance_new = new.variance - rest * first**2 * wider + first**2 * between
    variance_old = old.variance + weight * second**2 * wider + second**2 * between
    if not (variance_new > 0 and variance_old > 0):
        raise ScoringError(f"{method} finds no positive variance in the synthetic population")
    slope = float(np.sqrt(variance_old / variance_new))
    return straight(method, n_scores, slope, mean_old - slope * mean_new)


def _levine_slope(moments: _Moments, anchor: Anchor) -> float:
    if not moments.covariance > 0:
        raise ScoringError("Levine's method needs totals that rise with the anchor")
    if anchor == "internal":
        return moments.variance / moments.covariance
    return (moments.variance + moments.covariance) / (moments.anchor_variance + moments.covariance)


def _synthetic_distributions(x: ArrayLike, y: ArrayLike, weight: float) -> tuple[FloatArray, FloatArray]:
    """Totals on both forms in the synthetic population; anchor scores that a group lacks are left out."""
    new, old = _tables(x, y)
    _require_weight(weight)
    new, old = new / new.sum(), old / old.sum()
    return (
        weight * new.sum(axis=1) + (1.0 - weight) * _as_if(new, old.sum(axis=0)),
        weight * _as_if(old, new.sum(axis=0)) + (1.0 - weight) * old.sum(axis=1),
    )


def _as_if(joint: FloatArray, anchor: FloatArray) -> FloatArray:
    """Distribute totals as if the group had this distribution of the anchor."""
    own = joint.sum(axis=0)
    share = np.divide(anchor, own, out=np.zeros_like(own), where=own > 0)
    return np.asarray(joint @ share)


def _rank_of(points: FloatArray, counts: FloatArray) -> FloatArray:
    """Percentile rank of any point between -0.5 and the highest score and a half."""
    edges = np.arange(len(counts) + 1) - 0.5
    cumulative = np.concatenate([[0.0], np.cumsum(counts / counts.sum())])
    return np.asarray(np.interp(points, edges, cumulative))


def _tables(x: ArrayLike, y: ArrayLike) -> tuple[FloatArray, FloatArray]:
    new, old = numbers_of(x, "counts"), numbers_of(y, "counts")
    if new.ndim != 2 or old.ndim != 2 or new.shape[1] != old.shape[1]:
        raise ScoringError("counts are tables of total by anchor score, with the same anchor scores")
    for table in (new, old):
        if not np.isfinite(table).all() or bool((table < 0).any()) or not table.sum() > 0:
            raise ScoringError("counts are finite, not negative and not all 0")
    return new, old


def _both(x: ArrayLike, y: ArrayLike, weight: float) -> tuple[_Moments, _Moments]:
    _require_weight(weight)
    new, old = (_moments(table) for table in _tables(x, y))
    return new, old


def _require_weight(weight: float) -> None:
    if not 0 <= weight <= 1:
        raise ScoringError(f"the weight of the group of the new form lies from 0 to 1, not at {weight:g}")


def _moments(table: FloatArray) -> _Moments:
    share = table / table.sum()
    totals, anchors = np.arange(table.shape[0]), np.arange(table.shape[1])
    mean, anchor_mean = float(share.sum(axis=1) @ totals), float(share.sum(axis=0) @ anchors)
    below = divisor(table.sum())
    if any(np.count_nonzero(table.sum(axis=axis)) < 2 for axis in (0, 1)):
        raise ScoringError("linear equating needs totals and anchor scores that vary in both groups")
    variance = float(table.sum(axis=1) @ (totals - mean) ** 2) / below
    anchor_variance = float(table.sum(axis=0) @ (anchors - anchor_mean) ** 2) / below
    covariance = float((totals - mean) @ table @ (anchors - anchor_mean)) / below
    return _Moments(mean, variance, anchor_mean, anchor_variance, covariance)
