"""A campaign: opening it under a regime, enrolling officers, leading them through the stages."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.commission import QuorumBase
from exam.rules.regimes import REGIMES, regime
from exam.services.actors import Actor
from exam.services.journaling import record
from exam.storage.tables import Campaign, Enrolment, Officer
from scoring.outcome import RestrictionWhen

PREPARATION, NORMS, TEST, INTERVIEW, DECISION = range(1, 6)


def open_campaign(
    session: Session,
    *,
    code: str,
    regime_code: str,
    name_kk: str,
    name_ru: str,
    order: str,
    starts_on: date,
    ends_on: date,
    norms_edition: str,
    restriction_when: RestrictionWhen | None = None,
    quorum_base: QuorumBase | None = None,
    by: Actor | str,
    at: datetime,
) -> Campaign:
    """Open a campaign; what is not said is as the regime has it.

    Raises
    ------
    RefusedError
        ``regime-unknown``, ``campaign-exists`` or ``dates-in-wrong-order``.
    """
    if regime_code not in REGIMES:
        raise RefusedError("regime-unknown", regime=regime_code)
    if session.scalar(sa.select(Campaign.id).where(Campaign.code == code)):
        raise RefusedError("campaign-exists", campaign=code)
    if ends_on < starts_on:
        raise RefusedError("dates-in-wrong-order")
    under = regime(regime_code)
    campaign = Campaign(
        code=code,
        regime=regime_code,
        name_kk=name_kk,
        name_ru=name_ru,
        order=order,
        starts_on=starts_on,
        ends_on=ends_on,
        restriction_when=restriction_when or under.restriction_when or RestrictionWhen.ANY,
        quorum_base=quorum_base or under.quorum_base,
        norms_edition=norms_edition,
        created_at=at,
    )
    session.add(campaign)
    session.flush()
    record(
        session,
        "campaign:opened",
        by=by,
        at=at,
        campaign=code,
        regime=regime_code,
        order=order,
        restriction_when=campaign.restriction_when,
        quorum_base=campaign.quorum_base,
    )
    return campaign


def find_campaign(session: Session, code: str) -> Campaign:
    """Return the campaign called `code`, or raise NotFoundError."""
    campaign = session.scalar(sa.select(Campaign).where(Campaign.code == code))
    if campaign is None:
        raise NotFoundError("campaign")
    return campaign


def current_campaign(session: Session, on: date) -> Campaign | None:
    """Return the campaign of the day: the one that runs on `on`, else the newest."""
    newest = sa.select(Campaign).order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    running = newest.where(Campaign.starts_on <= on, Campaign.ends_on >= on)
    return session.scalar(running.limit(1)) or session.scalar(newest.limit(1))


def enrol(
    session: Session, campaign: Campaign, officer: Officer, *, by: Actor | str, at: datetime
) -> Enrolment:
    """Bring an officer whose post the regime names into the campaign, at the stage of preparation.

    Raises
    ------
    RefusedError
        ``category-not-in-regime`` or ``already-enrolled``.
    """
    if officer.post_category not in {c.code for c in regime(campaign.regime).categories}:
        raise RefusedError("category-not-in-regime", category=officer.post_category)
    there = sa.select(Enrolment.id).where(
        Enrolment.campaign_id == campaign.id, Enrolment.officer_id == officer.id
    )
    if session.scalar(there):
        raise RefusedError("already-enrolled", officer=officer.full_name)
    enrolment = Enrolment(campaign_id=campaign.id, officer_id=officer.id, stage=PREPARATION)
    session.add(enrolment)
    session.flush()
    record(session, "enrolment:made", by=by, at=at, campaign=campaign.code, iin=officer.iin)
    return enrolment


def notify(session: Session, enrolment: Enrolment, *, on: date, by: Actor, at: datetime) -> None:
    """Record the written notice (Decree 490, rule 5: one month before the attestation)."""
    if on > at.date():
        raise RefusedError("date-in-future")
    enrolment.notified_on = on
    record(session, "enrolment:notified", by=by, at=at, enrolment=enrolment.id, on=on)


def finish_preparation(session: Session, enrolment: Enrolment, *, by: Actor, at: datetime) -> None:
    """Close the stage of preparation: from now on norms may be taken.

    Raises
    ------
    RefusedError
        ``not-notified`` or ``exempt``.
    """
    if enrolment.notified_on is None:
        raise RefusedError("not-notified", officer=enrolment.officer.full_name)
    if is_exempt(enrolment, at.date()):
        raise RefusedError("exempt", officer=enrolment.officer.full_name)
    advance_stage(session, enrolment, NORMS, by=by, at=at)


def is_exempt(enrolment: Enrolment, on: date) -> bool:
    """Say whether the officer is exempt on a day (Decree 490, rule 2)."""
    return enrolment.exempt_reason is not None and (
        enrolment.exempt_until is None or on <= enrolment.exempt_until
    )


def exempt(
    session: Session, enrolment: Enrolment, *, reason: str, until: date | None, by: Actor, at: datetime
) -> None:
    """Record an exemption with its reason and its last day."""
    allowed = regime(session.get_one(Campaign, enrolment.campaign_id).regime).exemptions
    if reason not in {ground.value for ground in allowed}:
        raise RefusedError("exemption-not-in-regime", reason=reason)
    enrolment.exempt_reason, enrolment.exempt_until = reason, until
    record(session, "enrolment:exempted", by=by, at=at, enrolment=enrolment.id, reason=reason, until=until)


def advance_stage(session: Session, enrolment: Enrolment, to: int, *, by: Actor | str, at: datetime) -> None:
    """Lead an officer to the next stage; stages follow one another (Decree 490, rule 4).

    Raises
    ------
    RefusedError
        ``stage-out-of-order``.
    """
    if to != enrolment.stage + 1:
        raise RefusedError("stage-out-of-order", at=enrolment.stage, to=to)
    enrolment.stage = to
    session.flush()
    record(session, "enrolment:stage", by=by, at=at, enrolment=enrolment.id, stage=to)
