"""Sums over persons from which the classical statistics follow."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.blas_threads import one_blas_thread
from scoring.responses import ResponseMatrix

BLOCK = 4096
EXACT_IN_FLOAT32 = 2**24


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Counts and sums of a response matrix.

    Attributes
    ----------
    n_persons : int
        Persons in the matrix.
    n : ndarray, shape (n_items,)
        Persons to whom the item was administered.
    mean, variance : ndarray, shape (n_items,)
        Mean and sample variance (divisor n - 1) of the points; NaN below two persons.
    covariance : ndarray, shape (n_items, n_items)
        Sample covariances over the persons who were given both items; NaN below two such persons.
    with_total, with_rest : ndarray, shape (n_items,)
        Correlation with the sum of all items and of the other items; NaN where one does not vary.
    totals : ndarray, shape (n_persons,)
        Sum scores.
    """

    n_persons: int
    n: NDArray[np.float64]
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    covariance: NDArray[np.float64]
    with_total: NDArray[np.float64]
    with_rest: NDArray[np.float64]
    totals: NDArray[Any]

    @property
    def total_variance(self) -> float:
        """Sum of the covariances: the sample variance of the sum score when nothing is missing."""
        return float(self.covariance.sum())


@one_blas_thread()
def moments_of(responses: ResponseMatrix) -> Moments:
    """Compute the sums in one pass over blocks of persons.

    Whole points are multiplied in float32 as long as the sums of a block stay exact there; broken points
    in float64 about the item means, so that nearly equal points do not cancel.
    """
    given = responses.administered
    points = responses.points
    if points.dtype == np.uint8:
        exact = int(responses.max_points.max()) ** 2 * BLOCK < EXACT_IN_FLOAT32
        kind = np.float32 if exact else np.float64
        sums = _sums(points, kind) if given is None else _sums_by_pair(points, given, None, kind)
        mean = np.diag(sums.pair_sum) / np.maximum(np.diag(sums.pair_n), 1)
        return _from_sums(sums, sums.totals.astype(np.int64), mean, 0.0)
    totals = responses.total_scores()
    n = np.full(responses.n_items, len(points)) if given is None else np.maximum(given.sum(axis=0), 1)
    mean = points.sum(axis=0) / n
    centred = np.where(_varies(points, given), points - mean, 0.0)
    if given is None:
        return _from_sums(_sums(centred, np.float64), totals, mean, 1e-12)
    centred[~given] = 0.0
    return _from_sums(_sums_by_pair(centred, given, totals - totals.mean(), np.float64), totals, mean, 1e-12)


@dataclass(slots=True, eq=False)
class _Sums:
    """Running sums: X'X, counts and sums of pairs, and of each item with the total."""

    cross: NDArray[np.float64]
    pair_n: NDArray[np.float64]
    pair_sum: NDArray[np.float64]
    with_total: NDArray[np.float64]
    total: NDArray[np.float64]
    total_square: NDArray[np.float64]
    totals: NDArray[np.float64]


def _sums(points: NDArray[Any], kind: type) -> _Sums:
    """Add up a matrix without holes; sums with the total are row sums of X'X."""
    n, width = points.shape
    cross, item = np.zeros((width, width)), np.zeros(width)
    ones: NDArray[Any] = np.ones(width, dtype=kind)
    row_totals = np.empty(n)
    buffer = np.empty((min(n, BLOCK), width), dtype=kind)
    for start in range(0, n, BLOCK):
        x = buffer[: min(BLOCK, n - start)]
        np.copyto(x, points[start : start + BLOCK])
        cross += x.T @ x
        item += np.ones(len(x), dtype=kind) @ x
        row_totals[start : start + BLOCK] = x @ ones
    return _Sums(
        cross=cross,
        pair_n=np.full((width, width), float(n)),
        pair_sum=np.tile(item, (width, 1)),
        with_total=cross.sum(axis=0),
        total=np.full(width, item.sum()),
        total_square=np.full(width, cross.sum()),
        totals=row_totals,
    )


def _sums_by_pair(
    points: NDArray[Any], given: NDArray[np.bool_], totals: NDArray[np.float64] | None, kind: type
) -> _Sums:
    """Add up over the persons who were given both items; `totals` may be shifted by a constant."""
    n, width = points.shape
    cross, pair_n, pair_sum = np.zeros((width, width)), np.zeros((width, width)), np.zeros((width, width))
    with_total, total, total_square = np.zeros(width), np.zeros(width), np.zeros(width)
    row_totals = points.sum(axis=1, dtype=np.float64) if totals is None else totals
    for start in range(0, n, BLOCK):
        x: NDArray[Any] = points[start : start + BLOCK].astype(kind)
        m: NDArray[Any] = given[start : start + BLOCK].astype(kind)
        t = row_totals[start : start + BLOCK]
        cross += x.T @ x
        pair_n += m.T @ m
        pair_sum += m.T @ x
        with_total += t @ x
        total += t @ m
        total_square += (t * t) @ m
    return _Sums(cross, pair_n, pair_sum, with_total, total, total_square, row_totals)


@one_blas_thread()
def weighted_sums(points: NDArray[Any], weights: NDArray[np.float32]) -> NDArray[np.float64]:
    """Multiply whole weights, shape (n_weights, n_persons), with the points; shape (n_weights, n_items)."""
    n, width = points.shape
    kind = np.float32 if points.dtype == np.uint8 else np.float64
    sums = np.zeros((len(weights), width))
    buffer = np.empty((min(n, BLOCK), width), dtype=kind)
    for start in range(0, n, BLOCK):
        x = buffer[: min(BLOCK, n - start)]
        np.copyto(x, points[start : start + BLOCK])
        sums += weights[:, start : start + BLOCK] @ x
    return sums


def _varies(points: NDArray[np.float64], given: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    """Say which items have two different values: the mean of three 0.1 is not 0.1."""
    if given is None:
        return np.asarray(points.max(axis=0) > points.min(axis=0))
    lowest = np.where(given, points, np.inf).min(axis=0)
    return np.asarray(np.where(given, points, -np.inf).max(axis=0) > lowest)


def _from_sums(sums: _Sums, totals: NDArray[Any], mean: NDArray[np.float64], rounding: float) -> Moments:
    """Turn sums into means, covariances and correlations; `rounding` is what counts as no variance."""
    n = np.diag(sums.pair_n)
    own = np.diag(sums.pair_sum)
    square = np.diag(sums.cross)
    spread = n * square - own**2
    total_spread = n * sums.total_square - sums.total**2
    shared = n * sums.with_total - own * sums.total
    rest_spread = total_spread - 2 * shared + spread
    noise = rounding * (total_spread + spread)
    pairs = sums.pair_n * np.maximum(sums.pair_n - 1, 0)
    covariance = np.full_like(sums.cross, np.nan)
    np.divide(
        sums.pair_n * sums.cross - sums.pair_sum * sums.pair_sum.T, pairs, out=covariance, where=pairs > 0
    )
    return Moments(
        n_persons=len(totals),
        n=n,
        mean=np.where(n > 0, mean, np.nan),
        variance=np.diag(covariance).copy(),
        covariance=covariance,
        with_total=_correlation(shared, spread, total_spread, noise),
        with_rest=_correlation(shared - spread, spread, rest_spread, noise),
        totals=totals,
    )


def _correlation(
    shared: NDArray[np.float64],
    one: NDArray[np.float64],
    other: NDArray[np.float64],
    noise: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Divide a cross-product by its spreads; NaN where a spread is no more than noise."""
    both = (one > 0) & (other > noise)
    result = np.full_like(shared, np.nan)
    scale = np.sqrt(np.where(both, one, 1.0)) * np.sqrt(np.where(both, other, 1.0))
    np.divide(shared, scale, out=result, where=both)
    return np.clip(result, -1.0, 1.0)
