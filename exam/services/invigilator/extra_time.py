"""What happens in the room and is written down: incidents, and time that is given back for them.

One invigilator asks for time, another grants it; both acts are incidents, and the second names the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.sitting import AttemptState, ExtraTime, PartClock, may_extend
from exam.services.actors import Actor
from exam.services.invigilator.releasing import find_admission
from exam.services.invigilator.sitting import find_sitting
from exam.services.journaling import record
from exam.services.terminal.scoring_attempts import clock_of
from exam.services.terminal.starting import refuse
from exam.storage.tables import Account, Admission, Attempt, Incident

ASKED = "extra_time_asked"
GRANTED = "extra_time_granted"
KINDS = ("identity", "device", "power", "network", "health", "misconduct", "question", "other")
CAP = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Request:
    """Time that was asked for and that another invigilator may grant."""

    incident_id: int
    part: str
    minutes: int
    reason: str
    asked_by: str
    asked_at: datetime


def note_incident(
    session: Session,
    sitting_id: int,
    *,
    kind: str,
    note: str,
    admission_id: int | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write down what happened in a room, or at one seat of it.

    Raises
    ------
    NotFoundError
        If the sitting is not of the actor's regions, or the seat is not of the sitting.
    RefusedError
        ``incident-kind-unknown`` or ``reason_missing``.
    """
    sitting = find_sitting(session, sitting_id, by=by)
    if kind not in KINDS:
        raise RefusedError("incident-kind-unknown")
    if not note.strip():
        raise RefusedError("reason_missing")
    attempt_id = None
    if admission_id is not None:
        if find_admission(session, admission_id, by=by).sitting_id != sitting.id:
            raise NotFoundError("admission")
        running = _running(session, admission_id)
        attempt_id = running.id if running else None
    session.add(
        Incident(
            sitting_id=sitting.id,
            admission_id=admission_id,
            attempt_id=attempt_id,
            kind=kind,
            note=note.strip(),
            at=at,
            by=by.id,
        )
    )
    record(session, "incident:noted", by=by, at=at, sitting=sitting.id, admission=admission_id, kind=kind)


def ask_extra_time(
    session: Session, admission_id: int, *, minutes: int, reason: str, by: Actor, at: datetime
) -> None:
    """Ask for time for the part that runs at a seat; another invigilator has to grant it.

    Raises
    ------
    RefusedError
        ``extra_not_positive``, ``reason_missing``, ``part_over``, ``extra_over_cap``, ``own_case`` or
        ``extra-asked-already``.
    """
    admission = find_admission(session, admission_id, by=by)
    attempt = _running(session, admission.id)
    if minutes <= 0:
        raise RefusedError("extra_not_positive")
    if not reason.strip():
        raise RefusedError("reason_missing")
    if attempt is None:
        raise RefusedError("part_over")
    if by.officer_id == admission.enrolment.officer_id:
        raise RefusedError("own_case")
    if added_seconds(session, attempt.id) + minutes * 60 > CAP.total_seconds():
        raise RefusedError("extra_over_cap", cap_seconds=int(CAP.total_seconds()))
    if requests_for(session, admission.id):
        raise RefusedError("extra-asked-already")
    session.add(
        Incident(
            sitting_id=admission.sitting_id,
            admission_id=admission.id,
            attempt_id=attempt.id,
            kind=ASKED,
            note=reason.strip(),
            seconds=minutes * 60,
            at=at,
            by=by.id,
        )
    )
    record(
        session, "extra-time:asked", by=by, at=at, attempt=attempt.id, minutes=minutes, reason=reason.strip()
    )


def grant_extra_time(session: Session, incident_id: int, *, by: Actor, at: datetime) -> None:
    """Grant the time that another invigilator asked for; the candidate's clock shows it without a reload.

    Raises
    ------
    NotFoundError
        If nothing of the kind was asked for in the actor's regions.
    RefusedError
        What `exam.rules.sitting.may_extend` says, or ``extra-granted-already``.
    """
    asked = session.get(Incident, incident_id)
    if asked is None or asked.kind != ASKED or asked.attempt_id is None or asked.admission_id is None:
        raise NotFoundError("incident")
    admission = find_admission(session, asked.admission_id, by=by)
    attempt = session.get_one(
        Attempt, asked.attempt_id, with_for_update={"of": Attempt}, populate_existing=True
    )
    if session.scalar(sa.select(Incident.id).where(Incident.answers_id == asked.id)):
        raise RefusedError("extra-granted-already")
    extra = ExtraTime(asked.seconds, asked.note, asked.by, by.id)
    refuse(
        may_extend(
            AttemptState.OPEN if attempt.closed_at is None else AttemptState.CLOSED,
            _with_additions(session, attempt),
            extra,
            officer_user_id=_account_of(session, admission),
            cap_seconds=int(CAP.total_seconds()),
            now=at,
        )
    )
    _add(session, attempt, asked, by=by, at=at)


def _add(session: Session, attempt: Attempt, asked: Incident, *, by: Actor, at: datetime) -> None:
    attempt.deadline_at += timedelta(seconds=asked.seconds)
    attempt.accept_until += timedelta(seconds=asked.seconds)
    session.add(
        Incident(
            sitting_id=asked.sitting_id,
            admission_id=asked.admission_id,
            attempt_id=attempt.id,
            answers_id=asked.id,
            kind=GRANTED,
            note=asked.note,
            seconds=asked.seconds,
            at=at,
            by=by.id,
        )
    )
    session.flush()
    record(
        session, "extra-time:granted", by=by, at=at, attempt=attempt.id, seconds=asked.seconds, asked=asked.id
    )


def added_seconds(session: Session, attempt_id: int) -> int:
    """Return the seconds that were added to an attempt while it ran."""
    wanted = sa.select(sa.func.sum(Incident.seconds))
    return session.scalar(wanted.where(Incident.attempt_id == attempt_id, Incident.kind == GRANTED)) or 0


def _with_additions(session: Session, attempt: Attempt) -> PartClock:
    added = added_seconds(session, attempt.id)
    clock = clock_of(attempt)
    return PartClock(clock.started_at, clock.limit_seconds - added, added, clock.grace_seconds)


def requests_for(session: Session, admission_id: int) -> Sequence[Request]:
    """Return the time that was asked for at a seat and not granted yet, while its part runs."""
    granted = set(
        session.scalars(sa.select(Incident.answers_id).where(Incident.admission_id == admission_id))
    )
    rows = session.execute(
        sa.select(Incident, Attempt.part, Account.full_name)
        .join(Attempt, Attempt.id == Incident.attempt_id)
        .join(Account, Account.id == Incident.by)
        .where(Incident.admission_id == admission_id, Incident.kind == ASKED, Attempt.closed_at.is_(None))
        .order_by(Incident.id)
    )
    return [
        Request(asked.id, part, asked.seconds // 60, asked.note, name, asked.at)
        for asked, part, name in rows
        if asked.id not in granted
    ]


def seats_that_ask(session: Session, sitting_id: int) -> frozenset[int]:
    """Return the admissions of a sitting for which extra time waits to be granted."""
    granted = sa.select(Incident.answers_id).where(Incident.answers_id.is_not(None))
    wanted = (
        sa.select(Incident.admission_id)
        .join(Attempt, Attempt.id == Incident.attempt_id)
        .where(
            Incident.sitting_id == sitting_id,
            Incident.kind == ASKED,
            Incident.id.not_in(granted),
            Attempt.closed_at.is_(None),
        )
    )
    return frozenset(each for each in session.scalars(wanted) if each is not None)


def _running(session: Session, admission_id: int) -> Attempt | None:
    wanted = sa.select(Attempt).where(Attempt.admission_id == admission_id, Attempt.closed_at.is_(None))
    return session.scalar(wanted)


def _account_of(session: Session, admission: Admission) -> int | None:
    officer_id = admission.enrolment.officer_id
    return session.scalar(sa.select(Account.id).where(Account.officer_id == officer_id).limit(1))
