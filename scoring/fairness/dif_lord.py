"""Differential item functioning by Lord's chi-square: items calibrated in each group, then compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from scoring.equating.linking import mean_sigma, stocking_lord
from scoring.errors import ScoringError
from scoring.fairness.matching import FloatArray, Mask, two_groups
from scoring.fairness.purification import MOST_ROUNDS, Purification, purified
from scoring.irt.answers import CodeArray, code_answers, gather
from scoring.irt.calibration import fit_irt
from scoring.irt.grid import Items, normal_log_weights, normal_nodes
from scoring.irt.maximization import FLAT
from scoring.irt.parameters import Report
from scoring.irt.standard_errors import covariance, free_parameters
from scoring.responses import ResponseMatrix

LordModel = Literal["rasch", "2pl"]
FEWEST_IN_ANCHOR = 3


@dataclass(frozen=True, slots=True, eq=False)
class LordDIF:
    """Comparison of item parameters; arrays of shape (n_items,).

    Attributes
    ----------
    chi2, pvalue : ndarray
        Lord's statistic with `df` degrees of freedom; NaN for an item that a group was not given or
        answered alike.
    a_reference, a_focal, b_reference, b_focal : ndarray
        Parameters on the scale of the reference group.
    difference : ndarray
        ``b_focal - b_reference`` in logits of ability: above 0 the item is harder for the focal group.
    n_reference, n_focal : int
        Persons in the two groups.
    purification : Purification
        Which items linked the two scales.
    """

    items: tuple[str, ...]
    chi2: FloatArray
    pvalue: FloatArray
    df: int
    a_reference: FloatArray
    a_focal: FloatArray
    b_reference: FloatArray
    b_focal: FloatArray
    difference: FloatArray
    n_reference: int
    n_focal: int
    purification: Purification


@dataclass(frozen=True, slots=True, eq=False)
class _Calibrated:
    """One group: a and b, shape (n_items,), and their covariances, shape (n_items, 2, 2)."""

    a: FloatArray
    b: FloatArray
    covariances: FloatArray

    def items(self) -> Items:
        return Items(self.a, -self.a * self.b, np.zeros_like(self.a))

    def moved(self, slope: float, intercept: float) -> "_Calibrated":
        scale = np.array([1.0 / slope, slope])
        spread = self.covariances * np.multiply.outer(scale, scale)
        return _Calibrated(self.a / slope, slope * self.b + intercept, spread)


def lord_dif(
    X: ResponseMatrix | ArrayLike,
    group: str | ArrayLike | Sequence[object],
    *,
    focal: object = None,
    reference: object = None,
    model: LordModel = "2pl",
    purify: bool = False,
    alpha: float = 0.05,
    max_iter: int = MOST_ROUNDS,
    progress: Report | None = None,
) -> LordDIF:
    """Compare the item parameters of two groups, each calibrated by itself.

    The scale of the focal group is brought to that of the reference group by the anchor: by the
    characteristic curves of Stocking and Lord, for the Rasch model by the means of the difficulties.

    Parameters
    ----------
    X, group, focal, reference
        As in `mantel_haenszel`; 0/1 items.
    model : {"2pl", "rasch"}
        With "rasch" only the difficulties are compared.
    purify : bool
        Link by the items that are not significant at `alpha`, repeatedly.
    progress : callable, optional
        As in `fit_irt`: called after every pass of the calibration of one group, then of the other.

    Raises
    ------
    ScoringError
        If a group is too small to be calibrated, the model is another, or fewer than three items are left
        to link by.

    References
    ----------
    Lord (1980), Applications of Item Response Theory, 223; Candell & Drasgow (1988), Appl. Psychol. Meas.
    12, 253-260 (repeated linking).
    """
    if model not in ("2pl", "rasch"):
        raise ScoringError(f"Lord's chi-square compares the models 2pl and rasch, not {model!r}")
    groups = two_groups(X, group, focal, reference)
    coded = code_answers(groups.responses)
    reference_group, focal_group = coded[~groups.is_focal], coded[groups.is_focal]
    old, new = (_calibrate(each, model, progress) for each in (reference_group, focal_group))

    def test(anchor: Mask) -> tuple[_Calibrated, FloatArray]:
        moved = _linked(new, old, anchor, model)
        return moved, _statistic(moved, old, model)

    df = 1 if model == "rasch" else 2
    outcome, purification = purified(
        test,
        lambda found: (chdtrc(df, found[1]) < alpha) if purify else np.zeros(coded.shape[1], dtype=bool),
        coded.shape[1],
        max_iter=max_iter,
    )
    moved, chi2 = outcome
    return LordDIF(
        items=groups.responses.items,
        chi2=chi2,
        pvalue=np.where(np.isnan(chi2), np.nan, chdtrc(df, np.nan_to_num(chi2))),
        df=df,
        a_reference=old.a,
        a_focal=moved.a,
        b_reference=old.b,
        b_focal=moved.b,
        difference=moved.b - old.b,
        n_reference=len(reference_group),
        n_focal=len(focal_group),
        purification=purification,
    )


def _calibrate(coded: CodeArray, model: LordModel, progress: Report | None) -> _Calibrated:
    """Calibrate one group; parameters of the Rasch model keep a = 1."""
    fit = fit_irt(coded, model, tol=1e-6, progress=progress)
    n = len(fit.a)
    spread = np.full((n, 2, 2), np.nan)
    known = np.flatnonzero(np.isfinite(fit.a))
    scale = float(fit.latent_sd[0])
    items = Items(fit.a[known] * scale, fit.d[known], fit.c[known])
    nodes = normal_nodes()
    answers = gather(np.ascontiguousarray(coded[:, known]), None)
    design = free_parameters(items, model, FLAT)
    free = covariance(
        answers, items, nodes, normal_log_weights(nodes)[None, :], design, method="observed", prior=FLAT
    )
    whole = design @ free @ design.T
    m = len(known)
    i = np.arange(m)
    of_a, of_d, both = whole[i, i], whole[m + i, m + i], whole[i, m + i]
    if model == "rasch":
        spread[known, 1, 1] = of_d
        return _Calibrated(fit.a, fit.b, spread)
    by_a, by_d = items.d / items.a**2, -1.0 / items.a
    spread[known, 0, 0] = of_a
    spread[known, 0, 1] = spread[known, 1, 0] = by_a * of_a + by_d * both
    spread[known, 1, 1] = by_a**2 * of_a + by_d**2 * of_d + 2.0 * by_a * by_d * both
    return _Calibrated(fit.a, fit.b, spread)


def _linked(new: _Calibrated, old: _Calibrated, anchor: Mask, model: LordModel) -> _Calibrated:
    shared = anchor & np.isfinite(new.b) & np.isfinite(old.b)
    if int(shared.sum()) < FEWEST_IN_ANCHOR:
        raise ScoringError(f"{int(shared.sum())} items are left to link by; {FEWEST_IN_ANCHOR} are the least")
    if model == "rasch":
        return new.moved(1.0, float((old.b[shared] - new.b[shared]).mean()))
    ours, theirs = (Items(*(v[shared] for v in each.items())) for each in (new, old))
    turned_alike = bool((ours.a > 0).all() and (theirs.a > 0).all())
    link = (stocking_lord if turned_alike else mean_sigma)(ours, theirs)
    return new.moved(link.A, link.B)


def _statistic(new: _Calibrated, old: _Calibrated, model: LordModel) -> FloatArray:
    """Squared distance of the parameters in the metric of their joint covariance."""
    if model == "rasch":
        return np.asarray((new.b - old.b) ** 2 / (new.covariances[:, 1, 1] + old.covariances[:, 1, 1]))
    apart = np.column_stack([new.a - old.a, new.b - old.b])
    spread = new.covariances + old.covariances
    chi2 = np.full(len(apart), np.nan)
    usable = np.isfinite(spread).all(axis=(1, 2)) & np.isfinite(apart).all(axis=1)
    solved = np.linalg.solve(spread[usable], apart[usable][:, :, None])[:, :, 0]
    chi2[usable] = (apart[usable] * solved).sum(axis=1)
    return chi2
