"""Differential item functioning by Mantel and Haenszel: do matched persons of two groups do alike?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, ndtr

from scoring.fairness.matching import FloatArray, MatchedCounts, count_matched, two_groups
from scoring.fairness.purification import MOST_ROUNDS, Mask, Purification, check_level, purified
from scoring.responses import ResponseMatrix

DELTA = -2.35
"""ETS delta is -2.35 times the log of the odds ratio (Holland & Thayer 1988, page 135)."""

MODERATE, LARGE = 1.0, 1.5
ONE_SIDED = 1.6448536269514722


@dataclass(frozen=True, slots=True, eq=False)
class MHResult:
    """Mantel-Haenszel statistics of every item; arrays of shape (n_items,).

    Attributes
    ----------
    alpha : ndarray
        Common odds ratio: above 1 the item favours the reference group. Infinite or 0 when, within every
        level, only one group errs; NaN when no level compares the groups.
    delta : ndarray
        -2.35 log(alpha): negative when the item is harder for the focal group.
    se : ndarray
        Standard error of delta (Robins, Breslow & Greenland 1986); NaN where delta is not finite.
    chi2, pvalue : ndarray
        Mantel-Haenszel chi-square with 1 degree of freedom; NaN when no level compares the groups.
    ets_class : tuple of str
        "A" negligible, "B" moderate, "C" large; "" where there is no odds ratio.
    n_reference, n_focal : int
        Persons in the two groups.
    purification : Purification
        Which items made up the matching score.
    n_left_out : int
        Persons without a group, or in a third one.
    """

    items: tuple[str, ...]
    alpha: FloatArray
    delta: FloatArray
    se: FloatArray
    chi2: FloatArray
    pvalue: FloatArray
    ets_class: tuple[str, ...]
    n_reference: int
    n_focal: int
    purification: Purification
    n_left_out: int = 0


def mantel_haenszel(
    X: ResponseMatrix | ArrayLike,
    group: str | ArrayLike | Sequence[object],
    *,
    focal: object = None,
    reference: object = None,
    matching: ArrayLike | None = None,
    purify: bool = False,
    correction: bool = True,
    alpha: float = 0.05,
    max_iter: int = MOST_ROUNDS,
) -> MHResult:
    """Compare two groups on each item, among persons with the same matching score.

    Parameters
    ----------
    X : ResponseMatrix or array_like, shape (n_persons, n_items)
        0/1 points; NaN is not administered, and then the person is left out of that item.
    group, focal, reference
        Group of each person, the value that is focal, and the one that is the reference (by default
        everybody else who has one); see `scoring.fairness.matching.two_groups`.
    matching : array_like, shape (n_persons,), optional
        Outside criterion; by default the number of right answers, the studied item included.
    purify : bool
        Match on the items whose chi-square is not significant at `alpha`, and repeat until they stay
        the same; the studied item always counts. Without meaning when `matching` is given.
    correction : bool
        Subtract one half from the difference of observed and expected, even when the difference is
        smaller (as difR does; R's ``mantelhaen.test`` then gives 0).
    alpha : float
        Level of significance for purification, between 0 and 1.
    max_iter : int
        Most rounds of purification.

    Returns
    -------
    MHResult

    Raises
    ------
    ScoringError
        If a group is empty or unknown, an item earns more than 1 point, or `alpha` is no level.

    Notes
    -----
    Levels with a single person are left out. The figures do not say why an item differs: in a translated
    test the matching score itself comes from translated items.

    References
    ----------
    Mantel & Haenszel (1959), J. Natl. Cancer Inst. 22, 719-748. Holland & Thayer (1988), in Wainer & Braun
    (eds.), Test Validity, 129-145. Robins, Breslow & Greenland (1986), Biometrics 42, 311-323.
    """
    check_level(alpha)
    groups = two_groups(X, group, focal, reference, matching)

    def test(anchor: Mask) -> _Statistics:
        return _statistics(count_matched(groups, anchor), correction=correction)

    n_items = groups.responses.n_items
    if purify and matching is None:
        found, purification = purified(test, lambda s: s.pvalue < alpha, n_items, max_iter=max_iter)
    else:
        purification = Purification(np.ones(n_items, dtype=np.bool_))
        found = test(purification.anchor)
    return MHResult(
        items=groups.responses.items,
        alpha=found.alpha,
        delta=found.delta,
        se=found.se,
        chi2=found.chi2,
        pvalue=found.pvalue,
        ets_class=ets_classes(found.delta, found.se, found.pvalue),
        n_reference=groups.n_reference,
        n_focal=groups.n_focal,
        purification=purification,
        n_left_out=groups.n_left_out,
    )


def ets_classes(delta: ArrayLike, se: ArrayLike, pvalue: ArrayLike) -> tuple[str, ...]:
    """Sort items into the classes of the Educational Testing Service.

    A: the absolute delta is below 1, or not significantly different from 0 (two-sided, 5 %). C: it is at
    least 1.5 and significantly above 1 (one-sided, 5 %). B: the others. Both tests divide by the standard
    error. An infinite delta, which has none, is C when its chi-square is significant and A when not.

    Parameters
    ----------
    delta, se, pvalue : array_like, shape (n_items,)
        Of `mantel_haenszel`.

    Returns
    -------
    tuple of str, length n_items
        "A", "B", "C", or "" where delta is NaN.

    References
    ----------
    Zieky (1993), in Holland & Wainer (eds.), Differential Item Functioning, 337-347. Zwick (2012), ETS
    RR-12-08.
    """
    return tuple(
        _ets_class(*figures)
        for figures in zip(
            np.abs(np.asarray(delta, dtype=np.float64)).tolist(),
            np.asarray(se, dtype=np.float64).tolist(),
            np.asarray(pvalue, dtype=np.float64).tolist(),
            strict=True,
        )
    )


def _ets_class(size: float, se: float, pvalue: float) -> str:
    if np.isnan(size):
        return ""
    if np.isinf(size):
        return "C" if pvalue < 0.05 else "A"
    if size < MODERATE or 2.0 * float(ndtr(-size / se)) >= 0.05:
        return "A"
    return "C" if size >= LARGE and (size - MODERATE) / se > ONE_SIDED else "B"


@dataclass(frozen=True, slots=True, eq=False)
class _Statistics:
    alpha: FloatArray
    delta: FloatArray
    se: FloatArray
    chi2: FloatArray
    pvalue: FloatArray


def _statistics(counts: MatchedCounts, *, correction: bool) -> _Statistics:
    """Add up the 2 x 2 tables of every item over the levels of the matching score."""
    a, c = counts.right[:, 0], counts.right[:, 1]
    b, d = counts.wrong[:, 0], counts.wrong[:, 1]
    total = a + b + c + d
    used = total > 1
    over = np.divide(1.0, total, out=np.zeros_like(total), where=used)
    favours_reference, favours_focal = a * d * over, b * c * over
    ratio, spread = _odds_ratio(favours_reference, favours_focal, (a + d) * over, (b + c) * over)
    expected = (a + b) * (a + c) * over
    less_one = np.divide(1.0, total - 1.0, out=np.zeros_like(total), where=used)
    variance = ((a + b) * (c + d) * (a + c) * (b + d) * over * over * less_one).sum(axis=1)
    difference = np.abs(np.where(used, a - expected, 0.0).sum(axis=1)) - (0.5 if correction else 0.0)
    chi2 = np.full_like(variance, np.nan)
    np.divide(difference**2, variance, out=chi2, where=variance > 0)
    with np.errstate(divide="ignore"):
        delta = DELTA * np.log(ratio)
    return _Statistics(ratio, delta, abs(DELTA) * np.sqrt(spread), chi2, chdtrc(1.0, chi2))


def _odds_ratio(
    favours_reference: FloatArray, favours_focal: FloatArray, agree: FloatArray, disagree: FloatArray
) -> tuple[FloatArray, NDArray[np.float64]]:
    """Return the common odds ratio and the variance of its logarithm; arrays (n_items, n_levels) in."""
    r, s = favours_reference.sum(axis=1), favours_focal.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = r / s
        variance = (
            (agree * favours_reference).sum(axis=1) / (2.0 * r**2)
            + (agree * favours_focal + disagree * favours_reference).sum(axis=1) / (2.0 * r * s)
            + (disagree * favours_focal).sum(axis=1) / (2.0 * s**2)
        )
    return ratio, np.where((r > 0) & (s > 0), variance, np.nan)
