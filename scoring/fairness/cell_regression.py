"""Logistic regressions of many items at once, on counts of right and wrong answers by cell."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

MOST_STEPS = 60
SMALL_GAIN = 1e-11
RIDGE = 1e-10
"""Share of the mean curvature added to it: a step stays finite where the data do not tell."""


@dataclass(frozen=True, slots=True, eq=False)
class CellFit:
    """Fitted regressions: coefficients, shape (n_items, n_terms), and log-likelihoods, shape (n_items,)."""

    coefficients: FloatArray
    loglik: FloatArray


def fit_cells(right: FloatArray, n: FloatArray, design: FloatArray, start: FloatArray) -> CellFit:
    """Fit ``logit(P) = design @ coefficients`` for every item by Newton's method.

    Parameters
    ----------
    right, n : ndarray, shape (n_items, n_cells)
        Right answers and all answers.
    design : ndarray, shape (n_cells, n_terms)
        Predictors of the cells.
    start : ndarray, shape (n_items, n_terms)
        Coefficients to begin with.

    Notes
    -----
    Where the groups are separated the likelihood has no largest value but a limit: the climb ends when a
    step promises less than 1e-11, with large coefficients and the limit as log-likelihood.
    """
    first, second = np.triu_indices(design.shape[1])
    products = design[:, first] * design[:, second]
    beta, fit = start.copy(), _Likelihood(right, n, design, start)
    for _ in range(MOST_STEPS):
        gradient = fit.residual @ design
        curvature = _symmetric(fit.weight @ products, first, second)
        step = np.linalg.solve(curvature, gradient[:, :, None])[:, :, 0]
        gain = (gradient * step).sum(axis=1)
        tried = _Likelihood(right, n, design, beta + step)
        for _ in range(20):
            worse = tried.loglik < fit.loglik - SMALL_GAIN * (1.0 + np.abs(fit.loglik))
            if not worse.any():
                break
            step[worse] *= 0.5
            tried = _Likelihood(right, n, design, beta + step)
        beta, fit = beta + step, tried
        if gain.max() < SMALL_GAIN:
            break
    return CellFit(beta, fit.loglik)


class _Likelihood:
    """Log-likelihood, residuals and weights at some coefficients."""

    def __init__(self, right: FloatArray, n: FloatArray, design: FloatArray, beta: FloatArray) -> None:
        eta = beta @ design.T
        small = np.exp(-np.abs(eta))
        p = np.where(eta >= 0, 1.0, small) / (1.0 + small)
        expected = n * p
        self.loglik = (right * eta - n * (np.maximum(eta, 0.0) + np.log1p(small))).sum(axis=1)
        self.residual = right - expected
        self.weight = expected * (1.0 - p)


def _symmetric(values: FloatArray, first: NDArray[np.intp], second: NDArray[np.intp]) -> FloatArray:
    """Unfold upper triangles, shape (n_items, n_pairs), to matrices; with the ridge."""
    size = int(first.max()) + 1
    whole = np.empty((len(values), size, size))
    whole[:, first, second] = whole[:, second, first] = values
    diagonal = np.einsum("ijj->ij", whole)
    diagonal += RIDGE * diagonal.mean(axis=1, keepdims=True) + np.finfo(float).tiny
    return whole
