"""The room at a glance: every seat with what its officer does now, and what somebody should look after."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.rules.sitting import seconds_left
from exam.services.actors import Actor
from exam.services.campaign.campaigns import TEST
from exam.services.invigilator.extra_time import seats_that_ask
from exam.services.invigilator.sitting import find_sitting, parts_to_take
from exam.services.terminal.scoring_attempts import clock_of
from exam.services.terminal.starting import choose_form, threshold_for
from exam.storage.tables import Admission, Attempt, Enrolment, Officer, Schedule, Sitting, Step

QUIET = timedelta(minutes=5)
ABSENT = timedelta(minutes=15)
State = Literal["waiting", "code", "released", "preparing", "running", "between", "done"]
Problem = Literal["absent", "code_expired", "released", "quiet", "asks_for_time"]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of the room as it stands now; `problem` is None where all is well.

    Attributes
    ----------
    quiet_minutes : int
        Whole minutes since the last answer of the running part, or since its beginning.
    """

    admission_id: int
    number: int
    full_name: str
    state: State
    part: str | None
    answered: int
    questions: int
    seconds_left: int
    quiet_minutes: int
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class RoomBoard:
    """A sitting with its seats, by number."""

    sitting_id: int
    room: str
    place: str
    state: str
    starts_at: datetime
    ends_at: datetime
    approved_by: str
    seats: tuple[Seat, ...]

    @property
    def problems(self) -> tuple[Seat, ...]:
        return tuple(seat for seat in self.seats if seat.problem)

    def count(self, *states: State) -> int:
        """How many seats are in one of `states`."""
        return sum(seat.state in states for seat in self.seats)


@dataclass(frozen=True, slots=True)
class SittingLine:
    """A sitting in the list of a region."""

    id: int
    room: str
    place: str
    state: str
    starts_at: datetime
    admitted: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """An officer who may be given a seat."""

    enrolment_id: int
    full_name: str
    rank: str
    unit: str


def sittings_of(session: Session, *, by: Actor) -> list[SittingLine]:
    """Return the sittings of the actor's regions: those that run first, then the newest."""
    admitted = (
        sa.select(sa.func.count())
        .where(Admission.sitting_id == Sitting.id)
        .correlate(Sitting)
        .scalar_subquery()
    )
    order = sa.case({"open": 0, "planned": 1}, value=Sitting.state, else_=2)
    wanted = (
        sa.select(Sitting, admitted).join(Schedule).order_by(order, Schedule.starts_at.desc(), Sitting.id)
    )
    mine = by.regions(Role.INVIGILATOR)
    if mine is not None:
        wanted = wanted.where(Sitting.region_code.in_(mine))
    return [
        SittingLine(row.id, row.room, row.schedule.place, row.state, row.schedule.starts_at, count)
        for row, count in session.execute(wanted)
    ]


def board(session: Session, sitting_id: int, *, by: Actor, at: datetime) -> RoomBoard:
    """Return the board of a room.

    Raises
    ------
    NotFoundError
        If the sitting is not of the actor's regions.
    """
    sitting = find_sitting(session, sitting_id, by=by)
    schedule = sitting.schedule
    return RoomBoard(
        sitting_id=sitting.id,
        room=sitting.room,
        place=schedule.place,
        state=sitting.state,
        starts_at=schedule.starts_at,
        ends_at=schedule.ends_at,
        approved_by=f"{schedule.approver_name}, {schedule.approver_post}",
        seats=seats(session, sitting, at=at),
    )


def seats(session: Session, sitting: Sitting, *, at: datetime, only: int | None = None) -> tuple[Seat, ...]:
    """Return the seats of a room by number, or the one of the admission `only`."""
    wanted = sa.select(Admission).where(Admission.sitting_id == sitting.id).order_by(Admission.seat)
    if only is not None:
        wanted = wanted.where(Admission.id == only)
    rows = session.scalars(wanted).all()
    attempts = _attempts(session, [row.id for row in rows])
    progress = _progress(session, [each.id for of_one in attempts.values() for each in of_one])
    asking = seats_that_ask(session, sitting.id)
    return tuple(
        _seat(session, sitting, row, attempts.get(row.id, []), progress, row.id in asking, at) for row in rows
    )


def _attempts(session: Session, admissions: Collection[int]) -> dict[int, list[Attempt]]:
    found: dict[int, list[Attempt]] = {}
    wanted = sa.select(Attempt).where(Attempt.admission_id.in_(admissions)).order_by(Attempt.id)
    for attempt in session.scalars(wanted):
        found.setdefault(attempt.admission_id, []).append(attempt)
    return found


def _progress(session: Session, attempts: Collection[int]) -> dict[int, tuple[int, datetime]]:
    """Return for each attempt how many positions have an answer, and when the last step came."""
    newest = (
        sa.select(Step.attempt_id, sa.func.max(Step.seq).label("seq"))
        .where(Step.attempt_id.in_(attempts))
        .group_by(Step.attempt_id, Step.position)
        .subquery()
    )
    answered = sa.func.sum(sa.case((Step.response != "", 1), else_=0))
    counted = (
        sa.select(Step.attempt_id, answered, sa.func.max(Step.received_at))
        .join(newest, sa.and_(newest.c.attempt_id == Step.attempt_id, newest.c.seq == Step.seq))
        .group_by(Step.attempt_id)
    )
    return {attempt: (int(answers), last) for attempt, answers, last in session.execute(counted)}


def _seat(
    session: Session,
    sitting: Sitting,
    row: Admission,
    attempts: Sequence[Attempt],
    progress: Mapping[int, tuple[int, datetime]],
    asks: bool,
    at: datetime,
) -> Seat:
    running = next((each for each in attempts if each.closed_at is None), None)
    shown = running or (attempts[-1] if attempts else None)
    state = _state(session, row, running, attempts)
    answered, last = progress.get(shown.id, (0, shown.started_at)) if shown else (0, at)
    quiet = max(at - last, timedelta(0)) if running else timedelta(0)
    return Seat(
        admission_id=row.id,
        number=row.seat,
        full_name=row.enrolment.officer.full_name,
        state=state,
        part=shown.part if shown else None,
        answered=answered,
        questions=shown.questions if shown else 0,
        seconds_left=seconds_left(clock_of(running), at) if running else 0,
        quiet_minutes=quiet // timedelta(minutes=1),
        problem=_problem(sitting, row, state, quiet, asks, at) if sitting.state == "open" else None,
    )


def _state(session: Session, row: Admission, running: Attempt | None, attempts: Sequence[Attempt]) -> State:
    if row.code_digest is not None:
        return "released" if row.binding else "code"
    if running is not None:
        return "running"
    if row.binding == 0:
        return "waiting"
    if not parts_to_take(session, row.enrolment_id):
        return "done"
    return "between" if attempts else "preparing"


def _problem(
    sitting: Sitting, row: Admission, state: State, quiet: timedelta, asks: bool, at: datetime
) -> Problem | None:
    if asks:
        return "asks_for_time"
    if state == "released":
        return "released"
    if state == "code" and row.code_expires_at is not None and row.code_expires_at < at:
        return "code_expired"
    if state in ("waiting", "code") and sitting.opened_at is not None and at - sitting.opened_at > ABSENT:
        return "absent"
    return "quiet" if state == "running" and quiet >= QUIET else None


def waiting_officers(session: Session, sitting_id: int, *, by: Actor) -> list[Waiting]:
    """Return the officers of campaign and region who are at the stage of tests and have no seat anywhere."""
    sitting = find_sitting(session, sitting_id, by=by)
    seated = sa.select(Admission.id).join(Sitting)
    seated = seated.where(
        Admission.enrolment_id == Enrolment.id,
        sa.or_(Sitting.state != "closed", Sitting.id == sitting.id),
    )
    wanted = (
        sa.select(Enrolment.id, Officer.full_name, Officer.rank, Officer.unit)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .where(
            Enrolment.campaign_id == sitting.campaign_id,
            Enrolment.stage == TEST,
            Officer.region_code == sitting.region_code,
            ~seated.exists(),
        )
        .order_by(Officer.full_name, Enrolment.id)
    )
    return [Waiting(*row) for row in session.execute(wanted)]


def shortcomings(session: Session, sitting_id: int, *, by: Actor, at: datetime) -> list[RefusedError]:
    """Return what would stop officers of this room at the start of a part: no threshold, no sealed form."""
    sitting = find_sitting(session, sitting_id, by=by)
    wanted = sa.select(Admission).where(Admission.sitting_id == sitting.id)
    rows = session.scalars(wanted).all()
    by_category = {row.enrolment.officer.post_category: row for row in rows}
    return list(_unready(session, by_category.values(), at=at))


def _unready(session: Session, rows: Iterable[Admission], *, at: datetime) -> Iterable[RefusedError]:
    told = set()
    for row in rows:
        for part in parts_to_take(session, row.enrolment_id):
            try:
                choose_form(session, row, threshold_for(session, row, part, at=at))
            except RefusedError as refusal:
                if (refusal.code, part) not in told:
                    told.add((refusal.code, part))
                    yield refusal
