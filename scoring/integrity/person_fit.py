"""Person fit: answers that do not suit the ability they add up to."""

import numpy as np
from numpy.typing import ArrayLike

from scoring.errors import ResponseError
from scoring.integrity.copying import matching
from scoring.irt.ability import Calibrated, score_wle
from scoring.irt.grid import FloatArray
from scoring.numbers import numbers_of
from scoring.responses import ResponseMatrix, as_responses

BLOCK = 4096
TINY, NO_SPREAD = 1e-300, 1e-10


def lz_star(
    X: ArrayLike | ResponseMatrix, items: Calibrated, *, theta: ArrayLike | None = None
) -> FloatArray:
    """Standardised log-likelihood of the answers, corrected for the ability being estimated.

    Parameters
    ----------
    X : ResponseMatrix or array_like, shape (n_persons, n_items)
        1 right, 0 wrong; missing as in `fit_irt`.
    items : IRTResult or Items
        Calibrated items; one without parameters is left out.
    theta : array_like, shape (n_persons,), optional
        Estimates by maximum likelihood, its posterior mode or Warm's method, which it is by default.

    Returns
    -------
    ndarray, shape (n_persons,)
        About standard normal for who answers by the model: below -1.645 review, below -2.33 act. NaN
        where the answers leave nothing to compare.

    References
    ----------
    Drasgow, Levine & Williams (1985), Br. J. Math. Stat. Psychol. 38, 67-86. Snijders (2001), Psychometrika
    66, 331-342.
    """
    estimates = score_wle(X, items).theta if theta is None else numbers_of(theta, "abilities")
    prepared = matching(X, items, np.where(np.isfinite(estimates), estimates, 0.0))
    known = np.isfinite(items.a) & np.isfinite(items.d)
    a, c = np.asarray(items.a)[known], np.asarray(items.c)[known]
    found = np.empty(prepared.n_persons)
    for lo in range(0, len(found), BLOCK):
        p = prepared.chance[lo : lo + BLOCK]
        given = np.ones_like(p) if prepared.given is None else prepared.given[lo : lo + BLOCK]
        surprise = (prepared.right[lo : lo + BLOCK] - p) * given
        weight = np.log(p) - np.log1p(-p)
        slope = a * (p - c) / (p * (1.0 - c))  # of the estimating equation, derivative over variance
        variance = p * (1.0 - p) * given
        information = np.maximum((variance * slope**2).sum(axis=1), TINY)
        shared = (variance * slope * weight).sum(axis=1) / information
        weight -= shared[:, None] * slope
        spread = (variance * weight**2).sum(axis=1)
        total = (surprise * weight).sum(axis=1)
        found[lo : lo + BLOCK] = np.divide(
            total, np.sqrt(spread), out=np.full_like(total, np.nan), where=spread > NO_SPREAD
        )
    return np.where(np.isfinite(estimates), found, np.nan)


def ht(X: ArrayLike | ResponseMatrix) -> FloatArray:
    """Agreement of a person's answers with those of all others, without a model.

    The covariances over items with every other person, over the largest that the scores allow.

    Parameters
    ----------
    X : ResponseMatrix or array_like, shape (n_persons, n_items)
        0/1 points; everybody was given every item.

    Returns
    -------
    ndarray, shape (n_persons,)
        1 at best, about 0 for answers at random, negative against the others; NaN for all right or all
        wrong.

    Raises
    ------
    ResponseError
        If an item earns more than 1 point or was not given to everybody, or there is one person only.

    References
    ----------
    Sijtsma (1986), Kwantitatieve Methoden 7, 131-145. Sijtsma & Meijer (1992), Appl. Psychol. Meas. 16,
    149-157.
    """
    responses = as_responses(X)
    if not responses.is_dichotomous or responses.administered is not None or responses.n_persons < 2:
        raise ResponseError("HT compares at least two persons on items of one point that all were given")
    n_items = responses.n_items
    scores = np.asarray(responses.total_scores(), dtype=np.intp)
    right = responses.points.sum(axis=0, dtype=np.float64)
    with_all = responses.points @ right
    share = scores / n_items
    covariance = (with_all - scores) / n_items - share * (share.sum() - share)
    largest = _largest_covariances(scores, n_items)
    found = np.full(len(scores), np.nan)
    np.divide(covariance, largest, out=found, where=(largest > 0) & (scores > 0) & (scores < n_items))
    return found


def _largest_covariances(scores: np.ndarray[tuple[int], np.dtype[np.intp]], n_items: int) -> FloatArray:
    """Sum over the others of the largest covariance: all right answers of one among those of the other."""
    levels = np.arange(n_items + 1) / n_items
    counts = np.bincount(scores, minlength=n_items + 1).astype(np.float64)
    pairwise = np.minimum.outer(levels, levels) - np.multiply.outer(levels, levels)
    own = levels * (1.0 - levels)
    return np.asarray((pairwise @ counts - own)[scores])
