"""Schedules of norms, tests and interviews, approved by a named person (Decree 490, rule 8)."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
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


@dataclass(frozen=True, slots=True)
class ApprovedSchedule:
    """An approved schedule, as those who work under it see it."""

    id: int
    campaign: str
    norms_edition: str
    region: str
    place: str
    starts_at: datetime
    ends_at: datetime
    approver_name: str
    approver_post: str


def approved(session: Session, stage: str, *, by: Actor) -> tuple[ApprovedSchedule, ...]:
    """Return the approved schedules of a stage in the actor's regions, the latest first."""
    wanted = (
        sa.select(Schedule, Campaign)
        .join(Campaign, Campaign.id == Schedule.campaign_id)
        .where(Schedule.stage == stage, Schedule.approved_at.is_not(None))
        .order_by(Schedule.starts_at.desc())
    )
    mine = by.regions(*by.roles)
    if mine is not None:
        wanted = wanted.where(Schedule.region_code.in_(mine))
    return tuple(
        ApprovedSchedule(
            id=row.id,
            campaign=campaign.code,
            norms_edition=campaign.norms_edition,
            region=row.region_code,
            place=row.place,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            approver_name=row.approver_name or "",
            approver_post=row.approver_post or "",
        )
        for row, campaign in session.execute(wanted)
    )
