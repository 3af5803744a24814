"""More from the tables of matched persons: difference in share right, and whether the odds ratio is one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from scoring.errors import ScoringError
from scoring.fairness.matching import FloatArray, Mask, MatchedCounts, TwoGroups, count_matched, two_groups
from scoring.responses import ResponseMatrix

LOOK, ACT = 0.05, 0.10


@dataclass(frozen=True, slots=True, eq=False)
class StandardizedDifference:
    """Standardised difference in share right; arrays of shape (n_items,).

    Attributes
    ----------
    difference : ndarray
        Mean over the focal group of focal less reference share right at the same score; NaN when no
        level holds both groups. Below 0 the item is harder for the focal group.
    se : ndarray
        Its standard error, the shares at each level taken as binomial.
    n_left_out : int
        Persons without a group, or in a third one.
    """

    items: tuple[str, ...]
    difference: FloatArray
    se: FloatArray
    n_left_out: int = 0

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes of Dorans & Kulick: "A" below .05, "B" to be looked at, "C" from .10 on; "" for NaN."""
        sizes = np.round(np.abs(self.difference), 12)  # a share of .45 less one of .50 is .05
        return tuple(
            "" if np.isnan(size) else "A" if size < LOOK else "B" if size < ACT else "C"
            for size in sizes.tolist()
        )


@dataclass(frozen=True, slots=True, eq=False)
class OddsRatioHomogeneity:
    """Whether the odds ratio is the same at every score; arrays of shape (n_items,).

    Attributes
    ----------
    statistic, pvalue : ndarray
        Chi-square with `df` degrees of freedom; NaN where fewer than two levels tell.
    df : ndarray of int
        Levels with both groups and with both right and wrong answers, less one.
    n_left_out : int
        Persons without a group, or in a third one.
    """

    items: tuple[str, ...]
    statistic: FloatArray
    pvalue: FloatArray
    df: np.ndarray[tuple[int], np.dtype[np.intp]]
    n_left_out: int = 0


def standardization_dif(
    X: ResponseMatrix | ArrayLike,
    group: str | ArrayLike | Sequence[object],
    *,
    focal: object = None,
    reference: object = None,
    matching: ArrayLike | None = None,
    anchor: ArrayLike | None = None,
) -> StandardizedDifference:
    """Average the difference in share right over the scores of the focal group.

    Parameters
    ----------
    X, group, focal, reference, matching
        As in `mantel_haenszel`.
    anchor : array_like of bool, shape (n_items,), optional
        Items that make up the matching score, as purification found them; all by default.

    Returns
    -------
    StandardizedDifference

    Raises
    ------
    ScoringError
        If a group is empty or unknown, an item earns more than 1 point, or the anchor is no mask of items.

    References
    ----------
    Dorans & Kulick (1986), J. Educ. Meas. 23, 355-368. Dorans & Holland (1993), in Holland & Wainer (eds.),
    Differential Item Functioning, 35-66.
    """
    groups, counts = _counted(X, group, focal, reference, matching, anchor)
    n_reference, n_focal = counts.n[:, 0], counts.n[:, 1]
    both = (n_reference > 0) & (n_focal > 0)
    safe_reference, safe_focal = np.where(both, n_reference, 1.0), np.where(both, n_focal, 1.0)
    p_reference, p_focal = counts.right[:, 0] / safe_reference, counts.right[:, 1] / safe_focal
    weight = np.where(both, n_focal, 0.0)
    total = weight.sum(axis=1)
    total[total == 0] = np.nan
    variance = p_focal * (1 - p_focal) / safe_focal + p_reference * (1 - p_reference) / safe_reference
    return StandardizedDifference(
        groups.responses.items,
        (weight * (p_focal - p_reference)).sum(axis=1) / total,
        np.sqrt((weight**2 * variance).sum(axis=1)) / total,
        groups.n_left_out,
    )


def breslow_day(
    X: ResponseMatrix | ArrayLike,
    group: str | ArrayLike | Sequence[object],
    *,
    focal: object = None,
    reference: object = None,
    matching: ArrayLike | None = None,
    anchor: ArrayLike | None = None,
    tarone: bool = False,
) -> OddsRatioHomogeneity:
    """Test whether the odds ratio changes with the score: a sign of non-uniform DIF.

    Parameters
    ----------
    X, group, focal, reference, matching, anchor
        As in `standardization_dif`.
    tarone : bool
        Subtract Tarone's correction for using the Mantel-Haenszel odds ratio.

    Returns
    -------
    OddsRatioHomogeneity

    Raises
    ------
    ScoringError
        If a group is empty or unknown, an item earns more than 1 point, or the anchor is no mask of items.

    References
    ----------
    Breslow & Day (1980), Statistical Methods in Cancer Research 1, 142. Tarone (1985), Biometrika 72, 91-95.
    Penfield (2003), Appl. Meas. Educ. 16, 107-131.
    """
    groups, counts = _counted(X, group, focal, reference, matching, anchor)
    a, n = counts.right[:, 0], counts.n
    right = counts.right.sum(axis=1)
    wrong = counts.wrong.sum(axis=1)
    telling = (n[:, 0] > 0) & (n[:, 1] > 0) & (right > 0) & (wrong > 0)
    ratio = _odds_ratio(counts)
    df = telling.sum(axis=1) - 1
    known = (df > 0) & np.isfinite(ratio) & (ratio > 0)
    expected = _expected(np.where(known, ratio, 1.0)[:, None], n[:, 0], n[:, 1], right)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 1.0 / (
            1.0 / expected
            + 1.0 / (n[:, 0] - expected)
            + 1.0 / (right - expected)
            + 1.0 / (n[:, 1] - right + expected)
        )
        statistic = np.where(telling, (a - expected) ** 2 / variance, 0.0).sum(axis=1)
        if tarone:
            beyond = np.where(telling, a - expected, 0.0).sum(axis=1)
            statistic = statistic - beyond**2 / np.where(telling, variance, 0.0).sum(axis=1)
    statistic = np.where(known, statistic, np.nan)
    pvalue = chdtrc(df.astype(np.float64), statistic)
    return OddsRatioHomogeneity(groups.responses.items, statistic, pvalue, df, groups.n_left_out)


def _odds_ratio(counts: MatchedCounts) -> FloatArray:
    total = np.maximum(counts.n.sum(axis=1), 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(
            (counts.right[:, 0] * counts.wrong[:, 1] / total).sum(axis=1)
            / (counts.wrong[:, 0] * counts.right[:, 1] / total).sum(axis=1)
        )


def _expected(
    ratio: FloatArray, n_reference: FloatArray, n_focal: FloatArray, right: FloatArray
) -> FloatArray:
    """Solve for the right answers of the reference group that have this odds ratio and the margins."""
    linear = n_focal - right + ratio * (n_reference + right)
    constant = ratio * n_reference * right
    root = np.sqrt(np.maximum(linear**2 - 4.0 * (ratio - 1.0) * constant, 0.0))
    return np.asarray(
        np.divide(2.0 * constant, linear + root, out=np.zeros_like(root), where=linear + root > 0)
    )


def _counted(
    X: ResponseMatrix | ArrayLike,
    group: str | ArrayLike | Sequence[object],
    focal: object,
    reference: object,
    matching: ArrayLike | None,
    anchor: ArrayLike | None,
) -> tuple[TwoGroups, MatchedCounts]:
    groups = two_groups(X, group, focal, reference, matching)
    n_items = groups.responses.n_items
    mask: Mask = np.ones(n_items, dtype=np.bool_) if anchor is None else np.asarray(anchor, dtype=np.bool_)
    if mask.shape != (n_items,) or not mask.any():
        raise ScoringError(f"the anchor is a mask of {n_items} items, of which at least one counts")
    return groups, count_matched(groups, mask)
