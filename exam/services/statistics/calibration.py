"""Questions calibrated from the answers: the model that so many people allow, and how well it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exam.services.statistics.collected_answers import CollectedAnswers, Question
from scoring import (
    Flag,
    IRTResult,
    ResponseMatrix,
    ScoringError,
    benjamini_hochberg,
    compare_models,
    expected_score,
    fit_irt,
    infit_outfit,
    m2,
    marginal_reliability,
    q3,
    s_x2,
    test_information,
)
from scoring.irt.standard_errors import Method

FEWEST_FOR_RASCH = 100
"""So many place a difficulty within half a logit (Linacre, 1994, Rasch Measurement Transactions 7, 328)."""
FEWEST_FOR_2PL = 500
"""So many steady the slopes (de Ayala, 2009, The Theory and Practice of Item Response Theory, chapter 5)."""
MOST_ITEMS_FOR_M2 = 150
MOST_FOR_OBSERVED = 2000
"""From so many people on, standard errors come from the scores of the persons, which is quicker."""

ABILITIES = np.linspace(-4.0, 4.0, 33)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CalibratedItem:
    """A question on the scale of ability; NaN for what has no value.

    Attributes
    ----------
    a, b, se_a, se_b : float
        Slope and difficulty on the logit a * (theta - b), with standard errors; under "rasch" the slope is 1.
    fit_p, fit_rmsea : float
        S-X2 of Orlando and Thissen, p after Benjamini and Hochberg; NaN where forms differ.
    infit, outfit : float
        Mean squares; 1 is what the model expects.
    q3 : float
        Largest residual correlation with another question, less the mean of all.
    """

    question: Question
    a: float
    b: float
    se_a: float
    se_b: float
    fit_p: float
    fit_rmsea: float
    infit: float
    outfit: float
    q3: float
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class TestCurve:
    """The whole test along ability: values at each of `theta`; `error` is in the unit of `theta`."""

    __test__ = False

    theta: tuple[float, ...]
    information: tuple[float, ...]
    error: tuple[float, ...]
    expected: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A test calibrated from its own answers.

    Attributes
    ----------
    model : str
        "rasch" or "2pl".
    ability_sd : float
        Standard deviation of ability among these people, in the unit of `theta`; the mean is 0.
    reliability : float
        Marginal reliability that the model promises.
    rmsea, rmsea_low, rmsea_high : float
        Of M2, with its 90 % interval; NaN where forms differ or the test is too long for it.
    wider_p : float
        Probability of the likelihood-ratio test of "2pl" against one common slope; NaN for "rasch".
    left_out : tuple of Question
        Questions that everybody answered alike: they say nothing of ability.
    """

    model: str
    persons: int
    ability_sd: float
    converged: bool
    reliability: float
    rmsea: float
    rmsea_low: float
    rmsea_high: float
    wider_p: float
    items: tuple[CalibratedItem, ...]
    left_out: tuple[Question, ...]
    curve: TestCurve

    def ability_at(self, score: float) -> float:
        """Return the ability that expects a number right, NaN beyond the curve."""
        if not self.curve.expected[0] <= score <= self.curve.expected[-1]:
            return float("nan")
        return float(np.interp(score, self.curve.expected, self.curve.theta))


@dataclass(frozen=True, slots=True)
class Uncalibrated:
    """Why there is no calibration: "people", "points" or "model"."""

    why: str


def calibrated(answers: CollectedAnswers, matrix: ResponseMatrix) -> Calibration | Uncalibrated:
    """Calibrate the questions of a selection; several forms go on one scale by their common questions.

    References
    ----------
    Bock, R. D. & Aitkin, M. (1981). Psychometrika 46, 443-459.
    """
    if matrix.n_persons < FEWEST_FOR_RASCH:
        return Uncalibrated("people")
    if not matrix.is_dichotomous:
        return Uncalibrated("points")
    try:
        return _calibrated(answers, matrix)
    except ScoringError:
        return Uncalibrated("model")


def _calibrated(answers: CollectedAnswers, matrix: ResponseMatrix) -> Calibration:
    telling = _telling(matrix)
    kept = [question for question, tells in zip(answers.questions, telling, strict=True) if tells]
    own = matrix.select(items=[str(question.version_id) for question in kept])
    wide = matrix.n_persons >= FEWEST_FOR_2PL
    errors: Method = "observed" if matrix.n_persons < MOST_FOR_OBSERVED else "cross-product"
    fit = fit_irt(own, "2pl" if wide else "rasch", se=errors)
    sd = float(fit.latent_sd[0])
    low, rmsea, high = _whole_fit(own, fit)
    return Calibration(
        model=fit.model,
        persons=fit.n_persons,
        ability_sd=sd,
        converged=fit.converged,
        reliability=marginal_reliability(fit.a, fit.b, sd=sd),
        rmsea=rmsea,
        rmsea_low=low,
        rmsea_high=high,
        wider_p=compare_models(fit_irt(own, "1pl"), fit).pvalue if wide else float("nan"),
        items=tuple(_items(kept, own, fit, sd)),
        left_out=tuple(question for question in answers.questions if question not in kept),
        curve=_curve(fit, certain=_points_of_all(matrix, telling)),
    )


def _telling(matrix: ResponseMatrix) -> list[bool]:
    """Which items somebody answered right and somebody wrong."""
    given = matrix.administered
    asked = np.full(matrix.n_items, matrix.n_persons) if given is None else given.sum(axis=0)
    right = matrix.points.sum(axis=0, dtype=np.int64)
    return [0 < have < of for have, of in zip(right.tolist(), asked.tolist(), strict=True)]


def _points_of_all(matrix: ResponseMatrix, telling: Sequence[bool]) -> int:
    """Points that everybody has from items that tell nobody apart."""
    return int(sum(matrix.points[:, place].max() for place, tells in enumerate(telling) if not tells))


def _curve(fit: IRTResult, *, certain: int) -> TestCurve:
    information = test_information(ABILITIES, fit.a, fit.b)
    return TestCurve(
        theta=tuple(ABILITIES.tolist()),
        information=tuple(information.tolist()),
        error=tuple((1 / np.sqrt(information)).tolist()),
        expected=tuple((certain + expected_score(ABILITIES, fit.a, fit.b)).tolist()),
    )


def _whole_fit(own: ResponseMatrix, fit: IRTResult) -> tuple[float, float, float]:
    if own.administered is not None or own.n_items > MOST_ITEMS_FOR_M2:
        return (float("nan"),) * 3
    try:
        found = m2(own, fit)
    except ScoringError:
        return (float("nan"),) * 3
    return found.rmsea_low, found.rmsea, found.rmsea_high


def _items(
    questions: Sequence[Question], own: ResponseMatrix, fit: IRTResult, sd: float
) -> Iterator[CalibratedItem]:
    squares = infit_outfit(own, fit, sd=sd)
    columns = (
        *(fit.a, fit.b, fit.se_a, fit.se_b),
        *_fit_of_items(own, fit, sd),
        *(squares.infit, squares.outfit, _dependence(own, fit, sd)),
    )
    strange = np.maximum(np.abs(squares.z_infit), np.abs(squares.z_outfit)) > 1.96
    rows = zip(questions, strange.tolist(), *(column.tolist() for column in columns), strict=True)
    for question, surely, a, b, se_a, se_b, p, rmsea, infit, outfit, depends in rows:
        flags = (
            *_parameter_flags(question, a, b),
            *_fit_flags(question, p, rmsea),
            *(_square_flags(question, infit, outfit) if surely else ()),
            *_dependence_flags(question, depends),
        )
        yield CalibratedItem(question, a, b, se_a, se_b, p, rmsea, infit, outfit, depends, flags)


def _fit_of_items(own: ResponseMatrix, fit: IRTResult, sd: float) -> tuple[Floats, Floats]:
    """Adjusted probabilities and RMSEA of S-X2, which compares raw scores and so needs one form."""
    if own.administered is not None:
        return np.full(own.n_items, np.nan), np.full(own.n_items, np.nan)
    found = s_x2(own, fit, n_parameters=2 if fit.model == "2pl" else 1, sd=sd)
    return benjamini_hochberg(found.pvalue), found.rmsea


def _dependence(own: ResponseMatrix, fit: IRTResult, sd: float) -> Floats:
    if own.n_items < 3:
        return np.full(own.n_items, np.nan)
    residual = q3(own, fit, sd=sd)
    np.fill_diagonal(residual, np.nan)
    known = np.where(np.isfinite(residual), residual, -np.inf)
    return np.asarray(known.max(axis=1) - np.nanmean(residual))


def _parameter_flags(question: Question, a: float, b: float) -> Iterator[Flag]:
    item = question.version.item
    if a < 0.5:
        yield Flag("flat_curve", item, a, 0.5, "Baker (2001), The Basics of Item Response Theory")
    elif a > 3:
        yield Flag("steep_curve", item, a, 3.0, "Baker (2001), The Basics of Item Response Theory")
    if abs(b) > 3:
        yield Flag("far_difficulty", item, b, 3.0, "convention of this program")


def _fit_flags(question: Question, p: float, rmsea: float) -> Iterator[Flag]:
    if p < 0.01 and rmsea > 0.05:
        source = "Orlando & Thissen (2003), Applied Psychological Measurement 27, 289-298"
        yield Flag("curve_does_not_fit", question.version.item, rmsea, 0.05, source)


def _square_flags(question: Question, infit: float, outfit: float) -> Iterator[Flag]:
    worst = max(infit, outfit, key=lambda value: abs(value - 1))
    if not 0.8 <= worst <= 1.2:
        source = "Wright & Linacre (1994), Rasch Measurement Transactions 8, 370"
        yield Flag("mean_square_out", question.version.item, worst, 0.8 if worst < 1 else 1.2, source)


def _dependence_flags(question: Question, excess: float) -> Iterator[Flag]:
    if excess > 0.2:
        source = "Christensen, Makransky & Horton (2017), Applied Psychological Measurement 41, 178–194"
        yield Flag("depends_on_another", question.version.item, excess, 0.2, source)
