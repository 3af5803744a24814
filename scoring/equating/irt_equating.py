"""Equate two forms whose items are calibrated on one scale: by true scores, or by observed scores."""

import numpy as np
from numpy.typing import ArrayLike

from scoring.equating.equivalent_groups import Equating, curved, equipercentile_equate
from scoring.errors import ScoringError
from scoring.irt.ability import Calibrated
from scoring.irt.grid import FloatArray, Items, sigmoid
from scoring.irt.raw_scores import raw_score_distribution
from scoring.numbers import numbers_of

FARTHEST = 200.0
HALVINGS = 80


def irt_true_score_equate(x: Calibrated, y: Calibrated) -> Equating:
    """Equate number-right scores that belong to the same ability.

    Below the sum of the lower asymptotes there is no such ability: there the scores are joined to 0 by a
    straight line, and the highest scores correspond to one another (Kolen 1981).

    Parameters
    ----------
    x, y : IRTResult or Items
        Items of the new and of the old form, on one ability scale (see `scoring.equating.linking`).

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    Raises
    ------
    ScoringError
        If an item has no parameters or no positive discrimination.

    References
    ----------
    Lord (1980), Applications of Item Response Theory, 199. Kolen (1981), J. Educ. Meas. 18, 1-11.
    """
    new, old = _calibrated(x), _calibrated(y)
    scores = np.arange(len(new.a) + 1, dtype=np.float64)
    lowest = float(new.c.sum())
    equivalents = scores * (float(old.c.sum()) / lowest if lowest > 0 else 0.0)
    inside = (scores > lowest) & (scores < len(new.a))
    equivalents[inside] = _true_scores(old, _abilities(new, scores[inside]))
    equivalents[-1] = len(old.a)
    return curved("IRT true score", len(scores), equivalents)


def irt_observed_score_equate(x: Calibrated, y: Calibrated, theta: ArrayLike, weights: ArrayLike) -> Equating:
    """Equate by percentile ranks of the number-right scores that the model expects.

    Parameters
    ----------
    x, y : IRTResult or Items
        As in `irt_true_score_equate`.
    theta, weights : array_like, shape (n_points,)
        Abilities of the synthetic population and their weights.

    Returns
    -------
    Equating
        Equivalents of the scores 0 to the highest of the new form, in points of the old one.

    Raises
    ------
    ScoringError
        If an item has no parameters or no positive discrimination, or abilities and weights do not fit.

    References
    ----------
    Lord & Wingersky (1984), Appl. Psychol. Meas. 8, 453-461. Kolen & Brennan (2014), 198.
    """
    points, shares = numbers_of(theta, "abilities"), numbers_of(weights, "weights")
    if points.ndim != 1 or points.shape != shares.shape or not (shares >= 0).all() or not shares.sum() > 0:
        raise ScoringError("each ability of the population needs a weight that is not negative")
    shares = shares / shares.sum()
    expected = [shares @ raw_score_distribution(_right(_calibrated(form), points)) for form in (x, y)]
    found = equipercentile_equate(*expected)
    return curved("IRT observed score", len(found.scores), found.equivalents)


def _calibrated(form: Calibrated) -> Items:
    items = Items(*(numbers_of(v, "item parameters") for v in (form.a, form.d, form.c)))
    if not np.isfinite([*items]).all() or bool((items.a <= 0).any()):
        raise ScoringError("every item of a form needs parameters and a discrimination above 0")
    return items


def _right(items: Items, theta: FloatArray) -> FloatArray:
    return np.asarray(items.c + (1.0 - items.c) * sigmoid(np.multiply.outer(theta, items.a) + items.d))


def _true_scores(items: Items, theta: FloatArray) -> FloatArray:
    return np.asarray(_right(items, theta).sum(axis=1))


def _abilities(items: Items, scores: FloatArray) -> FloatArray:
    """Find the abilities that expect these scores, by halving."""
    low, high = np.full_like(scores, -FARTHEST), np.full_like(scores, FARTHEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        above = _true_scores(items, middle) > scores
        high, low = np.where(above, middle, high), np.where(above, low, middle)
    return np.asarray((low + high) / 2.0)
