"""Standard errors of item parameters after marginal maximum likelihood."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from scoring.irt.answers import Answers, arrange
from scoring.irt.expectation import FloatRows, Posterior, margins
from scoring.irt.grid import FloatArray, Items, curves, sigmoid
from scoring.irt.maximization import LARGEST_C, TINY, BetaPrior

Method = Literal["observed", "cross-product", "none"]
METHODS: tuple[Method, ...] = ("none", "observed", "cross-product")

BLOCK = 1024


@dataclass(frozen=True, slots=True)
class AnswerSlopes:
    """Derivatives of the log-probability of an answer in the logit and in `c`.

    An answer `x` to an item that was met has the slope ``x * odds + wrong``; arrays (2, n_items, n_nodes).
    """

    odds: FloatArray
    wrong: FloatArray


def answer_slopes(items: Items, nodes: FloatArray) -> AnswerSlopes:
    """Differentiate the log-odds and the log-probability of a wrong answer."""
    s = sigmoid(np.multiply.outer(items.a, nodes) + items.d[:, None])
    c = items.c[:, None]
    p = np.maximum(c + (1.0 - c) * s, TINY)
    of_c = np.broadcast_to(1.0 / (1.0 - c), s.shape)
    return AnswerSlopes(np.stack([s / p, of_c / p]), np.stack([-s, -of_c]))


def covariance(
    answers: Answers,
    items: Items,
    nodes: FloatArray,
    log_weights: FloatArray,
    design: FloatArray,
    *,
    method: Method,
    prior: BetaPrior,
) -> FloatArray:
    """Estimate the covariance matrix of the free parameters.

    Parameters
    ----------
    design : ndarray, shape (3 * n_items, n_free)
        Derivative of (a, d, c) of all items in the free parameters: which of them are free or equal.
    method : {"observed", "cross-product"}
        The observed information, or the sum over persons of the products of their scores.

    Returns
    -------
    ndarray, shape (n_free, n_free)
        NaN throughout when the information is singular.

    Notes
    -----
    With several groups their means and standard deviations are taken as known.

    References
    ----------
    Louis (1982), J. R. Stat. Soc. B 44, 226-233; Oakes (1999), same journal 61, 479-482, reaches the same
    matrix by derivatives. Cross-product: Bock & Lieberman (1970), Psychometrika 35, 179-197.
    """
    sums = _ScoreSums(answers, items, nodes, log_weights, with_spread=method == "observed")
    information = sums.products
    if method == "observed":
        information = information - sums.spread + _complete(items, nodes, sums.right, sums.seen)
    c_of = slice(2 * len(items.a), None)
    if prior.alpha > 1.0 or prior.beta > 1.0:
        np.einsum("ii->i", information)[c_of] += prior.curvature(items.c)
    reduced = design.T @ information @ design
    try:
        return np.asarray(np.linalg.inv(reduced))
    except np.linalg.LinAlgError:
        return np.full_like(reduced, np.nan)


class _ScoreSums:
    """Sums over persons of their posterior scores: products of means, and mean products."""

    def __init__(
        self, answers: Answers, items: Items, nodes: FloatArray, log_weights: FloatArray, *, with_spread: bool
    ) -> None:
        n_items = len(items.a)
        self._nodes, self._n_items, self._with_spread = nodes, n_items, with_spread
        self._shape, self._slopes = curves(items, nodes), answer_slopes(items, nodes)
        self._kinds = 2 if items.c.any() else 1  # without a lower asymptote only the logit matters
        self.products = np.zeros((3 * n_items, 3 * n_items))
        self.spread = np.zeros_like(self.products)
        self.right = np.zeros((n_items, len(nodes)))
        self.seen = np.zeros_like(self.right)
        data = arrange(answers, margins(answers.coded)[0].astype(np.float64))
        rows = FloatRows(data)
        for part in data.parts:
            cell = answers.cells[part.cell]
            log_prior = log_weights[cell.group]
            for start in range(part.start, part.stop, BLOCK):
                stop = min(start + BLOCK, part.stop)
                if data.met is None:
                    self._add(rows(start, stop), cell.items[None, :].astype(np.float64), log_prior)
                else:
                    self._add(rows(start, stop), data.met[start:stop].astype(np.float64), log_prior)

    def _add(self, x: FloatArray, met: FloatArray, log_prior: FloatArray) -> None:
        """Add persons; `met` has one row when they met the same items."""
        weights = Posterior(x @ self._shape.log_odds + met @ self._shape.log_wrong + log_prior).weights
        self.right += x.T @ weights
        self.seen += met.T @ (weights if len(met) > 1 else weights.sum(axis=0, keepdims=True))
        n = self._n_items
        mean = np.empty((len(x), (1 + self._kinds) * n))
        for parameter, (odds, wrong) in enumerate(self._by_parameter()):
            own = mean[:, parameter * n : (parameter + 1) * n]
            np.matmul(weights, wrong.T, out=own)
            own *= met
            own += x * (weights @ odds.T)
        free = slice(0, mean.shape[1])
        self.products[free, free] += mean.T @ mean
        if self._with_spread:
            self._add_spread(x, met, weights)

    def _by_parameter(self) -> list[tuple[FloatArray, FloatArray]]:
        """Slopes in a, d and, where there are any, c; shared odds are one row for all items."""
        odds, wrong = self._slopes.odds, self._slopes.wrong
        if self._kinds == 1:
            ones = np.ones((1, len(self._nodes)))
            return [(ones * self._nodes, wrong[0] * self._nodes), (ones, wrong[0])]
        by_logit = [(odds[0] * self._nodes, wrong[0] * self._nodes), (odds[0], wrong[0])]
        return [*by_logit, (odds[1], wrong[1])]

    def _add_spread(self, x: FloatArray, met: FloatArray, weights: FloatArray) -> None:
        """Add the posterior mean products of scores, node by node where there is posterior mass."""
        n = self._n_items
        score = np.empty((len(x), self._kinds * n))
        for q in np.flatnonzero(weights.max(axis=0) > 1e-9):
            root = np.sqrt(weights[:, q, None])
            for kind in range(self._kinds):
                part = score[:, kind * n : (kind + 1) * n]
                np.multiply(x, self._slopes.odds[kind, :, q], out=part)
                part += met * self._slopes.wrong[kind, :, q]
                part *= root
            product = score.T @ score
            self._spread_over_parameters(product, self._nodes[q])

    def _spread_over_parameters(self, product: FloatArray, node: float) -> None:
        n = self._n_items
        factors = (node, 1.0, 1.0)
        for r in range(1 + self._kinds):
            for s in range(1 + self._kinds):
                of_r, of_s = slice(n * (r // 2), n * (r // 2 + 1)), slice(n * (s // 2), n * (s // 2 + 1))
                block = self.spread[r * n : (r + 1) * n, s * n : (s + 1) * n]
                block += factors[r] * factors[s] * product[of_r, of_s]


def _complete(items: Items, nodes: FloatArray, right: FloatArray, seen: FloatArray) -> FloatArray:
    """Minus the second derivatives of the expected complete-data log-likelihood."""
    s = sigmoid(np.multiply.outer(items.a, nodes) + items.d[:, None])
    c = items.c[:, None]
    p = np.maximum(c + (1.0 - c) * s, TINY)
    p_z, p_c, ss = (1.0 - c) * s * (1.0 - s), 1.0 - s, s * (1.0 - s)
    wrong = seen - right
    zz = right * (p_z * (1.0 - 2.0 * s) / p - (p_z / p) ** 2) - wrong * ss
    zc = right * (-ss / p - p_z * p_c / p**2)
    cc = -right * (p_c / p) ** 2 - wrong / (1.0 - c) ** 2
    n = len(items.a)
    i = np.arange(n)
    minus = np.zeros((3 * n, 3 * n))
    for r, t, values in (
        (0, 0, zz @ nodes**2),
        (0, 1, zz @ nodes),
        (1, 1, zz.sum(axis=1)),
        (0, 2, zc @ nodes),
        (1, 2, zc.sum(axis=1)),
        (2, 2, cc.sum(axis=1)),
    ):
        minus[r * n + i, t * n + i] = minus[t * n + i, r * n + i] = -values
    return minus


def free_parameters(items: Items, model: str, prior: BetaPrior) -> FloatArray:
    """Build the design of `covariance`: one column per free parameter, `c` on a bound is not free."""
    n = len(items.a)
    if model in ("rasch", "1pl"):
        common = np.concatenate([np.ones(n), np.zeros(2 * n)])[:, None]
        return np.concatenate([common, np.eye(3 * n)[:, n : 2 * n]], axis=1)
    if model == "2pl":
        return np.eye(3 * n)[:, : 2 * n]
    return np.eye(3 * n)[:, np.concatenate([np.ones(2 * n, dtype=bool), _inside(items.c, prior)])]


def _inside(c: FloatArray, prior: BetaPrior) -> NDArray[np.bool_]:
    return np.asarray((c > prior.smallest_c) & (c < LARGEST_C))


def standard_errors(
    items: Items, design: FloatArray, covariance_of_free: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return standard errors of a, b, c and d; that of ``b = -d / a`` by the delta method."""
    n = len(items.a)
    whole = design @ covariance_of_free @ design.T
    variance = np.diag(whole)
    i = np.arange(n)
    by_a, by_d = items.d / items.a**2, -1.0 / items.a
    of_b = by_a**2 * variance[:n] + by_d**2 * variance[n : 2 * n] + 2.0 * by_a * by_d * whole[i, n + i]
    fixed = ~design.any(axis=1)
    errors = np.where(fixed, np.nan, np.sqrt(np.where(variance >= 0.0, variance, np.nan)))
    se_b = np.sqrt(np.where(of_b >= 0.0, of_b, np.nan))
    return errors[:n], se_b, errors[2 * n :], errors[n : 2 * n]
