"""Differential item functioning by logistic regression of the answer on score and group."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from scoring.blas_threads import one_blas_thread
from scoring.errors import ScoringError
from scoring.fairness.cell_regression import fit_cells
from scoring.fairness.matching import FloatArray, MatchedCounts, count_matched, two_groups
from scoring.fairness.purification import MOST_ROUNDS, Mask, Purification, check_level, purified
from scoring.responses import ResponseMatrix

Kind = Literal["both", "uniform", "nonuniform"]
KINDS: tuple[Kind, ...] = ("both", "uniform", "nonuniform")

MODERATE, LARGE = 0.035, 0.070


@dataclass(frozen=True, slots=True, eq=False)
class LogisticEffect:
    """One comparison of two nested models, for every item; arrays of shape (n_items,).

    Attributes
    ----------
    chi2, pvalue : ndarray
        Likelihood-ratio statistic with `df` degrees of freedom; NaN for an item that everybody answered
        alike or that one group was not given.
    delta_r2 : ndarray
        Gain in Nagelkerke's R-squared.
    """

    chi2: FloatArray
    pvalue: FloatArray
    delta_r2: FloatArray
    df: int

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes of Jodoin & Gierl: "A" below .035 or not significant, "C" above .070, else "B"."""
        return tuple(
            "" if np.isnan(p) else "A" if p >= 0.05 or gain < MODERATE else "C" if gain > LARGE else "B"
            for p, gain in zip(self.pvalue.tolist(), self.delta_r2.tolist(), strict=True)
        )


@dataclass(frozen=True, slots=True, eq=False)
class LogisticDIF:
    """Logistic regression of every item.

    Attributes
    ----------
    both : LogisticEffect
        Score, group and their product against the score alone: any difference.
    uniform : LogisticEffect
        Score and group against the score alone: the same shift at every score.
    nonuniform : LogisticEffect
        The product added to score and group: a difference that changes with the score.
    coefficients : ndarray, shape (n_items, 4)
        Intercept, score, group (1 focal) and product in the largest model, in points of the score.
    n_reference, n_focal : int
        Persons in the two groups.
    purification : Purification
        Which items made up the matching score.
    n_left_out : int
        Persons without a group, or in a third one.
    """

    items: tuple[str, ...]
    both: LogisticEffect
    uniform: LogisticEffect
    nonuniform: LogisticEffect
    coefficients: FloatArray
    n_reference: int
    n_focal: int
    purification: Purification
    n_left_out: int = 0


@one_blas_thread()
def logistic_dif(
    X: ResponseMatrix | ArrayLike,
    group: str | ArrayLike | Sequence[object],
    *,
    focal: object = None,
    reference: object = None,
    matching: ArrayLike | None = None,
    purify: bool = False,
    kind: Kind = "both",
    alpha: float = 0.05,
    max_iter: int = MOST_ROUNDS,
) -> LogisticDIF:
    """Compare two groups on each item by nested logistic regressions.

    Persons with the same group and score are one cell of counts, so that the cost does not grow with
    their number.

    Parameters
    ----------
    X, group, focal, reference, matching
        As in `mantel_haenszel`.
    purify : bool
        Match on the items for which the comparison `kind` is not significant at `alpha`, repeatedly.
    kind : {"both", "uniform", "nonuniform"}
        The comparison that purification looks at.
    alpha : float
        Level of significance for purification, between 0 and 1.
    max_iter : int
        Most rounds of purification.

    Returns
    -------
    LogisticDIF

    Raises
    ------
    ScoringError
        If a group is empty or unknown, an item earns more than 1 point, or `alpha` is no level.

    References
    ----------
    Swaminathan & Rogers (1990), J. Educ. Meas. 27, 361-370. Nagelkerke (1991), Biometrika 78, 691-692.
    Jodoin & Gierl (2001), Appl. Meas. Educ. 14, 329-349.
    """
    if kind not in KINDS:
        raise ScoringError(f"the comparison is one of {', '.join(KINDS)}, not {kind!r}")
    check_level(alpha)
    groups = two_groups(X, group, focal, reference, matching)
    n_items = groups.responses.n_items

    def test(anchor: Mask) -> _Regressions:
        return _regressions(count_matched(groups, anchor))

    if purify and matching is None:
        found, purification = purified(
            test, lambda r: r.effects[kind].pvalue < alpha, n_items, max_iter=max_iter
        )
    else:
        purification = Purification(np.ones(n_items, dtype=np.bool_))
        found = test(purification.anchor)
    return LogisticDIF(
        items=groups.responses.items,
        both=found.effects["both"],
        uniform=found.effects["uniform"],
        nonuniform=found.effects["nonuniform"],
        coefficients=found.coefficients,
        n_reference=groups.n_reference,
        n_focal=groups.n_focal,
        purification=purification,
        n_left_out=groups.n_left_out,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Regressions:
    effects: dict[Kind, LogisticEffect]
    coefficients: FloatArray


def _regressions(counts: MatchedCounts) -> _Regressions:
    """Fit score, score and group, and both with their product; each starts where the last one ended."""
    used = counts.n.sum(axis=(0, 1)) > 0
    n = counts.n[:, :, used]
    right, size = counts.right[:, :, used], n.sum(axis=(1, 2))
    share = right.sum(axis=(1, 2)) / np.maximum(size, 1.0)
    telling = (share > 0) & (share < 1) & (n.sum(axis=2) > 0).all(axis=1)
    coefficients, logliks = np.full((len(n), 4), np.nan), np.full((4, len(n)), np.nan)
    if telling.any():
        design, mean, sd = _design(counts.levels[used], n[telling].sum(axis=0))
        cells = right[telling].reshape(-1, len(design)), n[telling].reshape(-1, len(design))
        share = share[telling]
        beta = np.zeros((len(share), 4))
        beta[:, 0] = np.log(share / (1.0 - share))
        logliks[0, telling] = size[telling] * (share * np.log(share) + (1.0 - share) * np.log1p(-share))
        for terms in (2, 3, 4):
            fit = fit_cells(*cells, design[:, :terms], beta[:, :terms])
            beta[:, :terms], logliks[terms - 1, telling] = fit.coefficients, fit.loglik
        coefficients[telling] = _in_points(beta, mean, sd)
    none, score, shifted, full = logliks
    effects: dict[Kind, LogisticEffect] = {
        "both": _effect(none, score, full, size, 2),
        "uniform": _effect(none, score, shifted, size, 1),
        "nonuniform": _effect(none, shifted, full, size, 1),
    }
    return _Regressions(effects, coefficients)


def _design(levels: FloatArray, n: FloatArray) -> tuple[FloatArray, float, float]:
    """Predictors of the cells (group, level): one, the standardised score, the group, their product."""
    by_level = n.sum(axis=0)
    mean = float(by_level @ levels / by_level.sum())
    sd = float(np.sqrt(by_level @ (levels - mean) ** 2 / by_level.sum())) or 1.0
    score = np.tile((levels - mean) / sd, 2)
    group = np.repeat([0.0, 1.0], len(levels))
    return np.column_stack([np.ones_like(score), score, group, score * group]), mean, sd


def _in_points(beta: FloatArray, mean: float, sd: float) -> FloatArray:
    """Take coefficients of the standardised score back to points."""
    slope, product = beta[:, 1] / sd, beta[:, 3] / sd
    return np.column_stack([beta[:, 0] - slope * mean, slope, beta[:, 2] - product * mean, product])


def _effect(
    none: FloatArray, smaller: FloatArray, larger: FloatArray, size: FloatArray, df: int
) -> LogisticEffect:
    """Compare two log-likelihoods; the gain in R-squared is taken in logarithms, or it would vanish."""
    chi2 = np.maximum(2.0 * (larger - smaller), 0.0)
    half = np.maximum(size, 1.0) / 2.0
    gain = np.exp((none - smaller) / half) * np.expm1(-chi2 / (2.0 * half)) / np.expm1(none / half)
    return LogisticEffect(chi2, chdtrc(float(df), chi2), gain, df)
