"""The distribution of the raw score of independent items, and of all items but one or two."""

import numpy as np
from numpy.typing import NDArray

from scoring.irt.grid import FloatArray


def raw_score_distribution(p: FloatArray) -> FloatArray:
    """Distribute the number of right answers to independent items.

    Parameters
    ----------
    p : ndarray, shape (n_cases, n_items)
        Probabilities of a right answer.

    Returns
    -------
    ndarray, shape (n_cases, n_items + 1)

    References
    ----------
    Lord & Wingersky (1984), Appl. Psychol. Meas. 8, 453-461.
    """
    n_cases, n_items = p.shape
    distribution = np.zeros((n_cases, n_items + 1))
    distribution[:, 0] = 1.0
    for j in range(n_items):
        right = distribution[:, : j + 1] * p[:, j, None]
        distribution[:, : j + 1] -= right
        distribution[:, 1 : j + 2] += right
    return distribution


def without_each(p: FloatArray) -> FloatArray:
    """Distribute the raw score on all items but one, each left out in turn.

    Built up anew and not divided out of the whole, which loses the tails.

    Parameters
    ----------
    p : ndarray, shape (n_items,)

    Returns
    -------
    ndarray, shape (n_items, n_items)
        A row for each item left out, over scores 0 to n_items - 1.
    """
    left = np.tile(p, (len(p), 1))
    np.fill_diagonal(left, 0.0)
    return raw_score_distribution(left)[:, :-1]


def without_pairs(p: FloatArray, first: NDArray[np.intp], second: NDArray[np.intp]) -> FloatArray:
    """Distribute the raw score on all items but two.

    Parameters
    ----------
    p : ndarray, shape (n_items,)
    first, second : ndarray of int, shape (n_pairs,)
        Which two items are left out.

    Returns
    -------
    ndarray, shape (n_pairs, n_items - 1)
        Over scores 0 to n_items - 2.
    """
    left = np.tile(p, (len(first), 1))
    rows = np.arange(len(first))
    left[rows, first] = left[rows, second] = 0.0
    return raw_score_distribution(left)[:, :-2]
