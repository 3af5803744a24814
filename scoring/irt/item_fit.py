"""How well single items follow the model that was fitted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError, ScoringError
from scoring.irt.ability import Calibrated, prior_sd, score_eap, score_wle
from scoring.irt.answers import MISSING, CodeArray, code_answers
from scoring.irt.expectation import margins
from scoring.irt.grid import N_NODES, FloatArray, Items, normal_log_weights, normal_nodes, sigmoid
from scoring.irt.raw_scores import raw_score_distribution
from scoring.numbers import numbers_of, whole_number
from scoring.responses import ResponseMatrix

BLOCK = 8192


@dataclass(frozen=True, slots=True)
class ItemFit:
    """A chi-square per item; arrays of shape (n_items,), NaN where no degree of freedom is left."""

    statistic: FloatArray
    df: FloatArray
    pvalue: FloatArray
    rmsea: FloatArray


@dataclass(frozen=True, slots=True)
class MeanSquares:
    """Mean-square residuals per item and their normal deviates, shape (n_items,)."""

    infit: FloatArray
    outfit: FloatArray
    z_infit: FloatArray
    z_outfit: FloatArray


@one_blas_thread()
def s_x2(
    X: ArrayLike | ResponseMatrix,
    items: Calibrated,
    *,
    n_parameters: int = 2,
    sd: float | None = None,
    smallest: float = 1.0,
    n_nodes: int = N_NODES,
) -> ItemFit:
    """Compare right answers by raw score with what the model expects: S-X2.

    Parameters
    ----------
    X : array_like, shape (n_persons, n_items)
        0/1 without gaps.
    items : IRTResult or Items
    n_parameters : int
        Free parameters of an item, taken off the degrees of freedom.
    sd : float
        Standard deviation of ability; by default that of the calibration, 1 for `Items`.
    smallest : float
        Scores are joined from both ends, then in the middle, until both expected counts reach this.
    n_nodes : int
        Nodes of ability, at least 3.

    Returns
    -------
    ItemFit
        Chi-squares, shape (n_items,).

    Raises
    ------
    ResponseError
        If an answer is missing: raw scores would not be comparable.

    References
    ----------
    Orlando & Thissen (2000), Appl. Psychol. Meas. 24, 50-64; (2003), same journal 27, 289-298.
    """
    coded, known = matching(X, items)
    if coded.max() > 1:
        raise ResponseError("S-X2 compares raw scores and needs an answer in every cell")
    n_items = coded.shape[1]
    nodes = normal_nodes(n_nodes)
    weights = np.exp(normal_log_weights(nodes, sd=prior_sd(items, sd)))
    p = (known.c + (1.0 - known.c) * sigmoid(np.multiply.outer(nodes, known.a) + known.d)).T
    of_score = weights @ raw_score_distribution(p.T)
    scores, _ = margins(coded)
    n_at = np.bincount(scores, minlength=n_items + 1).astype(np.float64)[1:-1]
    right_at = right_by_score(coded, scores)[:, 1:-1]
    result = np.full((2, n_items), np.nan)
    for j in range(n_items):
        others = raw_score_distribution(np.delete(p, j, axis=0).T)
        share = (weights * p[j]) @ others[:, :-1] / of_score[1:-1]
        table = np.stack([right_at[j], n_at - right_at[j], n_at * share, n_at * (1.0 - share)], axis=1)
        joined = join_sparse(table[n_at > 0.0], smallest)
        result[:, j] = (
            ((joined[:, :2] - joined[:, 2:]) ** 2 / joined[:, 2:]).sum(),
            len(joined) - n_parameters,
        )
    return _with_pvalues(result[0], result[1], len(coded))


def q1(
    X: ArrayLike | ResponseMatrix,
    items: Calibrated,
    *,
    n_groups: int = 10,
    n_parameters: int = 2,
) -> ItemFit:
    """Compare right answers in groups of near ability with the mean probability there: Q1.

    Abilities are weighted likelihood estimates; groups have near equal size.

    Warning: the p-values reject far too often on short tests, since ability is estimated from the same
    answers: where the model is true, 39 % at the level of .05 with 12 items and 6 % with 40. Use `s_x2`.

    Parameters
    ----------
    X : array_like, shape (n_persons, n_items)
        1 right, 0 wrong, missing as in `fit_irt`.
    items : IRTResult or Items
        Item parameters, of every item.
    n_groups : int
        Groups of persons, at least 2 and at most as many as persons.
    n_parameters : int
        Free parameters of an item, taken off the degrees of freedom.

    Returns
    -------
    ItemFit
        Chi-squares, shape (n_items,).

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match the items, or an item has no parameters.
    ScoringError
        If there are too few persons for the groups.

    References
    ----------
    Yen (1981), Appl. Psychol. Meas. 5, 245-262.
    """
    coded, known = matching(X, items)
    n_groups = whole_number(n_groups, "the number of groups", 2)
    if n_groups > len(coded):
        raise ScoringError(f"{len(coded)} persons make no {n_groups} groups")
    theta = score_wle(coded, known).theta
    order = np.argsort(theta, kind="stable")
    statistic = np.zeros(coded.shape[1])
    used = np.zeros(coded.shape[1])
    for rows in np.array_split(order, n_groups):
        met = coded[rows] != MISSING
        count = met.sum(axis=0)
        p = known.c + (1.0 - known.c) * sigmoid(np.multiply.outer(theta[rows], known.a) + known.d)
        with np.errstate(invalid="ignore", divide="ignore"):
            expected = (met * p).sum(axis=0) / count
            observed = (coded[rows] == 1).sum(axis=0) / count
            part = count * (observed - expected) ** 2 / (expected * (1.0 - expected))
        statistic += np.where(count > 0, part, 0.0)
        used += count > 0
    return _with_pvalues(statistic, used - n_parameters, len(coded))


def infit_outfit(
    X: ArrayLike | ResponseMatrix,
    items: Calibrated,
    *,
    sd: float | None = None,
    smallest_variance: float = 0.0,
) -> MeanSquares:
    """Mean squares of the residuals from expected a posteriori abilities.

    Outfit is the plain mean of squared standardised residuals, infit weighs them by their variance. The
    normal deviates follow Wilson and Hilferty.

    Parameters
    ----------
    X : array_like, shape (n_persons, n_items)
        1 right, 0 wrong, missing as in `fit_irt`.
    items : IRTResult or Items
        Item parameters, of every item.
    sd : float
        Standard deviation of ability; by default that of the calibration, 1 for `Items`.
    smallest_variance : float
        Lower bound of the variance of an answer, against single answers that outweigh all others. The
        program mirt uses ``1e-5 ** 0.5``.

    Returns
    -------
    MeanSquares
        Mean squares, about 1 under the model, and normal deviates; shape (n_items,).

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match the items, or an item has no parameters.
    ScoringError
        If `sd` is not above 0.

    References
    ----------
    Wright & Masters (1982), Rating Scale Analysis, 99-101.
    """
    coded, known = matching(X, items)
    theta = score_eap(coded, known, sd=prior_sd(items, sd)).theta
    sums = np.zeros((6, coded.shape[1]))
    for lo in range(0, len(coded), BLOCK):
        block = coded[lo : lo + BLOCK]
        met = block != MISSING
        s = sigmoid(np.multiply.outer(theta[lo : lo + BLOCK], known.a) + known.d)
        p = known.c + (1.0 - known.c) * s
        own = p * (1.0 - p)
        kurtosis = own * (1.0 - 3.0 * own)
        variance = np.maximum(own, smallest_variance)
        square = ((block == 1) - p) ** 2
        terms = (
            np.ones_like(p),
            square / variance,
            kurtosis / variance**2 - 1.0,
            variance,
            square,
            kurtosis - variance**2,
        )
        sums += [(met * term).sum(axis=0) for term in terms]
    count, outfit, outfit_spread, variance, infit, infit_spread = sums
    outfit, infit = outfit / count, infit / variance
    z_outfit = _deviate(outfit, np.sqrt(outfit_spread) / count)
    return MeanSquares(infit, outfit, _deviate(infit, np.sqrt(infit_spread) / variance), z_outfit)


def right_by_score(coded: CodeArray, scores: np.ndarray) -> FloatArray:
    """Count right answers to every item at every raw score, shape (n_items, n_items + 1)."""
    n_items = coded.shape[1]
    order = np.argsort(scores.astype(np.uint16), kind="stable")
    counts = np.zeros((n_items, n_items + 1))
    start = 0
    for score, size in enumerate(np.bincount(scores, minlength=n_items + 1)):
        counts[:, score] = coded[order[start : start + size]].sum(axis=0)
        start += size
    return counts


def join_sparse(table: FloatArray, smallest: float) -> FloatArray:
    """Join rows until both expected counts (the last two columns) are at least `smallest`."""
    rows = list(table)
    while len(rows) > 1 and rows[0][2:].min() < smallest:
        first = rows.pop(0)
        rows[0] = rows[0] + first
    while len(rows) > 1 and rows[-1][2:].min() < smallest:
        last = rows.pop()
        rows[-1] = rows[-1] + last
    i = 1
    while i < len(rows) - 1:
        if rows[i][2:].min() < smallest:
            sparse = rows.pop(i)
            rows[i] = rows[i] + sparse
        else:
            i += 1
    return np.array(rows)


def matching(X: ArrayLike | ResponseMatrix, items: Calibrated) -> tuple[CodeArray, Items]:
    """Read answers and item parameters that belong together, or say why they do not."""
    coded = code_answers(X)
    known = Items(*(numbers_of(values, "item parameters") for values in (items.a, items.d, items.c)))
    if coded.shape[1] != len(known.a):
        raise ResponseError(f"there are answers to {coded.shape[1]} items and parameters of {len(known.a)}")
    if not np.isfinite(known.a).all():
        raise ResponseError("an item has no parameters; leave it out of the answers and of the items")
    return coded, known


def _deviate(mean_square: FloatArray, spread: FloatArray) -> FloatArray:
    return np.asarray((np.cbrt(mean_square) - 1.0) * (3.0 / spread) + spread / 3.0)


def _with_pvalues(statistic: FloatArray, df: FloatArray, n_persons: int) -> ItemFit:
    enough = df > 0
    free = np.where(enough, df, np.nan)
    pvalue = np.where(enough, chdtrc(np.where(enough, df, 1.0), statistic), np.nan)
    rmsea = np.sqrt(np.maximum(statistic - df, 0.0) / (free * (n_persons - 1.0)))
    return ItemFit(statistic, df, pvalue, rmsea)
