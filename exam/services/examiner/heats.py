"""Heats: who does which exercise together, under an approved schedule of norms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.campaign.campaigns import NORMS
from exam.services.journaling import record
from exam.storage.tables import Campaign, Enrolment, Heat, Measurement, Officer, Schedule, Starter
from norms.exercises import Exercise
from norms.loading import load_edition

# MIA Order 77/2016, 58: at most ten run the long distances together, at most three do anything else.
LARGEST_LONG_RUN = 10
LARGEST_OTHER = 3
LONG_RUNS = frozenset({"run1000", "run3000"})


@dataclass(frozen=True, slots=True)
class HeatLine:
    """A heat in the examiner's list."""

    id: int
    number: int
    exercise: Exercise
    starts_at: datetime
    place: str
    starters: int
    entered: int
    confirmed: int
    too_many: bool

    @property
    def state(self) -> str:
        """Where the heat stands: ``waiting``, ``to_confirm`` or ``done``."""
        if self.starters and self.confirmed == self.starters:
            return "done"
        return "to_confirm" if self.starters and self.entered == self.starters else "waiting"


def plan_heat(
    session: Session,
    schedule_id: int,
    *,
    exercise: str,
    starts_at: datetime,
    conditions: str = "",
    by: Actor,
    at: datetime,
) -> Heat:
    """Plan a heat under an approved schedule of norms of one of the actor's regions.

    Raises
    ------
    RefusedError
        ``schedule-not-approved``, ``outside-the-schedule`` or ``exercise-not-in-edition``.
    """
    schedule = session.get(Schedule, schedule_id)
    if schedule is None or schedule.stage != "norms" or not _mine(by, schedule.region_code):
        raise NotFoundError("schedule")
    if schedule.approved_at is None:
        raise RefusedError("schedule-not-approved")
    if not schedule.starts_at <= starts_at <= schedule.ends_at:
        raise RefusedError("outside-the-schedule")
    campaign = session.get_one(Campaign, schedule.campaign_id)
    if exercise not in {known.code for known in load_edition(campaign.norms_edition).exercises}:
        raise RefusedError("exercise-not-in-edition", exercise=exercise)
    taken = session.scalar(sa.select(sa.func.max(Heat.number)).where(Heat.schedule_id == schedule.id)) or 0
    heat = Heat(
        schedule_id=schedule.id,
        campaign_id=campaign.id,
        region_code=schedule.region_code,
        exercise=exercise,
        number=taken + 1,
        starts_at=starts_at,
        conditions=conditions.strip(),
    )
    session.add(heat)
    session.flush()
    record(session, "heat:planned", by=by, at=at, heat=heat.id, exercise=exercise, region=heat.region_code)
    return heat


def put_on_the_start(
    session: Session, heat: Heat, enrolments: Sequence[Enrolment], *, by: Actor, at: datetime
) -> None:
    """Give start numbers of a heat to officers of its region who are at the stage of norms.

    Raises
    ------
    RefusedError
        ``not-at-norms``, ``on-the-start-already`` or ``other-region``.
    """
    there = {starter.enrolment_id for starter in heat.starters}
    number = max((starter.start_number for starter in heat.starters), default=0)
    for enrolment in enrolments:
        name = enrolment.officer.full_name
        if enrolment.officer.region_code != heat.region_code or enrolment.campaign_id != heat.campaign_id:
            raise RefusedError("other-region", officer=name)
        if enrolment.stage != NORMS:
            raise RefusedError("not-at-norms", officer=name)
        if enrolment.id in there:
            raise RefusedError("on-the-start-already", officer=name)
        number += 1
        heat.starters.append(Starter(enrolment_id=enrolment.id, start_number=number))
        there.add(enrolment.id)
    session.flush()
    record(session, "heat:started-by", by=by, at=at, heat=heat.id, starters=len(heat.starters))


def waiting_for(session: Session, heat: Heat) -> list[Enrolment]:
    """Return the officers of the region who are at the stage of norms and in no heat of this exercise."""
    placed = (
        sa.select(Starter.enrolment_id)
        .join(Heat, Heat.id == Starter.heat_id)
        .where(Heat.exercise == heat.exercise)
    )
    wanted = (
        sa.select(Enrolment)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .where(
            Enrolment.campaign_id == heat.campaign_id,
            Enrolment.stage == NORMS,
            Officer.region_code == heat.region_code,
            Enrolment.id.not_in(placed),
        )
        .order_by(Officer.full_name)
    )
    return list(session.scalars(wanted))


def find_heat(session: Session, heat_id: int, *, by: Actor) -> Heat:
    """Return a heat of the actor's regions, or raise NotFoundError."""
    heat = session.get(Heat, heat_id, options=[selectinload(Heat.starters)])
    if heat is None or not _mine(by, heat.region_code):
        raise NotFoundError("heat")
    return heat


def list_heats(session: Session, *, by: Actor) -> tuple[HeatLine, ...]:
    """Return the heats of the actor's regions, the latest first."""
    mine = by.regions(Role.EXAMINER)
    wanted = sa.select(Heat).options(selectinload(Heat.starters), selectinload(Heat.schedule))
    if mine is not None:
        wanted = wanted.where(Heat.region_code.in_(mine))
    heats = session.scalars(wanted.order_by(Heat.starts_at.desc(), Heat.id.desc()).limit(200))
    return tuple(line_of(session, heat) for heat in heats)


def heat_of_starter(session: Session, starter_id: int, *, by: Actor) -> int:
    """Return the heat in which somebody starts, inside the actor's regions."""
    starter = session.get(Starter, starter_id)
    if starter is None:
        raise NotFoundError("starter")
    return find_heat(session, starter.heat_id, by=by).id


def line_of(session: Session, heat: Heat) -> HeatLine:
    """See a heat as its line in the list."""
    edition = load_edition(session.get_one(Campaign, heat.campaign_id).norms_edition)
    newest = [current(starter) for starter in heat.starters]
    largest = LARGEST_LONG_RUN if heat.exercise in LONG_RUNS else LARGEST_OTHER
    return HeatLine(
        id=heat.id,
        number=heat.number,
        exercise=edition.exercise(heat.exercise),
        starts_at=heat.starts_at,
        place=heat.schedule.place,
        starters=len(heat.starters),
        entered=sum(entry is not None for entry in newest),
        confirmed=sum(entry is not None and entry.confirmation is not None for entry in newest),
        too_many=len(heat.starters) > largest,
    )


def current(starter: Starter) -> Measurement | None:
    """Return the entry of a starter that no later one replaces."""
    replaced = {entry.replaces_id for entry in starter.measurements}
    return next((entry for entry in starter.measurements if entry.id not in replaced), None)


def _mine(by: Actor, region: str) -> bool:
    regions = by.regions(Role.EXAMINER)
    return regions is None or region in regions
