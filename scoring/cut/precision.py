"""One person at the cut: how far the true score may lie from the score, and on which side."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, xlog1py, xlogy

from scoring.cut.consistency import effective_test_length
from scoring.cut.true_scores import BetaTrueScores, binomial_true_moments, fit_true_scores
from scoring.errors import CutScoreError, ScoringError
from scoring.numbers import numbers_of

FEWEST_FOR_A_GROUP = 30
"""Below this number the spread of a group is too uncertain to lean on."""


@dataclass(frozen=True, slots=True)
class PersonPrecision:
    """What a score says about the true score, in points.

    Attributes
    ----------
    score, cut : float
        The observed score and the score from which a person passes.
    passed : bool
        Whether the observed score reaches the cut; it alone decides.
    expected : float
        The true score to be expected of a person with this score.
    low, high : float
        Interval that holds the true score with probability `confidence`.
    other_side : float
        Probability that the true score lies on the other side of the cut.
    confidence : float
        Level of the interval.
    method : str
        ``beta``: the true scores of the group are a beta distribution. ``binomial``: the error of the score
        alone, nothing is supposed of the group. ``normal``: a standard error alone.
    """

    score: float
    cut: float
    passed: bool
    expected: float
    low: float
    high: float
    other_side: float
    confidence: float
    method: str = "beta"


def person_precision(
    score: float,
    cut: float,
    *,
    max_score: float,
    true_scores: BetaTrueScores,
    test_length: float,
    confidence: float = 0.95,
) -> PersonPrecision:
    """Combine a person's score with the distribution of true scores in the group.

    Parameters
    ----------
    score, cut, max_score : float
        In points; 0 <= score <= max_score and 0 < cut <= max_score.
    true_scores : BetaTrueScores
        As `scoring.livingston_lewis` or `scoring.hanson_brennan` fitted it.
    test_length : float
        Items of the binomial test that stands for this one, from the same result.
    confidence : float
        Level of the interval, between 0 and 1.

    Raises
    ------
    CutScoreError, ScoringError
        If a value is outside its range.

    References
    ----------
    Lord, F. M. & Novick, M. R. (1968). Statistical Theories of Mental Test Scores, chapter 23.
    """
    _check(score, cut, max_score, confidence)
    true, below, posterior = _posterior(np.array([score]), cut, max_score, true_scores, test_length)
    weight = posterior[0]
    order = np.argsort(true, kind="stable")
    reached = np.cumsum(weight[order])
    tail = (1 - confidence) / 2
    low, high = np.interp([tail, 1 - tail], reached, true[order])
    under = float(weight[below].sum())
    passed = score >= cut
    return PersonPrecision(
        score=score,
        cut=cut,
        passed=passed,
        expected=float(weight @ true) * max_score,
        low=float(low) * max_score,
        high=float(high) * max_score,
        other_side=under if passed else 1 - under,
        confidence=confidence,
    )


def misclassification_by_score(
    cut: float, *, max_score: int, true_scores: BetaTrueScores, test_length: float
) -> NDArray[np.float64]:
    """Probability, at each score, that the true score lies on the other side of the cut.

    Returns
    -------
    ndarray, shape (max_score + 1,)
        For the scores 0 to max_score.
    """
    _check(0, cut, max_score, 0.5)
    scores = np.arange(max_score + 1)
    _, below, posterior = _posterior(scores, cut, max_score, true_scores, test_length)
    under = posterior[:, below].sum(axis=1)
    return np.asarray(np.where(scores >= cut, under, 1 - under))


def precision_from_sem(
    score: float, cut: float, sem: float, *, max_score: float, confidence: float = 0.95
) -> PersonPrecision:
    """Do the same from a standard error alone, with normal errors: for groups too small for a model.

    Parameters
    ----------
    sem : float
        Standard error in points, above 0; the interval ends at 0 and at `max_score`.
    """
    _check(score, cut, max_score, confidence)
    if not sem > 0:
        raise ScoringError(f"a standard error is above 0, not {sem:g}")
    reach = float(ndtri((1 + confidence) / 2)) * sem
    return PersonPrecision(
        score=score,
        cut=cut,
        passed=score >= cut,
        expected=float(score),
        low=max(0.0, score - reach),
        high=min(float(max_score), score + reach),
        other_side=float(ndtr(-abs(score - cut) / sem)),
        confidence=confidence,
        method="normal",
    )


def true_score_interval(
    score: float,
    cut: float,
    *,
    max_score: float,
    scores: ArrayLike = (),
    reliability: float = float("nan"),
    n_items: int | None = None,
    confidence: float = 0.95,
) -> PersonPrecision:
    """Give the interval of one person's true score, in a group of any size; it holds the observed score.

    With at least `FEWEST_FOR_A_GROUP` scores and a reliability between 0 and 1, the true scores of the group
    are a beta distribution from 0 to `max_score` with the mean and the true variance of the group. Its ends
    are not fitted: in a small group a fitted end may lie on the wrong side of a person's own score.
    Otherwise the interval rests on the binomial error of the score alone, and is wider.

    Parameters
    ----------
    score, cut, max_score : float
        In points; 0 <= score <= max_score and 0 < cut <= max_score.
    scores : array_like, shape (n_persons,), optional
        Observed scores of the group, 0 to `max_score`.
    reliability : float, optional
        Of the scores in the group, such as alpha.
    n_items : int, optional
        Items of the test; `max_score` rounded when left out. Used where the group does not tell the
        length of the binomial test that has the same error.
    confidence : float
        Level of the interval, between 0 and 1.

    Returns
    -------
    PersonPrecision
        In points, with its `method`. `low` <= `score` <= `high` always.

    Raises
    ------
    CutScoreError, ScoringError
        If a value is outside its range or no number.

    Notes
    -----
    ``beta``: equal tails of the posterior distribution, extended to the observed score where that lies
    outside (the expected true score is drawn to the mean of the group). ``binomial``: the score interval of
    Wilson for the effective test length of Livingston and Lewis, or for `n_items`; the chance of the other
    side is one-sided, from the same inverted test.

    References
    ----------
    Keats, J. A. & Lord, F. M. (1962). Psychometrika 27, 59-72 (beta true scores, binomial error).
    Livingston, S. A. & Lewis, C. (1995). Journal of Educational Measurement 32, 179-197, formula 3.
    Wilson, E. B. (1927). Journal of the American Statistical Association 22, 209-212.
    Brown, L. D., Cai, T. T. & DasGupta, A. (2001). Statistical Science 16, 101-133.
    """
    _check(score, cut, max_score, confidence)
    group = _scores_of_the_group(scores, max_score)
    length = _same_error_length(group, reliability, max_score)
    if len(group) >= FEWEST_FOR_A_GROUP and length is not None:
        try:
            true = fit_true_scores(binomial_true_moments(group / max_score * length, length), parameters=2)
        except ScoringError:
            pass
        else:
            found = person_precision(
                score, cut, max_score=max_score, true_scores=true, test_length=length, confidence=confidence
            )
            return replace(found, low=min(found.low, float(score)), high=max(found.high, float(score)))
    if n_items is not None and n_items < 1:
        raise ScoringError(f"a test has at least one item, not {n_items}")
    n = length or float(n_items or max(1, round(max_score)))
    return _by_binomial_error(score, cut, max_score, n, confidence)


def _scores_of_the_group(scores: ArrayLike, max_score: float) -> NDArray[np.float64]:
    group = numbers_of(scores, "the scores of a group")
    if group.ndim != 1 or not bool(((group >= 0) & (group <= max_score)).all()):
        raise ScoringError(f"the scores of a group are a list of numbers from 0 to {max_score:g}")
    return group


def _same_error_length(group: NDArray[np.float64], reliability: float, max_score: float) -> float | None:
    """Items of the binomial test with the same error; None where the group does not tell."""
    if len(group) < FEWEST_FOR_A_GROUP:
        return None
    try:
        return effective_test_length(group, reliability, max_score)
    except ScoringError:
        return None


def _by_binomial_error(
    score: float, cut: float, max_score: float, n: float, confidence: float
) -> PersonPrecision:
    """Invert the score test of a proportion of `n` trials (Wilson)."""
    share, needed = score / max_score, cut / max_score
    z = float(ndtri((1 + confidence) / 2))
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z / (1 + z**2 / n) * float(np.sqrt(share * (1 - share) / n + (z / (2 * n)) ** 2))
    distance = abs(share - needed)
    error = float(np.sqrt(needed * (1 - needed) / n))
    beyond = float(ndtr(-distance / error)) if error > 0 else 0.0
    return PersonPrecision(
        score=score,
        cut=cut,
        passed=score >= cut,
        expected=float(score),
        low=min(float(score), max(0.0, middle - reach) * max_score),
        high=max(float(score), min(1.0, middle + reach) * max_score),
        other_side=0.5 if distance == 0 else beyond,
        confidence=confidence,
        method="binomial",
    )


def _posterior(
    scores: NDArray[Any],
    cut: float,
    max_score: float,
    true_scores: BetaTrueScores,
    test_length: float,
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64]]:
    """True scores, which are below the cut, and their weights at each score (rows add up to 1)."""
    low, low_weight = true_scores.nodes(0.0, cut / max_score)
    high, high_weight = true_scores.nodes(cut / max_score, 1.0)
    true = np.concatenate([low, high])
    weight = np.concatenate([low_weight, high_weight])
    right = np.asarray(scores, dtype=np.float64)[:, None] / max_score * test_length
    log = xlogy(right, true) + xlog1py(test_length - right, -true)
    likelihood = np.exp(log - log.max(axis=1, keepdims=True)) * weight
    return true, np.arange(len(true)) < len(low), likelihood / likelihood.sum(axis=1, keepdims=True)


def _check(score: float, cut: float, max_score: float, confidence: float) -> None:
    if not 0 < cut <= max_score:
        raise CutScoreError(f"the cut {cut:g} is not above 0 and at most {max_score:g}")
    if not 0 <= score <= max_score:
        raise ScoringError(f"the score {score:g} lies outside 0 to {max_score:g}")
    if not 0 < confidence < 1:
        raise ScoringError(f"a confidence level lies between 0 and 1, not {confidence:g}")
