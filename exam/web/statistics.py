"""The psychometrician: the morning after a sitting, what the answers say of the questions and the cut."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from exam.rules.roles import Role
from exam.services.statistics import fairness, item_statistics, sitting_report
from exam.services.statistics.collected_answers import Question
from exam.services.statistics.form_figures import FEWEST_PERSONS, FormFigures
from exam.services.statistics.sitting_report import FEWEST_FOR_FLAGS, ItemLine, Report
from exam.services.statistics.usage_data import usage_data
from exam.web import (
    access,
    integrity,
    languages,
    plots,
    plots_statistics,
    rescoring,
    standard_setting,
    statistics_forms,
)
from exam.web.access import allow
from exam.web.statistics_address import around, selection
from exam.web.statistics_sheet import workbook
from exam.web.statistics_words import (
    GroupRow,
    curve_rows,
    flag_lines,
    group_name,
    group_rows,
    names_of,
    option_name,
    page_words,
)
from exam.web.wordings.statistics import ETS_CLASSES, GROUPINGS
from scoring import Flag, OptionCurves

bp = Blueprint("statistics", __name__, url_prefix="/statistics")
bp.context_processor(page_words)
bp.register_blueprint(rescoring.bp)
bp.register_blueprint(statistics_forms.bp)
bp.register_blueprint(integrity.bp)
bp.register_blueprint(standard_setting.bp)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SORTS: Mapping[str, Callable[[ItemLine], Any]] = {
    "item": lambda line: line.question.version.item,
    "area": lambda line: line.question.area,
    "difficulty": lambda line: line.figures.difficulty,
    "item_rest": lambda line: _or_last(line.figures.item_rest),
    "upper_lower": lambda line: _or_last(line.figures.discrimination_27),
    "flags": lambda line: -len(line.flags),
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many have each score: a picture, and its rows of score, people, per cent up to here."""

    title: str
    plot: plots.Plot
    rows: tuple[tuple[int, int, float], ...]


def _or_last(value: float) -> float:
    return value if value == value else float("inf")


@bp.get("/")
@allow(Role.PSYCHOMETRICIAN)
def index() -> str:
    return render_template("statistics/index.html", tests=sitting_report.tests_sat(access.session()))


@bp.get("/<campaign>/<any(legislation, logic):part>")
@allow(Role.PSYCHOMETRICIAN)
def report(campaign: str, part: str) -> str:
    found = sitting_report.report(access.session(), selection(campaign, part))
    return render_template(
        "statistics/report.html",
        **around(campaign, part),
        report=found,
        numbered=_sorted(found),
        distributions=_distributions(found),
        group_rows=_group_rows(found, campaign, part) if found.enough else (),
        item_map=_item_map(found) if found.items else None,
        fewest=FEWEST_PERSONS,
        fewest_for_flags=FEWEST_FOR_FLAGS,
    )


@bp.get("/<campaign>/<any(legislation, logic):part>.xlsx")
@allow(Role.PSYCHOMETRICIAN)
def sheet(campaign: str, part: str) -> Response:
    session, chosen = access.session(), selection(campaign, part)
    found = sitting_report.report(session, chosen)
    book = workbook(
        found,
        fairness.fairness(session, chosen),
        campaign=names_of(sitting_report.test_line(session, campaign, part)),
        groups=_group_rows(found, campaign, part),
    )
    reply = Response(book, mimetype=XLSX)
    reply.headers["Content-Disposition"] = f'attachment; filename="{campaign}-{part}.xlsx"'
    reply.headers["Cache-Control"] = "no-store"
    return reply


@bp.get("/<campaign>/<any(legislation, logic):part>/usage-data.xml")
@allow(Role.PSYCHOMETRICIAN)
def usage(campaign: str, part: str) -> Response:
    found = sitting_report.report(access.session(), selection(campaign, part))
    reply = Response(usage_data(found), mimetype="application/xml")
    reply.headers["Content-Disposition"] = f'attachment; filename="{campaign}-{part}-usage.xml"'
    reply.headers["Cache-Control"] = "no-store"
    return reply


@bp.get("/<campaign>/<any(legislation, logic):part>/items/<int:version_id>")
@allow(Role.PSYCHOMETRICIAN)
def item(campaign: str, part: str, version_id: int) -> str:
    session = access.session()
    found = item_statistics.item_report(session, selection(campaign, part), version_id)
    occasions = item_statistics.occasions(session, version_id)
    return render_template(
        "statistics/item.html",
        **around(campaign, part),
        report=found,
        question=found.question,
        curves=_curves(found.question, found.curves) if found.curves else None,
        occasions=occasions,
        history=plots_statistics.difficulty_history(occasions) if len(occasions) > 1 else None,
        flags=flag_lines(_all_flags(found), found.question),
        alpha_words=_alpha_words,
        groupings=GROUPINGS,
        group_name=group_name,
        ets_classes=ETS_CLASSES,
        differences=plots_statistics.contrasts_of_item(found.differences),
        fewest=FEWEST_PERSONS,
        fewest_for_flags=FEWEST_FOR_FLAGS,
    )


@bp.get("/<campaign>/<any(legislation, logic):part>/fairness")
@allow(Role.PSYCHOMETRICIAN)
def groups(campaign: str, part: str) -> str:
    found = fairness.fairness(access.session(), selection(campaign, part))
    return render_template(
        "statistics/fairness.html",
        **around(campaign, part),
        found=found,
        groupings=GROUPINGS,
        group_name=group_name,
        ets_classes=ETS_CLASSES,
        means={name: plots_statistics.group_means(name, lines, found.share) for name, lines in found.groups},
        deltas=[
            plots_statistics.differences(contrast) if contrast.items else None for contrast in found.contrasts
        ],
        smaller=fairness.FEWEST_OF_SMALLER,
        together=fairness.FEWEST_TOGETHER,
        fewest=FEWEST_PERSONS,
    )


def _group_rows(found: Report, campaign: str, part: str) -> list[GroupRow]:
    session = access.session()
    return group_rows(
        found.groups,
        forms=sitting_report.forms_of(session, campaign, part),
        sittings=sitting_report.sittings_of(session, campaign, part),
    )


def _sorted(found: Report) -> list[tuple[int, ItemLine]]:
    """Items with their numbers in the report, in the order that the address asks for."""
    numbered = list(enumerate(found.items, start=1))
    if request.args.get("flagged"):
        numbered = [(number, line) for number, line in numbered if line.flags]
    asked = request.args.get("sort", "")
    key = SORTS.get(asked.removeprefix("-"))
    return sorted(numbered, key=lambda n: key(n[1]), reverse=asked.startswith("-")) if key else numbered


def _distributions(found: Report) -> list[Distribution]:
    """One for all forms that share length and cut, else one for each form."""
    if len({(form.maximum, form.cut) for form in found.forms}) == 1:
        return [_distribution("", found.scores, found.verdicts, found.forms)]
    return [
        _distribution(_("Form %(number)s", number=form.number), form.scores, form.verdicts, [form])
        for form in found.forms
    ]


def _distribution(
    title: str, scores: Sequence[int], passed: Sequence[bool], forms: Sequence[FormFigures]
) -> Distribution:
    rows, reached = [], 0
    for score, people in sorted(Counter(scores).items()):
        reached += people
        rows.append((score, people, 100 * reached / len(scores)))
    errors = [form.reliability.sem**2 for form in forms if isfinite(form.reliability.sem)]
    sem = sqrt(sum(errors) / len(errors)) if errors else None
    plot = plots.score_histogram(scores, passed, cut=forms[0].cut, maximum=forms[0].maximum, sem=sem)
    return Distribution(title, plot, tuple(rows))


def _item_map(found: Report) -> plots.Plot:
    return plots.item_map(
        [line.figures.difficulty for line in found.items],
        [line.figures.item_rest for line in found.items],
        [str(number) for number, _line in enumerate(found.items, start=1)],
        flagged=[place for place, line in enumerate(found.items) if line.flags],
    )


def _alpha_words(forms: Sequence[item_statistics.OnForm]) -> str:
    """Alpha without an item: one figure, or one for each form that holds it."""
    if len(forms) == 1:
        return languages.decimal(forms[0].without, 3)
    return "; ".join(
        _(
            "form %(number)s: %(without)s (all: %(alpha)s)",
            number=each.number,
            without=languages.decimal(each.without, 3),
            alpha=languages.decimal(each.alpha, 3),
        )
        for each in forms
    )


def _all_flags(found: item_statistics.ItemReport) -> tuple[Flag, ...]:
    return (*(found.line.flags if found.line else ()), *(found.calibrated.flags if found.calibrated else ()))


def _curves(question: Question, curves: OptionCurves) -> plots.Plot:
    right = [option_name(question, response) for response in question.right]
    groups = [languages.decimal(mean, 1) for mean in curves.mean_scores.tolist()]
    shares = dict(curve_rows(question, curves))
    return plots.option_curves(shares, key=right[0] if len(right) == 1 else "", groups=groups)
