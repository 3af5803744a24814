"""The page of one form: its scores, its error at each score, its calibration, its place beside another."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.statistics.calibration import Calibration, Uncalibrated, calibrated
from exam.services.statistics.collected_answers import Selection, collect
from exam.services.statistics.form_equating import FormEquating, equate_forms
from exam.services.statistics.form_figures import FormFigures, form_figures
from exam.services.statistics.sitting_report import forms_of
from scoring import ResponseMatrix, conditional_sem, misclassification_by_score


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A score: who has it, its standard error (Lord), and the chance that it misleads.

    `wrong` is the chance that the true score lies on the other side of the overall threshold; minima of areas
    are left out of account.
    """

    score: int
    persons: int
    error: float
    wrong: float


@dataclass(frozen=True, slots=True, eq=False)
class FormReport:
    """A form by itself.

    Attributes
    ----------
    figures : FormFigures or None
        None where too few people sat it.
    lines : tuple of ScoreLine
        Every score from 0 to the maximum.
    calibration : Calibration or Uncalibrated
    equating : FormEquating or None
        To the form with the smallest number of the same test; None for that form itself.
    """

    figures: FormFigures | None
    lines: tuple[ScoreLine, ...]
    calibration: Calibration | Uncalibrated
    equating: FormEquating | None


def form_report(session: Session, campaign: str, part: str, form_id: int) -> FormReport:
    """Analyse one form of a test.

    Raises
    ------
    NotFoundError
        If nobody has finished this form in the campaign.
    """
    own = collect(session, Selection(campaign, part, form_id))
    if own.matrix is None:
        raise NotFoundError("form")
    found = form_figures(session, own, own.matrix)
    figures = found[0] if found else None
    return FormReport(
        figures=figures,
        lines=_lines(figures, own.matrix) if figures else (),
        calibration=calibrated(own, own.matrix),
        equating=_equating(session, Selection(campaign, part), figures) if figures else None,
    )


def _lines(figures: FormFigures, own: ResponseMatrix) -> tuple[ScoreLine, ...]:
    binomial = own.is_dichotomous and own.n_items >= 2
    errors = conditional_sem(own.n_items).tolist() if binomial else [float("nan")] * (figures.maximum + 1)
    wrong = _wrong(figures)
    return tuple(
        ScoreLine(score, figures.scores.count(score), errors[score], wrong[score])
        for score in range(figures.maximum + 1)
    )


def _wrong(figures: FormFigures) -> list[float]:
    known = figures.consistency
    if known is None or known.true_scores is None:
        return [float("nan")] * (figures.maximum + 1)
    shares = misclassification_by_score(
        figures.cut, max_score=figures.maximum, true_scores=known.true_scores, test_length=known.test_length
    )
    return [float(share) for share in shares]


def _equating(session: Session, whole: Selection, figures: FormFigures) -> FormEquating | None:
    first = forms_of(session, whole.campaign, whole.part)[0]
    if first.id == figures.id:
        return None
    answers = collect(session, whole)
    if answers.matrix is None:
        return None
    return equate_forms(
        answers, answers.matrix, form=figures.id, reference=first.id, reference_number=first.number
    )
