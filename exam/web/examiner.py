"""The examiner on the track: heats of his region, the grid of a heat, the second person's word."""

from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from exam.errors import NotFoundError
from exam.rules.roles import Role
from exam.services.campaign import schedules
from exam.services.examiner import heats, measuring
from exam.services.examiner.measuring import Entry
from exam.web import access
from exam.web.access import allow
from exam.web.forms.examiner import AbsenceForm, HeatForm, ResultForm, StartersForm
from exam.web.languages import code as language
from exam.web.languages import local_instant
from exam.web.wordings.examiner import problem_text
from norms.wording import UNIT_WORDS

bp = Blueprint("examiner", __name__, url_prefix="/norms")
JSON = "application/json"


@bp.get("/")
@allow(Role.EXAMINER)
def index() -> str:
    lines = heats.list_heats(access.session(), by=access.actor())
    open_to_me = schedules.approved(access.session(), "norms", by=access.actor())
    return render_template("examiner/index.html", heats=lines, schedules=open_to_me, language=language())


@bp.route("/schedules/<int:schedule>/heats", methods=["GET", "POST"])
@allow(Role.EXAMINER)
def plan(schedule: int) -> str | Response:
    session, by = access.session(), access.actor()
    found = next((each for each in schedules.approved(session, "norms", by=by) if each.id == schedule), None)
    if found is None:
        raise NotFoundError("schedule")
    form = HeatForm.for_edition(found.norms_edition, starts_at=found.starts_at)
    if form.validate_on_submit():
        heat = heats.plan_heat(
            session,
            schedule,
            exercise=form.exercise.data,
            starts_at=local_instant(form.starts_at.data),
            conditions=form.conditions.data or "",
            by=by,
            at=access.now(),
        )
        return redirect(url_for("examiner.starters", heat=heat.id))
    return render_template("examiner/plan.html", form=form, schedule=found)


@bp.route("/heats/<int:heat>/starters", methods=["GET", "POST"])
@allow(Role.EXAMINER)
def starters(heat: int) -> str | Response:
    session, by = access.session(), access.actor()
    found = heats.find_heat(session, heat, by=by)
    waiting = heats.waiting_for(session, found)
    form = StartersForm.for_officers([(each.id, each.officer) for each in waiting])
    if form.validate_on_submit():
        chosen = [each for each in waiting if each.id in set(form.enrolments.data or [])]
        heats.put_on_the_start(session, found, chosen, by=by, at=access.now())
        return redirect(url_for("examiner.grid", heat=heat))
    return render_template(
        "examiner/starters.html", form=form, heat=heats.line_of(session, found), language=language()
    )


@bp.get("/heats/<int:heat>")
@allow(Role.EXAMINER)
def grid(heat: int) -> str:
    return _sheet(heat, "examiner/grid.html")


@bp.get("/heats/<int:heat>/sheet")
@allow(Role.EXAMINER)
def sheet(heat: int) -> str:
    return _sheet(heat, "examiner/sheet.html")


def _sheet(heat: int, template: str, **more: Any) -> str:
    session, by = access.session(), access.actor()
    found = heats.find_heat(session, heat, by=by)
    line = heats.line_of(session, found)
    return render_template(
        template,
        heat=line,
        conditions=found.conditions,
        rows=measuring.heat_sheet(found, by=by),
        form=ResultForm(formdata=None),
        absence=AbsenceForm(formdata=None),
        unit=UNIT_WORDS[line.exercise.unit].of(language()),
        language=language(),
        **more,
    )


@bp.post("/starters/<int:starter>/result")
@allow(Role.EXAMINER)
def enter(starter: int) -> str | Response | tuple[Response, int] | tuple[str, int]:
    form = ResultForm()
    entry = measuring.enter(
        access.session(),
        starter,
        form.result.data or "",
        reason=form.reason.data or "",
        by=access.actor(),
        at=access.now(),
    )
    if request.accept_mimetypes.best == JSON:
        return jsonify(_told(entry)), 200 if entry.measurement else 422
    heat = heats.heat_of_starter(access.session(), starter, by=access.actor())
    if entry.problem:
        return _sheet(heat, "examiner/grid.html", wrong={starter: problem_text(entry.problem)}), 422
    return redirect(url_for("examiner.grid", heat=heat))


def _told(entry: Entry) -> dict[str, Any]:
    """What the grid shows in the row: the verdict with its ground, or what is wrong with the text."""
    if entry.measurement is None:
        return {"problem": problem_text(entry.problem) if entry.problem else ""}
    measurement = entry.measurement
    return {
        "row": render_template("examiner/verdict.html", entry=measurement, language=language()),
        "warning": problem_text(entry.warning) if entry.warning else "",
    }


@bp.post("/starters/<int:starter>/absence")
@allow(Role.EXAMINER)
def absence(starter: int) -> Response:
    form = AbsenceForm()
    measuring.enter_absence(
        access.session(),
        starter,
        form.status.data or "",
        reason=form.reason.data or "",
        by=access.actor(),
        at=access.now(),
    )
    heat = heats.heat_of_starter(access.session(), starter, by=access.actor())
    return redirect(url_for("examiner.grid", heat=heat))


@bp.post("/measurements/<int:measurement>/confirm")
@allow(Role.EXAMINER)
def confirm(measurement: int) -> Response:
    confirmed = measuring.confirm(access.session(), measurement, by=access.actor(), at=access.now())
    heat = heats.heat_of_starter(access.session(), confirmed.starter_id, by=access.actor())
    return redirect(url_for("examiner.grid", heat=heat))


@bp.post("/heats/<int:heat>/confirm")
@allow(Role.EXAMINER)
def confirm_all(heat: int) -> Response:
    session, by = access.session(), access.actor()
    count = measuring.confirm_heat(session, heats.find_heat(session, heat, by=by), by=by, at=access.now())
    flash(_("Confirmed: %(count)s", count=count), "success")
    return redirect(url_for("examiner.grid", heat=heat))
