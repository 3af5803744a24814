"""How well a fitted model holds as a whole: pairs of items, limited information, models compared."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, chndtr, chndtrinc

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError, ScoringError
from scoring.irt.ability import Calibrated, prior_sd, score_eap
from scoring.irt.answers import MISSING, CodeArray
from scoring.irt.calibration import IRTResult
from scoring.irt.expectation import margins
from scoring.irt.grid import N_NODES, FloatArray, Items, normal_log_weights, normal_nodes, sigmoid
from scoring.irt.item_fit import matching
from scoring.irt.maximization import FLAT
from scoring.irt.standard_errors import free_parameters
from scoring.responses import ResponseMatrix

BLOCK = 8192
RELATIVE_RESIDUAL, MOST_STEPS = 1e-9, 2000


@dataclass(frozen=True, slots=True)
class M2Result:
    """Limited-information fit of a model.

    Attributes
    ----------
    rmsea_low, rmsea_high : float
        Ends of the 90 % interval of `rmsea`.
    srmsr : float
        Root mean square of the residual correlations of pairs of items.
    cfi, tli : float
        Compared with the model of independent items.
    """

    m2: float
    df: int
    pvalue: float
    rmsea: float
    rmsea_low: float
    rmsea_high: float
    srmsr: float
    cfi: float
    tli: float


@dataclass(frozen=True, slots=True)
class ModelComparison:
    """Likelihood-ratio test of a model within a wider one."""

    chi2: float
    df: int
    pvalue: float


@one_blas_thread()
def q3(X: ArrayLike | ResponseMatrix, items: Calibrated, *, sd: float | None = None) -> FloatArray:
    """Correlate the residuals of pairs of items from expected a posteriori abilities.

    The standard deviation of ability is by default that of the calibration, 1 for `Items`.

    Returns
    -------
    ndarray, shape (n_items, n_items)
        With ones on the diagonal. Without dependence the mean of the others is near ``-1 / (n_items - 1)``;
        look at the distance from that mean.

    References
    ----------
    Yen (1984), Appl. Psychol. Meas. 8, 125-145; Christensen, Makransky & Horton (2017), same journal 41,
    178-194 (why one critical value does not serve all tests).
    """
    coded, known = matching(X, items)
    theta = score_eap(coded, known, sd=prior_sd(items, sd)).theta
    gaps = bool(coded.max() == MISSING)
    n_items = coded.shape[1]
    sums = np.zeros((4, n_items, n_items))  # of products, residuals, squares and counts over shared persons
    for lo in range(0, len(coded), BLOCK):
        block = coded[lo : lo + BLOCK]
        s = sigmoid(np.multiply.outer(theta[lo : lo + BLOCK], known.a) + known.d)
        residual = (block == 1) - known.c - (1.0 - known.c) * s
        met = (block != MISSING).astype(np.float64) if gaps else np.ones((len(block), 1))
        residual *= met
        sums[0] += residual.T @ residual
        sums[1] += residual.T @ met
        sums[2] += (residual**2).T @ met
        sums[3] += met.T @ met
    products, totals, squares, counts = sums
    covariance = products / counts - totals * totals.T / counts**2
    variance = squares / counts - (totals / counts) ** 2
    return np.asarray(covariance / np.sqrt(variance * variance.T))


def compare_models(narrow: IRTResult, wide: IRTResult) -> ModelComparison:
    """Test whether a wider model fits better than one that is a special case of it.

    Against "3pl" the test is conservative, since ``c = 0`` lies on the bound of its parameters.

    Raises
    ------
    ScoringError
        If the models were fitted to different numbers of persons or the second is not wider.

    References
    ----------
    Bock & Aitkin (1981), Psychometrika 46, 443-459.
    """
    df = wide.n_parameters - narrow.n_parameters
    if df <= 0 or wide.n_persons != narrow.n_persons or len(wide.a) != len(narrow.a):
        raise ScoringError("give a model and then a wider one, fitted to the same answers")
    chi2 = max(2.0 * (wide.loglik - narrow.loglik), 0.0)
    return ModelComparison(chi2, df, float(chdtrc(df, chi2)))


@one_blas_thread()
def m2(X: ArrayLike | ResponseMatrix, fit: IRTResult, *, n_nodes: int = N_NODES) -> M2Result:
    """Compare the facilities of items and of pairs of items with those the model implies: M2.

    Parameters
    ----------
    X : array_like, shape (n_persons, n_items)
        0/1 without gaps.
    fit : IRTResult
        From the same answers, one group.

    Raises
    ------
    ResponseError
        If an answer is missing.
    ScoringError
        If no degree of freedom is left, or the moments do not determine the statistic.

    Notes
    -----
    The covariances of the moments are used without being written down: memory grows with the third power of
    the number of items, time (beside the answers) with the fourth.

    References
    ----------
    Maydeu-Olivares & Joe (2006), Psychometrika 71, 713-732; (2014), Multivar. Behav. Res. 49, 305-328.
    """
    scale = fit.latent_sd[0] if fit.model == "rasch" else 1.0
    coded, known = matching(X, Items(fit.a * scale, fit.d, fit.c))
    if coded.max() > 1:
        raise ResponseError("M2 compares whole tables and needs an answer in every cell")
    observed = _observed_moments(coded)
    moments = _Moments(known, normal_nodes(n_nodes))
    model = "1pl" if fit.model == "rasch" else fit.model
    design = free_parameters(known, model, FLAT)
    df = len(observed) - design.shape[1]
    if df <= 0:
        raise ScoringError(f"the {fit.model} model of {len(known.a)} items leaves no degree of freedom")
    statistic = len(coded) * _quadratic_form(moments, observed, design)
    null, null_df = _of_independence(observed, len(known.a), len(coded))
    excess, null_excess = max(statistic - df, 0.0), max(null - null_df, 0.0)
    low, high = _rmsea_interval(statistic, df, len(coded))
    return M2Result(
        m2=statistic,
        df=df,
        pvalue=float(chdtrc(df, statistic)),
        rmsea=float(np.sqrt(excess / (df * (len(coded) - 1.0)))),
        rmsea_low=low,
        rmsea_high=high,
        srmsr=_srmsr(observed, moments.expected, len(known.a)),
        cfi=1.0 - excess / max(null_excess, excess, 1e-300),
        tli=(null / null_df - statistic / df) / (null / null_df - 1.0),
    )


class _Moments:
    """Facilities of items, then of pairs, under the model: expected values, covariances, derivatives.

    Covariances and derivatives are those of the centred moments, x - p of an item and the product of two of
    them, which `centred` makes of the others: the statistic is the same, its matrix nearly diagonal. Given
    ability, the answers are ``u + e`` with independent errors of variance v; so a weighted sum of moments has
    three uncorrelated parts, in no error, in one and in two, and its covariances need sums over nodes only.
    """

    def __init__(self, items: Items, nodes: FloatArray) -> None:
        n = len(items.a)
        self.first, self.second = np.triu_indices(n, 1)
        self._weights = np.exp(normal_log_weights(nodes))
        self._nodes, self._c = nodes, items.c
        self._s = sigmoid(np.multiply.outer(items.a, nodes) + items.d[:, None])
        self._p = items.c[:, None] + (1.0 - items.c[:, None]) * self._s
        self._facility = self._p @ self._weights
        self._u = self._p - self._facility[:, None]
        self._v = self._p * (1.0 - self._p)
        self._both = self._of_pairs((self._v * self._weights) @ self._v.T)
        self.expected = np.concatenate(
            [self._facility, self._of_pairs((self._p * self._weights) @ self._p.T)]
        )

    def _of_pairs(self, square: FloatArray) -> FloatArray:
        return square[self.first, self.second]

    def centred(self, values: FloatArray) -> FloatArray:
        """Turn differences of moments, shape (n_moments, ...), into those of the centred moments."""
        of_items, of_pairs = np.split(values, [len(self._p)])
        p = self._facility.reshape(-1, *[1] * (values.ndim - 1))
        carried = p[self.first] * of_items[self.second] + p[self.second] * of_items[self.first]
        return np.concatenate([of_items, of_pairs - carried])

    def variances(self) -> FloatArray:
        """Variance of every centred moment of one person."""
        square = self._u**2 + self._v
        of_pairs = self._of_pairs((square * self._weights) @ square.T)
        mean = self._of_pairs((self._u * self._weights) @ self._u.T)
        return np.concatenate([square @ self._weights, of_pairs - mean**2])

    def covariances_with(self, y: FloatArray) -> FloatArray:
        """Covariances of the centred moments with their sum weighted by `y`, all shape (n_moments,)."""
        n = len(self._p)
        square = np.zeros((n, n))
        square[self.first, self.second] = square[self.second, self.first] = y[n:]
        through = square @ self._u
        mean = y[:n] @ self._u + 0.5 * (self._u * through).sum(axis=0)
        known = self._weights * (mean - self._weights @ mean)
        by_error = self._weights * self._v * (y[:n, None] + through)
        half = by_error @ self._u.T + 0.5 * (self._u * known) @ self._u.T
        of_pairs = self._of_pairs(half + half.T) + self._both * y[n:]
        return np.concatenate([self._u @ known + by_error.sum(axis=1), of_pairs])

    def derivatives(self) -> FloatArray:
        """Derivatives of the expected moments, centred, in (a, d, c) of all items."""
        n = len(self._p)
        by_d = (1.0 - self._c[:, None]) * self._s * (1.0 - self._s)
        result = np.zeros((len(self.expected), 3 * n))
        i, pairs = np.arange(n), np.arange(n, len(self.expected))
        for block, slope in enumerate((by_d * self._nodes, by_d, 1.0 - self._s)):
            weighted = slope * self._weights
            result[i, block * n + i] = weighted.sum(axis=1)
            across = weighted @ self._u.T
            result[pairs, block * n + self.first] = across[self.first, self.second]
            result[pairs, block * n + self.second] = across[self.second, self.first]
        return result


def _observed_moments(coded: CodeArray) -> FloatArray:
    n_items = coded.shape[1]
    together = np.zeros((n_items, n_items))
    for lo in range(0, len(coded), BLOCK):
        block = coded[lo : lo + BLOCK].astype(np.float32)
        together += block.T @ block
    first, second = np.triu_indices(n_items, 1)
    return np.concatenate([margins(coded)[1], together[first, second]]) / len(coded)


def _quadratic_form(moments: _Moments, observed: FloatArray, design: FloatArray) -> float:
    """Weigh the residuals by the inverse covariance, less what the estimated parameters took up.

    That is the largest value of ``(y'r)^2 / y'Vy`` over sums y that no parameter moves, which conjugate
    gradients find among them without the matrix V; every moment is brought to variance 1 first.
    """
    spread = np.sqrt(moments.variances())
    taken = np.linalg.qr((moments.derivatives() @ design) / spread[:, None])[0]

    def unmoved(y: FloatArray) -> FloatArray:
        return y - taken @ (taken.T @ y)

    def covariances(y: FloatArray) -> FloatArray:
        return unmoved(moments.covariances_with(y / spread) / spread)

    residual = unmoved(moments.centred(observed - moments.expected) / spread)
    solution = _conjugate_gradients(covariances, residual)
    return float(residual @ solution)


def _conjugate_gradients(product: Callable[[FloatArray], FloatArray], wanted: FloatArray) -> FloatArray:
    """Solve ``product(x) = wanted`` for a positive definite matrix known by its products."""
    solution, left = np.zeros_like(wanted), wanted
    towards, size = left, float(left @ left)
    enough = size * RELATIVE_RESIDUAL**2
    for _ in range(MOST_STEPS):
        if size <= enough:
            return solution
        moved = product(towards)
        step = size / float(towards @ moved)
        solution, left = solution + step * towards, left - step * moved
        before, size = size, float(left @ left)
        towards = left + (size / before) * towards
    raise ScoringError("M2 cannot be told: some moments hardly vary, or depend on others")


def _rmsea_interval(statistic: float, df: int, n_persons: int) -> tuple[float, float]:
    """Invert the noncentral chi-square for its 95 % and 5 % points."""
    ends = []
    for share in (0.95, 0.05):
        reachable = chndtr(statistic, df, 0.0) > share
        excess = float(chndtrinc(statistic, df, share)) if reachable else 0.0
        ends.append(float(np.sqrt(excess / (df * (n_persons - 1.0)))))
    return ends[0], ends[1]


def _of_independence(observed: FloatArray, n_items: int, n_persons: int) -> tuple[float, int]:
    """M2 of items that have nothing in common, and its degrees of freedom.

    Their facilities are met exactly, and the residuals of pairs do not correlate: what is left is the sum of
    the squared correlations of the items.
    """
    correlations = _correlations(observed, n_items)
    return float(n_persons * (correlations @ correlations)), len(correlations)


def _srmsr(observed: FloatArray, expected: FloatArray, n_items: int) -> float:
    apart = _correlations(observed, n_items) - _correlations(expected, n_items)
    return float(np.sqrt((apart**2).mean()))


def _correlations(moments: FloatArray, n_items: int) -> FloatArray:
    """Correlations of pairs of items from the facilities of items and of pairs."""
    first, second = np.triu_indices(n_items, 1)
    p = moments[:n_items]
    spread = np.sqrt(p * (1.0 - p))
    return np.asarray((moments[n_items:] - p[first] * p[second]) / (spread[first] * spread[second]))
