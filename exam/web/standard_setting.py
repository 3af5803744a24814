"""Panels that set a standard: opened, rated round by round, limited, and proposed as a threshold."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.statistics import panel_page, panels
from exam.services.statistics.panels import Limits
from exam.services.statistics.sitting_report import FEWEST_PERSONS
from exam.web import access, languages, plots_panels
from exam.web.access import allow
from exam.web.forms.standard_setting import LimitsForm, PanelForm, RatingForm, read_percents
from exam.web.statistics_words import page_words
from exam.web.wording import refusal_text
from exam.web.wordings.sitting import PARTS
from exam.web.wordings.standard_setting import CUTS
from question_bank.blueprint import shipped_blueprints

bp = Blueprint("standard_setting", __name__, url_prefix="/panels")
bp.context_processor(page_words)
bp.context_processor(lambda: {"cut_words": cut_words, "item_language": item_language})

Answer = str | Response | tuple[str, int]


def cut_words(line: panel_page.ImpactLine) -> str:
    """What a cut of the impact table comes from."""
    return str(CUTS[line.source]) % {"round": line.round}


def item_language() -> str:
    """Questions have no English: Kazakh stands on English pages."""
    return "ru" if languages.code() == "ru" else "kk"


@bp.get("/")
@allow(Role.PSYCHOMETRICIAN)
def index() -> str:
    return render_template("statistics/panels/index.html", lines=panels.list_panels(access.session()))


@bp.route("/new", methods=["GET", "POST"])
@allow(Role.PSYCHOMETRICIAN)
def new() -> Answer:
    form = PanelForm()
    form.form_id.choices = [
        (each, f"{PARTS[part]}, {_('form %(number)s', number=number)}. {names[item_language()]}")
        for each, names, part, number in panels.sealed_forms(access.session())
    ]
    if not form.validate_on_submit():
        return render_template("statistics/panels/new.html", form=form), 422 if form.errors else 200
    try:
        row = panels.open_panel(
            access.session(),
            form.form_id.data,
            purpose=form.purpose.data,
            judges=form.judges.data.splitlines(),
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("statistics/panels/new.html", form=form), 409
    flash(_("The panel is open. Enter the first round of each judge."), "success")
    return redirect(url_for("statistics.standard_setting.panel", panel_id=row.id))


@bp.get("/<int:panel_id>")
@allow(Role.PSYCHOMETRICIAN)
def panel(panel_id: int) -> str:
    page = panel_page.panel_page(access.session(), panel_id)
    return render_template(
        "statistics/panels/panel.html",
        page=page,
        plot=plots_panels.rounds(page) if page.rounds else None,
        fewest=FEWEST_PERSONS,
        may_propose=page.last is not None and page.line.blueprint in shipped_blueprints(),
    )


@bp.route("/<int:panel_id>/judges/<int:place>", methods=["GET", "POST"])
@allow(Role.PSYCHOMETRICIAN)
def rate(panel_id: int, place: int) -> Answer:
    page, form = panel_page.rating_page(access.session(), panel_id, place), RatingForm()
    if page.number is None:
        raise RefusedError("round-waits")
    if request.method == "GET":
        return _sheet(page, form, [str(percent) for percent in page.before], {})
    typed = form.typed(request.form.getlist("percent"))
    percents, wrong = read_percents(typed, len(page.questions))
    if not form.validate() or wrong or len(typed) != len(page.questions):
        if len(typed) != len(page.questions):
            form.form_errors.append(
                _(
                    "Numbers entered: %(count)s, questions: %(questions)s.",
                    count=len(typed),
                    questions=len(page.questions),
                )
            )
        return _sheet(page, form, typed, wrong, 422)
    panels.rate(access.session(), panel_id, place, percents, by=access.actor(), at=access.now())
    flash(_("Round %(round)s of %(judge)s is recorded.", round=page.number, judge=page.judge), "success")
    return redirect(url_for("statistics.standard_setting.panel", panel_id=panel_id))


def _sheet(
    page: panel_page.RatingPage, form: RatingForm, typed: list[str], wrong: dict[int, str], status: int = 200
) -> Answer:
    sheet = render_template("statistics/panels/rate.html", page=page, form=form, typed=typed, wrong=wrong)
    return sheet, status


@bp.route("/<int:panel_id>/judges/<int:place>/limits", methods=["GET", "POST"])
@allow(Role.PSYCHOMETRICIAN)
def limits(panel_id: int, place: int) -> Answer:
    page, form = panel_page.rating_page(access.session(), panel_id, place), LimitsForm()
    if not form.validate_on_submit():
        body = render_template("statistics/panels/limits.html", page=page, form=form)
        return body, 422 if form.errors else 200
    said = Limits(form.least_cut.data, form.most_cut.data, form.least_failing.data, form.most_failing.data)
    try:
        panels.limit(access.session(), panel_id, place, said, by=access.actor(), at=access.now())
    except RefusedError as refusal:
        form.form_errors.append(refusal_text(refusal))
        return render_template("statistics/panels/limits.html", page=page, form=form), 409
    flash(_("The limits of %(judge)s are recorded.", judge=page.judge), "success")
    return redirect(url_for("statistics.standard_setting.panel", panel_id=panel_id))
