"""The psychometrician's morning after a sitting: forms, their items, what to look at."""

import math

from flask import Blueprint, render_template

from exam.rules.roles import Role
from exam.services import statistics
from exam.services.statistics import FormReport, ItemReport
from exam.web import access
from exam.web.access import allow
from exam.web.languages import code as language
from exam.web.plots import Plot, item_map, option_curves, score_histogram
from exam.web.wordings.statistics import flag_text

bp = Blueprint("statistics", __name__, url_prefix="/statistics")
READERS = (Role.PSYCHOMETRICIAN, Role.ITEM_APPROVER)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@bp.get("/")
@allow(*READERS)
def index() -> str:
    return render_template("statistics/index.html", forms=statistics.forms_sat(access.session()))


@bp.get("/forms/<int:form>")
@allow(*READERS)
def form(form: int) -> str:
    report = statistics.form_report(access.session(), form)
    if report is None:
        return render_template("statistics/too_few.html", fewest=statistics.FEWEST_PERSONS)
    return render_template(
        "statistics/form.html",
        report=report,
        histogram=_histogram(report),
        map=_map(report),
        flag_text=flag_text,
        known=known,
    )


@bp.get("/forms/<int:form>/items/<int:position>")
@allow(*READERS)
def item(form: int, position: int) -> str:
    report = statistics.item_report(access.session(), form, position)
    if report is None:
        return render_template("statistics/too_few.html", fewest=statistics.FEWEST_PERSONS)
    return render_template(
        "statistics/item.html",
        report=report,
        texts=_texts(report),
        letters=LETTERS,
        plot=_curves(report),
        flag_text=flag_text,
        known=known,
        language="ru" if language() == "ru" else "kk",
    )


def known(value: float | None) -> float | None:
    """The figure, or None where it is not defined."""
    return None if value is None or math.isnan(value) else value


def _histogram(report: FormReport) -> Plot:
    cut = report.cut if report.cut is not None else report.maximum
    return score_histogram(report.scores, cut=cut, maximum=report.maximum, sem=known(report.analysis.sem))


def _map(report: FormReport) -> Plot:
    shown = [line for line in report.items if known(line.figures.item_rest) is not None]
    return item_map(
        [line.figures.difficulty for line in shown],
        [line.figures.item_rest for line in shown],
        [str(line.position + 1) for line in shown],
        flagged=[place for place, line in enumerate(shown) if line.flags],
    )


def _texts(report: ItemReport) -> dict[str, str]:
    shown = "ru" if language() == "ru" else "kk"
    return {
        str(place): option.text.in_language(shown) for place, option in enumerate(report.line.version.options)
    }


def _curves(report: ItemReport) -> Plot | None:
    if report.curves is None:
        return None
    key = next((each.option for each in report.options if each.key), "")
    shares = {
        _letter(option): [float(share) for share in row]
        for option, row in zip(report.curves.options, report.curves.shares, strict=False)
    }
    groups = [str(number + 1) for number in range(len(report.curves.sizes))]
    return option_curves(shares, key=_letter(key) if key else "", groups=groups)


def _letter(place: str) -> str:
    return LETTERS[int(place)] if place.isdecimal() else place
