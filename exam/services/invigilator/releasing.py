"""Start codes into the officers' hands: the first one, and a new one when a terminal has to be changed."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.services.actors import Actor
from exam.services.invigilator import start_codes
from exam.services.invigilator.sitting import find_sitting, is_in_scope, parts_to_take
from exam.services.journaling import record
from exam.services.terminal.candidate import bind
from exam.storage.tables import Admission, Attempt, Incident, Sitting


@dataclass(frozen=True, slots=True)
class Slip:
    """What is handed over: a code that is shown once and kept nowhere."""

    admission_id: int
    seat: int
    full_name: str
    code: str
    expires_at: datetime


def find_admission(session: Session, admission_id: int, *, by: Actor) -> Admission:
    """Return an admission of the actor's regions, kept from other writers, or raise NotFoundError."""
    row = session.get(Admission, admission_id, with_for_update={"of": Admission})
    if row is None or not is_in_scope(by, row.sitting.region_code):
        raise NotFoundError("admission")
    return row


def hand_out_code(session: Session, admission_id: int, *, secret: bytes, by: Actor, at: datetime) -> Slip:
    """Draw a start code for an officer who has not entered yet; an earlier code loses its force.

    Raises
    ------
    RefusedError
        ``sitting-not-open``, ``own_case``, ``entered-already`` or ``parts-taken``.
    """
    admission = find_admission(session, admission_id, by=by)
    _require_may_enter(session, admission, by=by)
    if admission.binding > 0 and admission.code_digest is None:
        raise RefusedError("entered-already", officer=admission.enrolment.officer.full_name)
    return _draw(session, admission, secret=secret, by=by, at=at)


def hand_out_codes(
    session: Session, sitting_id: int, *, secret: bytes, by: Actor, at: datetime
) -> list[Slip]:
    """Draw a start code for everybody in the room who has not entered yet, by seat.

    Raises
    ------
    RefusedError
        ``sitting-not-open`` or ``everybody-entered``.
    """
    sitting = find_sitting(session, sitting_id, by=by)
    if sitting.state != "open":
        raise RefusedError("sitting-not-open")
    waiting = sa.select(Admission).where(Admission.sitting_id == sitting.id, Admission.binding == 0)
    slips = [
        _draw(session, admission, secret=secret, by=by, at=at)
        for admission in session.scalars(waiting.order_by(Admission.seat)).all()
        if admission.enrolment.officer_id != by.officer_id
    ]
    if not slips:
        raise RefusedError("everybody-entered")
    return slips


def release_terminal(
    session: Session, admission_id: int, *, reason: str, secret: bytes, by: Actor, at: datetime
) -> Slip:
    """Take the right to write from the officer's terminal and draw a code for another one.

    The clock of a running part runs on; lost time is given by `exam.services.invigilator.extra_time`.

    Raises
    ------
    RefusedError
        ``reason_missing``, ``sitting-not-open``, ``own_case``, ``not-entered`` or ``parts-taken``.
    """
    admission = find_admission(session, admission_id, by=by)
    if not reason.strip():
        raise RefusedError("reason_missing")
    _require_may_enter(session, admission, by=by)
    if admission.binding == 0:
        raise RefusedError("not-entered", officer=admission.enrolment.officer.full_name)
    bind(session, admission)
    running = sa.select(Attempt.id).where(Attempt.admission_id == admission.id, Attempt.closed_at.is_(None))
    session.add(
        Incident(
            sitting_id=admission.sitting_id,
            admission_id=admission.id,
            attempt_id=session.scalar(running),
            kind="terminal_released",
            note=reason.strip(),
            at=at,
            by=by.id,
        )
    )
    record(session, "terminal:released", by=by, at=at, admission=admission.id, reason=reason.strip())
    return _draw(session, admission, secret=secret, by=by, at=at)


def _require_may_enter(session: Session, admission: Admission, *, by: Actor) -> None:
    sitting = session.get_one(Sitting, admission.sitting_id)
    if sitting.state != "open":
        raise RefusedError("sitting-not-open")
    if by.officer_id == admission.enrolment.officer_id:
        raise RefusedError("own_case")
    running = sa.select(Attempt.id).where(Attempt.admission_id == admission.id, Attempt.closed_at.is_(None))
    if session.scalar(running) is None and not parts_to_take(session, admission.enrolment_id):
        raise RefusedError("parts-taken", officer=admission.enrolment.officer.full_name)


def _draw(session: Session, admission: Admission, *, secret: bytes, by: Actor, at: datetime) -> Slip:
    code = start_codes.draw()
    admission.code_digest = start_codes.digest(code, secret)
    admission.code_expires_at = at + start_codes.LIFE
    session.flush()
    record(session, "code:issued", by=by, at=at, admission=admission.id)
    return Slip(
        admission.id,
        admission.seat,
        admission.enrolment.officer.full_name,
        start_codes.written(code),
        admission.code_expires_at,
    )
