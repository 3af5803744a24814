"""How surely the cut tells who passes: decision accuracy and consistency from one sitting."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtrc, betaln, gammaln

from scoring.classical.reliability import kr21_from
from scoring.cut.true_scores import (
    BetaTrueScores,
    binomial_true_moments,
    fit_true_scores,
    two_term_true_moments,
)
from scoring.errors import CutScoreError, ScoringError
from scoring.numbers import numbers_of, whole_number, whole_points


@dataclass(frozen=True, slots=True)
class DecisionConsistency:
    """How a cut classifies; NaN for a figure that the method does not give.

    Attributes
    ----------
    method : str
        Name of the method.
    cut : float
        Score from which a person passes.
    accuracy : float
        Share whose decision agrees with the true score.
    false_pass, false_fail : float
        Share who pass with a true score below the cut, and who fail with one at or above it.
    consistency : float
        Share who would get the same decision from two parallel forms.
    chance : float
        The same if decisions were independent.
    kappa : float
        (consistency - chance) / (1 - chance); NaN when chance alone agrees always.
    pass_rate : float
        Share who pass under the model.
    true_scores : BetaTrueScores or None
        The distribution of true scores behind it.
    test_length : float
        Items of the binomial test that stands for this one.
    """

    method: str
    cut: float
    accuracy: float
    false_pass: float
    false_fail: float
    consistency: float
    chance: float
    kappa: float
    pass_rate: float
    true_scores: BetaTrueScores | None
    test_length: float


def livingston_lewis(
    scores: ArrayLike, reliability: float, cut: float, *, max_score: float, parameters: int = 4
) -> DecisionConsistency:
    """Estimate accuracy and consistency for scores of any kind from their reliability.

    Parameters
    ----------
    scores : array_like, shape (n_persons,)
        Observed scores from 0 to `max_score`.
    reliability : float
        Between 0 and 1, such as alpha.
    cut : float
        Score from which a person passes, above 0 and at most `max_score`. Among whole scores a broken cut
        is that of the next whole score, 3.5 that of 4, which the result then names.
    max_score : float
        Highest possible score.
    parameters : {4, 2}
        Of the beta distribution of true scores; 4 falls back to 2 when the ends leave the range.

    Raises
    ------
    CutScoreError
        If the cut is outside the range.
    ScoringError
        If scores are outside the range or flat, the reliability is not between 0 and 1, or `parameters` is
        neither 2 nor 4.

    Returns
    -------
    DecisionConsistency

    Notes
    -----
    The conventions are those of the R package betafunctions: sample variance (divisor n - 1); the effective
    test length is rounded for the binomial error and not for the moments; the cut on it, not that in points,
    is rounded down. So the method tells false passes from false failures less well than the share that is
    right: where a simulation had .068 and .040 it told .088 and .030, `hanson_brennan` .069 and .041.

    References
    ----------
    Livingston, S. A. & Lewis, C. (1995). Journal of Educational Measurement 32, 179-197.
    Hanson, B. A. (1991). ACT Research Report 91-5.
    """
    x = _checked(scores, cut, max_score)
    if max_score == int(max_score) and bool((x == np.floor(x)).all()):
        cut = whole_points(cut)
    length = effective_test_length(x, reliability, max_score)
    model = fit_true_scores(binomial_true_moments(x / max_score * length, length), parameters=parameters)
    n = max(1, round(length))
    needed = max(1, int(np.floor(cut / max_score * n + 1e-9)))
    return _classify(model, "Livingston-Lewis", cut, cut / max_score, n, needed, 0.0, length)


def hanson_brennan(
    scores: ArrayLike, reliability: float, cut: int, *, n_items: int, parameters: int = 4
) -> DecisionConsistency:
    """Estimate accuracy and consistency of number-right scores under compound binomial error.

    Parameters
    ----------
    scores : array_like of int, shape (n_persons,)
        Number right, 0 to `n_items`.
    reliability : float
        Between 0 and 1, such as alpha; it sets k of Lord's two-term approximation.
    cut : int
        Number right from which a person passes; a broken one is rounded up.
    n_items : int
        Items, more than 3.
    parameters : {4, 2}
        Of the beta distribution of true scores; 4 falls back to 2 when the ends leave the range.

    Raises
    ------
    CutScoreError, ScoringError
        As `livingston_lewis`, and if the scores are not whole or there are fewer than four items.

    Returns
    -------
    DecisionConsistency

    References
    ----------
    Hanson, B. A. & Brennan, R. L. (1990). Journal of Educational Measurement 27, 345-359.
    """
    x, cut = _counted(scores, cut, n_items)
    if n_items < 4:
        raise ScoringError("the method of Hanson and Brennan needs at least four items")
    k = lords_k(x, reliability, n_items)
    model = fit_true_scores(two_term_true_moments(x, n_items, k), parameters=parameters)
    return _classify(model, "Hanson-Brennan", cut, cut / n_items, n_items, cut, k, float(n_items))


def subkoviak(scores: ArrayLike, reliability: float, cut: float, *, n_items: int) -> DecisionConsistency:
    """Estimate consistency person by person, with true scores regressed to the mean.

    Parameters
    ----------
    scores, reliability, cut, n_items
        As `hanson_brennan`. Accuracy is not given by this method.

    Returns
    -------
    DecisionConsistency

    Raises
    ------
    CutScoreError, ScoringError
        As `hanson_brennan`.

    References
    ----------
    Subkoviak, M. J. (1976). Journal of Educational Measurement 13, 265-276.
    """
    x, cut = _counted(scores, cut, n_items)
    _check_reliability(reliability)
    true = (reliability * x + (1 - reliability) * x.mean()) / n_items
    passes = bdtrc(cut - 1, n_items, true)
    return _agreement(
        "Subkoviak", cut, float((passes**2 + (1 - passes) ** 2).mean()), float(passes.mean()), n_items
    )


def huynh(scores: ArrayLike, cut: float, *, n_items: int) -> DecisionConsistency:
    """Estimate consistency from mean and variance (divisor n) alone, by the beta-binomial model.

    Parameters
    ----------
    scores, cut, n_items
        As `hanson_brennan`. The reliability is formula 21; accuracy is not given by this method.

    Returns
    -------
    DecisionConsistency

    Raises
    ------
    CutScoreError, ScoringError
        As `hanson_brennan`, and if formula 21 is not between 0 and 1.

    References
    ----------
    Huynh, H. (1976). Journal of Educational Measurement 13, 253-264.
    """
    x, needed = _counted(scores, cut, n_items)
    formula_21 = kr21_from(float(x.mean()), float(x.var()), n_items)
    _check_reliability(formula_21)
    alpha = (1 / formula_21 - 1) * float(x.mean())
    beta = n_items / formula_21 - n_items - alpha
    joint = _bivariate_beta_binomial(n_items, alpha, beta)
    same = float(joint[:needed, :needed].sum() + joint[needed:, needed:].sum())
    return _agreement("Huynh", needed, same, float(joint[needed:].sum()), n_items)


def effective_test_length(scores: ArrayLike, reliability: float, max_score: float) -> float:
    """Items of a binomial test with the same mean, variance (divisor n - 1) and reliability.

    References
    ----------
    Livingston, S. A. & Lewis, C. (1995). Journal of Educational Measurement 32, 179-197, formula 3.
    """
    x = numbers_of(scores, "the scores")
    _check_reliability(reliability)
    mean, variance = float(x.mean()), float(x.var(ddof=1))
    if not variance > 0:
        raise ScoringError("the scores do not vary, so nothing can be said about the cut")
    length = (mean * (max_score - mean) - reliability * variance) / (variance * (1 - reliability))
    if not length > 3:
        raise ScoringError(f"the effective test length is only {length:.2f}, too short for this method")
    return length


def lords_k(scores: ArrayLike, reliability: float, n_items: int) -> float:
    """Compute k of the two-term approximation from the error variance that the reliability implies.

    References
    ----------
    Lord, F. M. (1965). Psychometrika 30, 239-270.
    """
    x = numbers_of(scores, "the scores")
    _check_reliability(reliability)
    mean, variance = float(x.mean()), float(x.var(ddof=1))
    true = variance * reliability
    between = mean * (n_items - mean)
    return n_items * ((n_items - 1) * true - n_items * variance + between) / (2 * (between - true))


def pass_probability(
    true: NDArray[np.float64], n_items: int, needed: int, k: float = 0.0
) -> NDArray[np.float64]:
    """Probability of `needed` right answers or more at each true score, shape of `true`.

    With `k` the error is Lord's two-term approximation of the compound binomial.
    """
    passes = bdtrc(needed - 1, n_items, true)
    if k == 0:
        return np.asarray(passes)
    inner = [_at_least(needed - shift, n_items - 2, true) for shift in (0, 1, 2)]
    passes = passes - k * true * (1 - true) * (inner[0] - 2 * inner[1] + inner[2])
    return np.asarray(passes)


def _at_least(needed: int, n: int, true: NDArray[np.float64]) -> NDArray[np.float64]:
    if needed <= 0:
        return np.ones_like(true)
    return np.asarray(bdtrc(needed - 1, n, true)) if needed <= n else np.zeros_like(true)


def _classify(
    model: BetaTrueScores,
    method: str,
    cut: float,
    true_cut: float,
    n_items: int,
    needed: int,
    k: float,
    length: float,
) -> DecisionConsistency:
    """Integrate over the true scores below and above the cut."""
    low, low_weight = model.nodes(0.0, true_cut)
    high, high_weight = model.nodes(true_cut, 1.0)
    size = float(low_weight.sum() + high_weight.sum())
    low_weight, high_weight = low_weight / size, high_weight / size
    low_passes = pass_probability(low, n_items, needed, k)
    high_passes = pass_probability(high, n_items, needed, k)
    false_pass = float(low_weight @ low_passes)
    false_fail = float(high_weight @ (1 - high_passes))
    passes = np.concatenate([low_passes, high_passes])
    weight = np.concatenate([low_weight, high_weight])
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
        true_scores=model,
        test_length=length,
    )


def _agreement(method: str, cut: float, same: float, pass_rate: float, n_items: int) -> DecisionConsistency:
    """A result without accuracy."""
    chance = pass_rate**2 + (1 - pass_rate) ** 2
    none = float("nan")
    return DecisionConsistency(
        method, cut, none, none, none, same, chance, kappa_of(same, chance), pass_rate, None, float(n_items)
    )


def kappa_of(same: float, chance: float) -> float:
    """Agreement beyond chance as a share of what chance leaves; NaN where it leaves nothing."""
    return (same - chance) / (1 - chance) if chance < 1 - 1e-12 else float("nan")


def _bivariate_beta_binomial(n: int, alpha: float, beta: float) -> NDArray[np.float64]:
    """Probability of each pair of scores on two parallel forms, shape (n + 1, n + 1)."""
    x = np.arange(n + 1)
    choose = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    both = x[:, None] + x[None, :]
    log = choose[:, None] + choose[None, :] + betaln(alpha + both, beta + 2 * n - both) - betaln(alpha, beta)
    return np.asarray(np.exp(log))


def _checked(scores: ArrayLike, cut: float, max_score: float) -> NDArray[np.float64]:
    x = numbers_of(scores, "the scores")
    if x.ndim != 1 or len(x) < 2 or not bool(np.isfinite(x).all()):
        raise ScoringError("decision consistency needs the scores of at least two persons")
    if not 0 < cut <= max_score < np.inf:
        raise CutScoreError(f"the cut {cut:g} is not above 0 and at most {max_score:g}, a finite score")
    if float(x.min()) < 0 or float(x.max()) > max_score:
        raise ScoringError(f"a score lies outside 0 to {max_score:g}")
    return x


def _counted(scores: ArrayLike, cut: float, n_items: int) -> tuple[NDArray[np.float64], int]:
    """Check numbers right, and round the cut up."""
    n = whole_number(n_items, "the number of items", 1)
    x = _checked(scores, cut, n)
    if not bool((x == np.floor(x)).all()):
        raise ScoringError("the method counts right answers and needs whole scores; use livingston_lewis")
    return x, whole_points(cut)


def _check_reliability(reliability: float) -> None:
    if not 0 < reliability < 1:
        raise ScoringError(f"the method needs a reliability between 0 and 1, not {reliability:.3g}")
