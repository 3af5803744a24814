"""Gain after an incident: did a person do better on the items that came after it than before?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from scoring.errors import ScoringError
from scoring.irt.ability import Calibrated, score_wle
from scoring.irt.answers import MISSING, code_answers
from scoring.irt.grid import FloatArray, sigmoid
from scoring.responses import ResponseMatrix

FEWEST_BEFORE = 5


@dataclass(frozen=True, slots=True, eq=False)
class ScoreGain:
    """Answers after an incident, against the ability shown before it; arrays of shape (n_persons,).

    Attributes
    ----------
    n_before, n_after : ndarray of int
        Items given before and after.
    right_after : ndarray of int
        Right answers after.
    expected : ndarray
        Right answers that the ability before lets expect.
    z : ndarray
        The difference over its standard deviation, in which the error of the ability counts; NaN for who
        had fewer than 5 items before or none after.
    pvalue : ndarray
        Chance of so large a gain without any cause.
    """

    n_before: NDArray[np.intp]
    n_after: NDArray[np.intp]
    right_after: NDArray[np.intp]
    expected: FloatArray
    z: FloatArray
    pvalue: FloatArray


def score_gain(X: ArrayLike | ResponseMatrix, items: Calibrated, after: ArrayLike) -> ScoreGain:
    """Compare right answers after an incident with those expected from the answers before.

    Parameters
    ----------
    X : ResponseMatrix or array_like, shape (n_persons, n_items)
        1 right, 0 wrong; missing as in `fit_irt`.
    items : IRTResult or Items
        Calibrated items; one without parameters is left out.
    after : array_like of bool, shape (n_items,) or (n_persons, n_items)
        Which items were answered after the incident, for all persons or each.

    Returns
    -------
    ScoreGain
        Arrays of shape (n_persons,).

    Raises
    ------
    ScoringError
        If `after` does not fit, or answers cannot be read.

    References
    ----------
    Guo & Drasgow (2010), Int. J. Sel. Assess. 18, 351-364 (a z test between a first and a second part).
    """
    coded = code_answers(X)
    later = np.asarray(after)
    if later.dtype != np.bool_ or later.shape not in ((coded.shape[1],), coded.shape):
        raise ScoringError("say by a mask, for all persons or for each, which items came after")
    known = np.isfinite(items.a) & np.isfinite(items.d)
    if known.shape != (coded.shape[1],):
        raise ScoringError(f"there are answers to {coded.shape[1]} items and parameters of {known.size}")
    given = (coded != MISSING) & known
    before, late = given & ~later, given & later
    n_before, n_after = before.sum(axis=1), late.sum(axis=1)
    enough = (n_before >= FEWEST_BEFORE) & (n_after > 0)
    right = ((coded == 1) & late).sum(axis=1)
    expected, z = np.full((2, len(coded)), np.nan)
    if enough.any():
        ability = score_wle(np.where(before, coded, MISSING)[enough].astype(np.uint8), items)
        expected[enough], spread = _expected(items, ability.theta, ability.se, late[enough])
        z[enough] = (right[enough] - expected[enough]) / spread
    return ScoreGain(n_before, n_after, right, expected, z, np.asarray(ndtr(-z)))


def _expected(
    items: Calibrated, theta: FloatArray, se: FloatArray, late: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """Expected right answers after, and the standard deviation of the difference from them."""
    known = np.isfinite(items.a) & np.isfinite(items.d)
    a, d, c = (np.where(known, values, 0.0) for values in (items.a, items.d, items.c))
    rising = sigmoid(np.multiply.outer(theta, a) + d)
    p = c + (1.0 - c) * rising
    slope = (a * (1.0 - c) * rising * (1.0 - rising) * late).sum(axis=1)
    variance = (p * (1.0 - p) * late).sum(axis=1) + (slope * se) ** 2
    return (p * late).sum(axis=1), np.sqrt(variance)
