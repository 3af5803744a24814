"""Starting values of the item parameters from classical statistics."""

import numpy as np
from scipy.special import ndtri

from scoring.irt.answers import MISSING, CodeArray
from scoring.irt.grid import FloatArray, Items

SAMPLE = 2500
NORMAL_TO_LOGISTIC = 1.702


def starting_items(coded: CodeArray, *, c: float = 0.0, equal: bool = False) -> Items:
    """Turn facilities and item-rest correlations into logistic parameters.

    Parameters
    ----------
    coded : ndarray of uint8, shape (n_persons, n_items)
        1 right, 0 wrong, 255 missing; every item varies.
    c : float
        Starting lower asymptote.
    equal : bool
        Whether all discriminations start at one.

    References
    ----------
    Lord & Novick (1968), Statistical Theories of Mental Test Scores, 16.10: biserial and discrimination.
    """
    sample = coded[:: max(1, len(coded) // SAMPLE)]
    met = sample != MISSING
    right = (sample == 1).astype(np.float64)
    n_met = np.maximum(met.sum(axis=0), 1)
    facility = np.clip((right.sum(axis=0) + 0.5) / (n_met + 1.0), 0.01, 0.99)
    z = ndtri(np.clip((facility - c) / (1.0 - c), 0.02, 0.99))
    ordinate = np.exp(-0.5 * ndtri(facility) ** 2) / np.sqrt(2.0 * np.pi)
    if equal:
        return Items(np.ones_like(z), NORMAL_TO_LOGISTIC * z * np.sqrt(1.0 + NORMAL_TO_LOGISTIC**-2), 0.0 * z)
    spread = np.sqrt(facility * (1.0 - facility))
    biserial = np.clip(_item_rest(right, met) * spread / ordinate, 0.1, 0.9)
    slope = biserial / np.sqrt(1.0 - biserial**2)
    a = NORMAL_TO_LOGISTIC * slope
    return Items(a, NORMAL_TO_LOGISTIC * z * np.sqrt(1.0 + slope**2), np.full_like(a, c))


def _item_rest(right: FloatArray, met: FloatArray) -> FloatArray:
    """Correlate items with the share of right answers among the other items a person met."""
    n_right, n_met = right.sum(axis=1, keepdims=True), met.sum(axis=1, keepdims=True)
    rest = (n_right - right) / np.maximum(n_met - 1.0, 1.0)
    share = met / np.maximum(met.sum(axis=0), 1)
    x = right - (share * right).sum(axis=0)
    y = rest - (share * rest).sum(axis=0)
    covariance = (share * x * y).sum(axis=0)
    scale = np.sqrt((share * x**2).sum(axis=0) * (share * y**2).sum(axis=0))
    return np.asarray(covariance / np.maximum(scale, 1e-9))
