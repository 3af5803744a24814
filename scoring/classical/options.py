"""Options of an item: who chose which, and how able they were."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.encoding import Missing
from scoring.errors import ResponseError
from scoring.keys import plain_option
from scoring.responses import ResponseMatrix


@dataclass(frozen=True, slots=True)
class OptionStatistics:
    """One option of one item.

    Attributes
    ----------
    option : str
        The option as written.
    key : bool
        Whether it earns the most points.
    credit : float
        Points that it earns.
    n : int
        Persons who chose it.
    proportion : float
        Their share of the persons who were given the item.
    mean_score : float
        Their mean sum score in points; NaN when nobody chose it.
    item_total, item_rest : float
        Correlation of choosing it with the sum score, and with the sum of the other items; NaN when all
        or nobody chose it.
    """

    option: str
    key: bool
    credit: float
    n: int
    proportion: float
    mean_score: float
    item_total: float
    item_rest: float


@dataclass(frozen=True, slots=True, eq=False)
class OptionCurves:
    """Shares of the options of one item over groups of rising sum score.

    Attributes
    ----------
    options : tuple of str
        The options; the last row of `shares` is for no answer.
    mean_scores : ndarray, shape (n_groups,)
        Mean sum score of each group in points.
    sizes : ndarray of int, shape (n_groups,)
        Persons in each group.
    shares : ndarray, shape (n_options + 1, n_groups)
        Each column adds up to 1.
    """

    options: tuple[str, ...]
    mean_scores: NDArray[np.float64]
    sizes: NDArray[np.int64]
    shares: NDArray[np.float64]


def option_analysis(responses: ResponseMatrix) -> tuple[tuple[OptionStatistics, ...], ...]:
    """Describe every option of every item.

    Parameters
    ----------
    responses : ResponseMatrix
        With raw options and key.

    Returns
    -------
    tuple, one entry per item, of tuples of OptionStatistics
        Options that were seen or stand in the key, sorted.

    Raises
    ------
    ResponseError
        If the responses hold no raw options.

    References
    ----------
    Haladyna, T. M. & Rodriguez, M. C. (2013). Developing and Validating Test Items, chapter 17.
    """
    values, tables = _tables(responses)
    return tuple(_describe(responses, j, values, table) for j, table in enumerate(tables))


def option_curves(responses: ResponseMatrix, *, groups: int = 5) -> tuple[OptionCurves, ...]:
    """Follow the share of each option from the weakest to the ablest group of persons.

    Persons with equal sum scores stay together, so groups may differ in size; a group that would be empty
    is left out.

    Raises
    ------
    ResponseError
        If the responses hold no raw options or fewer than two groups are asked for.
    """
    if groups < 2:
        raise ResponseError("curves need at least two groups")
    values, tables = _tables(responses)
    curves = []
    for labels, table in zip(responses.option_labels, tables, strict=True):
        at_score = table.sum(axis=0)
        middle = np.cumsum(at_score) - at_score / 2
        group = np.minimum((groups * middle / max(at_score.sum(), 1)).astype(np.intp), groups - 1)
        counts = np.zeros((len(table), groups), dtype=np.int64)
        np.add.at(counts.T, group, table.T)
        sizes = counts.sum(axis=0)
        points = np.bincount(group, weights=at_score * values, minlength=groups)
        kept = sizes > 0
        curves.append(
            OptionCurves(labels, points[kept] / sizes[kept], sizes[kept], counts[:, kept] / sizes[kept])
        )
    return tuple(curves)


def _tables(responses: ResponseMatrix) -> tuple[NDArray[np.float64], list[NDArray[np.int64]]]:
    """Count persons by option and sum score: one (n_options + 1, n_scores) table per item."""
    if responses.options is None:
        raise ResponseError("options are known only for raw responses with a key")
    values, place = _score_places(responses.total_scores())
    by_item = np.ascontiguousarray(responses.options.T)
    tables = []
    for j, column in enumerate(by_item):
        none = len(responses.option_labels[j])
        code = np.minimum(column, none).astype(np.intp)
        code *= len(values)
        code += place
        if responses.missing is not None:
            given = responses.missing[:, j] != Missing.NOT_ADMINISTERED
            code = code[given]
        tables.append(np.bincount(code, minlength=(none + 1) * len(values)).reshape(none + 1, len(values)))
    return values, tables


def _score_places(totals: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Give the possible scores and where each person stands among them."""
    if totals.dtype.kind == "i" and int(totals.max()) < 65536:
        return np.arange(int(totals.max()) + 1, dtype=np.float64), totals.astype(np.intp)
    values, place = np.unique(totals, return_inverse=True)
    return values.astype(np.float64), place.astype(np.intp)


def _describe(
    responses: ResponseMatrix, j: int, values: NDArray[np.float64], table: NDArray[np.int64]
) -> tuple[OptionStatistics, ...]:
    """Turn the counts of one item into a row for each option."""
    key, labels = responses.keys[j], responses.option_labels[j]
    credit = np.array([float(key.points(label)) for label in labels] + [0.0])
    n, scores = table.sum(axis=1), table @ values
    total_r = _indicator_correlations(table, values[None, :])
    rest_r = _indicator_correlations(table, values[None, :] - credit[:, None])
    mean = np.full(len(n), np.nan)
    np.divide(scores, n, out=mean, where=n > 0)
    share = n / max(int(n.sum()), 1)
    columns = (credit, n, share, mean, total_r, rest_r)
    figures = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(
        OptionStatistics(label, plain_option(label) in key.best, *row)
        for label, row in zip(labels, figures, strict=False)
    )


def _indicator_correlations(table: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Correlate choosing each option with a value by (option, score); shape (n_options,)."""
    n = table.sum(axis=1)
    size = int(n.sum())
    sums = (table * values).sum(axis=1)
    total = sums.sum()
    spread = size * (table * values**2).sum() - total**2
    own = n * (size - n)
    varied = (own > 0) & (spread > 1e-12 * total**2)
    result = np.full(len(n), np.nan)
    np.divide(size * sums - n * total, np.sqrt(np.where(varied, own * spread, 1)), out=result, where=varied)
    return np.asarray(np.clip(result, -1.0, 1.0))
