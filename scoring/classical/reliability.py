"""Reliability of a sum score and its standard error."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtri

from scoring.blas_threads import one_blas_thread
from scoring.classical.forms import FEWEST
from scoring.classical.moments import Moments, moments_of
from scoring.errors import ScoringError
from scoring.responses import ResponseMatrix, as_responses

FLAT = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Covariances that a coefficient is computed from.

    Attributes
    ----------
    n_persons : int
        Persons behind them.
    items : ndarray of int, shape (k,)
        Columns of the matrix.
    covariance : ndarray, shape (k, k)
        Sample covariances.
    mean, variance : float
        Of the sum of these items; the variance with the divisor n.
    """

    n_persons: int
    items: NDArray[np.intp]
    covariance: NDArray[np.float64]
    mean: float
    variance: float


def parts_of(moments: Moments) -> tuple[Part, ...]:
    """Say which covariances the coefficients of a matrix are computed from.

    One part, of the items that anybody was given, where everybody was given the same items or every two
    of them were given together to at least `FEWEST` persons; else one part for each form.
    """
    met = np.flatnonzero(moments.n > 0)
    whole = len(met) == len(moments.n)
    forms = moments.forms
    alone = len(forms) == 1 and len(forms[0].form.persons) == moments.n_persons
    pairs = np.ix_(met, met)
    if forms and not alone and float(moments.together[pairs].min()) < FEWEST:
        return tuple(
            _part(len(each.form.persons), each.form.items, each.covariance, moments.totals[each.form.persons])
            for each in forms
        )
    covariance = moments.covariance if whole else moments.covariance[pairs]
    if alone or (whole and float(moments.n.min()) == moments.n_persons):
        return (_part(moments.n_persons, met, covariance, moments.totals),)
    n = moments.n_persons
    variance = float(covariance.sum()) * (n - 1) / n
    return (Part(n, met, covariance, float(moments.mean[met].sum()), variance),)


def _part(
    n_persons: int, items: NDArray[np.intp], covariance: NDArray[np.float64], totals: NDArray[Any]
) -> Part:
    return Part(n_persons, items, covariance, float(totals.mean()), float(totals.var()))


def mean_over(parts: tuple[Part, ...], figures: list[float]) -> float:
    """Mean of the figures of the parts, weighted by their persons; NaN ones are left out."""
    if len(parts) == 1:
        return figures[0]
    told = [(part.n_persons, figure) for part, figure in zip(parts, figures, strict=True) if figure == figure]
    n = sum(persons for persons, _ in told)
    return sum(persons * figure for persons, figure in told) / n if n else float("nan")


def mean_by_item(
    parts: tuple[Part, ...], figures: list[NDArray[np.float64]], n_items: int
) -> NDArray[np.float64]:
    """Mean, for each item, of its figures in the parts that hold it, weighted by their persons."""
    sums, n = np.zeros(n_items), np.zeros(n_items)
    for part, figure in zip(parts, figures, strict=True):
        told = np.isfinite(figure)
        items = part.items[told]
        if len(parts) == 1:
            sums[items], n[items] = figure[told], 1
        else:
            sums[items] += part.n_persons * figure[told]
            n[items] += part.n_persons
    return np.asarray(np.divide(sums, n, out=np.full(n_items, np.nan), where=n > 0))


@dataclass(frozen=True, slots=True)
class Reliability:
    """Coefficients of one test; NaN where one is not defined.

    Attributes
    ----------
    n_persons, n_items : int
        Size of the data.
    alpha, alpha_low, alpha_high : float
        Coefficient alpha and its confidence interval after Feldt.
    kr20, kr21 : float
        Kuder-Richardson formulas; NaN unless every item earns 0 or 1.
    lambda1, lambda2, lambda4, lambda5, lambda6 : float
        Guttman's lower bounds; lambda3 is alpha. `lambda6` is from correlations, as in psych; `lambda4`
        is the best of the splits that were tried.
    omega_total : float
        McDonald's omega of one factor, fitted by least squares to the correlations (minres).
    split_half : float
        Odd and even items, stepped up to full length by Spearman and Brown.
    sd, sem : float
        Sample standard deviation (divisor n - 1) and standard error of measurement, in points.
    items_left_out : tuple of str
        Items that nobody was given.

    Notes
    -----
    Where persons were given different items: with pairwise covariances when every two items were given
    together to at least ten persons, else the mean of the coefficients of the forms, weighted by their
    persons (of variances, for `sd` and `sem`; the mean of the limits of alpha is wider than its level).
    """

    n_persons: int
    n_items: int
    alpha: float
    alpha_low: float
    alpha_high: float
    kr20: float
    kr21: float
    lambda1: float
    lambda2: float
    lambda4: float
    lambda5: float
    lambda6: float
    omega_total: float
    split_half: float
    sd: float
    sem: float
    items_left_out: tuple[str, ...] = ()


@one_blas_thread()
def reliability_of(data: ResponseMatrix | ArrayLike, *, confidence: float = 0.95) -> Reliability:
    """Compute every coefficient of internal consistency from one pass over the data.

    Parameters
    ----------
    data : ResponseMatrix or array_like, shape (n_persons, n_items)
        Points.
    confidence : float
        Level of the interval of alpha, between 0 and 1.

    Raises
    ------
    ScoringError
        If `confidence` is not between 0 and 1.

    References
    ----------
    Guttman, L. (1945). Psychometrika 10, 255-282.
    McDonald, R. P. (1999). Test Theory: A Unified Treatment, chapter 6.
    """
    responses = as_responses(data)
    if not 0 < confidence < 1:
        raise ScoringError(f"a confidence level lies between 0 and 1, not {confidence:g}")
    moments = moments_of(responses)
    parts = parts_of(moments)
    each = [_coefficients(part, confidence, right_or_wrong=responses.is_dichotomous) for part in parts]
    figures = {name: mean_over(parts, [one[name] for one in each]) for name in each[0]}
    if len(parts) > 1:
        errors = [one["sd"] ** 2 * max(0.0, 1 - one["alpha"]) for one in each]
        figures["sem"] = float(np.sqrt(mean_over(parts, errors)))
        figures["sd"] = float(np.sqrt(mean_over(parts, [one["sd"] ** 2 for one in each])))
    return Reliability(
        n_persons=responses.n_persons,
        n_items=responses.n_items,
        **figures,
        items_left_out=not_met(responses, moments),
    )


def not_met(responses: ResponseMatrix, moments: Moments) -> tuple[str, ...]:
    """Name the items that nobody was given."""
    return tuple(responses.items[j] for j in np.flatnonzero(moments.n == 0).tolist())


def _coefficients(part: Part, confidence: float, *, right_or_wrong: bool) -> dict[str, float]:
    """Compute the coefficients of one part by name."""
    covariance = part.covariance
    alpha = alpha_from(covariance)
    low, high = (
        alpha_interval(alpha, part.n_persons, len(part.items), confidence=confidence)
        if alpha <= 1
        else (float("nan"),) * 2
    )
    first, second, fifth = _lambdas_1_2_5(covariance)
    total = float(covariance.sum())
    none = float("nan")
    return {
        "alpha": alpha,
        "alpha_low": low,
        "alpha_high": high,
        "kr20": alpha if right_or_wrong else none,
        "kr21": kr21_from(part.mean, part.variance, len(part.items)) if right_or_wrong else none,
        "lambda1": first,
        "lambda2": second,
        "lambda4": best_split_half(covariance),
        "lambda5": fifth,
        "lambda6": lambda_6(covariance),
        "omega_total": omega_total_from(covariance),
        "split_half": split_half_from(covariance),
        "sd": float(np.sqrt(total)) if total >= 0 else none,
        "sem": float(np.sqrt(total * max(0.0, 1 - alpha))) if total >= 0 else none,
    }


def cronbach_alpha(data: ResponseMatrix | ArrayLike) -> float:
    """Compute coefficient alpha from the item covariances.

    Parameters
    ----------
    data : ResponseMatrix or array_like, shape (n_persons, n_items)
        Points.

    Returns
    -------
    float
        NaN with one item, one person, or a sum score that does not vary.

    References
    ----------
    Cronbach, L. J. (1951). Psychometrika 16, 297-334.
    """
    return alpha_of(parts_of(moments_of(as_responses(data))))


def alpha_of(parts: tuple[Part, ...]) -> float:
    """Compute alpha of the parts of a matrix."""
    return mean_over(parts, [alpha_from(part.covariance) for part in parts])


def error_of(parts: tuple[Part, ...]) -> float:
    """Compute the standard error of measurement in points, from the mean error variance of the parts."""
    errors = [
        max(0.0, float(part.covariance.sum())) * max(0.0, 1 - alpha_from(part.covariance)) for part in parts
    ]
    return float(np.sqrt(mean_over(parts, errors)))


def alpha_from(covariance: NDArray[np.float64]) -> float:
    """Compute alpha from a covariance matrix of shape (n_items, n_items)."""
    k = len(covariance)
    own, total = float(np.trace(covariance)), float(covariance.sum())
    if k < 2 or not total > FLAT * own:
        return float("nan")
    return k / (k - 1) * (1 - own / total)


def alpha_without_each(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Compute alpha of the other items for each item, shape (n_items,); NaN with fewer than three items."""
    k = len(covariance)
    own = np.diag(covariance)
    alpha = np.full(k, np.nan)
    if k < 3:
        return alpha
    rest_total = covariance.sum() - 2 * covariance.sum(axis=1) + own
    rest_own = own.sum() - own
    usable = (rest_total > FLAT * rest_own) & (rest_own > FLAT * own.sum())
    np.divide(rest_own, rest_total, out=alpha, where=usable)
    return np.asarray((k - 1) / (k - 2) * (1 - alpha))


def alpha_interval(
    alpha: float, n_persons: int, n_items: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Compute the confidence interval of alpha under the normal model.

    Returns
    -------
    tuple of float
        Lower and upper limit; NaN where alpha is.

    References
    ----------
    Feldt, L. S. (1965). Psychometrika 30, 357-370.
    Feldt, L. S., Woodruff, D. J. & Salih, F. A. (1987). Applied Psychological Measurement 11, 93-103.
    """
    if not 0 < confidence < 1:
        raise ScoringError(f"a confidence level lies between 0 and 1, not {confidence}")
    if np.isnan(alpha) or n_persons < 2 or n_items < 2:
        return float("nan"), float("nan")
    persons, both = n_persons - 1, (n_persons - 1) * (n_items - 1)
    tail = (1 - confidence) / 2
    return (
        1 - (1 - alpha) * float(fdtri(persons, both, 1 - tail)),
        1 - (1 - alpha) * float(fdtri(persons, both, tail)),
    )


def kr20(data: ResponseMatrix | ArrayLike) -> float:
    """Compute Kuder and Richardson's formula 20: alpha of items that earn 0 or 1.

    Raises
    ------
    ScoringError
        If an item earns anything else.

    References
    ----------
    Kuder, G. F. & Richardson, M. W. (1937). Psychometrika 2, 151-160.
    """
    return cronbach_alpha(_dichotomous(data))


def kr21(data: ResponseMatrix | ArrayLike) -> float:
    """Compute formula 21, which takes all items as equally difficult; variances have the divisor n.

    Raises
    ------
    ScoringError
        If an item earns anything but 0 or 1.

    References
    ----------
    Kuder, G. F. & Richardson, M. W. (1937). Psychometrika 2, 151-160.
    """
    parts = parts_of(moments_of(_dichotomous(data)))
    return mean_over(parts, [kr21_from(part.mean, part.variance, len(part.items)) for part in parts])


def kr21_from(mean: float, variance: float, n_items: int) -> float:
    """Compute formula 21 from the mean and the variance (divisor n) of the sum scores."""
    if n_items < 2 or variance <= 0:
        return float("nan")
    return n_items / (n_items - 1) * (1 - mean * (n_items - mean) / (n_items * variance))


def sem(data: ResponseMatrix | ArrayLike) -> float:
    """Compute the standard error of measurement, sd * sqrt(1 - alpha), with the sample sd (divisor n - 1).

    Returns
    -------
    float
        In points of the sum score; NaN where alpha is.

    References
    ----------
    Lord, F. M. & Novick, M. R. (1968). Statistical Theories of Mental Test Scores, section 3.8.
    """
    return error_of(parts_of(moments_of(as_responses(data))))


def omega_total(data: ResponseMatrix | ArrayLike) -> float:
    """Compute McDonald's omega of one factor, fitted by least squares to the correlations (minres).

    Returns
    -------
    float
        NaN with fewer than three items that vary, or when the fit does not settle.

    References
    ----------
    McDonald, R. P. (1999). Test Theory: A Unified Treatment, chapter 6.
    Harman, H. H. & Jones, W. H. (1966). Psychometrika 31, 351-368 (minres).
    """
    parts = parts_of(moments_of(as_responses(data)))
    return mean_over(parts, [omega_total_from(part.covariance) for part in parts])


def omega_total_from(covariance: NDArray[np.float64]) -> float:
    """Compute omega from a covariance matrix of shape (n_items, n_items); items without variance stay out."""
    correlation = correlations(covariance)
    if len(correlation) < 3 or not np.isfinite(correlation).all():
        return float("nan")
    loadings = one_factor_minres(correlation)
    total = correlation.sum()
    return float(1 - (1 - loadings**2).sum() / total) if total > FLAT else float("nan")


def one_factor_minres(correlation: NDArray[np.float64], *, tol: float = 1e-11) -> NDArray[np.float64]:
    """Fit one factor to the off-diagonal correlations by least squares; loadings of shape (n_items,).

    Each step goes half the way to the loadings that fit best when the others are held; half, because
    whole steps of few items swing around the solution.
    """
    off = correlation - np.diag(np.diag(correlation))
    values, vectors = np.linalg.eigh(correlation)
    loadings = vectors[:, -1] * np.sqrt(max(values[-1], 0.0))
    loadings = loadings * (np.sign(loadings.sum()) or 1.0)
    for _ in range(20_000):
        rest = loadings @ loadings - loadings**2
        aim = np.divide(off @ loadings, rest, out=np.zeros_like(rest), where=rest > FLAT)
        step = np.clip(aim, -1.0, 1.0) - loadings  # a loading above 1 would leave a negative variance
        loadings = loadings + step / 2
        if float(np.abs(step).max()) < tol:
            return np.asarray(loadings)
    return np.asarray(np.full(len(off), np.nan))


def lambda_6(covariance: NDArray[np.float64]) -> float:
    """Compute Guttman's lambda 6 from squared multiple correlations; NaN when they are singular."""
    correlation = correlations(covariance)
    if len(correlation) < 2 or not np.isfinite(correlation).all() or np.linalg.cond(correlation) > 1e12:
        return float("nan")
    unexplained = 1 / np.diag(np.linalg.inv(correlation))
    return float(1 - unexplained.sum() / correlation.sum())


def split_half_from(covariance: NDArray[np.float64]) -> float:
    """Correlate odd with even items and step up by Spearman and Brown, 2 r / (1 + r)."""
    odd = np.arange(len(covariance)) % 2 == 0
    between = float(covariance[odd][:, ~odd].sum())
    scale = float(covariance[odd][:, odd].sum() * covariance[~odd][:, ~odd].sum())
    if not scale > 0:
        return float("nan")
    r = between / np.sqrt(scale)
    return float(2 * r / (1 + r)) if r > -1 + FLAT else float("nan")


def best_split_half(covariance: NDArray[np.float64]) -> float:
    """Look for Guttman's lambda 4, four times the covariance of the halves over the total variance.

    Starts from odd and even items and from the leading contrast, and changes the side of one item or of
    a pair as long as it helps; so the result is the largest that was found, not surely the largest.
    """
    total = float(covariance.sum())
    if len(covariance) < 2 or not total > FLAT * float(np.trace(covariance)):
        return float("nan")
    off = covariance - np.diag(np.diag(covariance))
    contrast = np.linalg.eigh(off)[1][:, 0]
    starts = (np.where(np.arange(len(off)) % 2 == 0, 1.0, -1.0), np.where(contrast >= 0, 1.0, -1.0))
    least = min(_settle(off, side) for side in starts)
    return float(1 - (np.trace(covariance) + least) / total)


def _settle(off: NDArray[np.float64], side: NDArray[np.float64]) -> float:
    """Lower s'Cs by changing signs until no single change or swap helps."""
    side = side.copy()
    for _ in range(20 * len(side)):
        pull = side * (off @ side)  # changing item j alone lowers the form by 4 * pull[j]
        swap = pull[:, None] + pull[None, :] - 2 * np.outer(side, side) * off
        np.fill_diagonal(swap, pull)
        i, j = np.unravel_index(int(swap.argmax()), swap.shape)
        if swap[i, j] <= FLAT * float(np.abs(off).max()):
            break
        side[i] *= -1
        if i != j:
            side[j] *= -1
    return float(side @ off @ side)


def correlations(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn covariances into correlations of the items that vary."""
    own = np.diag(covariance)
    vary = own > 0
    sd = np.sqrt(own[vary])
    return np.asarray(covariance[vary][:, vary] / np.outer(sd, sd))


def _lambdas_1_2_5(covariance: NDArray[np.float64]) -> tuple[float, float, float]:
    k, total = len(covariance), float(covariance.sum())
    if k < 2 or not total > FLAT * float(np.trace(covariance)):
        return (float("nan"),) * 3
    off = covariance - np.diag(np.diag(covariance))
    first = float(off.sum()) / total
    second = first + float(np.sqrt(k / (k - 1) * (off**2).sum())) / total
    fifth = first + 2 * float(np.sqrt((off**2).sum(axis=0).max())) / total
    return first, second, fifth


def _dichotomous(data: ResponseMatrix | ArrayLike) -> ResponseMatrix:
    responses = as_responses(data)
    if not responses.is_dichotomous:
        raise ScoringError("Kuder-Richardson formulas are for items that earn 0 or 1")
    return responses
