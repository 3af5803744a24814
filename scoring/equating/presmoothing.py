"""Log-linear presmoothing: polynomials that keep the first moments of score distributions."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import ArrayLike, NDArray

from scoring.errors import ScoringError
from scoring.numbers import numbers_of

FloatArray = NDArray[np.float64]

MOST_STEPS = 200
SMALL_GAIN = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class LoglinearFit:
    """Smoothed counts.

    Attributes
    ----------
    expected : ndarray
        Fitted counts in the shape of those given; their total and the moments of the model are kept.
    loglik : float
        Poisson log-likelihood.
    deviance : float
        Likelihood-ratio chi-square against the counts, with `df` degrees of freedom.
    n_parameters : int
        Free coefficients, the constant included.
    df : int
        Cells less parameters.
    """

    expected: FloatArray
    loglik: float
    deviance: float
    n_parameters: int
    df: int

    @property
    def aic(self) -> float:
        """Akaike's information criterion."""
        return 2.0 * self.n_parameters - 2.0 * self.loglik

    @property
    def bic(self) -> float:
        """Schwarz's information criterion, with the number of cells as size."""
        return float(np.log(self.expected.size)) * self.n_parameters - 2.0 * self.loglik


def loglinear_presmooth(counts: ArrayLike, degree: int) -> LoglinearFit:
    """Smooth a distribution of scores so that its first moments stay.

    Parameters
    ----------
    counts : array_like, shape (n_scores,)
        Persons at each score.
    degree : int
        Number of moments that are kept, from 1 to ``n_scores - 1``.

    Returns
    -------
    LoglinearFit
        Expected counts, shape (n_scores,).

    Raises
    ------
    ScoringError
        If the counts are no counts, or the degree does not suit them: more moments than scores seen.

    References
    ----------
    Holland & Thayer (2000), J. Educ. Behav. Stat. 25, 133-183.
    """
    known = _known(counts, 1)
    _require_degree(degree, int((known > 0).sum()))
    return _fit(known, _polynomials(len(known), degree))


def loglinear_presmooth_joint(
    counts: ArrayLike, degrees: tuple[int, int], products: Sequence[tuple[int, int]] = ((1, 1),)
) -> LoglinearFit:
    """Smooth a joint distribution of total and anchor scores.

    Parameters
    ----------
    counts : array_like, shape (n_totals, n_anchors)
        Persons at each pair of scores.
    degrees : (int, int)
        Moments of totals and of anchor scores that are kept.
    products : sequence of (int, int)
        Powers of total and anchor whose mean product is kept; (1, 1) keeps the correlation.

    Returns
    -------
    LoglinearFit
        Expected counts, in the shape of those given.

    Raises
    ------
    ScoringError
        As `loglinear_presmooth`.
    """
    known = _known(counts, 2)
    for axis, degree in enumerate(degrees):
        _require_degree(degree, int((known.sum(axis=1 - axis) > 0).sum()))
    rows = _polynomials(known.shape[0], max(degrees[0], *(p for p, _ in products), 1))
    columns = _polynomials(known.shape[1], max(degrees[1], *(q for _, q in products), 1))
    terms = [(p, 0) for p in range(degrees[0] + 1)] + [(0, q) for q in range(1, degrees[1] + 1)]
    terms += [pair for pair in products if min(pair) > 0]
    design = np.column_stack([np.outer(rows[:, p], columns[:, q]).ravel() for p, q in terms])
    return _fit(known, design)


def _fit(counts: FloatArray, design: FloatArray) -> LoglinearFit:
    """Climb the Poisson likelihood by Newton's method, halving steps that lead down."""
    seen = counts.ravel()
    basis, _ = np.linalg.qr(design)
    start = np.log(seen + 0.5 * (seen == 0))
    eta = basis @ (basis.T @ start)
    value = _kernel(seen, eta)
    for _ in range(MOST_STEPS):
        expected = np.exp(eta)
        gradient = basis.T @ (seen - expected)
        step = np.linalg.lstsq(basis.T @ (basis * expected[:, None]), gradient, rcond=None)[0]
        gain = float(gradient @ step)
        if gain < SMALL_GAIN * max(1.0, abs(value)):
            break
        move = basis @ step
        while _kernel(seen, eta + move) < value - 1e-12 * abs(value):
            move *= 0.5
        eta = eta + move
        value = _kernel(seen, eta)
    else:
        raise ScoringError("the smoothed distribution did not settle; keep fewer moments")
    expected = np.exp(eta)
    logs = np.log(np.divide(seen, expected, out=np.ones_like(seen), where=seen > 0))
    factorials = sum(float(np.log(np.arange(1, int(n) + 1)).sum()) for n in seen)
    return LoglinearFit(
        expected.reshape(counts.shape),
        value - factorials,
        2.0 * float(seen @ logs - (seen - expected).sum()),
        design.shape[1],
        seen.size - design.shape[1],
    )


def _kernel(seen: FloatArray, eta: FloatArray) -> float:
    """Poisson log-likelihood without the factorials."""
    return float(seen @ eta - np.exp(np.minimum(eta, 700.0)).sum())


def _polynomials(n_scores: int, degree: int) -> FloatArray:
    """Legendre polynomials over the scores, shape (n_scores, degree + 1): powers would lose digits."""
    return np.asarray(legendre.legvander(np.linspace(-1.0, 1.0, n_scores), degree))


def _known(counts: ArrayLike, dimensions: int) -> FloatArray:
    values = numbers_of(counts, "counts")
    if values.ndim != dimensions or not np.isfinite(values).all() or bool((values < 0).any()):
        raise ScoringError(f"counts form a table of {dimensions} dimension(s), finite and not negative")
    return values


def _require_degree(degree: int, n_seen: int) -> None:
    if not 1 <= degree < n_seen:
        raise ScoringError(f"from {n_seen} scores that somebody has, 1 to {n_seen - 1} moments can be kept")
