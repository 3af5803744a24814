"""Schedules of norms, tests and interviews, approved by a named person (Decree 490, rule 8)."""

from datetime import datetime

from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.journaling import record
from exam.storage.tables import Campaign, Region, Schedule

STAGES = ("norms", "test", "interview")


def draw_up(
    session: Session,
    campaign: Campaign,
    *,
    stage: str,
    region: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    at: datetime,
) -> Schedule:
    """Draw up a schedule in one of the actor's regions; it holds nothing open until it is approved.

    Raises
    ------
    RefusedError
        ``stage-unknown``, ``dates-in-wrong-order`` or ``place-missing``.
    NotFoundError
        If the region is not the actor's.
    """
    mine = by.regions(Role.HR, Role.ADMINISTRATOR)
    if session.get(Region, region) is None or (mine is not None and region not in mine):
        raise NotFoundError("region")
    if stage not in STAGES:
        raise RefusedError("stage-unknown", stage=stage)
    if ends_at <= starts_at:
        raise RefusedError("dates-in-wrong-order")
    if not place.strip():
        raise RefusedError("place-missing")
    row = Schedule(
        campaign_id=campaign.id,
        stage=stage,
        region_code=region,
        place=place.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
        entered_by=by.id,
    )
    session.add(row)
    session.flush()
    record(
        session,
        "schedule:drawn-up",
        by=by,
        at=at,
        schedule=row.id,
        stage=stage,
        region=region,
        starts_at=starts_at,
    )
    return row


def enter_approval(
    session: Session, schedule_id: int, *, name: str, post: str, order: str, by: Actor, at: datetime
) -> Schedule:
    """Record who approved a schedule, on which post and by which order; from now on it is frozen.

    Raises
    ------
    RefusedError
        ``approver-missing`` or ``approved-already``.
    """
    row = session.get(Schedule, schedule_id)
    mine = by.regions(Role.HR, Role.ADMINISTRATOR)
    if row is None or (mine is not None and row.region_code not in mine):
        raise NotFoundError("schedule")
    if row.approved_at is not None:
        raise RefusedError("approved-already")
    if not (name.strip() and post.strip() and order.strip()):
        raise RefusedError("approver-missing")
    row.approver_name, row.approver_post, row.order = name.strip(), post.strip(), order.strip()
    row.approved_at = at
    session.flush()
    record(
        session, "schedule:approved", by=by, at=at, schedule=row.id, name=row.approver_name, order=row.order
    )
    return row
