"""Forms in a matrix of several: who was given the same items, and scores that compare across forms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.responses import ResponseMatrix

FEWEST = 10
"""Persons with the same items who make a form; fewer are put together with all such persons."""


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """Persons who were given the same items, or all those who share their items with few.

    Attributes
    ----------
    persons : ndarray of int, shape (n,)
        Rows of the matrix, rising.
    items : ndarray of int, shape (k,)
        Columns that any of them was given, rising.
    alike : bool
        Whether each of them was given each of these items.
    """

    persons: NDArray[np.intp]
    items: NDArray[np.intp]
    alike: bool


def forms_of(given: NDArray[np.bool_]) -> tuple[Form, ...]:
    """Sort persons by the items that were put to them.

    Parameters
    ----------
    given : ndarray of bool, shape (n_persons, n_items)
        Which items were put to whom.

    Returns
    -------
    tuple of Form
        One for each set of items that at least `FEWEST` persons were given, in the order in which they
        appear, and at the end one for all other persons, if any.
    """
    code, firsts = _codes(given)
    sizes = np.bincount(code)
    forms = []
    rare = np.zeros(len(sizes), dtype=np.bool_)
    order = np.argsort(code, kind="stable")
    ends = np.cumsum(sizes)
    for place, (end, size) in enumerate(zip(ends.tolist(), sizes.tolist(), strict=True)):
        if size < FEWEST:
            rare[place] = True
        else:
            forms.append(Form(order[end - size : end], np.flatnonzero(given[firsts[place]]), alike=True))
    if bool(rare.any()):
        persons = np.flatnonzero(rare[code])
        forms.append(Form(persons, np.flatnonzero(given[persons].any(axis=0)), alike=int(rare.sum()) == 1))
    return tuple(forms)


def same_persons(given: NDArray[np.bool_]) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Give the persons (rows) and the items (columns) that were put to exactly them."""
    code, firsts = _codes(np.ascontiguousarray(given.T))
    order = np.argsort(code, kind="stable")
    ends = np.cumsum(np.bincount(code))
    for first, items in zip(firsts, np.split(order, ends[:-1]), strict=True):
        yield np.flatnonzero(given[:, first]), items


def comparable_scores(
    responses: ResponseMatrix, forms: tuple[Form, ...], totals: NDArray[Any]
) -> NDArray[np.float64]:
    """Rank each person among those of his own form, shape (n_persons,), from 0 to 1.

    The rank is the share of the form below him and half of those level with him. Where persons of a form
    were given different items, they are ranked on the share they earned of what their own items can earn.
    """
    ranks = np.empty(len(totals))
    given = responses.administered
    for form in forms:
        scores = np.asarray(totals[form.persons], dtype=np.float64)
        if not form.alike and given is not None:
            most = given[form.persons] @ responses.max_points
            scores = np.divide(scores, most, out=np.zeros_like(scores), where=most > 0)
        _, place, counts = np.unique(level(scores), return_inverse=True, return_counts=True)
        ranks[form.persons] = ((np.cumsum(counts) - counts / 2) / len(scores))[place]
    return ranks


def level(scores: NDArray[Any]) -> NDArray[Any]:
    """Make scores equal that differ in the last digits only: sums of broken points depend on their order."""
    return scores if scores.dtype.kind in "iu" else np.round(scores, 9)


def _codes(rows: NDArray[np.bool_]) -> tuple[NDArray[np.intp], list[int]]:
    """Number the different rows in the order of their first appearance, and say where that is."""
    seen: dict[bytes, int] = {}
    firsts: list[int] = []
    code = np.empty(len(rows), dtype=np.intp)
    for i, packed in enumerate(map(bytes, np.packbits(rows, axis=1))):
        code[i] = seen.setdefault(packed, len(seen))
        if code[i] == len(firsts):
            firsts.append(i)
    return code, firsts
