"""A meeting as it goes: who is there, the meeting opened, a case heard, postponed, the meeting closed.

Every act takes the meeting's row first, so that two of them never count on different attendance
(PostgreSQL locks the row, SQLite has one writer).

Source
------
Decree No. 490 of 28 February 2024, Rules, 12-14 and 16.
"""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import ForbiddenError, NotFoundError, RefusedError
from exam.rules import commission as rules
from exam.rules.commission import QuorumBase, quorum_counts, require_quorum
from exam.rules.errors import VoteRefusedError
from exam.services.actors import Actor
from exam.services.campaign.campaigns import INTERVIEW
from exam.services.commission.commission_scope import (
    find_case,
    find_meeting,
    keeps,
    require_leading,
    require_secretary,
    seat_of,
)
from exam.services.commission.outcomes import store_outcome
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Attendance, Campaign, Case, Commission, Meeting, Member

HEARD = ("interview", "vote")


def hold_meeting(session: Session, meeting_id: int, *, by: Actor) -> Meeting:
    """Return a meeting in the actor's sight with its row locked until the transaction ends."""
    find_meeting(session, meeting_id, by=by)
    return session.get_one(Meeting, meeting_id, with_for_update={"of": Meeting}, populate_existing=True)


def hold_case(session: Session, case_id: int, *, by: Actor) -> Case:
    """Return a case with its meeting's row and its own locked until the transaction ends."""
    found = find_case(session, case_id, by=by)
    hold_meeting(session, found.meeting_id, by=by)
    return session.get_one(Case, case_id, with_for_update={"of": Case}, populate_existing=True)


def present_members(session: Session, meeting: Meeting) -> tuple[Member, ...]:
    """Return who takes part now, in the order of the posts."""
    rows = session.scalars(
        sa.select(Member)
        .join(Attendance, Attendance.member_id == Member.id)
        .where(Attendance.meeting_id == meeting.id, Attendance.left_at.is_(None))
        .order_by(Member.post_number)
    )
    return tuple(rows)


def attendance_of(commission: Commission, present: Collection[Member]) -> rules.Attendance:
    """Return those present as the rule of the quorum counts them."""
    secretary = next((member for member in commission.members if not member.votes), None)
    return rules.Attendance(
        posts=commission.posts,
        members=frozenset(member.id for member in present if member.votes),
        secretary_id=secretary.id if secretary else None,
        secretary_present=any(not member.votes for member in present),
    )


def quorum_base(session: Session, commission: Commission) -> QuorumBase:
    """Return of whom two thirds must be there, as the campaign has it."""
    return QuorumBase(session.get_one(Campaign, commission.campaign_id).quorum_base)


def require_a_quorum(session: Session, meeting: Meeting) -> rules.Attendance:
    """Return the attendance, or refuse with ``no_quorum``."""
    attendance = attendance_of(meeting.commission, present_members(session, meeting))
    try:
        require_quorum(attendance, quorum_base(session, meeting.commission))
    except VoteRefusedError as refused:
        raise RefusedError(refused.code, **dict(refused.refusal.facts)) from refused
    return attendance


def mark_present(session: Session, meeting_id: int, member_id: int, *, by: Actor, at: datetime) -> None:
    """Mark that a member takes part, by the secretary or by the member himself.

    Raises
    ------
    RefusedError
        ``meeting-closed``, ``vote-running`` or ``present-already``.
    """
    meeting = hold_meeting(session, meeting_id, by=by)
    member = _member_of(session, meeting, member_id, by)
    _require_no_vote(session, meeting)
    row = session.get(Attendance, (meeting.id, member.id))
    if row is not None and row.left_at is None:
        raise RefusedError("present-already", member=member.full_name)
    if row is None:
        session.add(Attendance(meeting_id=meeting.id, member_id=member.id, marked_at=at))
    else:
        row.left_at = None
    session.flush()
    record(session, "attendance:came", by=by, at=at, meeting=meeting.id, member=member.full_name)


def mark_left(session: Session, meeting_id: int, member_id: int, *, by: Actor, at: datetime) -> None:
    """Mark that a member has left; from now on he is not counted and does not vote.

    Raises
    ------
    RefusedError
        ``meeting-closed``, ``vote-running`` or ``not_present``.
    """
    meeting = hold_meeting(session, meeting_id, by=by)
    member = _member_of(session, meeting, member_id, by)
    _require_no_vote(session, meeting)
    row = session.get(Attendance, (meeting.id, member.id))
    if row is None or row.left_at is not None:
        raise RefusedError("not_present", member=member.full_name)
    row.left_at = at
    session.flush()
    record(session, "attendance:left", by=by, at=at, meeting=meeting.id, member=member.full_name)


def _member_of(session: Session, meeting: Meeting, member_id: int, by: Actor) -> Member:
    if meeting.state == "closed":
        raise RefusedError("meeting-closed")
    member = next((m for m in meeting.commission.members if m.id == member_id), None)
    if member is None:
        raise NotFoundError("member")
    seat = seat_of(session, meeting.commission, by)
    if not keeps(meeting.commission, by) and (seat is None or seat.id != member.id):
        raise ForbiddenError("role-missing", roles="secretary")
    return member


def _heard(session: Session, meeting: Meeting) -> Case | None:
    return session.scalar(sa.select(Case).where(Case.meeting_id == meeting.id, Case.state.in_(HEARD)))


def _require_no_vote(session: Session, meeting: Meeting) -> None:
    heard = _heard(session, meeting)
    if heard is not None and heard.state == "vote":
        raise RefusedError("vote-running", case=heard.number)


def open_meeting(session: Session, meeting_id: int, *, by: Actor, at: datetime) -> Meeting:
    """Open a meeting on its day, with a quorum.

    Raises
    ------
    RefusedError
        ``meeting-not-planned``, ``meeting-too-early`` or ``no_quorum``.
    """
    meeting = hold_meeting(session, meeting_id, by=by)
    require_leading(session, meeting.commission, by)
    if meeting.state != "planned":
        raise RefusedError("meeting-not-planned")
    if day_of(at) < meeting.held_on:
        raise RefusedError("meeting-too-early", day=f"{meeting.held_on:%d.%m.%Y}")
    attendance = require_a_quorum(session, meeting)
    present, composition = quorum_counts(attendance, quorum_base(session, meeting.commission))
    meeting.state, meeting.opened_at = "open", at
    session.flush()
    record(
        session,
        "meeting:opened",
        by=by,
        at=at,
        meeting=meeting.id,
        present=present,
        composition=composition,
    )
    return meeting


def call_case(session: Session, case_id: int, *, by: Actor, at: datetime) -> Case:
    """Call an officer in for the interview; one case is heard at a time.

    Raises
    ------
    RefusedError
        ``meeting-not-open``, ``case-not-waiting``, ``another-case-heard``, ``stage-not-interview``,
        ``no_quorum`` or ``parts-open``.
    """
    case = hold_case(session, case_id, by=by)
    require_leading(session, case.meeting.commission, by)
    if case.meeting.state != "open":
        raise RefusedError("meeting-not-open")
    if case.state != "waiting":
        raise RefusedError("case-not-waiting")
    if heard := _heard(session, case.meeting):
        raise RefusedError("another-case-heard", case=heard.number)
    if case.enrolment.stage != INTERVIEW:
        raise RefusedError("stage-not-interview", officer=case.enrolment.officer.full_name)
    require_a_quorum(session, case.meeting)
    store_outcome(session, case.enrolment, by=by, at=at)
    case.state = "interview"
    session.flush()
    record(session, "case:called", by=by, at=at, case=case.id, meeting=case.meeting_id)
    return case


def record_interview(session: Session, case_id: int, reference: str, *, by: Actor, at: datetime) -> Case:
    """Keep the reference of the recording of the interview (rule 14).

    Raises
    ------
    RefusedError
        ``interview-not-running`` or ``recording-missing``.
    """
    case = hold_case(session, case_id, by=by)
    require_secretary(case.meeting.commission, by)
    if case.state != "interview":
        raise RefusedError("interview-not-running")
    if not reference.strip():
        raise RefusedError("recording-missing")
    case.recording = reference.strip()
    session.flush()
    record(session, "case:recorded", by=by, at=at, case=case.id, recording=case.recording)
    return case


def postpone(session: Session, case_id: int, reason: str, *, by: Actor, at: datetime) -> Case:
    """Take a case off this meeting, with the reason; it may be put before a later one (rule 16).

    Raises
    ------
    RefusedError
        ``case-decided``, ``case-postponed`` or ``postponing-needs-reason``.
    """
    case = hold_case(session, case_id, by=by)
    require_leading(session, case.meeting.commission, by)
    if case.state in ("decided", "postponed"):
        raise RefusedError(f"case-{case.state}")
    if not reason.strip():
        raise RefusedError("postponing-needs-reason")
    case.state, case.postponed_for = "postponed", reason.strip()
    session.flush()
    record(session, "case:postponed", by=by, at=at, case=case.id, reason=case.postponed_for)
    return case


def close_meeting(session: Session, meeting_id: int, *, by: Actor, at: datetime) -> Meeting:
    """Close a meeting whose cases are all decided or postponed.

    Raises
    ------
    RefusedError
        ``meeting-not-open`` or ``cases-open``.
    """
    meeting = hold_meeting(session, meeting_id, by=by)
    require_leading(session, meeting.commission, by)
    if meeting.state != "open":
        raise RefusedError("meeting-not-open")
    left = sa.select(Case.number).where(Case.meeting_id == meeting.id, Case.state.in_(("waiting", *HEARD)))
    if numbers := session.scalars(left.order_by(Case.number)).all():
        raise RefusedError("cases-open", cases=", ".join(map(str, numbers)))
    meeting.state, meeting.closed_at = "closed", at
    session.flush()
    record(session, "meeting:closed", by=by, at=at, meeting=meeting.id)
    return meeting
