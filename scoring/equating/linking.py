"""Bring item parameters of one calibration to the ability scale of another through common items."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares

from scoring.errors import ScoringError
from scoring.irt.ability import Calibrated
from scoring.irt.grid import FloatArray, Items, sigmoid
from scoring.numbers import numbers_of

Method = Literal["mean-mean", "mean-sigma", "haebara", "stocking-lord"]

THETA = np.round(np.arange(-80, 81) * 0.05, 10)
THETA.setflags(write=False)
"""Abilities at which curves are compared unless others are given: -4 to 4 in steps of 0.05."""


@dataclass(frozen=True, slots=True, eq=False)
class Linking:
    """A change of scale, ``theta_old = A * theta_new + B``.

    Attributes
    ----------
    A, B : float
        Slope and intercept.
    method : str
        How they were found.
    criterion : float
        Weighted mean of squared differences of the curves; NaN for the moment methods.
    theta, weights : ndarray, shape (n_points,)
        Abilities on the old scale at which curves were compared, and their weights, which add up to 1;
        empty for the moment methods.
    """

    A: float
    B: float
    method: Method
    criterion: float
    theta: FloatArray
    weights: FloatArray

    def items(self, new: Calibrated) -> Items:
        """Bring items to the old scale: ``a / A``, ``A b + B``, `c` as it is."""
        return _rescaled(_items(new), self.A, self.B)

    def abilities(self, theta: ArrayLike) -> FloatArray:
        """Bring abilities to the old scale."""
        return np.asarray(self.A * numbers_of(theta, "abilities") + self.B)


def mean_mean(new: Calibrated, old: Calibrated) -> Linking:
    """Link by the means of a and b.

    Parameters
    ----------
    new, old : IRTResult or Items
        The common items, in the same order; an item without parameters in one of them is left out.

    Returns
    -------
    Linking
        A and B of ``theta_old = A theta_new + B``.

    Raises
    ------
    ScoringError
        If there are no common items, or discriminations are not positive.

    References
    ----------
    Loyd & Hoover (1980), J. Educ. Meas. 17, 179-193.
    """
    ours, theirs = _common(new, old)
    slope = float(ours.a.mean() / theirs.a.mean())
    return _by_moments(slope, ours, theirs, "mean-mean")


def mean_sigma(new: Calibrated, old: Calibrated) -> Linking:
    """Link by the means and standard deviations of b.

    Parameters
    ----------
    new, old : IRTResult or Items
        As in `mean_mean`.

    Returns
    -------
    Linking
        A and B of ``theta_old = A theta_new + B``.

    Raises
    ------
    ScoringError
        As `mean_mean`, and if the difficulties of the common items are all the same.

    References
    ----------
    Marco (1977), J. Educ. Meas. 14, 139-160.
    """
    ours, theirs = _common(new, old)
    spread, wanted = float(np.std(_difficulty(ours))), float(np.std(_difficulty(theirs)))
    if not (spread > 0 and wanted > 0):
        raise ScoringError("mean-sigma needs common items of different difficulty; use mean-mean")
    return _by_moments(wanted / spread, ours, theirs, "mean-sigma")


def haebara(
    new: Calibrated, old: Calibrated, *, theta: ArrayLike = THETA, weights: ArrayLike | None = None
) -> Linking:
    """Link by the curves of the items: the smallest sum of squared differences of each.

    Parameters
    ----------
    new, old : IRTResult or Items
        As in `mean_mean`.
    theta : array_like, shape (n_points,)
        Abilities on the old scale at which the curves are compared.
    weights : array_like, shape (n_points,), optional
        Weight of each; equal ones by default. Normal weights give other constants: say which were used.

    Returns
    -------
    Linking
        A and B of ``theta_old = A theta_new + B``.

    Raises
    ------
    ScoringError
        As `mean_mean`, and if abilities and weights do not fit.

    References
    ----------
    Haebara (1980), Japanese Psychol. Res. 22, 144-149. Kolen & Brennan (2014), Test Equating, Scaling, and
    Linking, 182 (differences summed on the old scale only).
    """
    return _by_curves(new, old, theta, weights, "haebara")


def stocking_lord(
    new: Calibrated, old: Calibrated, *, theta: ArrayLike = THETA, weights: ArrayLike | None = None
) -> Linking:
    """Link by the curve of the test: the smallest squared difference of expected scores.

    Parameters
    ----------
    new, old, theta, weights
        As in `haebara`.

    Returns
    -------
    Linking
        A and B of ``theta_old = A theta_new + B``.

    Raises
    ------
    ScoringError
        As `haebara`.

    References
    ----------
    Stocking & Lord (1983), Appl. Psychol. Meas. 7, 201-210.
    """
    return _by_curves(new, old, theta, weights, "stocking-lord")


def _items(calibrated: Calibrated) -> Items:
    return Items(*(numbers_of(v, "item parameters") for v in (calibrated.a, calibrated.d, calibrated.c)))


def _common(new: Calibrated, old: Calibrated) -> tuple[Items, Items]:
    """Keep the items that have parameters in both calibrations."""
    ours, theirs = _items(new), _items(old)
    if ours.a.shape != theirs.a.shape or ours.a.ndim != 1:
        raise ScoringError(f"common items come in pairs; there are {ours.a.size} and {theirs.a.size}")
    known = np.isfinite([*ours, *theirs]).all(axis=0)
    if not known.any():
        raise ScoringError("no common item has parameters in both calibrations")
    ours, theirs = (Items(*(values[known] for values in items)) for items in (ours, theirs))
    if bool((ours.a <= 0).any()) or bool((theirs.a <= 0).any()):
        raise ScoringError("common items need discriminations above 0")
    return ours, theirs


def _difficulty(items: Items) -> FloatArray:
    return np.asarray(-items.d / items.a)


def _rescaled(items: Items, slope: float, intercept: float) -> Items:
    a = items.a / slope
    return Items(a, items.d - a * intercept, items.c)


def _by_moments(slope: float, ours: Items, theirs: Items, method: Method) -> Linking:
    intercept = float(_difficulty(theirs).mean() - slope * _difficulty(ours).mean())
    nowhere = np.empty(0)
    return Linking(slope, intercept, method, float("nan"), nowhere, nowhere)


def _by_curves(
    new: Calibrated, old: Calibrated, theta: ArrayLike, weights: ArrayLike | None, method: Method
) -> Linking:
    ours, theirs = _common(new, old)
    points, shares = _weighted_points(theta, weights)
    root = np.sqrt(shares)[:, None]
    of_test = method == "stocking-lord"
    wanted = _right(theirs, points)

    def residuals(constants: FloatArray) -> FloatArray:
        difference = wanted - _right(_rescaled(ours, *constants), points)
        return np.ravel(root * (difference.sum(axis=1, keepdims=True) if of_test else difference))

    def slopes(constants: FloatArray) -> FloatArray:
        moved = _rescaled(ours, *constants)
        right = _right(moved, points)
        by_logit = (right - moved.c) * (1.0 - right) / (1.0 - moved.c)
        # the logit is a (theta - A b - B) / A: its derivatives in A and B
        by_constants = (
            by_logit * moved.a * (points[:, None] - constants[1]) / constants[0],
            by_logit * moved.a,
        )
        parts = [d.sum(axis=1, keepdims=True) if of_test else d for d in by_constants]
        return np.column_stack([np.ravel(root * part) for part in parts])

    start = mean_mean(ours, theirs)
    found = least_squares(
        residuals, [start.A, start.B], slopes, method="lm", xtol=1e-14, ftol=1e-14, gtol=1e-14
    )
    slope, intercept = (float(value) for value in found.x)
    if not slope > 0:
        raise ScoringError(f"{method} found no positive slope: the common items disagree")
    return Linking(slope, intercept, method, float(2.0 * found.cost), points, shares)


def _right(items: Items, theta: FloatArray) -> FloatArray:
    return np.asarray(items.c + (1.0 - items.c) * sigmoid(np.multiply.outer(theta, items.a) + items.d))


def _weighted_points(theta: ArrayLike, weights: ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    points = numbers_of(theta, "abilities").copy()
    shares = np.ones_like(points) if weights is None else numbers_of(weights, "weights")
    if points.ndim != 1 or len(points) < 2 or shares.shape != points.shape:
        raise ScoringError("curves are compared at two abilities or more, each with a weight")
    if not (np.isfinite(points).all() and (shares >= 0).all() and shares.sum() > 0):
        raise ScoringError("abilities have to be finite, weights not negative and not all 0")
    return points, shares / shares.sum()
