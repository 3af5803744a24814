"""The M-step: item parameters that maximise the expected complete-data log-likelihood, all items at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.irt.expectation import Expected
from scoring.irt.grid import FloatArray, Items, sigmoid

LONGEST_STEP = 1.0
LARGEST_C = 0.95
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class BetaPrior:
    """A Beta(alpha, beta) prior on the lower asymptote (Mislevy 1986, Psychometrika 51, 177-195)."""

    alpha: float = 1.0
    beta: float = 1.0

    @property
    def smallest_c(self) -> float:
        """The least asymptote the density allows to be reached."""
        return 1e-6 if self.alpha > 1.0 else 0.0

    def log_density(self, c: FloatArray) -> FloatArray:
        """Log density up to a constant."""
        if self.alpha == 1.0:
            return np.asarray((self.beta - 1.0) * np.log1p(-c))
        return np.asarray((self.alpha - 1.0) * np.log(c) + (self.beta - 1.0) * np.log1p(-c))

    def slope(self, c: FloatArray) -> FloatArray:
        """First derivative of the log density."""
        return np.asarray((self.alpha - 1.0) / np.maximum(c, TINY) - (self.beta - 1.0) / (1.0 - c))

    def curvature(self, c: FloatArray) -> FloatArray:
        """Minus the second derivative of the log density."""
        return np.asarray((self.alpha - 1.0) / np.maximum(c, TINY) ** 2 + (self.beta - 1.0) / (1.0 - c) ** 2)


FLAT = BetaPrior()


def maximize_1pl(items: Items, expected: Expected, nodes: FloatArray, *, rounds: int = 4) -> Items:
    """Newton steps in one common discrimination and the intercepts (an arrow-shaped Hessian)."""
    a, d = items.a[0], items.d
    n_right, by_node = expected.right.sum(axis=1), expected.right.sum(axis=0) @ nodes
    for _ in range(rounds):
        p = sigmoid(a * nodes + d[:, None])
        fitted = expected.seen * p
        weight = fitted * (1.0 - p)
        slope_d = n_right - fitted.sum(axis=1)
        slope_a = by_node - fitted.sum(axis=0) @ nodes
        h_dd, h_ad = np.maximum(weight.sum(axis=1), TINY), weight @ nodes
        h_aa = weight.sum(axis=0) @ nodes**2
        step_a = (slope_a - h_ad @ (slope_d / h_dd)) / max(h_aa - h_ad @ (h_ad / h_dd), TINY)
        step_d = (slope_d - h_ad * step_a) / h_dd
        shrink = min(1.0, LONGEST_STEP / max(abs(step_a), np.abs(step_d).max(), TINY))
        a, d = a + shrink * step_a, d + shrink * step_d
        if max(abs(step_a), np.abs(step_d).max()) < 1e-10:
            break
    return Items(np.full_like(items.a, a), d, items.c)


def maximize_2pl(items: Items, expected: Expected, nodes: FloatArray, *, rounds: int = 4) -> Items:
    """Newton steps in (a, d) of every item."""
    a, d = items.a, items.d
    for _ in range(rounds):
        p = sigmoid(np.multiply.outer(a, nodes) + d[:, None])
        residual = expected.right - expected.seen * p
        weight = expected.seen * p * (1.0 - p)
        slope_a, slope_d = residual @ nodes, residual.sum(axis=1)
        h_aa, h_ad, h_dd = weight @ nodes**2, weight @ nodes, weight.sum(axis=1)
        determinant = np.maximum(h_aa * h_dd - h_ad**2, TINY)
        step_a = (h_dd * slope_a - h_ad * slope_d) / determinant
        step_d = (h_aa * slope_d - h_ad * slope_a) / determinant
        longest = np.maximum(np.abs(step_a), np.abs(step_d))
        shrink = np.minimum(1.0, LONGEST_STEP / np.maximum(longest, TINY))
        a, d = a + shrink * step_a, d + shrink * step_d
        if longest.max() < 1e-10:
            break
    return Items(a, d, items.c)


def maximize_3pl(
    items: Items, expected: Expected, nodes: FloatArray, *, prior: BetaPrior = FLAT, rounds: int = 3
) -> Items:
    """Fisher scoring in (a, d, c) of every item, `c` held at a bound while it pulls outwards.

    The asymptote is a parameter itself and not through its logit: the logit freezes items at ``c = 0``.
    """
    value = _expected_loglik(items, expected, nodes, prior)
    for _ in range(rounds):
        step = _scoring_step(items, expected, nodes, prior)
        items, value = _climb(items, step, value, expected, nodes, prior)
        if np.abs(step).max() < 1e-10:
            break
    return items


def gradient(items: Items, expected: Expected, nodes: FloatArray, prior: BetaPrior = FLAT) -> FloatArray:
    """Gradient of the marginal log-likelihood (plus prior) in (a, d, c), shape (n_items, 3).

    By Fisher's identity it is that of the expected complete-data log-likelihood at the same parameters.
    A component of `c` that points out of its bounds is zero.
    """
    slope, _ = _derivatives(items, expected, nodes, prior)
    slope[_held(items.c, slope[:, 2], prior), 2] = 0.0
    return slope


def _probability(items: Items, nodes: FloatArray) -> tuple[FloatArray, FloatArray]:
    s = sigmoid(np.multiply.outer(items.a, nodes) + items.d[:, None])
    return s, np.clip(items.c[:, None] + (1.0 - items.c[:, None]) * s, TINY, 1.0 - TINY)


def _expected_loglik(items: Items, expected: Expected, nodes: FloatArray, prior: BetaPrior) -> FloatArray:
    _, p = _probability(items, nodes)
    wrong = expected.seen - expected.right
    value = (expected.right * np.log(p) + wrong * np.log1p(-p)).sum(axis=1)
    return np.asarray(value if prior is FLAT else value + prior.log_density(items.c))


def _derivatives(
    items: Items, expected: Expected, nodes: FloatArray, prior: BetaPrior
) -> tuple[FloatArray, FloatArray]:
    """Return slopes (n_items, 3) and Fisher information (n_items, 3, 3)."""
    s, p = _probability(items, nodes)
    precision = 1.0 / (p * (1.0 - p))
    by_z, by_c = (1.0 - items.c[:, None]) * s * (1.0 - s), 1.0 - s
    residual = (expected.right - expected.seen * p) * precision
    weight = expected.seen * precision
    slope = np.stack(
        [(residual * by_z) @ nodes, (residual * by_z).sum(axis=1), (residual * by_c).sum(axis=1)], 1
    )
    zz, zc = weight * by_z**2, weight * by_z * by_c
    information = np.empty((len(items.a), 3, 3))
    information[:, 0, 0] = zz @ nodes**2
    information[:, 0, 1] = information[:, 1, 0] = zz @ nodes
    information[:, 1, 1] = zz.sum(axis=1)
    information[:, 0, 2] = information[:, 2, 0] = zc @ nodes
    information[:, 1, 2] = information[:, 2, 1] = zc.sum(axis=1)
    information[:, 2, 2] = (weight * by_c**2).sum(axis=1)
    if prior is not FLAT:
        slope[:, 2] += prior.slope(items.c)
        information[:, 2, 2] += prior.curvature(items.c)
    return slope, information


def _held(c: FloatArray, slope_c: FloatArray, prior: BetaPrior) -> NDArray[np.bool_]:
    below, above = c <= prior.smallest_c, c >= LARGEST_C
    return np.asarray((below & (slope_c <= 0.0)) | (above & (slope_c >= 0.0)))


def _scoring_step(items: Items, expected: Expected, nodes: FloatArray, prior: BetaPrior) -> FloatArray:
    slope, information = _derivatives(items, expected, nodes, prior)
    held = _held(items.c, slope[:, 2], prior)
    _hold_c(slope, information, held, 0.0)
    diagonal = np.arange(3)
    information[:, diagonal, diagonal] *= 1.0 + 1e-6
    information[:, diagonal, diagonal] += TINY
    step = np.linalg.solve(information, slope[:, :, None])[:, :, 0]
    to_bound = np.clip(items.c + step[:, 2], prior.smallest_c, LARGEST_C) - items.c
    hit = to_bound != step[:, 2]
    if (hit & ~held).any():
        _hold_c(slope, information, hit & ~held, to_bound[hit & ~held])
        step = np.linalg.solve(information, slope[:, :, None])[:, :, 0]
        step[:, 2] = np.where(held, 0.0, np.where(hit, to_bound, step[:, 2]))
    return np.asarray(step)


def _hold_c(
    slope: FloatArray, information: FloatArray, held: NDArray[np.bool_], at: FloatArray | float
) -> None:
    """Take `c` of the held items out of the equations, moved by `at`."""
    rows = np.flatnonzero(held)
    slope[rows, :2] -= information[rows, :2, 2] * np.reshape(at, (-1, 1))
    slope[rows, 2] = 0.0
    information[rows, :2, 2] = information[rows, 2, :2] = 0.0


def _climb(
    items: Items, step: FloatArray, value: FloatArray, expected: Expected, nodes: FloatArray, prior: BetaPrior
) -> tuple[Items, FloatArray]:
    """Go along the step, shortened item by item until the objective does not fall."""
    a, d, c = items
    shrink = np.minimum(1.0, LONGEST_STEP / np.maximum(np.abs(step).max(axis=1), TINY))
    waiting = np.ones(len(a), dtype=bool)
    for _ in range(8):
        there = Items(
            items.a + shrink * step[:, 0],
            items.d + shrink * step[:, 1],
            np.clip(items.c + shrink * step[:, 2], prior.smallest_c, LARGEST_C),
        )
        new = _expected_loglik(there, expected, nodes, prior)
        good = waiting & (new >= value - 1e-10 * np.abs(value))
        a, d, c = (np.where(good, t, o) for t, o in zip(there, (a, d, c), strict=True))
        value = np.where(good, new, value)
        waiting &= ~good
        if not waiting.any():
            break
        shrink = np.where(waiting, 0.3 * shrink, shrink)
    return Items(a, d, c), value
