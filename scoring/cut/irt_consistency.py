"""Decision accuracy and consistency from item parameters."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from scoring.cut.consistency import DecisionConsistency, kappa_of
from scoring.errors import CutScoreError, ScoringError
from scoring.numbers import numbers_of, whole_points


def score_distribution(probabilities: ArrayLike) -> NDArray[np.float64]:
    """Compute the distribution of the number right from the probability of each right answer.

    Parameters
    ----------
    probabilities : array_like, shape (n_points, n_items)
        Probability of a right answer to each item at each point of ability.

    Returns
    -------
    ndarray, shape (n_points, n_items + 1)
        Probability of each number right from 0 to n_items; rows add up to 1.

    Raises
    ------
    ScoringError
        If the array is not 2-D or holds anything but probabilities.

    References
    ----------
    Lord, F. M. & Wingersky, M. S. (1984). Applied Psychological Measurement 8, 453-461.
    """
    right = numbers_of(probabilities, "probabilities")
    if right.ndim != 2 or not bool(((right >= 0) & (right <= 1)).all()):
        raise ScoringError("probabilities lie between 0 and 1, one row for each point of ability")
    shares = np.zeros((len(right), right.shape[1] + 1))
    shares[:, 0] = 1.0
    for j in range(right.shape[1]):
        p = right[:, j : j + 1]
        shares[:, 1 : j + 2] = shares[:, 1 : j + 2] * (1 - p) + shares[:, : j + 1] * p
        shares[:, :1] *= 1 - p
    return shares


def lee_classification(probabilities: ArrayLike, weights: ArrayLike, cut: float) -> DecisionConsistency:
    """Estimate accuracy and consistency of a number-right cut from item parameters.

    Parameters
    ----------
    probabilities : array_like, shape (n_points, n_items)
        Probability of a right answer at each point of ability.
    weights : array_like, shape (n_points,)
        Weights of the points: quadrature weights, or 1 for each estimated ability.
    cut : float
        Number right from which a person passes, a broken one rounded up. A person whose expected number
        right reaches it should.

    Returns
    -------
    DecisionConsistency

    Raises
    ------
    CutScoreError
        If the cut is not above 0 and at most the number of items.
    ScoringError
        If probabilities or weights are none, or do not fit.

    References
    ----------
    Lee, W.-C. (2010). Journal of Educational Measurement 47, 1-17.
    """
    right = numbers_of(probabilities, "probabilities")
    shares = score_distribution(right)
    weight = _normed(weights, len(right))
    if not 0 < cut <= right.shape[1]:
        raise CutScoreError(f"the cut {cut:g} is not above 0 and at most {right.shape[1]}")
    cut = whole_points(cut)
    passes = shares[:, cut:].sum(axis=1)
    should = right.sum(axis=1) >= cut
    return _from_passes("Lee", cut, passes, should, weight, float(right.shape[1]))


def rudner_classification(
    thetas: ArrayLike, standard_errors: ArrayLike, cut: float, *, weights: ArrayLike | None = None
) -> DecisionConsistency:
    """Estimate accuracy and consistency of a cut on the ability scale, with normal errors.

    Parameters
    ----------
    thetas, standard_errors : array_like, shape (n_points,)
        Abilities and their standard errors, above 0.
    cut : float
        On the scale of the abilities.
    weights : array_like, shape (n_points,), optional
        1 for each by default.

    Returns
    -------
    DecisionConsistency

    Raises
    ------
    CutScoreError
        If the cut is no finite number.
    ScoringError
        If an ability has no standard error above 0, or weights do not fit.

    References
    ----------
    Rudner, L. M. (2005). Practical Assessment, Research & Evaluation 10 (13).
    """
    theta = numbers_of(thetas, "abilities")
    error = numbers_of(standard_errors, "standard errors")
    if not np.isfinite(cut):
        raise CutScoreError(f"a cut is a number on the scale of the abilities, not {cut}")
    if theta.ndim != 1 or theta.shape != error.shape or not len(theta) or not bool((error > 0).all()):
        raise ScoringError("every ability needs a standard error above 0")
    weight = _normed(np.ones(len(theta)) if weights is None else weights, len(theta))
    return _from_passes("Rudner", cut, ndtr((theta - cut) / error), theta >= cut, weight, float("nan"))


def _normed(weights: ArrayLike, n: int) -> NDArray[np.float64]:
    weight = numbers_of(weights, "weights")
    if weight.shape != (n,) or bool((weight < 0).any()) or not weight.sum() > 0:
        raise ScoringError(f"{n} points of ability need as many weights, none below 0")
    return np.asarray(weight / weight.sum())


def _from_passes(
    method: str,
    cut: float,
    passes: NDArray[np.float64],
    should: NDArray[np.bool_],
    weight: NDArray[np.float64],
    length: float,
) -> DecisionConsistency:
    """Average what happens at each point of ability."""
    false_pass = float(weight @ np.where(should, 0.0, passes))
    false_fail = float(weight @ np.where(should, 1 - passes, 0.0))
    consistency = float(weight @ (passes**2 + (1 - passes) ** 2))
    pass_rate = float(weight @ passes)
    chance = pass_rate**2 + (1 - pass_rate) ** 2
    return DecisionConsistency(
        method=method,
        cut=cut,
        accuracy=1 - false_pass - false_fail,
        false_pass=false_pass,
        false_fail=false_fail,
        consistency=consistency,
        chance=chance,
        kappa=kappa_of(consistency, chance),
        pass_rate=pass_rate,
        true_scores=None,
        test_length=length,
    )
