"""What a commission meets on: a meeting under an approved schedule, and the officers put before it.

An officer belongs to one commission: his post category names its kind, his region the regional one
(Decree No. 490 of 28 February 2024, Rules, 8-10 and annex 1).
"""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from exam.errors import NotFoundError, RefusedError
from exam.rules.regimes import CommissionKind, regime
from exam.services.actors import Actor
from exam.services.campaign.campaigns import INTERVIEW, is_exempt
from exam.services.commission.commission_scope import find_commission, find_meeting, require_secretary
from exam.services.commission.outcomes import store_outcome
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.services.reference import CENTRE
from exam.storage.tables import Campaign, Case, Commission, Enrolment, Meeting, Officer, Schedule


def plan_meeting(
    session: Session, commission_id: int, *, schedule_id: int, held_on: date, by: Actor, at: datetime
) -> Meeting:
    """Plan the next meeting of a commission under an approved schedule of interviews.

    Raises
    ------
    RefusedError
        ``schedule-not-approved``, ``day-outside-schedule`` or ``composition-incomplete``.
    NotFoundError
        If the schedule is not one of this commission's interviews.
    """
    commission = find_commission(session, commission_id, by=by)
    require_secretary(commission, by)
    schedule = _schedule_for(session, commission, schedule_id, held_on)
    if len(commission.members) < commission.posts:
        raise RefusedError("composition-incomplete", named=len(commission.members), posts=commission.posts)
    last_number = session.scalar(
        sa.select(sa.func.max(Meeting.number)).where(Meeting.commission_id == commission.id)
    )
    meeting = Meeting(
        commission_id=commission.id,
        schedule_id=schedule.id,
        number=(last_number or 0) + 1,
        held_on=held_on,
        place=schedule.place,
        state="planned",
    )
    session.add(meeting)
    session.flush()
    record(
        session,
        "meeting:planned",
        by=by,
        at=at,
        meeting=meeting.id,
        commission=commission.id,
        number=meeting.number,
        held_on=held_on,
        schedule=schedule.id,
    )
    return meeting


def _schedule_for(session: Session, commission: Commission, schedule_id: int, held_on: date) -> Schedule:
    schedule = session.scalar(interview_schedules(commission).where(Schedule.id == schedule_id))
    if schedule is None:
        raise NotFoundError("schedule")
    if schedule.approved_at is None:
        raise RefusedError("schedule-not-approved")
    first, last = day_of(schedule.starts_at), day_of(schedule.ends_at)
    if not first <= held_on <= last:
        raise RefusedError("day-outside-schedule", first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")
    return schedule


def interview_schedules(commission: Commission) -> sa.Select[Schedule]:
    """Select the schedules of interviews of a commission."""
    return (
        sa.select(Schedule)
        .where(
            Schedule.campaign_id == commission.campaign_id,
            Schedule.stage == "interview",
            Schedule.region_code == (commission.region_code or CENTRE),
        )
        .order_by(Schedule.starts_at, Schedule.id)
    )


def within_competence(campaign: Campaign, commission: Commission) -> ColumnElement[bool]:
    """Return the condition under which an officer's case belongs to a commission."""
    kind = CommissionKind(commission.kind)
    categories = [category.code for category in regime(campaign.regime).categories_of(kind)]
    ours = Officer.post_category.in_(categories)
    if kind is CommissionKind.CENTRAL:
        return ours
    return sa.and_(ours, Officer.region_code == commission.region_code)


def awaiting(session: Session, meeting: Meeting) -> Sequence[Enrolment]:
    """Return the officers at the stage of interview whom this commission may still put before it."""
    commission = session.get_one(Commission, meeting.commission_id)
    campaign = session.get_one(Campaign, commission.campaign_id)
    under_way = sa.exists().where(Case.enrolment_id == Enrolment.id, Case.state != "postponed")
    return session.scalars(
        sa.select(Enrolment)
        .join(Enrolment.officer)
        .where(
            Enrolment.campaign_id == campaign.id,
            Enrolment.stage == INTERVIEW,
            within_competence(campaign, commission),
            ~under_way,
        )
        .order_by(Officer.full_name, Enrolment.id)
    ).all()


def put_before(session: Session, meeting_id: int, enrolment_id: int, *, by: Actor, at: datetime) -> Case:
    """Put an officer before a meeting; his outcome is combined at once.

    Raises
    ------
    NotFoundError
        If no such officer is enrolled in the campaign of this commission.
    RefusedError
        ``meeting-closed``, ``stage-not-interview``, ``other-commission``, ``exempt``,
        ``case-under-way`` or ``parts-open``.
    """
    meeting = find_meeting(session, meeting_id, by=by)
    require_secretary(meeting.commission, by)
    if meeting.state == "closed":
        raise RefusedError("meeting-closed")
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.campaign_id != meeting.commission.campaign_id:
        raise NotFoundError("enrolment")
    _require_ready(session, meeting, enrolment, at)
    store_outcome(session, enrolment, by=by, at=at)
    last_number = session.scalar(sa.select(sa.func.max(Case.number)).where(Case.meeting_id == meeting.id))
    case = Case(enrolment_id=enrolment.id, number=(last_number or 0) + 1, state="waiting")
    meeting.cases.append(case)
    session.flush()
    record(session, "case:put-before", by=by, at=at, case=case.id, meeting=meeting.id, enrolment=enrolment.id)
    return case


def _require_ready(session: Session, meeting: Meeting, enrolment: Enrolment, at: datetime) -> None:
    name = enrolment.officer.full_name
    if enrolment.stage != INTERVIEW:
        raise RefusedError("stage-not-interview", officer=name)
    campaign = session.get_one(Campaign, enrolment.campaign_id)
    ours = sa.select(Officer.id).where(
        Officer.id == enrolment.officer_id, within_competence(campaign, meeting.commission)
    )
    if session.scalar(ours) is None:
        raise RefusedError("other-commission", officer=name)
    if is_exempt(enrolment, day_of(at)):
        raise RefusedError("exempt", officer=name)
    under_way = sa.select(Case.id).where(Case.enrolment_id == enrolment.id, Case.state != "postponed")
    if session.scalar(under_way.limit(1)):
        raise RefusedError("case-under-way", officer=name)
