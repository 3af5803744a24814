"""The list of meetings, and one meeting as its people see it."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.rules.commission import QuorumBase, quorum_counts, quorum_met, quorum_needed
from exam.rules.regimes import CommissionPost, Names
from exam.services.actors import Actor
from exam.services.commission.agenda import awaiting, interview_schedules
from exam.services.commission.case_facts import MeetingFacts, Standing
from exam.services.commission.case_page import meeting_facts, region_names, standing_in
from exam.services.commission.commission_scope import find_commission, find_meeting, keeps, seen_by
from exam.services.commission.commissions import posts_of
from exam.services.commission.meeting import attendance_of, present_members
from exam.services.commission.outcomes import latest_outcome
from exam.services.local_days import day_of
from exam.storage.tables import Case, Commission, DecisionRow, Meeting, Member, Schedule


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in the list."""

    facts: MeetingFacts
    cases: int
    decided: int


@dataclass(frozen=True, slots=True)
class CommissionLine:
    """A commission in the list."""

    id: int
    kind: str
    region: Names | None
    region_code: str | None
    posts: int
    named: int
    keeps: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """A post of a commission with the person on it, None while nobody is named."""

    post: CommissionPost
    member_id: int | None
    full_name: str
    act: str
    has_account: bool
    present: bool


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case on the agenda; `restricted` is None before an outcome stands."""

    id: int
    number: int
    officer: str
    post: str
    state: str
    restricted: bool | None
    decision: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer who may be put before the meeting."""

    enrolment_id: int
    full_name: str
    post: str


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """One meeting: who is there, whether that is a quorum, the cases, and who else waits."""

    facts: MeetingFacts
    commission_id: int
    seats: tuple[Seat, ...]
    present: int
    composition: int
    needed: int
    quorum: bool
    cases: tuple[CaseLine, ...]
    waiting: tuple[Candidate, ...]
    vote_running: bool
    standing: Standing


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule of interviews under which a meeting may be planned."""

    id: int
    first: date
    last: date
    place: str
    approved: bool


@dataclass(frozen=True, slots=True)
class CommissionPage:
    """One commission: its posts and persons, and the schedules of its interviews."""

    line: CommissionLine
    seats: tuple[Seat, ...]
    schedules: tuple[ScheduleLine, ...]


def commissions_seen(session: Session, *, by: Actor) -> tuple[CommissionLine, ...]:
    """Return the commissions in the actor's sight."""
    rows = session.scalars(sa.select(Commission).where(seen_by(by)).order_by(Commission.id))
    return tuple(_commission_line(session, row, by) for row in rows)


def _commission_line(session: Session, row: Commission, by: Actor) -> CommissionLine:
    return CommissionLine(
        id=row.id,
        kind=row.kind,
        region=region_names(session, row.region_code) if row.region_code else None,
        region_code=row.region_code,
        posts=row.posts,
        named=len(row.members),
        keeps=keeps(row, by),
    )


def meetings_seen(session: Session, *, by: Actor) -> tuple[MeetingLine, ...]:
    """Return the meetings in the actor's sight, the latest first."""
    rows = session.execute(
        sa.select(
            Meeting,
            sa.func.count(Case.id),
            sa.func.coalesce(sa.func.sum(sa.case((Case.state == "decided", 1), else_=0)), 0),
        )
        .join(Commission, Meeting.commission_id == Commission.id)
        .outerjoin(Case, Case.meeting_id == Meeting.id)
        .where(seen_by(by))
        .group_by(Meeting.id, Commission.id)
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
    ).unique()
    return tuple(MeetingLine(meeting_facts(session, row), cases, decided) for row, cases, decided in rows)


def read_commission(session: Session, commission_id: int, *, by: Actor) -> CommissionPage:
    """Return a commission in the actor's sight, or raise NotFoundError."""
    row = find_commission(session, commission_id, by=by)
    return CommissionPage(
        line=_commission_line(session, row, by),
        seats=_seats(session, row, ()),
        schedules=tuple(_schedule_line(each) for each in session.scalars(interview_schedules(row))),
    )


def _schedule_line(row: Schedule) -> ScheduleLine:
    return ScheduleLine(
        row.id, day_of(row.starts_at), day_of(row.ends_at), row.place, row.approved_at is not None
    )


def read_meeting(session: Session, meeting_id: int, *, by: Actor) -> MeetingPage:
    """Return a meeting in the actor's sight, or raise NotFoundError."""
    meeting = find_meeting(session, meeting_id, by=by)
    commission, facts = meeting.commission, meeting_facts(session, meeting)
    here = present_members(session, meeting)
    present, composition = quorum_counts(attendance_of(commission, here), QuorumBase(facts.quorum_base))
    return MeetingPage(
        facts=facts,
        commission_id=commission.id,
        seats=_seats(session, commission, here),
        present=present,
        composition=composition,
        needed=quorum_needed(composition),
        quorum=quorum_met(present, composition),
        cases=tuple(_case_line(session, case) for case in meeting.cases),
        waiting=_candidates(session, meeting),
        vote_running=any(case.state == "vote" for case in meeting.cases),
        standing=standing_in(session, commission, by),
    )


def _seats(session: Session, commission: Commission, here: tuple[Member, ...]) -> tuple[Seat, ...]:
    members = {member.post_number: member for member in commission.members}
    return tuple(
        Seat(
            post=post,
            member_id=member.id if member else None,
            full_name=member.full_name if member else "",
            act=member.act if member else "",
            has_account=bool(member and member.account_id),
            present=member in here,
        )
        for post in posts_of(session, commission)
        for member in [members.get(post.number)]
    )


def _case_line(session: Session, case: Case) -> CaseLine:
    outcome = latest_outcome(session, case.enrolment_id)
    return CaseLine(
        id=case.id,
        number=case.number,
        officer=case.enrolment.officer.full_name,
        post=case.enrolment.officer.post,
        state=case.state,
        restricted=outcome.restricted if outcome else None,
        decision=session.scalar(sa.select(DecisionRow.value).where(DecisionRow.case_id == case.id)),
    )


def _candidates(session: Session, meeting: Meeting) -> tuple[Candidate, ...]:
    if meeting.state == "closed":
        return ()
    return tuple(
        Candidate(each.id, each.officer.full_name, each.officer.post) for each in awaiting(session, meeting)
    )
