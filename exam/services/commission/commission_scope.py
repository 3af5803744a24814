"""Who sees a commission and who acts in it.

The secretary works within the regions of his role, the central commission counting as the region of the
centre. A member or the chair sees the commissions to which an act named him, and no other: what lies before
a commission is not for everybody who sits in one.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from exam.errors import ForbiddenError, NotFoundError
from exam.rules.roles import VOTING_ROLES, Role
from exam.services.actors import Actor
from exam.services.reference import CENTRE
from exam.storage.tables import Case, Commission, Meeting, Member


def seen_by(by: Actor) -> ColumnElement[bool]:
    """Return the condition under which a commission is in the actor's sight."""
    kept = by.regions(Role.SECRETARY)
    if kept is None:
        return sa.true()
    named = sa.exists().where(Member.commission_id == Commission.id, Member.account_id == by.id)
    of_region = sa.func.coalesce(Commission.region_code, CENTRE).in_(kept)
    return sa.or_(of_region, named) if by.roles & VOTING_ROLES else of_region


def find_commission(session: Session, commission_id: int, *, by: Actor) -> Commission:
    """Return a commission in the actor's sight, or raise NotFoundError."""
    found = session.scalar(sa.select(Commission).where(Commission.id == commission_id, seen_by(by)))
    if found is None:
        raise NotFoundError("commission")
    return found


def find_meeting(session: Session, meeting_id: int, *, by: Actor) -> Meeting:
    """Return a meeting in the actor's sight, or raise NotFoundError."""
    found = session.scalar(
        sa.select(Meeting).join(Meeting.commission).where(Meeting.id == meeting_id, seen_by(by))
    )
    if found is None:
        raise NotFoundError("meeting")
    return found


def find_case(session: Session, case_id: int, *, by: Actor) -> Case:
    """Return a case in the actor's sight, or raise NotFoundError."""
    found = session.scalar(
        sa.select(Case)
        .join(Case.meeting)
        .join(Commission, Meeting.commission_id == Commission.id)
        .where(Case.id == case_id, seen_by(by))
    )
    if found is None:
        raise NotFoundError("case")
    return found


def seat_of(session: Session, commission: Commission, by: Actor) -> Member | None:
    """Return the post that the actor holds in a commission, or None."""
    return session.scalar(
        sa.select(Member).where(Member.commission_id == commission.id, Member.account_id == by.id)
    )


def keeps(commission: Commission, by: Actor) -> bool:
    """Say whether the actor is the secretary of a commission."""
    kept = by.regions(Role.SECRETARY)
    return kept is None or (commission.region_code or CENTRE) in kept


def presides(session: Session, commission: Commission, by: Actor) -> bool:
    """Say whether the actor is the chair of a commission."""
    seat = seat_of(session, commission, by)
    return by.holds(Role.CHAIR) and seat is not None and seat.office == "chair"


def require_secretary(commission: Commission, by: Actor) -> None:
    """Refuse whoever is not the secretary of a commission."""
    if not keeps(commission, by):
        raise ForbiddenError("role-missing", roles=Role.SECRETARY.value)


def require_leading(session: Session, commission: Commission, by: Actor) -> None:
    """Refuse whoever is neither the chair nor the secretary of a commission."""
    if not (keeps(commission, by) or presides(session, commission, by)):
        raise ForbiddenError("role-missing", roles=f"{Role.CHAIR.value}, {Role.SECRETARY.value}")
