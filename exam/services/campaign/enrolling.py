"""Officers of a campaign: enrolling by category and region, notices, exemptions, the end of preparation.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 2, 4 and 5.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.calendar import months_before
from exam.rules.regimes import regime
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.campaign import campaigns
from exam.services.campaign.campaigns import PREPARATION, is_exempt
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.services.paging import Paged, paged
from exam.storage.tables import Campaign, Enrolment, Officer, Region

KEEPERS = (Role.HR,)
STATES = ("not-notified", "ready", "exempt")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which officers an act is about; an empty word stands for all of them in the actor's regions."""

    region: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """An officer in a campaign, as a list shows him; `exempt` says whether he is so today."""

    id: int
    officer_id: int
    full_name: str
    rank: str
    post: str
    post_category: str
    region: Mapping[str, str]
    stage: int
    notified_on: date | None
    exempt_reason: str | None
    exempt_until: date | None
    exempt: bool


def notice_deadline(campaign: Campaign) -> date:
    """Return the last day for the written notice (Decree 490, rule 5: one month before the start)."""
    return months_before(campaign.starts_on, regime(campaign.regime).terms.notice_months)


def find_enrolment(session: Session, enrolment_id: int, *, by: Actor) -> Enrolment:
    """Return an enrolment in the actor's regions, or raise NotFoundError."""
    enrolment = session.get(Enrolment, enrolment_id)
    mine = by.regions(*KEEPERS)
    if enrolment is None or (mine is not None and enrolment.officer.region_code not in mine):
        raise NotFoundError("enrolment")
    return enrolment


def enrol_all(session: Session, campaign: Campaign, chosen: Chosen, *, by: Actor, at: datetime) -> int:
    """Enrol everybody whose post the regime names and who is not enrolled yet; return how many.

    Raises
    ------
    RefusedError
        ``category-not-in-regime``.
    """
    named = {category.code for category in regime(campaign.regime).categories}
    if chosen.category and chosen.category not in named:
        raise RefusedError("category-not-in-regime", category=chosen.category)
    there = sa.select(Enrolment.officer_id).where(Enrolment.campaign_id == campaign.id)
    wanted = sa.select(Officer).where(
        Officer.post_category.in_({chosen.category} if chosen.category else named),
        Officer.id.not_in(there),
        *_within(chosen, by),
    )
    officers = session.scalars(wanted.order_by(Officer.id)).all()
    if officers:
        session.add_all(
            Enrolment(campaign_id=campaign.id, officer_id=each.id, stage=PREPARATION) for each in officers
        )
        session.flush()
        told = [each.iin for each in officers]
        record(
            session, "enrolment:many-made", by=by, at=at, campaign=campaign.code, count=len(told), iins=told
        )
    return len(officers)


def _within(chosen: Chosen, by: Actor) -> list[sa.ColumnElement[bool]]:
    mine = by.regions(*KEEPERS)
    bounds: list[sa.ColumnElement[bool]] = [] if mine is None else [Officer.region_code.in_(mine)]
    if chosen.region:
        bounds.append(Officer.region_code == chosen.region)
    if chosen.category:
        bounds.append(Officer.post_category == chosen.category)
    return bounds


def _preparing(session: Session, campaign: Campaign, chosen: Chosen, by: Actor) -> Collection[Enrolment]:
    wanted = (
        sa.select(Enrolment)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .where(Enrolment.campaign_id == campaign.id, Enrolment.stage == PREPARATION, *_within(chosen, by))
    )
    return session.scalars(wanted.order_by(Enrolment.id)).all()


def notify_all(
    session: Session, campaign: Campaign, chosen: Chosen, *, on: date, by: Actor, at: datetime
) -> int:
    """Record one written notice for everybody in preparation who has none; return how many.

    Raises
    ------
    RefusedError
        ``date-in-future``.
    """
    if on > day_of(at):
        raise RefusedError("date-in-future")
    waiting = [each for each in _preparing(session, campaign, chosen, by) if each.notified_on is None]
    for each in waiting:
        campaigns.notify(session, each, on=on, by=by, at=at)
    return len(waiting)


def finish_all(session: Session, campaign: Campaign, chosen: Chosen, *, by: Actor, at: datetime) -> int:
    """End the preparation of everybody who was notified and is not exempt; return how many."""
    today = day_of(at)
    ready = [
        each
        for each in _preparing(session, campaign, chosen, by)
        if each.notified_on is not None and not is_exempt(each, today)
    ]
    for each in ready:
        campaigns.finish_preparation(session, each, by=by, at=at)
    return len(ready)


def list_enrolments(
    session: Session,
    campaign: Campaign,
    *,
    by: Actor,
    on: date,
    words: str = "",
    chosen: Chosen = Chosen(),
    stage: int | None = None,
    state: str = "",
    number: int = 1,
) -> Paged[EnrolmentLine]:
    """Return one page of the officers of a campaign in the actor's regions."""
    wanted = (
        sa.select(Enrolment, Officer, Region)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .join(Region, Region.code == Officer.region_code)
        .where(Enrolment.campaign_id == campaign.id, *_within(chosen, by))
    )
    if words := " ".join(words.split()):
        writings = sorted({words, words.title()})
        wanted = wanted.where(
            sa.or_(*(Officer.full_name.contains(each, autoescape=True) for each in writings))
        )
    if stage is not None:
        wanted = wanted.where(Enrolment.stage == stage)
    if state in STATES:
        wanted = wanted.where(*_in_state(state, on))
    return paged(
        session,
        wanted.order_by(Officer.full_name, Enrolment.id),
        lambda enrolment, officer, region: _line(enrolment, officer, region, on),
        number=number,
    )


def _in_state(state: str, on: date) -> list[sa.ColumnElement[bool]]:
    exempt = Enrolment.exempt_reason.is_not(None) & (
        Enrolment.exempt_until.is_(None) | (Enrolment.exempt_until >= on)
    )
    if state == "exempt":
        return [exempt]
    preparing = Enrolment.stage == PREPARATION
    if state == "not-notified":
        return [preparing, ~exempt, Enrolment.notified_on.is_(None)]
    return [preparing, ~exempt, Enrolment.notified_on.is_not(None)]


def read_enrolment(session: Session, enrolment_id: int, *, by: Actor, on: date) -> EnrolmentLine:
    """Return one officer of a campaign, in the actor's regions."""
    found = find_enrolment(session, enrolment_id, by=by)
    return _line(found, found.officer, found.officer.region, on)


def _line(enrolment: Enrolment, officer: Officer, region: Region, on: date) -> EnrolmentLine:
    return EnrolmentLine(
        enrolment.id,
        officer.id,
        officer.full_name,
        officer.rank,
        officer.post,
        officer.post_category,
        {"kk": region.name_kk, "ru": region.name_ru},
        enrolment.stage,
        enrolment.notified_on,
        enrolment.exempt_reason,
        enrolment.exempt_until,
        is_exempt(enrolment, on),
    )
