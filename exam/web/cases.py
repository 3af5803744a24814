"""A case before the commission: what it sees, the interview, the open vote, the decision."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from exam.errors import RefusedError
from exam.rules.roles import COMMISSION_ROLES, VOTING_ROLES, Role
from exam.services.commission import acquainting, meeting, voting
from exam.services.commission.case_facts import CasePage
from exam.services.commission.case_page import read_case
from exam.services.local_days import day_of
from exam.web import access, languages
from exam.web.access import allow
from exam.web.commission_names import page_names
from exam.web.forms.commission import AcquaintanceForm, RecordingForm, VoteForm

bp = Blueprint("cases", __name__, url_prefix="/commission/cases")
bp.context_processor(page_names)

Answer = str | Response | tuple[str, int]
VOTE_FIELD = "vote-"


@bp.get("/<int:case_id>")
@allow(*COMMISSION_ROLES)
def case(case_id: int) -> Answer:
    return _case(case_id)


def _case(case_id: int, wrong: FlaskForm | None = None) -> Answer:
    """The page of a case; `wrong` is the form that was refused, shown again with its errors."""
    page = read_case(access.session(), case_id, by=access.actor(), today=day_of(access.now()))
    recording = wrong if isinstance(wrong, RecordingForm) else RecordingForm(formdata=None)
    if not isinstance(wrong, RecordingForm):
        recording.reference.data = page.recording
    vote = wrong if isinstance(wrong, VoteForm) else VoteForm(formdata=None)
    known = wrong if isinstance(wrong, AcquaintanceForm) else AcquaintanceForm(formdata=None)
    return render_template(
        "commission/case.html",
        page=page,
        wrong=wrong,
        own=next((line for line in page.votes if line.member_id == page.standing.seat_id), None),
        recording_form=recording,
        vote_form=vote.offer(_open_decisions(page)),
        acquaintance_form=known,
    ), 422 if wrong else 200


def _open_decisions(page: CasePage) -> list[tuple[int, str]]:
    language = languages.code()
    return [
        (each.number, f"{each.number}. {each.names.of(language)}") for each in page.decisions if each.open
    ]


def _back(case_id: int) -> Response:
    return redirect(url_for("cases.case", case_id=case_id))  # type: ignore[return-value]


def _done(act: Callable[..., object], case_id: int) -> Response:
    act(access.session(), case_id, by=access.actor(), at=access.now())
    return _back(case_id)


@bp.post("/<int:case_id>/call")
@allow(Role.SECRETARY, Role.CHAIR)
def call(case_id: int) -> Answer:
    return _done(meeting.call_case, case_id)


@bp.post("/<int:case_id>/recording")
@allow(Role.SECRETARY)
def record(case_id: int) -> Answer:
    form = RecordingForm()
    if not form.validate_on_submit():
        return _case(case_id, form)
    meeting.record_interview(
        access.session(), case_id, form.reference.data, by=access.actor(), at=access.now()
    )
    return _back(case_id)


@bp.post("/<int:case_id>/vote/open")
@allow(Role.SECRETARY, Role.CHAIR)
def open_vote(case_id: int) -> Answer:
    return _done(voting.open_vote, case_id)


@bp.post("/<int:case_id>/vote")
@allow(*VOTING_ROLES)
def vote(case_id: int) -> Answer:
    form = VoteForm().offer([])
    if not form.validate_on_submit():
        return _case(case_id, form)
    voting.cast_vote(access.session(), case_id, form.decision.data, by=access.actor(), at=access.now())
    flash(_("Your vote is recorded."), "success")
    return _back(case_id)


@bp.post("/<int:case_id>/roll-call")
@allow(Role.SECRETARY)
def roll_call(case_id: int) -> Answer:
    given = [
        (int(name.removeprefix(VOTE_FIELD)), int(value))
        for name, value in request.form.items()
        if name.startswith(VOTE_FIELD) and _is_number(name.removeprefix(VOTE_FIELD)) and _is_number(value)
    ]
    if not given:
        raise RefusedError("nothing-chosen")
    for member_id, decision in given:
        voting.record_vote(access.session(), case_id, member_id, decision, by=access.actor(), at=access.now())
    return _back(case_id)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


@bp.post("/<int:case_id>/vote/round")
@allow(Role.SECRETARY, Role.CHAIR)
def new_round(case_id: int) -> Answer:
    return _done(voting.open_new_round, case_id)


@bp.post("/<int:case_id>/decision")
@allow(Role.SECRETARY, Role.CHAIR)
def decide(case_id: int) -> Answer:
    announced = request.form.get("decision", "")
    value = int(announced) if _is_number(announced) else 0
    voting.decide(access.session(), case_id, value, by=access.actor(), at=access.now())
    flash(_("The decision is recorded."), "success")
    return _back(case_id)


@bp.post("/<int:case_id>/postpone")
@allow(Role.SECRETARY, Role.CHAIR)
def postpone(case_id: int) -> Answer:
    reason = request.form.get("reason", "")
    meeting.postpone(access.session(), case_id, reason, by=access.actor(), at=access.now())
    return _back(case_id)


@bp.post("/<int:case_id>/acquaintance")
@allow(Role.SECRETARY)
def acquaint(case_id: int) -> Answer:
    form = AcquaintanceForm()
    if not form.validate_on_submit():
        return _case(case_id, form)
    acquainting.acquaint(access.session(), case_id, on=form.on.data, by=access.actor(), at=access.now())
    return _back(case_id)
