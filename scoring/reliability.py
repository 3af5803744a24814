"""Reliability of a sum score and its standard error."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.moments import moments_of
from scoring.responses import ResponseMatrix, as_responses


def cronbach_alpha(data: ResponseMatrix | ArrayLike) -> float:
    """Compute coefficient alpha from the item covariances.

    Parameters
    ----------
    data : ResponseMatrix or array_like, shape (n_persons, n_items)
        Points.

    Returns
    -------
    float
        NaN with one item, one person, or a sum score that does not vary.

    References
    ----------
    Cronbach, L. J. (1951). Psychometrika 16, 297-334.
    """
    return alpha_from(moments_of(as_responses(data)).covariance)


def sem(data: ResponseMatrix | ArrayLike) -> float:
    """Compute the standard error of measurement, sd * sqrt(1 - alpha), with the sample sd (divisor n - 1).

    Returns
    -------
    float
        In points of the sum score; NaN where alpha is.

    References
    ----------
    Lord, F. M. & Novick, M. R. (1968). Statistical Theories of Mental Test Scores, section 3.8.
    """
    covariance = moments_of(as_responses(data)).covariance
    return float(np.sqrt(covariance.sum() * max(0.0, 1 - alpha_from(covariance))))


def alpha_from(covariance: NDArray[np.float64]) -> float:
    """Compute alpha from a covariance matrix of shape (n_items, n_items)."""
    k = len(covariance)
    own, total = float(np.trace(covariance)), float(covariance.sum())
    if k < 2 or not total > 1e-12 * own:
        return float("nan")
    return k / (k - 1) * (1 - own / total)


def alpha_without_each(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute alpha of the other items for each item, shape (n_items,); NaN with fewer than three items."""
    k = len(covariance)
    own = np.diag(covariance)
    rest_total = covariance.sum() - 2 * covariance.sum(axis=1) + own
    rest_own = own.sum() - own
    alpha = np.full(k, np.nan)
    if k < 3:
        return alpha
    usable = rest_total > 1e-12 * np.maximum(rest_own, 1e-300)
    np.divide(rest_own, rest_total, out=alpha, where=usable)
    return (k - 1) / (k - 2) * (1 - alpha)
