"""Calibrate items by marginal maximum likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from scoring.blas_threads import one_blas_thread
from scoring.errors import ScoringError
from scoring.irt.acceleration import Ascent, ascend, check_ascent
from scoring.irt.answers import MISSING, Answers, CodeArray, code_answers, gather
from scoring.irt.expectation import (
    Expectation,
    NodewiseExpectation,
    RawScoreExpectation,
    WeightedScoreExpectation,
)
from scoring.irt.grid import N_NODES, FloatArray, Items, normal_nodes
from scoring.irt.maximization import FLAT, BetaPrior
from scoring.irt.parameters import (
    Ability,
    Marginal,
    Model,
    OneParameter,
    Report,
    ThreeParameters,
    TwoParameters,
)
from scoring.irt.standard_errors import METHODS, Method, covariance, free_parameters, standard_errors
from scoring.irt.start import starting_items

ModelName = Literal["rasch", "1pl", "2pl", "3pl"]
Errors = tuple[FloatArray, FloatArray, FloatArray, FloatArray]

FEWEST_PERSONS = 10
FEWEST_ITEMS = {"rasch": 2, "1pl": 2, "2pl": 3, "3pl": 3}
"""With fewer items the model has more parameters than there are different answer patterns to explain."""

STARTING_C = 0.15
SEVERAL_STARTS_UP_TO = 2**20
"""Cells of a matrix up to which the three-parameter model is fitted from two starts."""


@dataclass(frozen=True, slots=True)
class IRTResult:
    """Items calibrated on the logit ``a * (theta - b) = a * theta + d``.

    Attributes
    ----------
    a, b, c, d : ndarray, shape (n_items,)
        Discrimination, difficulty, lower asymptote, intercept. NaN for an item that nobody met or that
        everybody answered alike: it says nothing about ability.
    se_a, se_b, se_c, se_d : ndarray, shape (n_items,)
        Standard errors; NaN where they were not asked for or do not exist (a fixed parameter, or `c` at 0).
    latent_mean, latent_sd : ndarray, shape (n_groups,)
        Ability in each group; 0 and 1 in the first, but for "rasch", where the discrimination is 1 and
        the standard deviation is estimated.
    loglik : float
        Marginal log-likelihood on the nodes, without the prior.
    n_iter : int
        Number of passes over the answers.
    grad_norm : float
        Euclidean norm of the gradient at the estimates, bounds considered.
    """

    model: ModelName
    a: FloatArray
    b: FloatArray
    c: FloatArray
    d: FloatArray
    se_a: FloatArray
    se_b: FloatArray
    se_c: FloatArray
    se_d: FloatArray
    latent_mean: FloatArray
    latent_sd: FloatArray
    loglik: float
    n_persons: int
    n_parameters: int
    n_iter: int
    grad_norm: float
    converged: bool

    @property
    def aic(self) -> float:
        """Akaike's information criterion."""
        return 2.0 * self.n_parameters - 2.0 * self.loglik

    @property
    def bic(self) -> float:
        """Schwarz's information criterion; n is the number of persons with an answer."""
        return self.n_parameters * float(np.log(self.n_persons)) - 2.0 * self.loglik


@one_blas_thread()
def fit_irt(
    X: ArrayLike,
    model: ModelName = "2pl",
    *,
    n_nodes: int = N_NODES,
    tol: float = 1e-4,
    gradient_tol: float = np.inf,
    max_iter: int = 2000,
    prior_c: tuple[float, float] | None = None,
    se: Method = "none",
    groups: Sequence[object] | NDArray[np.generic] | None = None,
    progress: Report | None = None,
) -> IRTResult:
    """Estimate item parameters by marginal maximum likelihood.

    Ability is normal, N(0, 1), on `n_nodes` equally spaced nodes on [-6, 6]. The EM steps of Bock and
    Aitkin are extrapolated by Anderson's method.

    Parameters
    ----------
    X : array_like, shape (n_persons, n_items)
        1 right, 0 wrong; missing is NaN, 255 in ``uint8`` or -1. Forms with common items are calibrated
        together by leaving the items that a person did not meet missing.
    model : {"rasch", "1pl", "2pl", "3pl"}
        "1pl" has one common discrimination; "rasch" is the same with discrimination 1 and a free variance.
    n_nodes : int
        Nodes of ability, at least 3.
    tol : float
        The climb ends when no parameter would move by more in a plain EM step; above 0.
    gradient_tol : float
        The gradient norm must be below this, too.
    max_iter : int
        Most passes over the answers, at least 1.
    prior_c : (float, float), optional
        Parameters of a Beta prior on the lower asymptotes of "3pl", neither below 1.
    groups : sequence, shape (n_persons,), optional
        Groups that differ in ability; the first in sorted order is the reference with N(0, 1).
    se : {"none", "observed", "cross-product"}
        Standard errors from the observed information (slower), from the scores of the persons, or none.
    progress : callable, optional
        Called with (number of the pass, log-likelihood, largest step) after each pass.

    Returns
    -------
    IRTResult

    Raises
    ------
    ScoringError
        If the answers are not 0, 1 or missing, too few persons or items vary to estimate the model, or a
        setting is out of its range.

    References
    ----------
    Bock & Aitkin (1981), Psychometrika 46, 443-459. Mislevy (1986), Psychometrika 51, 177-195.
    Bock & Zimowski (1997), in van der Linden & Hambleton (eds.), 433-448 (several groups).
    """
    _check_settings(tol, gradient_tol, max_iter, se, prior_c)
    nodes = normal_nodes(n_nodes)
    coded = code_answers(X)
    telling = _telling_items(coded)
    _require_enough(coded, telling, model)
    used = coded if telling.all() else np.ascontiguousarray(coded[:, telling])
    answers = gather(used, _group_codes(groups, len(coded)))
    prior = FLAT if prior_c is None or model != "3pl" else BetaPrior(*prior_c)
    starts = _starts(used, model)
    marginal = _marginal(model, answers, nodes, starts[0], prior)
    climbs = (
        ascend(
            marginal,
            marginal.start(start),
            tol=tol,
            gradient_tol=gradient_tol,
            max_iter=max_iter,
            memory=8 if model == "3pl" else 6,
            project=marginal.project,
            report=progress,
        )
        for start in starts
    )
    ascent = max(climbs, key=lambda climb: climb.value)
    items, ability = marginal.split(ascent.point)
    if answers.n_groups == 1 and items.a.sum() < 0.0:
        items = items._replace(a=-items.a)  # the same likelihood with ability the right way up
    loglik = ascent.value - marginal.model.log_prior(items)
    errors = _errors(model, answers, items, marginal.log_weights(ability), marginal.expect.nodes, prior, se)
    if model == "rasch":
        items, ability, errors = _with_unit_discrimination(items, ability, errors)
    return _result(model, ascent, loglik, _n_answering(used), ability, telling, items, errors)


def _check_settings(
    tol: float, gradient_tol: float, max_iter: int, se: str, prior_c: tuple[float, float] | None
) -> None:
    """Refuse settings with which a calibration means nothing."""
    check_ascent(tol, max_iter)
    if not gradient_tol > 0.0:
        raise ScoringError(f"the largest gradient is above 0, not {gradient_tol}")
    if se not in METHODS:
        raise ScoringError(f"standard errors are {', '.join(METHODS)}, not {se!r}")
    if prior_c is not None and not (len(prior_c) == 2 and all(1.0 <= each < np.inf for each in prior_c)):
        raise ScoringError(f"a Beta prior on c has two parameters, neither below 1, not {prior_c}")


def _result(
    model: ModelName,
    ascent: Ascent,
    loglik: float,
    n_persons: int,
    ability: Ability,
    telling: NDArray[np.bool_],
    items: Items,
    errors: Errors,
) -> IRTResult:
    found = (items.a, _difficulty(items), items.c, items.d, *errors)
    a, b, c, d, se_a, se_b, se_c, se_d = (_spread(values, telling) for values in found)
    return IRTResult(
        model=model,
        a=a,
        b=b,
        c=c,
        d=d,
        se_a=se_a,
        se_b=se_b,
        se_c=se_c,
        se_d=se_d,
        latent_mean=ability.mean,
        latent_sd=ability.sd,
        loglik=loglik,
        n_persons=n_persons,
        n_parameters=len(ascent.point),
        n_iter=ascent.n_iter,
        grad_norm=float(np.linalg.norm(ascent.gradient)),
        converged=ascent.converged,
    )


def _starts(coded: CodeArray, model: ModelName) -> list[Items]:
    """Two starts where there may be several maxima and few data to tell them apart."""
    if model != "3pl":
        return [starting_items(coded, equal=model in ("1pl", "rasch"))]
    start = starting_items(coded, c=STARTING_C)
    if coded.size > SEVERAL_STARTS_UP_TO:
        return [start]
    return [start, start._replace(a=np.ones_like(start.a), d=start.d / start.a)]


def _telling_items(coded: CodeArray) -> NDArray[np.bool_]:
    """Items with at least one right and one wrong answer."""
    lowest = coded.min(axis=0)
    highest = coded.max(axis=0)
    if highest.max() == MISSING:
        highest = np.where(coded == MISSING, 0, coded).max(axis=0)
    return np.asarray((lowest == 0) & (highest == 1))


def _require_enough(coded: CodeArray, telling: NDArray[np.bool_], model: ModelName) -> None:
    if model not in FEWEST_ITEMS:
        raise ScoringError(f"the model is one of {', '.join(FEWEST_ITEMS)}, not {model!r}")
    n_telling, fewest = int(telling.sum()), FEWEST_ITEMS[model]
    if n_telling < fewest:
        raise ScoringError(
            f"the {model} model needs {fewest} items with both right and wrong answers; there are {n_telling}"
        )
    if len(coded) < FEWEST_PERSONS:
        raise ScoringError(f"calibration needs at least {FEWEST_PERSONS} persons; there are {len(coded)}")


def _n_answering(coded: CodeArray) -> int:
    return len(coded) if coded.max() <= 1 else int((coded.min(axis=1) != MISSING).sum())


def _group_codes(
    groups: Sequence[object] | NDArray[np.generic] | None, n_persons: int
) -> NDArray[np.intp] | None:
    if groups is None:
        return None
    labels = np.asarray(groups)
    if labels.shape != (n_persons,):
        raise ScoringError(f"groups name one label for each of {n_persons} persons, not shape {labels.shape}")
    return np.unique(labels, return_inverse=True)[1].astype(np.intp)


def _marginal(
    model: ModelName, answers: Answers, nodes: FloatArray, start: Items, prior: BetaPrior
) -> Marginal:
    expect: Expectation
    kind: Model
    if model == "3pl":
        kind, expect = ThreeParameters(prior), NodewiseExpectation(answers, nodes)
    elif answers.scattered:
        kind = TwoParameters() if model == "2pl" else OneParameter()
        expect = NodewiseExpectation(answers, nodes)
    elif model == "2pl":
        kind, expect = TwoParameters(), WeightedScoreExpectation(answers, nodes, start)
    else:
        kind, expect = OneParameter(), RawScoreExpectation(answers, nodes)
    return Marginal(kind, expect, answers.n_groups)


def _errors(
    model: ModelName,
    answers: Answers,
    items: Items,
    log_weights: FloatArray,
    nodes: FloatArray,
    prior: BetaPrior,
    method: Method,
) -> Errors:
    if method == "none":
        unknown = np.full_like(items.a, np.nan)
        return unknown, unknown, unknown, unknown
    design = free_parameters(items, model, prior)
    matrix = covariance(answers, items, nodes, log_weights, design, method=method, prior=prior)
    return standard_errors(items, design, matrix)


def _difficulty(items: Items) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(-items.d / items.a)


def _with_unit_discrimination(
    items: Items, ability: Ability, errors: Errors
) -> tuple[Items, Ability, Errors]:
    """Change the scale so that the discrimination is one; then ``b = -d`` and has its standard error."""
    scale = items.a[0]
    fixed = np.full_like(items.a, np.nan)
    rescaled = Ability(ability.mean * scale, ability.sd * scale)
    return Items(items.a / scale, items.d, items.c), rescaled, (fixed, errors[3], fixed, errors[3])


def _spread(values: FloatArray, telling: NDArray[np.bool_]) -> FloatArray:
    whole = np.full(len(telling), np.nan)
    whole[telling] = values
    return whole
