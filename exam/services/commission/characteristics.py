"""The service characteristic in the words of the superior: six sections (Decree No. 490, rule 6, annex 2)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlalchemy.sql import ColumnElement

from exam.errors import NotFoundError, RefusedError
from exam.rules.regimes import Names, regime
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.commission.commission_scope import seen_by
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Campaign, Case, Characteristic, Commission, Enrolment, Meeting, Officer

SECTIONS = ("duties", "knowledge", "legality", "qualities", "unit", "appraisal")
"""The sections of annex 2 in their order; ``unit`` is for officers who head one."""
FOR_HEADS_ONLY = "unit"


@dataclass(frozen=True, slots=True)
class Characterisation:
    """A characteristic as its author signed it.

    Attributes
    ----------
    sections : mapping of str to str
        By `SECTIONS`; ``unit`` may be empty.
    signed_on, acquainted_on, received_on : date
        When the superior signed it, the officer knew it, the HR unit had it.
    """

    author_name: str
    author_post: str
    author_rank: str
    signed_on: date
    acquainted_on: date
    received_on: date
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficerCharacterised:
    """An officer as the head of the form names him; `text` is None while nothing is entered."""

    full_name: str
    post: str
    rank: str
    appointed_on: date
    act: Names
    text: Characterisation | None


def enter_characteristic(
    session: Session, enrolment_id: int, given: Characterisation, *, by: Actor, at: datetime
) -> Characteristic:
    """Enter the signed characteristic of an officer, once.

    Raises
    ------
    NotFoundError
        If the officer is not in one of the actor's regions.
    RefusedError
        ``characteristic-there``, ``section-missing``, ``author-missing``, ``dates-in-wrong-order`` or
        ``date-in-future``.
    """
    enrolment = session.scalar(
        sa.select(Enrolment).join(Enrolment.officer).where(Enrolment.id == enrolment_id, _mine(by))
    )
    if enrolment is None:
        raise NotFoundError("enrolment")
    if session.scalar(_of(enrolment_id)) is not None:
        raise RefusedError("characteristic-there", officer=enrolment.officer.full_name)
    _require_whole(given, day_of(at))
    row = Characteristic(
        enrolment_id=enrolment.id,
        sections={name: given.sections.get(name, "").strip() for name in SECTIONS},
        author_name=given.author_name.strip(),
        author_post=given.author_post.strip(),
        author_rank=given.author_rank.strip(),
        signed_on=given.signed_on,
        acquainted_on=given.acquainted_on,
        received_on=given.received_on,
    )
    session.add(row)
    session.flush()
    record(
        session,
        "characteristic:entered",
        by=by,
        at=at,
        enrolment=enrolment.id,
        author=row.author_name,
        received_on=row.received_on,
    )
    return row


def _mine(by: Actor) -> ColumnElement[bool]:
    regions = by.regions(Role.HR, Role.SECRETARY)
    return sa.true() if regions is None else Officer.region_code.in_(regions)


def _require_whole(given: Characterisation, today: date) -> None:
    for name in SECTIONS:
        if name != FOR_HEADS_ONLY and not given.sections.get(name, "").strip():
            raise RefusedError("section-missing", section=SECTIONS.index(name) + 1)
    if not (given.author_name.strip() and given.author_post.strip()):
        raise RefusedError("author-missing")
    if not given.signed_on <= given.acquainted_on <= given.received_on:
        raise RefusedError("dates-in-wrong-order")
    if given.received_on > today:
        raise RefusedError("date-in-future")


def _of(enrolment_id: int) -> sa.Select[Characteristic]:
    return sa.select(Characteristic).where(Characteristic.enrolment_id == enrolment_id)


def read_characteristic(session: Session, enrolment_id: int, *, by: Actor) -> OfficerCharacterised:
    """Return an officer of the actor's region or commission with his characteristic.

    Raises
    ------
    NotFoundError
        If the officer is in neither.
    """
    before_me = sa.exists().where(
        Case.enrolment_id == Enrolment.id,
        Case.meeting_id == Meeting.id,
        Meeting.commission_id == Commission.id,
        seen_by(by),
    )
    enrolment = session.scalar(
        sa.select(Enrolment)
        .join(Enrolment.officer)
        .where(Enrolment.id == enrolment_id, sa.or_(_mine(by), before_me))
    )
    if enrolment is None:
        raise NotFoundError("enrolment")
    officer, campaign = enrolment.officer, session.get_one(Campaign, enrolment.campaign_id)
    return OfficerCharacterised(
        full_name=officer.full_name,
        post=officer.post,
        rank=officer.rank,
        appointed_on=officer.appointed_on,
        act=regime(campaign.regime).act,
        text=characterisation(session, enrolment_id),
    )


def characterisation(session: Session, enrolment_id: int) -> Characterisation | None:
    """Return the characteristic of an officer whom the caller has found in his scope."""
    row = session.scalar(_of(enrolment_id))
    if row is None:
        return None
    return Characterisation(
        author_name=row.author_name,
        author_post=row.author_post,
        author_rank=row.author_rank,
        signed_on=row.signed_on,
        acquainted_on=row.acquainted_on,
        received_on=row.received_on,
        sections=MappingProxyType({name: row.sections.get(name, "") for name in SECTIONS}),
    )
