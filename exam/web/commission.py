"""The commission: its composition, its meetings, who is there, what is on the agenda."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from exam.errors import RefusedError
from exam.rules.regimes import CommissionKind
from exam.rules.roles import COMMISSION_ROLES, Role
from exam.services.campaign.campaigns import current_campaign
from exam.services.commission import agenda, commissions, meeting, meeting_page
from exam.services.local_days import day_of
from exam.services.reference import CENTRE
from exam.web import access, languages
from exam.web.access import allow
from exam.web.commission_names import page_names
from exam.web.forms.commission import AgendaForm, AttendanceForm, MeetingForm, MemberForm, SetUpForm
from exam.web.naming import region_choices
from exam.web.wording import refusal_text

bp = Blueprint("commission", __name__, url_prefix="/commission")
bp.context_processor(page_names)

Answer = str | Response | tuple[str, int]


@bp.get("/")
@allow(*COMMISSION_ROLES)
def index() -> Answer:
    return _index(_set_up_form())


def _index(form: SetUpForm, status: int = 200) -> Answer:
    session, by = access.session(), access.actor()
    page = render_template(
        "commission/index.html",
        meetings=meeting_page.meetings_seen(session, by=by),
        commissions=meeting_page.commissions_seen(session, by=by),
        form=form if by.holds(Role.SECRETARY) and form.place.choices else None,
    )
    return page, status


def _set_up_form() -> SetUpForm:
    mine = access.actor().regions(Role.SECRETARY)
    there = meeting_page.commissions_seen(access.session(), by=access.actor())
    known = {line.region_code or CENTRE for line in there}
    return SetUpForm().offer((code, name) for code, name in region_choices(mine) if code not in known)


@bp.post("/")
@allow(Role.SECRETARY)
def set_up() -> Answer:
    form = _set_up_form()
    campaign = current_campaign(access.session(), day_of(access.now()))
    if not form.validate_on_submit() or campaign is None:
        return _index(form, 422)
    place = form.place.data
    kind = CommissionKind.CENTRAL if place == CENTRE else CommissionKind.REGIONAL
    row = commissions.set_up(
        access.session(), campaign, kind=kind, region=place, by=access.actor(), at=access.now()
    )
    return redirect(url_for("commission.composition", commission_id=row.id))


@bp.get("/<int:commission_id>")
@allow(*COMMISSION_ROLES)
def composition(commission_id: int) -> Answer:
    return _composition(commission_id)


def _composition(commission_id: int, wrong: FlaskForm | None = None) -> Answer:
    """The page of a commission; `wrong` is the form that was refused, shown again with its errors."""
    page = meeting_page.read_commission(access.session(), commission_id, by=access.actor())
    vacant = [seat.post for seat in page.seats if not seat.member_id]
    free = [(post.number, f"{post.number}. {post.names.of(languages.code())}") for post in vacant]
    approved = [(s.id, f"{languages.day(s.first)}, {s.place}") for s in page.schedules if s.approved]
    member = wrong if isinstance(wrong, MemberForm) else MemberForm(formdata=None)
    planned = wrong if isinstance(wrong, MeetingForm) else MeetingForm(formdata=None)
    return render_template(
        "commission/composition.html",
        page=page,
        member_form=member.offer(free),
        meeting_form=planned.offer(approved),
        wrong=wrong,
    ), 422 if wrong else 200


@bp.post("/<int:commission_id>/members")
@allow(Role.SECRETARY)
def name_member(commission_id: int) -> Answer:
    page = meeting_page.read_commission(access.session(), commission_id, by=access.actor())
    form = MemberForm().offer((seat.post.number, "") for seat in page.seats)
    if not form.validate_on_submit():
        return _composition(commission_id, form)
    try:
        commissions.name_member(
            access.session(),
            commission_id,
            post_number=form.post.data,
            full_name=form.full_name.data,
            act=form.act.data,
            login=form.login.data or None,
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        if refusal.status != RefusedError.status:
            raise
        form.form_errors.append(refusal_text(refusal))
        return _composition(commission_id, form)
    flash(_("The member is named."), "success")
    return redirect(url_for("commission.composition", commission_id=commission_id))


@bp.post("/<int:commission_id>/meetings")
@allow(Role.SECRETARY)
def plan(commission_id: int) -> Answer:
    page = meeting_page.read_commission(access.session(), commission_id, by=access.actor())
    form = MeetingForm().offer((schedule.id, "") for schedule in page.schedules)
    if not form.validate_on_submit():
        return _composition(commission_id, form)
    try:
        row = agenda.plan_meeting(
            access.session(),
            commission_id,
            schedule_id=form.schedule.data,
            held_on=form.held_on.data,
            by=access.actor(),
            at=access.now(),
        )
    except RefusedError as refusal:
        if refusal.status != RefusedError.status:
            raise
        form.form_errors.append(refusal_text(refusal))
        return _composition(commission_id, form)
    return redirect(url_for("commission.meeting_of", meeting_id=row.id))


@bp.get("/meetings/<int:meeting_id>")
@allow(*COMMISSION_ROLES)
def meeting_of(meeting_id: int) -> Answer:
    return _meeting(meeting_id)


def _meeting(meeting_id: int, form: AgendaForm | None = None) -> Answer:
    page = meeting_page.read_meeting(access.session(), meeting_id, by=access.actor())
    waiting = [(who.enrolment_id, f"{who.full_name}, {who.post}") for who in page.waiting]
    shown = (form or AgendaForm(formdata=None)).offer(waiting)
    return render_template("commission/meeting.html", page=page, form=shown), 422 if form else 200


@bp.post("/meetings/<int:meeting_id>/attendance")
@allow(*COMMISSION_ROLES)
def attendance(meeting_id: int) -> Answer:
    form = AttendanceForm()
    if form.validate_on_submit():
        mark = meeting.mark_present if form.came.data == "yes" else meeting.mark_left
        mark(access.session(), meeting_id, form.member.data, by=access.actor(), at=access.now())
    return redirect(url_for("commission.meeting_of", meeting_id=meeting_id))


@bp.post("/meetings/<int:meeting_id>/agenda")
@allow(Role.SECRETARY)
def put_before(meeting_id: int) -> Answer:
    page = meeting_page.read_meeting(access.session(), meeting_id, by=access.actor())
    form = AgendaForm().offer((who.enrolment_id, "") for who in page.waiting)
    if not form.validate_on_submit():
        return _meeting(meeting_id, form)
    for enrolment_id in form.officers.data:
        agenda.put_before(access.session(), meeting_id, enrolment_id, by=access.actor(), at=access.now())
    return redirect(url_for("commission.meeting_of", meeting_id=meeting_id))


@bp.post("/meetings/<int:meeting_id>/open")
@allow(Role.SECRETARY, Role.CHAIR)
def open_meeting(meeting_id: int) -> Answer:
    return _done(meeting.open_meeting, meeting_id)


@bp.post("/meetings/<int:meeting_id>/close")
@allow(Role.SECRETARY, Role.CHAIR)
def close_meeting(meeting_id: int) -> Answer:
    return _done(meeting.close_meeting, meeting_id)


def _done(act: Callable[..., object], meeting_id: int) -> Answer:
    act(access.session(), meeting_id, by=access.actor(), at=access.now())
    return redirect(url_for("commission.meeting_of", meeting_id=meeting_id))
