"""Neighbours who share wrong answers: the same wrong option where chance would spread them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.encoding import NO_OPTION
from scoring.errors import ResponseError, ScoringError
from scoring.integrity.copying import IndexArray, pair_positions
from scoring.irt.grid import FloatArray
from scoring.irt.raw_scores import raw_score_distribution
from scoring.numbers import numbers_of
from scoring.responses import ResponseMatrix

BLOCK = 2048


@dataclass(frozen=True, slots=True, eq=False)
class SharedErrors:
    """Wrong answers that two persons share; arrays of shape (n_pairs,).

    Attributes
    ----------
    pairs : ndarray of int, shape (n_pairs, 2)
        Positions of the persons.
    both_wrong : ndarray of int
        Items to which both gave a wrong answer.
    same : ndarray of int
        Those of them with the same option.
    expected : ndarray
        How many would be the same by the popularity of the wrong options.
    pvalue : ndarray
        Chance of at least as many; 1 where the two share no wrong item.
    """

    pairs: IndexArray
    both_wrong: IndexArray
    same: IndexArray
    expected: FloatArray
    pvalue: FloatArray


def neighbours(
    room: ArrayLike | Sequence[object], row: ArrayLike, column: ArrayLike, *, reach: int = 1
) -> IndexArray:
    """List the pairs of persons who sat near each other.

    Parameters
    ----------
    room, row, column : array_like, shape (n_persons,)
        Room (any label) and whole numbers of row and column.
    reach : int
        Most rows and columns between two neighbours; 1 takes the eight seats around one.

    Returns
    -------
    ndarray of int, shape (n_pairs, 2)
        Each pair once, the smaller position first.

    Raises
    ------
    ScoringError
        If two persons have one seat, or a seat is no whole number.
    """
    rooms = np.unique(np.asarray(room), return_inverse=True)[1]
    seats = np.column_stack([numbers_of(row, "seats"), numbers_of(column, "seats")])
    if len(seats) != len(rooms) or not bool((seats == np.floor(seats)).all()):
        raise ScoringError("each person needs a room and whole numbers of row and column")
    taken: dict[tuple[int, int, int], int] = {}
    for person, (place, seat) in enumerate(zip(rooms.tolist(), seats.astype(int).tolist(), strict=True)):
        if (place, *seat) in taken:
            raise ScoringError(
                f"persons {taken[place, seat[0], seat[1]] + 1} and {person + 1} have the same seat"
            )
        taken[place, seat[0], seat[1]] = person
    steps = [(down, across) for down in range(-reach, reach + 1) for across in range(-reach, reach + 1)]
    pairs = [
        (person, other)
        for (place, down, across), person in taken.items()
        for step in steps
        if (other := taken.get((place, down + step[0], across + step[1]), -1)) > person
    ]
    return np.array(sorted(pairs), dtype=np.intp).reshape(-1, 2)


def shared_errors(responses: ResponseMatrix, pairs: ArrayLike) -> SharedErrors:
    """Compare the same wrong answers of pairs with what the popularity of the options explains.

    Given that two persons are wrong on an item, they choose the same option by chance with the sum of the
    squared shares of its wrong options among all persons; matches are added up over the items that both
    got wrong. Ability does not enter, so that a pair of weak persons is not suspected for being weak.

    Parameters
    ----------
    responses : ResponseMatrix
        With options: everybody who took the form.
    pairs : array_like of int, shape (n_pairs, 2)
        Positions, such as those of `neighbours`.

    Returns
    -------
    SharedErrors
        Arrays of shape (n_pairs,).

    Raises
    ------
    ResponseError
        If the responses hold no options.
    ScoringError
        If a pair is none.

    References
    ----------
    Bellezza & Bellezza (1989), Teaching of Psychology 16, 151-155 (with one chance for all items).
    """
    if responses.options is None:
        raise ResponseError("shared errors need the options that were chosen, with their key")
    positions = pair_positions(pairs, responses.n_persons)
    is_wrong = (responses.points < responses.max_points) & (responses.options != NO_OPTION)
    alike = _chance_alike(responses.options, is_wrong)
    found = np.empty((4, len(positions)))
    for lo in range(0, len(positions), BLOCK):
        one, other = positions[lo : lo + BLOCK].T
        both = is_wrong[one] & is_wrong[other]
        same = (both & (responses.options[one] == responses.options[other])).sum(axis=1)
        chance = both * alike
        at_least = np.cumsum(raw_score_distribution(chance)[:, ::-1], axis=1)[:, ::-1]
        tail = at_least[np.arange(len(one)), same]
        found[:, lo : lo + BLOCK] = both.sum(axis=1), same, chance.sum(axis=1), tail
    counts = found[:2].astype(np.intp)
    return SharedErrors(positions, counts[0], counts[1], found[2], np.clip(found[3], 0.0, 1.0))


def _chance_alike(options: NDArray[np.uint8], is_wrong: NDArray[np.bool_]) -> FloatArray:
    """Chance that two wrong answers to an item are the same, shape (n_items,)."""
    alike = np.zeros(options.shape[1])
    for j in range(options.shape[1]):
        counts = np.bincount(options[is_wrong[:, j], j]).astype(np.float64)
        if counts.sum() > 0:
            alike[j] = float(((counts / counts.sum()) ** 2).sum())
    return alike
