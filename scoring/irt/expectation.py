"""The E-step: expected right answers and expected persons at every ability node, given item parameters.

Three ways to the same sums, from the most general to the quickest:

* `NodewiseExpectation`: any dichotomous model, any gaps; two matrix products over persons x items x nodes;
* `WeightedScoreExpectation`: two-parameter logistic; the posterior is a smooth function of the one
  number ``sum(a * x)``, so it is computed at a few Chebyshev points and interpolated;
* `RawScoreExpectation`: equal discriminations; persons with one raw score are one case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from scoring.irt.answers import Answers, Arranged, Cell, CodeArray, Rows, arrange
from scoring.irt.grid import Curves, FloatArray, Items, curves

STORED_CELLS = 2**24
"""Matrices up to this many cells are kept as float64 between E-steps (128 MB)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What the E-step expects.

    Attributes
    ----------
    right, seen : ndarray, shape (n_items, n_nodes)
        Expected right answers and expected answers.
    persons : ndarray, shape (n_groups, n_nodes)
        Expected persons.
    loglik : float
        Marginal log-likelihood at the parameters that were given.
    """

    right: FloatArray
    seen: FloatArray
    persons: FloatArray
    loglik: float


class Expectation(Protocol):
    """An E-step over fixed answers and nodes."""

    nodes: FloatArray

    def __call__(self, items: Items, log_weights: FloatArray) -> Expected:
        """Expect right answers and persons; `log_weights` has shape (n_groups, n_nodes)."""
        ...


class Posterior:
    """Normalised posterior weights of rows of persons, with the log-likelihood they add."""

    def __init__(self, log_joint: FloatArray) -> None:
        largest = log_joint.max(axis=1, keepdims=True)
        log_joint -= largest
        self.weights = np.exp(log_joint, out=log_joint)
        total = self.weights.sum(axis=1, keepdims=True)
        self.weights /= total
        self.log_marginal = np.log(total[:, 0]) + largest[:, 0]


class FloatRows:
    """The arranged answers as float64, kept whole while that is small and converted by blocks when not."""

    def __init__(self, arranged: Arranged) -> None:
        self._right = arranged.right
        self._stored: FloatArray | None = None
        if arranged.right.size <= STORED_CELLS:
            self._stored = arranged.right.astype(np.float64)

    def __call__(self, start: int, stop: int) -> FloatArray:
        if self._stored is not None:
            return self._stored[start:stop]
        return self._right[start:stop].astype(np.float64)


def _blocks(part: Rows, size: int) -> Iterator[tuple[int, int]]:
    for start in range(part.start, part.stop, size):
        yield start, min(start + size, part.stop)


def _cell_constant(cell: Cell, shape: Curves, log_weights: FloatArray) -> FloatArray:
    return np.asarray(log_weights[cell.group] + shape.log_wrong[cell.items].sum(axis=0))


class NodewiseExpectation:
    """E-step of any dichotomous model; nodes without posterior mass in a block of persons are left out."""

    block_size = 2048
    negligible = 1e-10
    margin = 2

    def __init__(self, answers: Answers, nodes: FloatArray) -> None:
        self.nodes = nodes
        self._cells = answers.cells
        self._n_groups = answers.n_groups
        self._data = arrange(answers, margins(answers.coded)[0].astype(np.float64))
        self._rows = FloatRows(self._data)
        self._windows: dict[int, slice] = {}

    def __call__(self, items: Items, log_weights: FloatArray) -> Expected:
        shape = curves(items, self.nodes)
        right = np.zeros_like(shape.log_odds)
        seen = np.zeros_like(right)
        persons = np.zeros((self._n_groups, len(self.nodes)))
        loglik = 0.0
        for part in self._data.parts:
            cell = self._cells[part.cell]
            in_cell = np.zeros(len(self.nodes))
            for start, stop in _blocks(part, self.block_size):
                window = self._windows.get(start, slice(0, len(self.nodes)))
                posterior = self._posterior(start, stop, window, cell, shape, log_weights)
                right[:, window] += self._rows(start, stop).T @ posterior.weights
                in_cell[window] += posterior.weights.sum(axis=0)
                loglik += float(posterior.log_marginal.sum())
                if self._data.met is not None:
                    seen[:, window] += self._data.met[start:stop].T.astype(np.float64) @ posterior.weights
                self._windows[start] = self._window(posterior.weights, window.start)
            persons[cell.group] += in_cell
            if self._data.met is None:
                seen[cell.items] += in_cell
        return Expected(right, seen, persons, loglik)

    def _posterior(
        self, start: int, stop: int, window: slice, cell: Cell, shape: Curves, log_weights: FloatArray
    ) -> Posterior:
        log_joint = self._rows(start, stop) @ np.ascontiguousarray(shape.log_odds[:, window])
        if self._data.met is None:
            log_joint += _cell_constant(cell, shape, log_weights)[window]
        else:
            log_joint += self._data.met[start:stop].astype(np.float64) @ shape.log_wrong[:, window]
            log_joint += log_weights[cell.group, window]
        return Posterior(log_joint)

    def _window(self, weights: FloatArray, offset: int) -> slice:
        used = np.flatnonzero(weights.max(axis=0) > self.negligible)
        first, last = offset + int(used[0]) - self.margin, offset + int(used[-1]) + 1 + self.margin
        return slice(max(first, 0), min(last, len(self.nodes)))


class WeightedScoreExpectation:
    """E-step of the two-parameter logistic model by interpolation in the weighted score ``t = sum(a * x)``.

    Persons are sorted by `t` once, at the starting discriminations. In a block of near values the posterior
    weights are a smooth function of `t`; they are computed at Chebyshev points, and the sums over persons
    need only the persons' Chebyshev polynomials. The number of points grows until the last coefficients
    are below `precision`, so the result is that of `NodewiseExpectation` to about that much.
    """

    block_size = 4096
    width = 4.0
    precision = 1e-11
    fewest_points = 10

    def __init__(self, answers: Answers, nodes: FloatArray, start: Items) -> None:
        self.nodes = nodes
        self._cells = answers.cells
        self._n_groups = answers.n_groups
        t = weighted_scores(answers.coded, start.a)
        self._data = arrange(answers, t)
        self._n_right = margins(self._data.right)[1]
        self._rows = FloatRows(self._data)
        self._blocks = list(self._narrow_blocks(t[self._data.order]))
        self._points: dict[int, int] = {}

    def _narrow_blocks(self, t: FloatArray) -> Iterator[Rows]:
        for part in self._data.parts:
            start = part.start
            while start < part.stop:
                limit = start + int(np.searchsorted(t[start : part.stop], t[start] + self.width))
                stop = min(start + self.block_size, part.stop, max(start + 1, limit))
                yield Rows(part.cell, start, stop)
                start = stop

    def __call__(self, items: Items, log_weights: FloatArray) -> Expected:
        shape = curves(items, self.nodes)
        right = np.zeros_like(shape.log_odds)
        in_cell = np.zeros((len(self._cells), len(self.nodes)))
        loglik = float(self._n_right @ items.d)
        constants = [_cell_constant(cell, shape, log_weights) for cell in self._cells]
        for block in self._blocks:
            x = self._rows(block.start, block.stop)
            t = x @ items.a
            middle, half = 0.5 * (t.min() + t.max()), max(0.5 * float(np.ptp(t)), 1e-3)
            weights, log_marginal = self._interpolant(block, middle, half, constants[block.cell])
            polynomials = _chebyshev((t - middle) / half, len(weights))
            right += (x.T @ polynomials) @ weights
            totals = polynomials.sum(axis=0)
            in_cell[block.cell] += totals @ weights
            loglik += float(totals @ log_marginal)
        return _by_cell(right, in_cell, self._cells, self._n_groups, loglik)

    def _interpolant(
        self, block: Rows, middle: float, half: float, constant: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return Chebyshev coefficients of the posterior weights and of the log marginal."""
        n_points = self._points.get(block.start, self.fewest_points)
        while True:
            points, to_coefficients = _chebyshev_transform(n_points)
            posterior = Posterior(np.multiply.outer(middle + half * points, self.nodes) + constant)
            weights = to_coefficients @ posterior.weights
            if np.abs(weights[-2:]).max() < self.precision or n_points >= 64:
                self._points[block.start] = n_points
                return weights, to_coefficients @ posterior.log_marginal
            n_points += 2


class RawScoreExpectation:
    """E-step with equal discriminations: the posterior depends on the raw score only.

    `Expected.right` then holds the right numbers only in its sums over nodes (right answers of an item)
    and over items (expected raw score at a node); that is all the model's M-step asks for.
    """

    def __init__(self, answers: Answers, nodes: FloatArray) -> None:
        self.nodes = nodes
        self._cells = answers.cells
        self._n_groups = answers.n_groups
        scores, self._n_right = margins(answers.coded)
        n_scores = answers.coded.shape[1] + 1
        counts = np.bincount(answers.cell_of * n_scores + scores, minlength=n_scores * len(self._cells))
        self._counts = counts.reshape(len(self._cells), n_scores).astype(np.float64)

    def __call__(self, items: Items, log_weights: FloatArray) -> Expected:
        shape = curves(items, self.nodes)
        in_cell = np.zeros((len(self._cells), len(self.nodes)))
        at_node = np.zeros(len(self.nodes))
        loglik = float(self._n_right @ items.d)
        scores = np.arange(self._counts.shape[1], dtype=np.float64)
        tilt = np.multiply.outer(scores * items.a[0], self.nodes)
        for i, (cell, counts) in enumerate(zip(self._cells, self._counts, strict=True)):
            posterior = Posterior(tilt + _cell_constant(cell, shape, log_weights))
            in_cell[i] = counts @ posterior.weights
            at_node += (counts * scores) @ posterior.weights
            loglik += float(counts @ posterior.log_marginal)
        right = np.multiply.outer(self._n_right, at_node / max(at_node.sum(), 1e-300))
        return _by_cell(right, in_cell, self._cells, self._n_groups, loglik)


def margins(coded: CodeArray) -> tuple[NDArray[np.intp], FloatArray]:
    """Return the raw score of each person and the number of right answers to each item."""
    n_persons, n_items = coded.shape
    scores = np.empty(n_persons, dtype=np.intp)
    n_right = np.zeros(n_items)
    by_item, by_person = np.ones(n_items, dtype=np.float32), np.ones(4096, dtype=np.float32)
    for start in range(0, n_persons, 4096):  # sums below 2**24 are exact in single precision
        block = _as_float32(coded[start : start + 4096])
        scores[start : start + 4096] = block @ by_item
        n_right += by_person[: len(block)] @ block
    return scores, n_right


def weighted_scores(coded: CodeArray, a: FloatArray) -> FloatArray:
    """Return ``sum(a * x)`` over the items answered right, shape (n_persons,)."""
    scores = np.empty(len(coded))
    for start in range(0, len(coded), 8192):
        scores[start : start + 8192] = _as_float32(coded[start : start + 8192]) @ a.astype(np.float32)
    return scores


def _as_float32(block: CodeArray) -> NDArray[np.float32]:
    return (block if block.max() <= 1 else block == 1).astype(np.float32)


def _chebyshev(u: FloatArray, degree: int) -> FloatArray:
    """Evaluate the first `degree` Chebyshev polynomials at points in [-1, 1]; shape (n_points, degree)."""
    rising = np.empty((degree, len(u)))
    rising[0] = 1.0
    rising[1] = u
    double = 2.0 * u
    for k in range(2, degree):
        np.multiply(double, rising[k - 1], out=rising[k])
        rising[k] -= rising[k - 2]
    return np.ascontiguousarray(rising.T)


@lru_cache(maxsize=64)
def _chebyshev_transform(n_points: int) -> tuple[FloatArray, FloatArray]:
    """Return Chebyshev points and the matrix from values there to coefficients."""
    angle = (2 * np.arange(n_points) + 1) * np.pi / (2 * n_points)
    matrix = np.cos(np.multiply.outer(np.arange(n_points), angle)) * (2.0 / n_points)
    matrix[0] *= 0.5
    return np.cos(angle), matrix


def _by_cell(
    right: FloatArray, in_cell: FloatArray, cells: Sequence[Cell], n_groups: int, loglik: float
) -> Expected:
    """Add up cells, shape (n_cells, n_nodes), to the answers per item and the persons per group."""
    met = np.array([cell.items for cell in cells], dtype=np.float64)
    persons = np.zeros((n_groups, in_cell.shape[1]))
    np.add.at(persons, [cell.group for cell in cells], in_cell)
    return Expected(right, met.T @ in_cell, persons, loglik)
