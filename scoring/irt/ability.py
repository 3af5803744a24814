"""Estimate the ability of persons from their answers and calibrated items."""

from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError
from scoring.irt.ability_roots import FARTHEST, Kind, ability_by_iteration
from scoring.irt.ability_tables import ScoreInverse, eap_by_score
from scoring.irt.answers import MISSING, Answers, code_answers, gather
from scoring.irt.expectation import Posterior
from scoring.irt.grid import (
    N_NODES,
    Curves,
    FloatArray,
    Items,
    check_sd,
    curves,
    normal_log_weights,
    normal_nodes,
    sigmoid,
)
from scoring.irt.raw_scores import raw_score_distribution
from scoring.numbers import numbers_of
from scoring.responses import ResponseMatrix

BLOCK = 4096

TABLE_FROM = 3000
"""Persons in a cell from which a table of estimates is quicker than iterating for each."""

Rows = slice | NDArray[np.intp]


class Calibrated(Protocol):
    """Anything with item parameters of the logit ``a * theta + d``: an `IRTResult` or `Items`."""

    @property
    def a(self) -> FloatArray:
        """Discriminations, shape (n_items,)."""
        ...

    @property
    def c(self) -> FloatArray:
        """Lower asymptotes, shape (n_items,)."""
        ...

    @property
    def d(self) -> FloatArray:
        """Intercepts, shape (n_items,)."""
        ...


class Abilities(NamedTuple):
    """Estimates and their standard errors, shape (n_persons,)."""

    theta: FloatArray
    se: FloatArray


class _Task(NamedTuple):
    """Answers to the items whose parameters are known."""

    answers: Answers
    items: Items

    @property
    def by_score(self) -> bool:
        """Whether the weighted score of a person says all."""
        return not self.items.c.any() and not self.answers.scattered


@one_blas_thread()
def score_eap(
    X: ArrayLike | ResponseMatrix,
    items: Calibrated,
    *,
    mean: float = 0.0,
    sd: float | None = None,
    n_nodes: int = N_NODES,
) -> Abilities:
    """Expected a posteriori ability and posterior standard deviation.

    Parameters
    ----------
    X : array_like, shape (n_persons, n_items)
        1 right, 0 wrong, missing as in `fit_irt`. Who answered nothing gets the mean and sd of the prior.
    items : IRTResult or Items
        Item parameters; items with NaN are left out.
    mean, sd : float
        Normal prior, in the metric of the items; by default the standard deviation is that of the
        calibration, 1 for `Items`.
    n_nodes : int
        Equally spaced nodes on [-6, 6], at least 3.

    Returns
    -------
    Abilities
        `theta` and `se`, shape (n_persons,), in the metric of the items.

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match the items.
    ScoringError
        If the prior is none or there are too few nodes.

    References
    ----------
    Bock & Mislevy (1982), Appl. Psychol. Meas. 6, 431-444.
    """
    check_sd(prior_sd(items, sd), mean)
    task = _task(X, items)
    nodes = normal_nodes(n_nodes)
    log_prior = normal_log_weights(nodes, mean, prior_sd(items, sd))
    shape = curves(task.items, nodes)
    theta, se = np.empty((2, len(task.answers.coded)))
    if task.by_score:
        for index, cell in enumerate(task.answers.cells):
            rows = task.answers.rows_of(index)
            t = _weighted_scores(task, rows)
            constant = log_prior + shape.log_wrong[cell.items].sum(axis=0)
            theta[rows], se[rows] = eap_by_score(t, constant, nodes)
        return Abilities(theta, se)
    for lo in range(0, len(theta), BLOCK):
        weights = _posterior(task, lo, shape, log_prior)
        centre = weights @ nodes
        theta[lo : lo + BLOCK] = centre
        se[lo : lo + BLOCK] = np.sqrt(np.maximum(weights @ nodes**2 - centre**2, 0.0))
    return Abilities(theta, se)


def prior_sd(items: Calibrated, sd: float | None) -> float:
    """Return `sd` where it is given, else that of the (first group of the) calibration, else 1.

    Raises
    ------
    ScoringError
        If it is not above 0.
    """
    if sd is not None:
        check_sd(sd)
        return sd
    latent = getattr(items, "latent_sd", None)
    return 1.0 if latent is None else float(latent[0])


def score_map(
    X: ArrayLike | ResponseMatrix, items: Calibrated, *, mean: float = 0.0, sd: float | None = None
) -> Abilities:
    """Mode of the posterior, and the standard error from the curvature there.

    Parameters
    ----------
    X, items, mean, sd
        As in `score_eap`.

    Returns
    -------
    Abilities
        `theta` and `se`, shape (n_persons,), in the metric of the items. Who answered nothing gets the mean
        and standard deviation of the prior.

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match the items.
    ScoringError
        If the prior is none.

    References
    ----------
    Samejima (1969), Psychometrika Monograph 17.
    """
    spread = prior_sd(items, sd)
    check_sd(spread, mean)
    return _score("map", X, items, mean, spread)


def score_mle(X: ArrayLike | ResponseMatrix, items: Calibrated) -> Abilities:
    """Maximum likelihood ability with its standard error; both infinite beyond -20 and 20.

    All right or all wrong has no finite estimate, nor has a three-parameter pattern below chance.

    Parameters
    ----------
    X, items
        As in `score_eap`.

    Returns
    -------
    Abilities
        `theta` and `se`, shape (n_persons,), in the metric of the items; NaN for who answered nothing.

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match the items.

    References
    ----------
    Lord (1980), Applications of Item Response Theory, chapter 5.
    """
    return _score("ml", X, items, 0.0, np.inf)


def score_wle(X: ArrayLike | ResponseMatrix, items: Calibrated) -> Abilities:
    """Warm's weighted likelihood ability, finite for all right; its error is from the curvature there.

    Parameters
    ----------
    X, items
        As in `score_eap`.

    Returns
    -------
    Abilities
        `theta` and `se`, shape (n_persons,), in the metric of the items; NaN for who answered nothing.

    Raises
    ------
    ResponseError
        If the answers cannot be read or do not match the items.

    References
    ----------
    Warm (1989), Psychometrika 54, 427-450.
    """
    return _score("wle", X, items, 0.0, np.inf)


class ScoreTable(NamedTuple):
    """Ability by raw score, and how often the model expects it; arrays of shape (n_items + 1,)."""

    theta: FloatArray
    se: FloatArray
    probability: FloatArray


def score_eapsum(
    items: Calibrated, *, mean: float = 0.0, sd: float | None = None, n_nodes: int = N_NODES
) -> ScoreTable:
    """Expected a posteriori ability for every raw score from 0 to the number of items.

    Parameters
    ----------
    items, mean, sd, n_nodes
        As in `score_eap`.

    Returns
    -------
    ScoreTable
        `theta`, `se` and `probability`, shape (n_items + 1,); items without parameters are left out.

    Raises
    ------
    ScoringError
        If no item has parameters, the prior is none, or there are too few nodes.

    References
    ----------
    Lord & Wingersky (1984), Appl. Psychol. Meas. 8, 453-461; Thissen, Pommerich, Billeaud & Williams
    (1995), same journal 19, 39-49.
    """
    check_sd(prior_sd(items, sd), mean)
    known = _known(items)[1]
    nodes = normal_nodes(n_nodes)
    weights = np.exp(normal_log_weights(nodes, mean, prior_sd(items, sd)))
    p = known.c + (1.0 - known.c) * sigmoid(np.multiply.outer(nodes, known.a) + known.d)
    joint = raw_score_distribution(p).T * weights
    probability = joint.sum(axis=1)
    posterior = joint / probability[:, None]
    theta = posterior @ nodes
    return ScoreTable(theta, np.sqrt(np.maximum(posterior @ nodes**2 - theta**2, 0.0)), probability)


@one_blas_thread()
def _score(kind: Kind, X: ArrayLike | ResponseMatrix, items: Calibrated, mean: float, sd: float) -> Abilities:
    task = _task(X, items)
    found = Abilities(*np.empty((2, len(task.answers.coded))))
    waiting = np.ones(len(found.theta), dtype=bool)
    if task.by_score:
        for index, cell in enumerate(task.answers.cells):
            rows = task.answers.rows_of(index)
            if len(waiting[rows]) > TABLE_FROM:
                met = Items(*(values[cell.items] for values in task.items))
                table = ScoreInverse(kind, met, mean, sd, FARTHEST)
                if table.usable:
                    found.theta[rows], found.se[rows] = table(_weighted_scores(task, rows))
                    waiting[rows] = False
    left = np.flatnonzero(waiting)
    for lo in range(0, len(left), BLOCK):
        rows = left[lo : lo + BLOCK]
        coded = task.answers.coded[rows]
        found.theta[rows], found.se[rows] = ability_by_iteration(kind, coded, task.items, mean, sd)
    return found


def _weighted_scores(task: _Task, rows: Rows) -> FloatArray:
    """Return ``sum(a * x)`` of some persons in double precision."""
    coded = task.answers.coded[rows]
    t = np.empty(len(coded))
    for lo in range(0, len(t), BLOCK):
        block = coded[lo : lo + BLOCK]
        right = block if block.max() <= 1 else block == 1
        t[lo : lo + BLOCK] = right.astype(np.float64) @ task.items.a
    return t


def _posterior(task: _Task, start: int, shape: Curves, log_prior: FloatArray) -> FloatArray:
    block = task.answers.coded[start : start + BLOCK]
    log_joint = (block == 1).astype(np.float64) @ shape.log_odds + log_prior
    log_joint += (block != MISSING).astype(np.float64) @ shape.log_wrong
    return Posterior(log_joint).weights


def _known(items: Calibrated) -> tuple[NDArray[np.bool_], Items]:
    whole = Items(*(numbers_of(values, "item parameters") for values in (items.a, items.d, items.c)))
    known = np.isfinite(whole.a) & np.isfinite(whole.d)
    if not known.any():
        raise ResponseError("no item has parameters")
    return known, Items(*(values[known] for values in whole))


def _task(X: ArrayLike | ResponseMatrix, items: Calibrated) -> _Task:
    coded = code_answers(X)
    known, parameters = _known(items)
    if coded.shape[1] != len(known):
        raise ResponseError(f"there are answers to {coded.shape[1]} items and parameters of {len(known)}")
    return _Task(gather(coded if known.all() else np.ascontiguousarray(coded[:, known])), parameters)
