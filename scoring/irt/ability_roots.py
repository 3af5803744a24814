"""Ability by iteration, person by person: for any dichotomous model and any gaps."""

from typing import Literal

import numpy as np

from scoring.irt.answers import MISSING, CodeArray
from scoring.irt.grid import FloatArray, Items, curves, normal_nodes, sigmoid

Kind = Literal["map", "ml", "wle"]

FARTHEST = 20.0
LONGEST_STEP = 1.0
ROUNDS = 200
TINY = 1e-300


def ability_by_iteration(
    kind: Kind, coded: CodeArray, items: Items, mean: float, sd: float
) -> tuple[FloatArray, FloatArray]:
    """Solve the estimating equation by Fisher scoring within a bracket, from the best node of a grid.

    Parameters
    ----------
    kind : {"map", "ml", "wle"}
    coded : ndarray of uint8, shape (n_persons, n_items)
        1 right, 0 wrong, 255 missing.
    mean, sd : float
        Normal prior of "map".

    Returns
    -------
    theta, se : ndarray, shape (n_persons,)
        Infinite beyond `FARTHEST`; NaN for "ml" and "wle" of who answered nothing.
    """
    right = (coded == 1).astype(np.float64)
    met = (coded != MISSING).astype(np.float64)
    equation = _Equation(kind, items, mean, sd**-2 if kind == "map" else 0.0)
    theta, low, high = _best_node(right, met, items, equation)
    active = np.flatnonzero(met.any(axis=1) | (kind == "map"))
    for _ in range(ROUNDS):
        if not len(active):
            break
        at = theta[active]
        slope, fall = equation(at, right[active], met[active])
        low[active] = np.where(slope > 0.0, at, low[active])
        high[active] = np.where(slope < 0.0, at, high[active])
        there = at + np.clip(slope / fall, -LONGEST_STEP, LONGEST_STEP)
        outside = (there <= low[active]) | (there >= high[active])
        there = np.where(outside & (slope != 0.0), 0.5 * (low[active] + high[active]), there)
        theta[active] = there
        moving = (np.abs(there - at) > 1e-11) & (slope != 0.0)
        active = active[moving]
    return _with_errors(theta, equation, right, met)


class _Equation:
    """The estimating equation: its value at an ability, and how fast it falls there."""

    def __init__(self, kind: Kind, items: Items, mean: float, prior: float) -> None:
        self.kind, self.items, self.mean, self.prior = kind, items, mean, prior

    def __call__(
        self, theta: FloatArray, right: FloatArray, met: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return the value, zero at the estimate, and the fall: at least a fifth of the information."""
        a, d, c = self.items
        s = sigmoid(np.multiply.outer(theta, a) + d)
        p = c + (1.0 - c) * s
        ratio = _divided(s, p)
        residual = right - met * p
        information, bias = self._bias(s, met * ratio)
        fall = information
        if c.any():
            curved = residual * (1.0 - s) * ratio * _divided(np.broadcast_to(c, p.shape), p)
            fall = np.maximum(information - curved @ a**2, 0.2 * information)
        value = (residual * ratio) @ a + (self.mean - theta) * self.prior + bias
        return value, np.maximum(fall + self.prior, TINY)

    def _bias(self, s: FloatArray, ratio: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the expected information and Warm's term ``J / (2 I)``, zero for the other estimates."""
        a, c = self.items.a, self.items.c
        weight = ratio * (1.0 - c) * s * (1.0 - s)
        information = weight @ a**2
        if self.kind != "wle":
            return information, np.zeros_like(information)
        return information, (weight * (1.0 - 2.0 * s)) @ a**3 / (2.0 * np.maximum(information, TINY))

    def bias_slope(self, theta: FloatArray, met: FloatArray, width: float = 1e-4) -> FloatArray:
        """Differentiate Warm's term."""
        sides = []
        for at in (theta - width, theta + width):
            s = sigmoid(np.multiply.outer(at, self.items.a) + self.items.d)
            sides.append(self._bias(s, met * _divided(s, self.items.c + (1.0 - self.items.c) * s))[1])
        return np.asarray((sides[1] - sides[0]) / (2.0 * width))


def _divided(part: FloatArray, p: FloatArray) -> FloatArray:
    """Divide by a probability; where both have vanished the quotient is one."""
    return np.divide(part, p, out=np.ones_like(p), where=p > 0.0)


def _best_node(
    right: FloatArray, met: FloatArray, items: Items, equation: _Equation
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the node where the objective is highest, and the ends between which its maximum lies."""
    nodes = normal_nodes(49)
    shape = curves(items, nodes)
    value = right @ shape.log_odds + met @ shape.log_wrong
    value -= 0.5 * equation.prior * (nodes - equation.mean) ** 2
    best = value.argmax(axis=1)
    ends = np.concatenate([[-FARTHEST], nodes, [FARTHEST]])
    if equation.kind == "wle":  # the nodes know nothing of Warm's term
        return nodes[best], np.full(len(best), -FARTHEST), np.full(len(best), FARTHEST)
    return nodes[best], ends[best], ends[best + 2]


def _with_errors(
    theta: FloatArray, equation: _Equation, right: FloatArray, met: FloatArray
) -> tuple[FloatArray, FloatArray]:
    fall = equation(theta, right, met)[1]
    if equation.kind == "wle":
        fall = fall - equation.bias_slope(theta, met)
    se = np.maximum(fall, TINY) ** -0.5
    endless = np.abs(theta) > FARTHEST - 1e-6
    nothing = ~met.any(axis=1) & (equation.kind != "map")
    theta = np.where(nothing, np.nan, np.where(endless, np.copysign(np.inf, theta), theta))
    return theta, np.where(nothing, np.nan, np.where(endless, np.inf, se))
