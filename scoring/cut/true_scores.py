"""True scores of a group as a beta distribution, fitted by moments."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, xlogy

from scoring.errors import ScoringError

NODES = 1601
REACH = 4.0  # in u; tanh-sinh weights at +-4 are below 1e-33


@dataclass(frozen=True, slots=True)
class BetaTrueScores:
    """A beta distribution of proportion-correct true scores on [low, high].

    Attributes
    ----------
    alpha, beta : float
        Shapes, above 0.
    low, high : float
        Ends of the range, 0 <= low < high <= 1.
    n_parameters : int
        4 when the ends were fitted as well, 2 when they are 0 and 1.
    """

    alpha: float
    beta: float
    low: float = 0.0
    high: float = 1.0
    n_parameters: int = 2

    @property
    def mean(self) -> float:
        """Mean true score as a proportion."""
        return self.low + (self.high - self.low) * self.alpha / (self.alpha + self.beta)

    def nodes(self, start: float = 0.0, stop: float = 1.0) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Nodes and weights that integrate over the part of the distribution between two true scores.

        Returns
        -------
        true : ndarray, shape (n_nodes,)
            Proportion-correct true scores; empty when nothing of the distribution lies there.
        weight : ndarray, shape (n_nodes,)
            The density times the step; together the probability of the part.

        References
        ----------
        Takahasi, H. & Mori, M. (1974). Publications of RIMS 9, 721-741 (double exponential formula,
        which stands the poles of the density at the ends).
        """
        width = self.high - self.low
        a = min(1.0, max(0.0, (start - self.low) / width))
        b = min(1.0, max(0.0, (stop - self.low) / width))
        if b <= a:
            return np.empty(0), np.empty(0)
        u, step = np.linspace(-REACH, REACH, NODES, retstep=True)
        bend = np.pi / 2 * np.sinh(u)
        from_a = (b - a) / (1 + np.exp(-2 * bend))  # distances to both ends, each without cancelling
        from_b = (b - a) / (1 + np.exp(2 * bend))
        below, above = a + from_a, (1 - b) + from_b
        log_density = (
            xlogy(self.alpha - 1, below) + xlogy(self.beta - 1, above) - betaln(self.alpha, self.beta)
        )
        slope = from_a * from_b / (b - a) * np.pi * np.cosh(u)
        return self.low + width * below, np.exp(log_density) * slope * step


def fit_true_scores(moments: tuple[float, float, float, float], *, parameters: int = 4) -> BetaTrueScores:
    """Fit a beta distribution to the raw moments of the true scores.

    Parameters
    ----------
    moments : tuple of float
        E(t), E(t^2), E(t^3), E(t^4) of the proportion-correct true score t.
    parameters : {4, 2}
        4 fits the ends of the range too. When that leads outside 0 to 1, or to no distribution, the ends
        are set to 0 and 1 and two moments are fitted.

    Returns
    -------
    BetaTrueScores

    Raises
    ------
    ScoringError
        If `parameters` is neither, or the moments belong to no distribution on 0 to 1: the reliability is
        0, or the scores are flat.

    References
    ----------
    Hanson, B. A. (1991). ACT Research Report 91-5.
    """
    if parameters not in (2, 4):
        raise ScoringError(f"a beta distribution of true scores has 2 or 4 parameters, not {parameters}")
    mean = moments[0]
    variance = moments[1] - mean**2
    if not 0 < mean < 1 or not 0 < variance < mean * (1 - mean):
        raise ScoringError("the true scores of this group do not vary, so nothing can be said about the cut")
    if parameters == 4:
        fitted = _four_parameters(moments, mean, variance)
        if fitted is not None:
            return fitted
    concentration = mean * (1 - mean) / variance - 1
    return BetaTrueScores(mean * concentration, (1 - mean) * concentration)


def _four_parameters(
    moments: tuple[float, float, float, float], mean: float, variance: float
) -> BetaTrueScores | None:
    """Match mean, variance, skewness and kurtosis; None where the ends leave 0 to 1."""
    third = moments[2] - 3 * mean * moments[1] + 2 * mean**3
    fourth = moments[3] - 4 * mean * moments[2] + 6 * mean**2 * moments[1] - 3 * mean**4
    skewness = third / variance**1.5
    kurtosis = fourth / variance**2
    bottom = 6 + 3 * skewness**2 - 2 * kurtosis
    if bottom == 0:
        return None
    r = 6 * (kurtosis - skewness**2 - 1) / bottom
    inside = 1 - 24 * (r + 1) / ((r + 2) * (r + 3) * kurtosis - 3 * (r + 1) * (r - 6)) if r > 0 else -1.0
    if not 0 <= inside < 1:
        return None
    root = float(np.sqrt(inside))
    larger, smaller = r / 2 * (1 + root), r / 2 * (1 - root)
    alpha, beta = (larger, smaller) if skewness < 0 else (smaller, larger)
    if not (alpha > 0 and beta > 0):
        return None
    scale = float(np.sqrt(variance * (alpha + beta) ** 2 * (alpha + beta + 1) / (alpha * beta)))
    low = mean - scale * alpha / (alpha + beta)
    high = low + scale
    if low < 0 or high > 1:
        return None
    return BetaTrueScores(alpha, beta, low, high, 4)


def factorial_moments(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean falling factorials E(x), E(x(x - 1)), ... of order 1 to 4, shape (4,)."""
    product = np.ones_like(scores)
    found = np.empty(4)
    for order in range(4):
        product = product * (scores - order)
        found[order] = product.mean()
    return found


def binomial_true_moments(scores: NDArray[np.float64], n_items: float) -> tuple[float, float, float, float]:
    """Raw moments of the true score under binomial error: E(t^r) = E(x falling r) / (n falling r)."""
    falling = np.cumprod(n_items - np.arange(4))
    first, second, third, fourth = (factorial_moments(scores) / falling).tolist()
    return first, second, third, fourth


def two_term_true_moments(
    scores: NDArray[np.float64], n_items: int, k: float
) -> tuple[float, float, float, float]:
    """Raw moments of the true score under Lord's two-term approximation of the compound binomial.

    References
    ----------
    Lord, F. M. (1965). Psychometrika 30, 239-270.
    Hanson, B. A. (1991). ACT Research Report 91-5.
    """
    observed = factorial_moments(scores)
    inner = np.concatenate([[1.0, 1.0], np.cumprod(n_items - 2 - np.arange(2.0))])
    found = [float(observed[0]) / n_items]
    for r in (2, 3, 4):
        shift = k * r * (r - 1)
        found.append(
            (float(observed[r - 1] / inner[r - 1]) + shift * found[-1]) / (n_items * (n_items - 1) + shift)
        )
    return found[0], found[1], found[2], found[3]
