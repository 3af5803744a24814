"""The error of measurement at each score: it is smallest at the ends of the scale."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.errors import ScoringError
from scoring.numbers import numbers_of, whole_number


def conditional_sem(
    n_items: int,
    *,
    method: Literal["lord", "keats"] = "lord",
    reliability: float | None = None,
    kr21: float | None = None,
) -> NDArray[np.float64]:
    """Compute the standard error of measurement at every number-right score.

    Parameters
    ----------
    n_items : int
        Items that earn 0 or 1, at least 2.
    method : {"lord", "keats"}
        The binomial error of Lord, or that error brought down to the reliability of the test by Keats.
    reliability, kr21 : float
        For ``keats``: the reliability to reach, such as alpha, and formula 21 of the same data.

    Returns
    -------
    ndarray, shape (n_items + 1,)
        In points, for the scores 0 to n_items.

    Raises
    ------
    ScoringError
        If there are fewer than two items or no whole number, the method is another, or ``keats`` lacks
        a reliability below 1.

    References
    ----------
    Lord, F. M. (1955). Educational and Psychological Measurement 15, 325-336.
    Keats, J. A. (1957). Psychometrika 22, 29-41.
    """
    if whole_number(n_items, "the number of items", 0) < 2:
        raise ScoringError("an error at each score needs at least two items")
    if method not in ("lord", "keats"):
        raise ScoringError(f"the method is lord or keats, not {method!r}")
    score = np.arange(n_items + 1)
    binomial = np.sqrt(score * (n_items - score) / (n_items - 1))
    if method == "lord":
        return np.asarray(binomial)
    if reliability is None or kr21 is None or not reliability <= 1 or not kr21 < 1:
        raise ScoringError("the method of Keats needs a reliability and a formula 21 below 1")
    return np.asarray(binomial * np.sqrt((1 - reliability) / (1 - kr21)))


def compound_binomial_sem(area_scores: ArrayLike, area_items: Sequence[int]) -> NDArray[np.float64]:
    """Compute the standard error of each person from the scores in the areas of the test.

    Parameters
    ----------
    area_scores : array_like, shape (n_persons, n_areas)
        Number right in each area.
    area_items : sequence of int, length n_areas
        Items of each area, at least 2.

    Returns
    -------
    ndarray, shape (n_persons,)
        In points of the whole test.

    Raises
    ------
    ScoringError
        If shapes do not fit or an area has one item.

    References
    ----------
    Feldt, L. S. (1984). Educational and Psychological Measurement 44, 883-891.
    """
    scores = numbers_of(area_scores, "the scores")
    items = numbers_of(area_items, "the numbers of items")
    if scores.ndim != 2 or scores.shape[1:] != items.shape:
        raise ScoringError(f"scores of shape {scores.shape} do not fit {len(items)} areas")
    if not bool((items >= 2).all()):
        raise ScoringError("every area needs at least two items")
    if not bool(((scores >= 0) & (scores <= items)).all()):
        raise ScoringError("an area has a score outside its range")
    return np.asarray(np.sqrt((scores * (items - scores) / (items - 1)).sum(axis=1)))
