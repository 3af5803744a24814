"""One seat for the invigilator: the officer, what has happened there, what may be done."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.actors import Actor
from exam.services.invigilator.extra_time import Request, requests_for
from exam.services.invigilator.room_board import Seat, seats
from exam.services.invigilator.sitting import is_in_scope
from exam.storage.tables import Account, Admission, Incident


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """Something that happened at a seat or in the room."""

    at: datetime
    kind: str
    note: str
    minutes: int
    by: str


@dataclass(frozen=True, slots=True)
class SeatPage:
    """A seat with its officer.

    Attributes
    ----------
    requests : tuple of Request
        Extra time that waits for another invigilator.
    mine : frozenset of int
        Those of them that this reader asked for himself.
    """

    sitting_id: int
    sitting_state: str
    room: str
    seat: Seat
    rank: str
    post: str
    unit: str
    language: str | None
    requests: tuple[Request, ...]
    mine: frozenset[int]
    incidents: tuple[IncidentLine, ...]


def seat_page(session: Session, admission_id: int, *, by: Actor, at: datetime) -> SeatPage:
    """Return the page of a seat.

    Raises
    ------
    NotFoundError
        If the seat is not in the actor's regions.
    """
    admission = session.get(Admission, admission_id)
    if admission is None or not is_in_scope(by, admission.sitting.region_code):
        raise NotFoundError("admission")
    sitting, officer = admission.sitting, admission.enrolment.officer
    (seat,) = seats(session, sitting, at=at, only=admission.id)
    requests = tuple(requests_for(session, admission.id))
    asked_by_me = sa.select(Incident.id).where(Incident.by == by.id, Incident.admission_id == admission.id)
    return SeatPage(
        sitting_id=sitting.id,
        sitting_state=sitting.state,
        room=sitting.room,
        seat=seat,
        rank=officer.rank,
        post=officer.post,
        unit=officer.unit,
        language=admission.language,
        requests=requests,
        mine=frozenset(session.scalars(asked_by_me)),
        incidents=incidents(session, Incident.admission_id == admission.id),
    )


def incidents(session: Session, which: sa.ColumnElement[bool]) -> tuple[IncidentLine, ...]:
    """Return incidents, the newest first."""
    rows = session.execute(
        sa.select(Incident, Account.full_name)
        .join(Account, Account.id == Incident.by)
        .where(which)
        .order_by(Incident.id.desc())
    )
    return tuple(IncidentLine(row.at, row.kind, row.note, row.seconds // 60, name) for row, name in rows)


def incidents_of_room(session: Session, sitting_id: int) -> tuple[IncidentLine, ...]:
    """Return what happened in a room as a whole; the caller has found the sitting in his scope."""
    return incidents(session, sa.and_(Incident.sitting_id == sitting_id, Incident.admission_id.is_(None)))
