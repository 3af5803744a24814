"""Sums over persons from which the classical statistics follow."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.blas_threads import one_blas_thread
from scoring.classical.forms import Form, forms_of
from scoring.responses import ResponseMatrix

BLOCK = 4096
EXACT_IN_FLOAT32 = 2**24


@dataclass(frozen=True, slots=True, eq=False)
class FormMoments:
    """Sample covariances of the items of one form, shape (n_form_items, n_form_items)."""

    form: Form
    covariance: NDArray[np.float64]


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
        Correlation with the sum of all items and of the other items; NaN where one does not vary. With
        several forms the correlation within forms: sums of products about the means of each form.
    totals : ndarray, shape (n_persons,)
        Sum scores.
    together : ndarray, shape (n_items, n_items)
        Persons who were given both items.
    forms : tuple of FormMoments
        Empty where everybody was given every item.
    """

    n_persons: int
    n: NDArray[np.float64]
    mean: NDArray[np.float64]
    variance: NDArray[np.float64]
    covariance: NDArray[np.float64]
    with_total: NDArray[np.float64]
    with_rest: NDArray[np.float64]
    totals: NDArray[Any]
    together: NDArray[np.float64]
    forms: tuple[FormMoments, ...] = ()


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
        if given is None:
            sums = _sums(points, kind)
            mean = np.diag(sums.pair_sum) / np.maximum(np.diag(sums.pair_n), 1)
            return _from_sums(sums, _products(sums, 0.0), sums.totals.astype(np.int64), mean)
        return _by_form(points, given, responses.total_scores(), None, kind)
    totals = responses.total_scores()
    n = np.full(responses.n_items, len(points)) if given is None else np.maximum(given.sum(axis=0), 1)
    mean = points.sum(axis=0) / n
    centred = np.where(_varies(points, given), points - mean, 0.0)
    if given is None:
        sums = _sums(centred, np.float64)
        return _from_sums(sums, _products(sums, 1e-12), totals, mean)
    centred[~given] = 0.0
    return _by_form(centred, given, totals, mean, np.float64)


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


def _sums_by_pair(points: NDArray[Any], given: NDArray[np.bool_], totals: NDArray[Any], kind: type) -> _Sums:
    """Add up over the persons who were given both items; `totals` may be shifted by a constant."""
    n, width = points.shape
    cross, pair_n, pair_sum = np.zeros((width, width)), np.zeros((width, width)), np.zeros((width, width))
    with_total, total, total_square = np.zeros(width), np.zeros(width), np.zeros(width)
    row_totals = np.asarray(totals, dtype=np.float64)
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


@dataclass(slots=True, eq=False)
class _Products:
    """Sums of products about the means, by item, times the number of persons; `noise` is no variance."""

    spread: NDArray[np.float64]
    total_spread: NDArray[np.float64]
    rest_spread: NDArray[np.float64]
    shared: NDArray[np.float64]
    shared_with_rest: NDArray[np.float64]
    noise: NDArray[np.float64]


def _products(sums: _Sums, rounding: float) -> _Products:
    """Take the means off; exact for whole points."""
    n, own = np.diag(sums.pair_n), np.diag(sums.pair_sum)
    spread = n * np.diag(sums.cross) - own**2
    total_spread = n * sums.total_square - sums.total**2
    shared = n * sums.with_total - own * sums.total
    return _Products(
        spread=spread,
        total_spread=total_spread,
        rest_spread=total_spread - 2 * shared + spread,
        shared=shared,
        shared_with_rest=shared - spread,
        noise=rounding * (total_spread + spread),
    )


def _by_form(
    points: NDArray[Any],
    given: NDArray[np.bool_],
    totals: NDArray[Any],
    mean: NDArray[np.float64] | None,
    kind: type,
) -> Moments:
    """Add up form by form; `mean` is that of the items when the points are about it."""
    width = points.shape[1]
    cross, pair_n, pair_sum = np.zeros((width, width)), np.zeros((width, width)), np.zeros((width, width))
    within = _Products(*np.zeros((6, width)))
    found = []
    rounding = 0.0 if mean is None else 1e-12
    for form in forms_of(given):
        block = np.ix_(form.persons, form.items)
        part = points[block]
        if form.alike:
            sums = _sums(part, kind)
        else:
            own_totals = totals[form.persons] - (0.0 if mean is None else totals[form.persons].mean())
            sums = _sums_by_pair(part, given[block], own_totals, kind)
        pairs = np.ix_(form.items, form.items)
        cross[pairs] += sums.cross
        pair_n[pairs] += sums.pair_n
        pair_sum[pairs] += sums.pair_sum
        _add_within(within, _products(sums, rounding), form.items, np.diag(sums.pair_n))
        if form.alike:
            found.append(FormMoments(form, _covariance(sums)))
    if mean is None:
        mean = np.diag(pair_sum) / np.maximum(np.diag(pair_n), 1)
    none = np.empty(0)
    sums = _Sums(cross, pair_n, pair_sum, none, none, none, none)
    return _from_sums(sums, within, totals, mean, tuple(found))


def _add_within(
    within: _Products, products: _Products, items: NDArray[np.intp], n: NDArray[np.float64]
) -> None:
    """Add the products of one form, each for one person in it."""
    for name in _Products.__slots__:
        getattr(within, name)[items] += getattr(products, name) / np.maximum(n, 1)


def _covariance(sums: _Sums) -> NDArray[np.float64]:
    pairs = sums.pair_n * np.maximum(sums.pair_n - 1, 0)
    covariance = np.full_like(sums.cross, np.nan)
    np.divide(
        sums.pair_n * sums.cross - sums.pair_sum * sums.pair_sum.T, pairs, out=covariance, where=pairs > 0
    )
    return covariance


def _from_sums(
    sums: _Sums,
    products: _Products,
    totals: NDArray[Any],
    mean: NDArray[np.float64],
    forms: tuple[FormMoments, ...] = (),
) -> Moments:
    """Turn sums into means, covariances and correlations."""
    n = np.diag(sums.pair_n)
    covariance = _covariance(sums)
    return Moments(
        n_persons=len(totals),
        n=n,
        mean=np.where(n > 0, mean, np.nan),
        variance=np.diag(covariance).copy(),
        covariance=covariance,
        with_total=_correlation(products.shared, products.spread, products.total_spread, products.noise),
        with_rest=_correlation(
            products.shared_with_rest, products.spread, products.rest_spread, products.noise
        ),
        totals=totals,
        together=sums.pair_n,
        forms=forms,
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
