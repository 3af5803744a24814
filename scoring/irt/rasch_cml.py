"""Rasch difficulties by conditional maximum likelihood: no assumption about the persons at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError, ScoringError
from scoring.irt.acceleration import check_ascent
from scoring.irt.answers import Answers, code_answers, gather
from scoring.irt.expectation import margins
from scoring.irt.grid import FloatArray, sigmoid
from scoring.irt.raw_scores import raw_score_distribution, without_each, without_pairs
from scoring.responses import ResponseMatrix

FRESH_HESSIAN_FROM = 0.02


@dataclass(frozen=True, slots=True)
class CMLResult:
    """Rasch difficulties with sum zero.

    Attributes
    ----------
    b, se : ndarray, shape (n_items,)
        Difficulties and standard errors; NaN for an item that everybody answered alike.
    loglik : float
        Conditional log-likelihood given the raw scores.
    n_persons : int
        Persons who say something: neither all wrong nor all right.
    """

    b: FloatArray
    se: FloatArray
    loglik: float
    n_persons: int
    n_iter: int
    converged: bool


@dataclass(frozen=True, slots=True)
class _ScoreGroup:
    """Persons with one set of items, by raw score: what a conditional likelihood needs to know."""

    items: NDArray[np.intp]
    counts: FloatArray


@one_blas_thread()
def fit_rasch_cml(X: ArrayLike | ResponseMatrix, *, tol: float = 1e-10, max_iter: int = 100) -> CMLResult:
    """Estimate Rasch difficulties given the raw scores.

    Parameters
    ----------
    X : array_like, shape (n_persons, n_items)
        1 right, 0 wrong, missing as in `fit_irt`; persons with gaps are compared on what they met.
    tol : float
        Largest last Newton step, above 0.
    max_iter : int
        Most steps, at least 1.

    Returns
    -------
    CMLResult

    Raises
    ------
    ScoringError
        If a setting is out of its range, fewer than two items have both right and wrong answers, or the
        items fall apart into sets that no person connects.

    References
    ----------
    Andersen (1972), J. R. Stat. Soc. B 34, 42-54.
    """
    check_ascent(tol, max_iter)
    coded = code_answers(X)
    telling = ((coded == 1).any(axis=0)) & ((coded == 0).any(axis=0))
    if telling.sum() < 2:
        raise ScoringError("conditional likelihood needs two items with both right and wrong answers")
    answers = gather(np.ascontiguousarray(coded[:, telling]))
    if answers.scattered:
        raise ResponseError("conditional likelihood needs forms: the gaps are different for every person")
    groups, n_right = _score_groups(answers)
    easiness, information, n_iter, converged = _newton(groups, n_right, tol, max_iter)
    b, se = np.full((2, len(telling)), np.nan)
    b[telling] = -easiness
    se[telling] = np.sqrt(np.diag(np.linalg.pinv(information, rcond=1e-10, hermitian=True)))
    n_persons = int(sum(group.counts[1:-1].sum() for group in groups))
    return CMLResult(b, se, _loglik(groups, n_right, easiness), n_persons, n_iter, converged)


def _score_groups(answers: Answers) -> tuple[list[_ScoreGroup], FloatArray]:
    scores, _ = margins(answers.coded)
    groups = []
    n_right = np.zeros(answers.coded.shape[1])
    for index, cell in enumerate(answers.cells):
        rows = answers.rows_of(index)
        items = np.flatnonzero(cell.items)
        counts = np.bincount(scores[rows], minlength=len(items) + 1).astype(np.float64)
        groups.append(_ScoreGroup(items, counts))
        inner = (scores[rows] > 0) & (scores[rows] < len(items))
        n_right[items] += (answers.coded[rows][inner][:, items] == 1).sum(axis=0)
    return groups, n_right


def _newton(
    groups: list[_ScoreGroup], n_right: FloatArray, tol: float, max_iter: int
) -> tuple[FloatArray, FloatArray, int, bool]:
    """Newton steps with the sum of the easinesses held at zero; a Hessian serves while steps are short."""
    met = np.zeros_like(n_right)
    for group in groups:
        met[group.items] += group.counts[1:-1].sum()
    share = (n_right + 0.5) / (met + 1.0)
    easiness = np.log(share / (1.0 - share))
    easiness -= easiness.mean()
    longest = np.inf
    for n_iter in range(1, max_iter + 1):
        slope = n_right - sum(_expected(group, easiness) for group in groups)
        if longest > FRESH_HESSIAN_FROM:
            information = _information(groups, easiness)
        step = np.linalg.solve(information + information.max(), slope)
        longest = float(np.abs(step).max())
        easiness = easiness + step * min(1.0, 1.0 / max(longest, 1e-300))
        easiness -= easiness.mean()
        if longest < tol:
            return easiness, _information(groups, easiness), n_iter, True
    return easiness, _information(groups, easiness), max_iter, False


def _given_score(group: _ScoreGroup, easiness: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return `p`, the distribution of scores 1 to n - 1, and the chance of a right answer given them."""
    p = sigmoid(easiness[group.items])
    of_score = raw_score_distribution(p[None, :])[0, 1:-1]
    return p, of_score, without_each(p)[:, :-1] * p[:, None] / of_score


def _expected(group: _ScoreGroup, easiness: FloatArray) -> FloatArray:
    """Right answers to each item that the raw scores let expect."""
    expected = np.zeros_like(easiness)
    expected[group.items] = _given_score(group, easiness)[2] @ group.counts[1:-1]
    return expected


def _information(groups: list[_ScoreGroup], easiness: FloatArray) -> FloatArray:
    """Minus the Hessian of the conditional log-likelihood; it is singular along equal changes of all."""
    information = np.zeros((len(easiness), len(easiness)))
    for group in groups:
        counts = group.counts[1:-1]
        p, of_score, single = _given_score(group, easiness)
        first, second = np.triu_indices(len(p), 1)
        given_pair = without_pairs(p, first, second)[:, : len(of_score) - 1] / of_score[1:]
        both = np.zeros((len(p), len(p)))
        both[first, second] = p[first] * p[second] * (given_pair @ counts[1:])
        both += both.T
        np.fill_diagonal(both, single @ counts)
        information[np.ix_(group.items, group.items)] += both - (single * counts) @ single.T
    rank = np.linalg.matrix_rank(information, tol=1e-9 * information.max(), hermitian=True)
    if rank < len(easiness) - 1:
        raise ScoringError("the items fall apart: no person connects them with right and wrong answers")
    return information


def _loglik(groups: list[_ScoreGroup], n_right: FloatArray, easiness: FloatArray) -> float:
    value = float(n_right @ easiness)
    for group in groups:
        own = easiness[group.items]
        log_score = np.log(raw_score_distribution(sigmoid(own)[None, :])[0])
        log_symmetric = log_score + np.logaddexp(0.0, own).sum()
        value -= float(group.counts[1:-1] @ log_symmetric[1:-1])
    return value
