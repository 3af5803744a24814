"""A sitting: planned under an approved schedule, filled with officers, opened, closed."""

from collections.abc import Collection
from datetime import datetime
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.campaign.campaigns import TEST, is_exempt
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.services.terminal.scoring_attempts import close_attempt
from exam.storage.tables import Admission, Attempt, Enrolment, PartResult, Schedule, Sitting
from scoring.outcome import TEST_KINDS

LARGEST_ROOM = 200


def plan_sitting(session: Session, schedule_id: int, *, room: str, by: Actor, at: datetime) -> Sitting:
    """Plan a sitting in a room, under a schedule of tests that a named person approved.

    Raises
    ------
    NotFoundError
        If there is no such schedule in the actor's regions.
    RefusedError
        ``schedule_not_approved`` (Decree 490, rule 8), ``schedule-over`` or ``room-missing``.
    """
    schedule = session.get(Schedule, schedule_id)
    if schedule is None or schedule.stage != "test" or not is_in_scope(by, schedule.region_code):
        raise NotFoundError("schedule")
    if schedule.approved_at is None:
        raise RefusedError("schedule_not_approved")
    if schedule.ends_at < at:
        raise RefusedError("schedule-over")
    if not room.strip():
        raise RefusedError("room-missing")
    row = Sitting(
        schedule_id=schedule.id,
        campaign_id=schedule.campaign_id,
        region_code=schedule.region_code,
        room=room.strip(),
        state="planned",
    )
    session.add(row)
    session.flush()
    record(session, "sitting:planned", by=by, at=at, sitting=row.id, schedule=schedule.id, room=row.room)
    return row


def find_sitting(session: Session, sitting_id: int, *, by: Actor, lock: bool = False) -> Sitting:
    """Return a sitting of the actor's regions, or raise NotFoundError; `lock` keeps other writers out."""
    row = session.get(Sitting, sitting_id, with_for_update={"of": Sitting} if lock else None)
    if row is None or not is_in_scope(by, row.region_code):
        raise NotFoundError("sitting")
    return row


def is_in_scope(by: Actor, region: str) -> bool:
    """Say whether the actor is an invigilator in a region."""
    mine = by.regions(Role.INVIGILATOR)
    return mine is None or region in mine


def admit(
    session: Session,
    sitting_id: int,
    enrolment_ids: Collection[int],
    *,
    chance: Random,
    by: Actor,
    at: datetime,
) -> list[Admission]:
    """Give officers seats by lot.

    Parameters
    ----------
    chance : Random
        Draws the seats: neither invigilator nor officer chooses the neighbour.

    Raises
    ------
    NotFoundError
        If an officer is not of this campaign and region.
    RefusedError
        ``sitting-closed``, ``nobody-chosen``, ``room-full``, ``stage-not-test``, ``exempt``, ``own_case``,
        ``admitted-already`` or ``parts-taken``; nobody is admitted then.
    """
    sitting = find_sitting(session, sitting_id, by=by, lock=True)
    if sitting.state == "closed":
        raise RefusedError("sitting-closed")
    if not enrolment_ids:
        raise RefusedError("nobody-chosen")
    taken = set(session.scalars(sa.select(Admission.seat).where(Admission.sitting_id == sitting.id)))
    if len(taken) + len(set(enrolment_ids)) > LARGEST_ROOM:
        raise RefusedError("room-full", most=LARGEST_ROOM)
    places = range(1, len(taken) + len(set(enrolment_ids)) + 1)
    free = [seat for seat in places if seat not in taken][: len(set(enrolment_ids))]
    chance.shuffle(free)
    return [
        _seat(session, sitting, enrolment_id, seat, by=by, at=at)
        for enrolment_id, seat in zip(sorted(set(enrolment_ids)), free, strict=True)
    ]


def _seat(
    session: Session, sitting: Sitting, enrolment_id: int, seat: int, *, by: Actor, at: datetime
) -> Admission:
    enrolment = session.get(Enrolment, enrolment_id)
    if enrolment is None or enrolment.campaign_id != sitting.campaign_id:
        raise NotFoundError("enrolment")
    if enrolment.officer.region_code != sitting.region_code:
        raise NotFoundError("enrolment")
    _require_ready(session, enrolment, by=by, at=at)
    row = Admission(sitting_id=sitting.id, enrolment_id=enrolment.id, seat=seat)
    session.add(row)
    session.flush()
    record(session, "admission:made", by=by, at=at, sitting=sitting.id, admission=row.id, seat=seat)
    return row


def _require_ready(session: Session, enrolment: Enrolment, *, by: Actor, at: datetime) -> None:
    name = enrolment.officer.full_name
    if by.officer_id == enrolment.officer_id:
        raise RefusedError("own_case")
    if enrolment.stage != TEST:
        raise RefusedError("stage-not-test", officer=name)
    if is_exempt(enrolment, day_of(at)):
        raise RefusedError("exempt", officer=name)
    if not parts_to_take(session, enrolment.id):
        raise RefusedError("parts-taken", officer=name)
    sits = sa.select(Admission.id).join(Sitting)
    if session.scalar(sits.where(Admission.enrolment_id == enrolment.id, Sitting.state != "closed").limit(1)):
        raise RefusedError("admitted-already", officer=name)


def parts_to_take(session: Session, enrolment_id: int) -> tuple[str, ...]:
    """Return the test parts that the officer has nowhere begun and that have no result, in their order."""
    begun = set(session.scalars(sa.select(Attempt.part).where(Attempt.enrolment_id == enrolment_id)))
    judged = set(session.scalars(sa.select(PartResult.kind).where(PartResult.enrolment_id == enrolment_id)))
    return tuple(kind.value for kind in TEST_KINDS if kind.value not in begun | judged)


def open_sitting(session: Session, sitting_id: int, *, by: Actor, at: datetime) -> Sitting:
    """Open a planned sitting: from now on start codes may be handed out.

    Raises
    ------
    RefusedError
        ``sitting-not-planned``, ``nobody-admitted`` or ``schedule-over``.
    """
    sitting = find_sitting(session, sitting_id, by=by, lock=True)
    if sitting.state != "planned":
        raise RefusedError("sitting-not-planned")
    if sitting.schedule.ends_at < at:
        raise RefusedError("schedule-over")
    if not session.scalar(sa.select(Admission.id).where(Admission.sitting_id == sitting.id).limit(1)):
        raise RefusedError("nobody-admitted")
    sitting.state, sitting.opened_at, sitting.opened_by = "open", at, by.id
    session.flush()
    record(session, "sitting:opened", by=by, at=at, sitting=sitting.id)
    return sitting


def close_sitting(session: Session, sitting_id: int, *, by: Actor, at: datetime) -> Sitting:
    """Close a sitting: parts that still run end now and are scored, start codes lose their force.

    Raises
    ------
    RefusedError
        ``sitting-not-open``.
    """
    sitting = find_sitting(session, sitting_id, by=by, lock=True)
    if sitting.state != "open":
        raise RefusedError("sitting-not-open")
    running = sa.select(Attempt.id).join(Admission)
    running = running.where(Admission.sitting_id == sitting.id, Attempt.closed_at.is_(None))
    ended = list(session.scalars(running.order_by(Attempt.id)))
    for attempt_id in ended:
        close_attempt(session, attempt_id, how="invigilator", by=by, at=at)
    session.execute(
        sa.update(Admission)
        .where(Admission.sitting_id == sitting.id, Admission.code_digest.is_not(None))
        .values(code_digest=None)
    )
    sitting.state, sitting.closed_at = "closed", at
    session.flush()
    record(session, "sitting:closed", by=by, at=at, sitting=sitting.id, ended=ended)
    return sitting
