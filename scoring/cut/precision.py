"""One person at the cut: how far the true score may lie from the score, and on which side."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri, xlog1py, xlogy

from scoring.cut.true_scores import BetaTrueScores
from scoring.errors import CutScoreError, ScoringError


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
    """

    score: float
    cut: float
    passed: bool
    expected: float
    low: float
    high: float
    other_side: float
    confidence: float


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
