"""One form of a test: its scores and their error, its calibration, its place beside another form."""

from dataclasses import dataclass

from flask import Blueprint, render_template

from exam.rules.roles import Role
from exam.services.statistics import calibration, form_equating, form_report, sitting_report
from exam.services.statistics.calibration import Calibration
from exam.services.statistics.form_figures import FEWEST_PERSONS, FormFigures
from exam.services.statistics.form_report import FormReport
from exam.web import access, plots, plots_statistics
from exam.web.access import allow
from exam.web.drawing import Plot
from exam.web.statistics_address import around
from exam.web.statistics_words import page_words
from exam.web.wordings.statistics import MODELS

bp = Blueprint("forms", __name__)
bp.context_processor(page_words)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a form; None where there is nothing to draw."""

    scores: Plot
    errors: Plot | None
    wrong: Plot | None
    information: Plot | None
    expected: Plot | None
    equating: Plot | None


@bp.get("/<campaign>/<any(legislation, logic):part>/forms/<int:form_id>")
@allow(Role.PSYCHOMETRICIAN)
def form(campaign: str, part: str, form_id: int) -> str:
    found = form_report.form_report(access.session(), campaign, part, form_id)
    forms = {each.id: each.number for each in sitting_report.forms_of(access.session(), campaign, part)}
    return render_template(
        "statistics/form.html",
        **around(campaign, part),
        form_id=form_id,
        number=forms[form_id],
        report=found,
        pictures=_pictures(found, found.figures) if found.figures else None,
        calibration=found.calibration if isinstance(found.calibration, Calibration) else None,
        models=MODELS,
        fewest=FEWEST_PERSONS,
        fewest_for_model=calibration.FEWEST_FOR_RASCH,
        fewest_for_slopes=calibration.FEWEST_FOR_2PL,
        fewest_for_equating=form_equating.FEWEST_PERSONS,
    )


def _pictures(found: FormReport, figures: FormFigures) -> Pictures:
    cut, lines = figures.cut, found.lines
    scale = found.calibration if isinstance(found.calibration, Calibration) else None
    equated = found.equating if found.equating and found.equating.scores else None
    at = lines[cut] if cut <= figures.maximum else None
    return Pictures(
        scores=plots.score_histogram(
            figures.scores,
            figures.verdicts,
            cut=cut,
            maximum=figures.maximum,
            sem=_known(figures.reliability.sem),
        ),
        errors=plots_statistics.score_errors(lines, cut) if at and _known(at.error) is not None else None,
        wrong=plots_statistics.wrong_verdicts(lines, cut, figures.minima)
        if at and _known(at.wrong) is not None
        else None,
        information=plots_statistics.test_information(scale, cut) if scale else None,
        expected=plots_statistics.expected_scores(scale, cut) if scale else None,
        equating=plots_statistics.equating(equated, figures.number, cut) if equated and at else None,
    )


def _known(value: float) -> float | None:
    return value if value == value else None
