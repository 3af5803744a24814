"""Answer copying: do two persons agree on more items than their abilities explain?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError, ScoringError
from scoring.irt.ability import Calibrated, score_map
from scoring.irt.answers import MISSING, code_answers
from scoring.irt.grid import FloatArray, Items, sigmoid
from scoring.irt.raw_scores import raw_score_distribution
from scoring.numbers import numbers_of
from scoring.responses import ResponseMatrix

PRIOR_VARIANCE = 5.0
"""Of the abilities when none are given, as in the R package CopyDetect."""

BLOCK = 1024
SURE = 1e-12

IndexArray = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Matching:
    """What the agreement of persons is measured from; arrays of shape (n_persons, n_items).

    Attributes
    ----------
    right : ndarray of float64
        1 right, 0 wrong or not given.
    given : ndarray of float64 or None
        1 where the item was given to the person; None where all were.
    chance : ndarray of float64
        Probability of a right answer at the ability of the person.
    """

    right: FloatArray
    given: FloatArray | None
    chance: FloatArray

    @property
    def n_persons(self) -> int:
        """How many persons."""
        return len(self.right)


def matching(X: ArrayLike | ResponseMatrix, items: Calibrated, theta: ArrayLike | None = None) -> Matching:
    """Prepare answers and probabilities for the indices of agreement.

    Parameters
    ----------
    X : ResponseMatrix or array_like, shape (n_persons, n_items)
        1 right, 0 wrong; missing as in `fit_irt`.
    items : IRTResult or Items
        Calibrated items; one without parameters is left out.
    theta : array_like, shape (n_persons,), optional
        Abilities; by default modes of the posterior with a normal prior of variance 5.

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match items and abilities.
    """
    coded = code_answers(X)
    parameters = Items(*(numbers_of(v, "item parameters") for v in (items.a, items.d, items.c)))
    abilities = (
        score_map(coded, items, sd=PRIOR_VARIANCE**0.5).theta
        if theta is None
        else numbers_of(theta, "abilities")
    )
    known = np.isfinite(parameters.a) & np.isfinite(parameters.d)
    if coded.shape[1] != len(known) or not known.any():
        raise ResponseError(f"there are answers to {coded.shape[1]} items and parameters of {known.sum()}")
    if abilities.shape != (len(coded),) or not np.isfinite(abilities).all():
        raise ResponseError("each person needs one finite ability")
    used, kept = Items(*(values[known] for values in parameters)), coded[:, known]
    chance = used.c + (1.0 - used.c) * sigmoid(np.multiply.outer(abilities, used.a) + used.d)
    given = None if kept.max() <= 1 else (kept != MISSING).astype(np.float64)
    return Matching((kept == 1).astype(np.float64), given, np.clip(chance, SURE, 1.0 - SURE))


def omega_index(
    X: ArrayLike | ResponseMatrix, items: Calibrated, *, theta: ArrayLike | None = None
) -> FloatArray:
    """Standardised agreement of every person with every other.

    The answers of the source are taken as they are; those of the copier are expected from his ability.

    Parameters
    ----------
    X, items, theta
        As in `scoring.integrity.copying.matching`.

    Returns
    -------
    ndarray, shape (n_persons, n_persons)
        Rows are copiers, columns sources; NaN on the diagonal and for two who share no item. About
        normal where nobody copied.

    References
    ----------
    Wollack (1997), Appl. Psychol. Meas. 21, 307-320, for right and wrong answers.
    """
    prepared = matching(X, items, theta)
    rows = np.arange(prepared.n_persons)
    found = omega_between(prepared, rows, rows)
    np.fill_diagonal(found, np.nan)
    return found


@one_blas_thread()
def omega_between(prepared: Matching, copiers: IndexArray, sources: IndexArray) -> FloatArray:
    """Omega of some copiers against some sources, shape (n_copiers, n_sources), by one matrix product.

    A match beyond expectation is ``x - P`` where the source is right and its negative where it is wrong.
    """
    chance, right = prepared.chance[copiers], prepared.right
    variance = chance * (1.0 - chance)
    surprise = right[copiers] - chance
    if prepared.given is None:
        surprise /= np.sqrt(variance.sum(axis=1, keepdims=True))
        return np.asarray(surprise @ (2.0 * right[sources] - 1.0).T)
    given = prepared.given
    surprise *= given[copiers]
    beyond = surprise @ (given[sources] * (2.0 * right[sources] - 1.0)).T
    spread = (variance * given[copiers]) @ given[sources].T
    return np.divide(beyond, np.sqrt(spread), out=np.full_like(beyond, np.nan), where=spread > 0)


def gbt(
    X: ArrayLike | ResponseMatrix, items: Calibrated, pairs: ArrayLike, *, theta: ArrayLike | None = None
) -> FloatArray:
    """Generalised binomial test: the chance of at least as many matches, both abilities given.

    Parameters
    ----------
    X, items, theta
        As in `scoring.integrity.copying.matching`.
    pairs : array_like of int, shape (n_pairs, 2)
        Positions of the persons; the order within a pair does not matter.

    Returns
    -------
    ndarray, shape (n_pairs,)
        Probabilities, 0 to 1: small for two who agree too often; 1 for two who share no item.

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match items and abilities.
    ScoringError
        If a pair names no two different persons that there are.

    References
    ----------
    van der Linden & Sotaridona (2006), J. Educ. Behav. Stat. 31, 283-304.
    """
    return gbt_of(matching(X, items, theta), pair_positions(pairs, len(code_answers(X))))


def gbt_of(prepared: Matching, pairs: IndexArray) -> FloatArray:
    """Generalised binomial test of prepared answers."""
    found = np.empty(len(pairs))
    for lo in range(0, len(pairs), BLOCK):
        one, other = pairs[lo : lo + BLOCK].T
        p, q = prepared.chance[one], prepared.chance[other]
        agree = p * q + (1.0 - p) * (1.0 - q)
        same = prepared.right[one] == prepared.right[other]
        if prepared.given is not None:
            shared = (prepared.given[one] > 0) & (prepared.given[other] > 0)
            agree, same = agree * shared, same & shared
        at_least = np.cumsum(raw_score_distribution(agree)[:, ::-1], axis=1)[:, ::-1]
        found[lo : lo + BLOCK] = at_least[np.arange(len(one)), same.sum(axis=1)]
    return np.clip(found, 0.0, 1.0)


def omega_pvalue(omega: ArrayLike) -> FloatArray:
    """Chance of an omega at least so large where nobody copied.

    Parameters
    ----------
    omega : array_like
        Indices, of any shape.

    Returns
    -------
    ndarray
        Probabilities, in the shape of `omega`: of the upper tail of the normal distribution.

    Raises
    ------
    ScoringError
        If the indices are no numbers.

    References
    ----------
    Wollack (1997), Appl. Psychol. Meas. 21, 307-320.
    """
    return np.asarray(ndtr(-numbers_of(omega, "indices")))


def pair_positions(pairs: ArrayLike, n_persons: int) -> IndexArray:
    """Check pairs of positions, shape (n_pairs, 2).

    Raises
    ------
    ScoringError
        If they are no pairs of two different persons that there are.
    """
    positions = np.asarray(pairs)
    if positions.ndim != 2 or positions.shape[1] != 2 or positions.dtype.kind not in "iu":
        raise ScoringError("pairs are rows of two whole numbers, the positions of the persons")
    if positions.size and (positions.min() < 0 or positions.max() >= n_persons):
        raise ScoringError(f"a pair names a person outside 0 to {n_persons - 1}")
    if bool((positions[:, 0] == positions[:, 1]).any()):
        raise ScoringError("a pair needs two different persons")
    return positions.astype(np.intp)
