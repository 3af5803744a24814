"""The invigilator: sittings of his region, the board of a room, the acts at a seat."""

from random import SystemRandom
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.campaign import schedules
from exam.services.invigilator import extra_time, releasing, room_board, seat_page, sitting
from exam.web import access, overdue, room_papers
from exam.web.access import allow
from exam.web.forms.invigilator import AdmitForm, ExtraTimeForm, IncidentForm, PlanForm, ReleaseForm
from exam.web.wording import refusal_text
from exam.web.wordings.sitting import INCIDENT_KINDS, PROBLEMS, SEAT_STATES

bp = Blueprint("invigilator", __name__, url_prefix="/invigilator")
overdue.watch(bp)
bp.register_blueprint(room_papers.bp)

Page = str | Response | tuple[str, int]
SEAT_FORMS: dict[str, type[FlaskForm]] = {
    "release": ReleaseForm,
    "extra": ExtraTimeForm,
    "incident": IncidentForm,
}


@bp.context_processor
def words() -> dict[str, Any]:
    """The words of states, problems and incidents."""
    return {"seat_states": SEAT_STATES, "problem_words": PROBLEMS, "incident_words": INCIDENT_KINDS}


def act() -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": access.actor(), "at": access.now()}


def drawing() -> dict[str, Any]:
    """Who acts, when, and the key under which a start code is kept."""
    return {**act(), "secret": current_app.extensions["synaq"].secret_key}


@bp.get("/")
@allow(Role.INVIGILATOR)
def index() -> str:
    return _index(_plan_form())


def _plan_form() -> PlanForm:
    return PlanForm.under(schedules.approved(access.session(), "test", by=access.actor()))


def _index(form: PlanForm) -> str:
    sittings = room_board.sittings_of(access.session(), by=access.actor())
    return render_template("invigilator/index.html", sittings=sittings, form=form)


@bp.post("/sittings")
@allow(Role.INVIGILATOR)
def plan() -> Page:
    form = _plan_form()
    if not form.validate_on_submit():
        return _index(form), 400
    row = sitting.plan_sitting(access.session(), form.schedule.data, room=form.room.data or "", **act())
    return redirect(url_for("invigilator.room", sitting_id=row.id))


@bp.get("/sittings/<int:sitting_id>")
@allow(Role.INVIGILATOR)
def room(sitting_id: int) -> str:
    return _room(sitting_id)


def _room(sitting_id: int, admit: AdmitForm | None = None, incident: IncidentForm | None = None) -> str:
    session = access.session()
    found = room_board.board(session, sitting_id, **act())
    waiting = (
        [] if found.state == "closed" else room_board.waiting_officers(session, sitting_id, by=access.actor())
    )
    return render_template(
        "invigilator/room.html",
        board=found,
        waiting=waiting,
        admit=admit or AdmitForm.among(waiting),
        incident=incident or IncidentForm(formdata=None),
        incidents=seat_page.incidents_of_room(session, sitting_id),
        shortcomings=[]
        if found.state == "closed"
        else [refusal_text(each) for each in room_board.shortcomings(session, sitting_id, **act())],
    )


@bp.post("/sittings/<int:sitting_id>/admit")
@allow(Role.INVIGILATOR)
def admit(sitting_id: int) -> Page:
    waiting = room_board.waiting_officers(access.session(), sitting_id, by=access.actor())
    form = AdmitForm.among(waiting)
    if not form.validate_on_submit():
        return _room(sitting_id, admit=form), 400
    sitting.admit(access.session(), sitting_id, form.enrolments.data, chance=SystemRandom(), **act())
    return _to_room(sitting_id)


@bp.post("/sittings/<int:sitting_id>/open")
@allow(Role.INVIGILATOR)
def open_room(sitting_id: int) -> Response:
    sitting.open_sitting(access.session(), sitting_id, **act())
    return _to_room(sitting_id)


@bp.post("/sittings/<int:sitting_id>/close")
@allow(Role.INVIGILATOR)
def close_room(sitting_id: int) -> Response:
    sitting.close_sitting(access.session(), sitting_id, **act())
    flash(_("The sitting is closed; every part that ran was handed in."), "success")
    return _to_room(sitting_id)


@bp.post("/sittings/<int:sitting_id>/codes")
@allow(Role.INVIGILATOR)
def codes(sitting_id: int) -> str:
    slips = releasing.hand_out_codes(access.session(), sitting_id, **drawing())
    return _slips(slips, sitting_id)


def _slips(slips: list[releasing.Slip], sitting_id: int) -> str:
    return render_template("invigilator/slips.html", slips=slips, sitting_id=sitting_id)


@bp.post("/sittings/<int:sitting_id>/incidents")
@allow(Role.INVIGILATOR)
def room_incident(sitting_id: int) -> Page:
    form = IncidentForm()
    if not form.validate_on_submit():
        return _room(sitting_id, incident=form), 400
    extra_time.note_incident(
        access.session(), sitting_id, kind=form.kind.data, note=form.note.data or "", **act()
    )
    return _to_room(sitting_id)


def _to_room(sitting_id: int) -> Response:
    return current_app.make_response(redirect(url_for("invigilator.room", sitting_id=sitting_id)))


@bp.get("/seats/<int:admission_id>")
@allow(Role.INVIGILATOR)
def seat(admission_id: int) -> str:
    return _seat(admission_id)


def _seat(admission_id: int, **given: FlaskForm) -> str:
    """The page of a seat; `given` is the form that was refused, all others are empty."""
    forms = {name: given.get(name) or form(formdata=None) for name, form in SEAT_FORMS.items()}
    found = seat_page.seat_page(access.session(), admission_id, **act())
    return render_template("invigilator/seat.html", page=found, **forms)


@bp.post("/seats/<int:admission_id>/code")
@allow(Role.INVIGILATOR)
def code(admission_id: int) -> str:
    slip = releasing.hand_out_code(access.session(), admission_id, **drawing())
    return _slips([slip], _sitting_of(admission_id))


@bp.post("/seats/<int:admission_id>/release")
@allow(Role.INVIGILATOR)
def release(admission_id: int) -> Page:
    form = ReleaseForm()
    if not form.validate_on_submit():
        return _seat(admission_id, release=form), 400
    slip = releasing.release_terminal(
        access.session(), admission_id, reason=form.reason.data or "", **drawing()
    )
    return _slips([slip], _sitting_of(admission_id))


@bp.post("/seats/<int:admission_id>/extra-time")
@allow(Role.INVIGILATOR)
def ask_time(admission_id: int) -> Page:
    form = ExtraTimeForm()
    if form.validate_on_submit():
        try:
            extra_time.ask_extra_time(
                access.session(),
                admission_id,
                minutes=form.minutes.data or 0,
                reason=form.reason.data or "",
                **act(),
            )
        except RefusedError as refusal:
            form.form_errors.append(refusal_text(refusal))
        else:
            flash(_("Asked for. Another invigilator grants it."), "success")
            return _to_seat(admission_id)
    return _seat(admission_id, extra=form), 400


@bp.post("/seats/<int:admission_id>/extra-time/<int:incident_id>")
@allow(Role.INVIGILATOR)
def grant_time(admission_id: int, incident_id: int) -> Response:
    extra_time.grant_extra_time(access.session(), incident_id, **act())
    flash(_("Granted. The candidate's clock shows it."), "success")
    return _to_seat(admission_id)


@bp.post("/seats/<int:admission_id>/incidents")
@allow(Role.INVIGILATOR)
def seat_incident(admission_id: int) -> Page:
    form = IncidentForm()
    if not form.validate_on_submit():
        return _seat(admission_id, incident=form), 400
    extra_time.note_incident(
        access.session(),
        _sitting_of(admission_id),
        admission_id=admission_id,
        kind=form.kind.data,
        note=form.note.data or "",
        **act(),
    )
    return _to_seat(admission_id)


def _sitting_of(admission_id: int) -> int:
    return releasing.find_admission(access.session(), admission_id, by=access.actor()).sitting_id


def _to_seat(admission_id: int) -> Response:
    return current_app.make_response(redirect(url_for("invigilator.seat", admission_id=admission_id)))
