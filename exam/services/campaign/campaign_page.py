"""A campaign as its pages show it: what it is, how far its officers are, its thresholds and schedules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import ForbiddenError, NotFoundError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.campaign.enrolling import notice_deadline
from exam.services.campaign.thresholds import APPROVERS, threshold_in_force
from exam.services.reference import CENTRE
from exam.storage.tables import Account, Campaign, Enrolment, Officer, Region, Schedule, Threshold

READERS = (Role.HR, Role.PSYCHOMETRICIAN, Role.CHAIR, Role.AUDITOR, Role.ADMINISTRATOR)
SETTERS = (Role.HR, Role.PSYCHOMETRICIAN, Role.CHAIR)


@dataclass(frozen=True, slots=True)
class CampaignOverview:
    """A campaign and how many officers of the actor's regions stand at each stage."""

    code: str
    regime: str
    names: Mapping[str, str]
    order: str
    starts_on: date
    ends_on: date
    restriction_when: str
    quorum_base: str
    norms_edition: str
    notice_deadline: date
    at_stage: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ThresholdLine:
    """A threshold with the people behind it; `may_approve` says whether the reader can add his approval."""

    id: int
    part: str
    post_category: str | None
    questions: int
    minutes: int
    points: int
    minimum_by_area: Mapping[str, int]
    blueprint: str
    source: str
    sample: bool
    valid_from: date
    proposed_by: str
    approved_by: tuple[str, ...]
    in_force: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class ScheduleLine:
    """A schedule and who approved it, if anybody did."""

    id: int
    stage: str
    region: Mapping[str, str]
    place: str
    starts_at: datetime
    ends_at: datetime
    approver_name: str | None
    approver_post: str | None
    order: str | None
    approved_at: datetime | None


def require_centre(by: Actor) -> None:
    """Refuse who sees one region only: what holds for the whole country is set at the centre.

    Raises
    ------
    ForbiddenError
        With the code ``centre-only``.
    """
    if not sets_for_all(by):
        raise ForbiddenError("centre-only")


def sets_for_all(by: Actor) -> bool:
    """Say whether somebody sets what holds for the whole country: everywhere, or at the centre."""
    held = by.regions(*SETTERS)
    return by.holds(*SETTERS) and (held is None or CENTRE in held)


def campaign_codes(session: Session) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return code and names of every campaign, the newest first."""
    rows = session.scalars(sa.select(Campaign).order_by(Campaign.starts_on.desc(), Campaign.id.desc()))
    return tuple((row.code, {"kk": row.name_kk, "ru": row.name_ru}) for row in rows)


def overview(session: Session, campaign: Campaign, *, by: Actor) -> CampaignOverview:
    """Return a campaign with the counts of the actor's regions."""
    counted = (
        sa.select(Enrolment.stage, sa.func.count())
        .join(Officer, Officer.id == Enrolment.officer_id)
        .where(Enrolment.campaign_id == campaign.id)
        .group_by(Enrolment.stage)
    )
    mine = by.regions(*READERS)
    if mine is not None:
        counted = counted.where(Officer.region_code.in_(mine))
    return CampaignOverview(
        code=campaign.code,
        regime=campaign.regime,
        names={"kk": campaign.name_kk, "ru": campaign.name_ru},
        order=campaign.order,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        restriction_when=campaign.restriction_when,
        quorum_base=campaign.quorum_base,
        norms_edition=campaign.norms_edition,
        notice_deadline=notice_deadline(campaign),
        at_stage=dict(session.execute(counted).all()),
    )


def list_thresholds(
    session: Session, campaign: Campaign, *, by: Actor, on: date
) -> tuple[ThresholdLine, ...]:
    """Return the thresholds of a campaign, the newest first."""
    rows = session.scalars(
        sa.select(Threshold)
        .where(Threshold.campaign_id == campaign.id)
        .order_by(Threshold.valid_from.desc(), Threshold.id.desc())
    ).all()
    ids = {row.proposed_by for row in rows} | {a.account_id for row in rows for a in row.approvals}
    names = _names_of(session, ids)
    setter = by.holds(*SETTERS)
    return tuple(
        ThresholdLine(
            row.id,
            row.part,
            row.post_category,
            row.questions,
            row.minutes,
            row.points,
            row.minimum_by_area,
            row.blueprint,
            row.source,
            row.sample,
            row.valid_from,
            names[row.proposed_by],
            tuple(names[each.account_id] for each in row.approvals),
            threshold_in_force(session, campaign.id, row.part, row.post_category, on) is row,
            setter and _open_to(row, by),
        )
        for row in rows
    )


def _open_to(row: Threshold, by: Actor) -> bool:
    approved = {each.account_id for each in row.approvals}
    return len(approved) < APPROVERS and by.id not in approved | {row.proposed_by}


def _names_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    found = sa.select(Account.id, Account.full_name).where(Account.id.in_(set(ids)))
    return dict(session.execute(found).all())


def campaign_of_threshold(session: Session, threshold_id: int) -> str:
    """Return the code of the campaign of a threshold, or raise NotFoundError."""
    row = session.get(Threshold, threshold_id)
    if row is None:
        raise NotFoundError("threshold")
    return session.get_one(Campaign, row.campaign_id).code


def list_schedules(session: Session, campaign: Campaign, *, by: Actor) -> tuple[ScheduleLine, ...]:
    """Return the schedules of a campaign in the actor's regions, in order of time."""
    wanted = (
        sa.select(Schedule, Region)
        .join(Region, Region.code == Schedule.region_code)
        .where(Schedule.campaign_id == campaign.id)
        .order_by(Schedule.starts_at, Schedule.id)
    )
    mine = by.regions(*READERS)
    if mine is not None:
        wanted = wanted.where(Schedule.region_code.in_(mine))
    return tuple(
        ScheduleLine(
            row.id,
            row.stage,
            {"kk": region.name_kk, "ru": region.name_ru},
            row.place,
            row.starts_at,
            row.ends_at,
            row.approver_name,
            row.approver_post,
            row.order,
            row.approved_at,
        )
        for row, region in session.execute(wanted)
    )
