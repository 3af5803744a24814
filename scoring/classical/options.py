"""Options of an item: who chose which, and how able they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.classical.forms import comparable_scores, forms_of, level
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
        Their mean sum score in points; NaN when nobody chose it. With several forms the sums of each are
        shifted to the mean of all who were given the item.
    item_total, item_rest : float
        Correlation of choosing it with the sum score, and with the sum of the other items; NaN when all
        or nobody chose it. With several forms the correlation within forms.
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
    places, tables = _tables(responses)
    return tuple(_describe(responses, j, places, table) for j, table in enumerate(tables))


def option_curves(responses: ResponseMatrix, *, groups: int = 5) -> tuple[OptionCurves, ...]:
    """Follow the share of each option from the weakest to the ablest group of persons.

    Persons with equal sum scores stay together, so groups may differ in size; a group that would be empty
    is left out. With several forms persons are ordered by their rank within their own form, as in
    `scoring.upper_lower_index`.

    Parameters
    ----------
    responses : ResponseMatrix
        With raw options and key.
    groups : int
        How many groups, at least 2.

    Returns
    -------
    tuple of OptionCurves
        One for each item, of the persons who were given it.

    Raises
    ------
    ResponseError
        If the responses hold no raw options or fewer than two groups are asked for.
    """
    if groups < 2:
        raise ResponseError("curves need at least two groups")
    places, tables = _tables(responses)
    order = np.argsort(places.rank, kind="stable")
    curves = []
    for labels, table in zip(responses.option_labels, tables, strict=True):
        at_place = table.sum(axis=0)
        below = np.empty(len(order))
        below[order] = np.cumsum(at_place[order])
        middle = below - at_place / 2
        group = np.minimum((groups * middle / max(at_place.sum(), 1)).astype(np.intp), groups - 1)
        counts = np.zeros((len(table), groups), dtype=np.int64)
        np.add.at(counts.T, group, table.T)
        sizes = counts.sum(axis=0)
        points = np.bincount(group, weights=at_place * places.score, minlength=groups)
        kept = sizes > 0
        curves.append(
            OptionCurves(labels, points[kept] / sizes[kept], sizes[kept], counts[:, kept] / sizes[kept])
        )
    return tuple(curves)


@dataclass(frozen=True, slots=True, eq=False)
class _Places:
    """What persons are told apart by: the sum score, and with several forms the form as well.

    `score`, `rank` and `form` have shape (n_places,); `rank` orders persons over forms.
    """

    score: NDArray[np.float64]
    rank: NDArray[np.float64]
    form: NDArray[np.intp]
    of_person: NDArray[np.intp]


def _tables(responses: ResponseMatrix) -> tuple[_Places, Iterator[NDArray[np.int64]]]:
    """Count persons by option and place: one (n_options + 1, n_places) table per item."""
    if responses.options is None:
        raise ResponseError("options are known only for raw responses with a key")
    places = _places(responses)
    return places, _counted(responses, responses.options, places)


def _counted(
    responses: ResponseMatrix, options: NDArray[np.uint8], places: _Places
) -> Iterator[NDArray[np.int64]]:
    width = len(places.score)
    for j, column in enumerate(np.ascontiguousarray(options.T)):
        none = len(responses.option_labels[j])
        code = np.minimum(column, none).astype(np.intp)
        code *= width
        code += places.of_person
        if responses.missing is not None:
            code = code[responses.missing[:, j] != Missing.NOT_ADMINISTERED]
        yield np.bincount(code, minlength=(none + 1) * width).reshape(none + 1, width)


def _places(responses: ResponseMatrix) -> _Places:
    """Find the scores that persons have, in each form."""
    totals = responses.total_scores()
    given = responses.administered
    if given is None:
        score, place = _score_places(totals)
        return _Places(score, score, np.zeros(len(score), dtype=np.intp), place)
    forms = forms_of(given)
    ranks = comparable_scores(responses, forms, totals)
    own = np.empty(len(totals))
    for number, form in enumerate(forms):
        own[form.persons] = number
    persons = np.stack([own, ranks, level(totals)], axis=1)
    distinct, place = np.unique(persons, axis=0, return_inverse=True)
    form_of_place, rank, score = distinct.T
    return _Places(score, rank, form_of_place.astype(np.intp), np.asarray(place, dtype=np.intp).reshape(-1))


def _score_places(totals: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Give the possible scores and where each person stands among them."""
    if totals.dtype.kind == "i" and int(totals.max()) < 65536:
        return np.arange(int(totals.max()) + 1, dtype=np.float64), totals.astype(np.intp)
    values, place = np.unique(level(totals), return_inverse=True)
    return values.astype(np.float64), place.astype(np.intp)


def _describe(
    responses: ResponseMatrix, j: int, places: _Places, table: NDArray[np.int64]
) -> tuple[OptionStatistics, ...]:
    """Turn the counts of one item into a row for each option."""
    key, labels = responses.keys[j], responses.option_labels[j]
    credit = np.array([float(key.points(label)) for label in labels] + [0.0])
    met = table.any(axis=0)
    several = bool(met.any()) and bool((places.form[met] != places.form[met][0]).any())
    values = places.score
    forms = [(table, values)]
    if several:
        used = [
            (table[:, places.form == form], values[places.form == form])
            for form in np.unique(places.form[met])
        ]
        grand = float((table @ values).sum()) / max(int(table.sum()), 1)
        forms = [(own, at - float((own @ at).sum()) / int(own.sum()) + grand) for own, at in used]
    n = table.sum(axis=1)
    scores = sum((own @ at for own, at in forms), np.zeros(len(n)))
    total_r = _indicator_correlations([(own, at[None, :]) for own, at in forms])
    rest_r = _indicator_correlations([(own, at[None, :] - credit[:, None]) for own, at in forms])
    mean = np.full(len(n), np.nan)
    np.divide(scores, n, out=mean, where=n > 0)
    share = n / max(int(n.sum()), 1)
    columns = (credit, n, share, mean, total_r, rest_r)
    figures = zip(*(column.tolist() for column in columns), strict=True)
    return tuple(
        OptionStatistics(label, plain_option(label) in key.best, *row)
        for label, row in zip(labels, figures, strict=False)
    )


def _indicator_correlations(
    forms: list[tuple[NDArray[np.int64], NDArray[np.float64]]],
) -> NDArray[np.float64]:
    """Correlate, within forms, choosing each option with a value by (option, place); shape (n_options,)."""
    width = len(forms[0][0])
    shared, own_spread = np.zeros(width), np.zeros(width)
    spread = noise = 0.0
    for table, values in forms:
        n = table.sum(axis=1)
        size = int(n.sum())
        sums = (table * values).sum(axis=1)
        total = sums.sum()
        by = 1 if len(forms) == 1 else size
        shared += (size * sums - n * total) / by
        own_spread += n * (size - n) / by
        spread += float(size * (table * values**2).sum() - total**2) / by
        noise += 1e-12 * float(total) ** 2 / by
    varied = (own_spread > 0) & (spread > noise)
    result = np.full(width, np.nan)
    np.divide(shared, np.sqrt(np.where(varied, own_spread * spread, 1)), out=result, where=varied)
    return np.asarray(np.clip(result, -1.0, 1.0))
