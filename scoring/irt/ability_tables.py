"""Ability as a function of the weighted score, tabulated: for the two-parameter model and one set of items.

There the answers matter only through ``t = sum(a * x)``, so that an estimate is computed on a fine grid and
interpolated by cubics with the exact derivative.
"""

from dataclasses import dataclass

import numpy as np

from scoring.irt.grid import FloatArray, Items, sigmoid

TABLE_SIZE = 8001


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and variance of posteriors, and the third central moment, which is the slope of the variance."""

    mean: FloatArray
    variance: FloatArray
    third: FloatArray


def posterior_moments(t: FloatArray, log_constant: FloatArray, nodes: FloatArray) -> Moments:
    """Compute the moments of posteriors proportional to ``exp(t * node + log_constant)``."""
    log_joint = np.multiply.outer(t, nodes)
    log_joint += log_constant
    log_joint -= log_joint.max(axis=1, keepdims=True)
    weights = np.exp(log_joint, out=log_joint)
    total = weights.sum(axis=1)
    mean = weights @ nodes / total
    square = weights @ nodes**2 / total
    variance = np.maximum(square - mean**2, 0.0)
    third = weights @ nodes**3 / total - 3.0 * mean * square + 2.0 * mean**3
    return Moments(mean, variance, third)


def eap_by_score(t: FloatArray, log_constant: FloatArray, nodes: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return posterior means and standard deviations at weighted scores `t`, shape (n_persons,)."""
    if len(t) <= 2 * TABLE_SIZE:
        exact = posterior_moments(t, log_constant, nodes)
        return exact.mean, np.sqrt(exact.variance)
    low, high = float(t.min()), float(t.max())
    grid = np.linspace(low, high, TABLE_SIZE) if high > low else np.array([low, low + 1.0])
    table = posterior_moments(grid, log_constant, nodes)
    place = Place(t, grid)
    mean = place.interpolate(table.mean, table.variance)
    return mean, np.sqrt(np.maximum(place.interpolate(table.variance, table.third), 0.0))


class Place:
    """Where values lie in a rising grid."""

    def __init__(self, values: FloatArray, grid: FloatArray) -> None:
        width = np.diff(grid)
        if np.ptp(width) <= 1e-9 * width[0]:
            self._cell = ((values - grid[0]) * (1.0 / width[0])).astype(np.intp)
        else:
            self._cell = np.searchsorted(grid, values) - 1
        np.clip(self._cell, 0, len(grid) - 2, out=self._cell)
        self._width = width[self._cell]
        self._share = (values - grid[self._cell]) / self._width

    def interpolate(self, values: FloatArray, slopes: FloatArray) -> FloatArray:
        """Interpolate by the cubic that has these values and slopes at the grid points."""
        i, u, h = self._cell, self._share, self._width
        rise = values[i + 1] - values[i]
        left, right = slopes[i] * h, slopes[i + 1] * h
        bend = left + right - 2.0 * rise
        return np.asarray(values[i] + u * (left + u * (rise - left - bend + u * bend)))


class ScoreInverse:
    """The estimate whose estimating equation a weighted score solves, by inverting it on a grid.

    The equations are ``t = sum(a P)`` for maximum likelihood ("ml"), with ``(theta - mean) / sd**2`` added
    for the posterior mode ("map"), and with Warm's term ``-J / (2 I)`` for weighted likelihood ("wle").
    """

    def __init__(self, kind: str, items: Items, mean: float, sd: float, farthest: float) -> None:
        grid = np.linspace(-farthest, farthest, TABLE_SIZE)
        p = sigmoid(np.multiply.outer(grid, items.a) + items.d)
        weight = p * (1.0 - p)
        information = weight @ items.a**2
        t, rise = p @ items.a, information
        if kind == "map":
            t, rise = t + (grid - mean) * sd**-2, rise + sd**-2
        if kind == "wle":
            skew = (weight * (1.0 - 2.0 * p)) @ items.a**3
            bend = (weight * (1.0 - 6.0 * weight)) @ items.a**4
            t = t - skew / (2.0 * information)
            rise = rise - bend / (2.0 * information) + (skew / information) ** 2 / 2.0
        reached = (t > items.a.clip(max=0.0).sum()) & (t < items.a.clip(min=0.0).sum())
        first, last = np.flatnonzero(reached)[[0, -1]]
        kept = slice(max(first - 1, 0), last + 2)  # beyond, where no score leads, the equation is flat
        self._grid, self._t, self._rise = grid[kept], t[kept], rise[kept]

    @property
    def usable(self) -> bool:
        """Whether the score rises with the estimate all along the grid."""
        return bool((np.diff(self._t) > 0.0).all() and (self._rise > 0.0).all())

    def __call__(self, t: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return estimates and standard errors at scores `t`; infinite beyond the grid."""
        theta = Place(t, self._t).interpolate(self._grid, 1.0 / self._rise)
        theta = np.where(t <= self._t[0], -np.inf, np.where(t >= self._t[-1], np.inf, theta))
        place = Place(np.clip(theta, self._grid[0], self._grid[-1]), self._grid)
        rise = place.interpolate(self._rise, np.gradient(self._rise, self._grid))
        return theta, np.where(np.isfinite(theta), rise**-0.5, np.inf)
