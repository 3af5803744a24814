"""A room that is ready for a test: thresholds, sealed forms with questions of every kind, officers in seats.

Keys and everything that tells of them bear `KEY_CANARY`, so that a page which lets one out is seen at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.bank.item_content import to_content
from exam.services.invigilator import releasing
from exam.services.invigilator import sitting as sittings
from exam.services.terminal import candidate
from exam.services.terminal.answering import TerminalPass
from exam.services.terminal.starting import start_part
from exam.storage.tables import Admission, Campaign, Form, FormItem, ItemRow, ItemVersionRow, Step
from question_bank.items import (
    ChosenKey,
    ItemVersion,
    Kind,
    NumberKey,
    Option,
    Source,
    Text,
    matching,
    ordering,
)
from question_bank.sealing import form_digest, version_digest
from tests import factories as make
from tests.exam.web.page import KEY_CANARY
from tests.factories import NOON

SECRET = b"the secret of a test installation"
NUMBER = Decimal("918273")  # a right answer that stands nowhere else
CANARY = Text(f"{KEY_CANARY} түсіндірме", f"{KEY_CANARY} пояснение")


def _text(kk: str, ru: str) -> Text:
    return Text(kk, ru)


def _options(*words: tuple[str, str]) -> tuple[Option, ...]:
    return tuple(Option(_text(*each)) for each in words)


COLOURS = _options(("ақ", "белый"), ("көк", "синий"), ("жасыл", "зелёный"), ("қызыл", "красный"))


def single(code: str, right: int = 1) -> ItemVersion:
    return _version(code, Kind.SINGLE, ChosenKey(frozenset({right})), COLOURS)


def multiple(code: str) -> ItemVersion:
    return _version(code, Kind.MULTIPLE, ChosenKey(frozenset({0, 2})), COLOURS)


def ordered(code: str) -> ItemVersion:
    options, key = ordering(code, COLOURS[:3])
    return _version(code, Kind.ORDERING, key, options)


def matched(code: str) -> ItemVersion:
    options, key = matching(code, COLOURS[:3])
    lefts = (_text("қар", "снег"), _text("аспан", "небо"), _text("шөп", "трава"))
    return _version(code, Kind.MATCHING, key, options, lefts)


def numeric(code: str) -> ItemVersion:
    return _version(code, Kind.NUMERIC, NumberKey(NUMBER))


def _version(
    code: str, kind: Kind, key: object, options: tuple[Option, ...] = (), lefts: tuple[Text, ...] = ()
) -> ItemVersion:
    return ItemVersion(
        item=code,
        number=1,
        kind=kind,
        stem=_text(f"{code}: дұрыс жауапты көрсетіңіз.", f"{code}: укажите верный ответ."),
        key=key,  # type: ignore[arg-type]
        options=options,
        lefts=lefts,
        rationale=CANARY,
        source=Source("act", CANARY),
        seed=KEY_CANARY,
        certificate=KEY_CANARY,
    )


def questions(prefix: str) -> tuple[ItemVersion, ...]:
    """One question of every kind, then three more single choices."""
    kinds = (single, multiple, ordered, matched, numeric)
    first = tuple(kind(f"{prefix}-{place}") for place, kind in enumerate(kinds, 1))
    return (*first, *(single(f"{prefix}-{place}", place % 4) for place in (6, 7, 8)))


AREAS = ("constitution", "police")


def sealed_form(
    session: Session, of: Campaign, part: str, versions: Sequence[ItemVersion], *, number: int = 1
) -> Form:
    """A sealed form; its questions belong to the areas of `AREAS` in turn."""
    row = make.form(
        session,
        of,
        part,
        sealed=False,
        number=number,
        blueprint=BLUEPRINTS[part],
        digest=form_digest(BLUEPRINTS[part], versions),
    )
    for position, version in enumerate(versions):
        stored = stored_version(session, version, area=AREAS[position % len(AREAS)])
        make.save(session, FormItem(form_id=row.id, position=position, item_version_id=stored.id))
    row.sealed_at = NOON
    session.flush()
    return row


def stored_version(session: Session, version: ItemVersion, *, area: str) -> ItemVersionRow:
    """The version in the bank; forms with common questions find it there."""
    digest = version_digest(version)
    known = session.scalar(sa.select(ItemVersionRow).where(ItemVersionRow.digest == digest))
    if known is not None:
        return known
    item = make.save(session, ItemRow(code=version.item, state="active", area=area, topic="T01"))
    stored = ItemVersionRow(
        item_id=item.id,
        number=version.number,
        kind=version.kind.value,
        level=2,
        content=to_content(version),
        digest=digest,
        written_at=NOON,
    )
    return make.save(session, stored)


BLUEPRINTS = {"legislation": "legislation-60", "logic": "logic-30"}


@dataclass(frozen=True)
class Room:
    """Ids of what stands, and the two invigilators of the region."""

    campaign_id: int
    sitting_id: int
    admissions: tuple[int, ...]
    enrolments: tuple[int, ...]
    invigilator: Actor
    second: Actor


def room(
    session: Session,
    *,
    officers: int = 1,
    points: int = 4,
    versions: Iterable[ItemVersion] | None = None,
    **threshold: object,
) -> Room:
    """An open sitting with officers in their seats; every part has eight questions and thirty minutes."""
    campaign = make.campaign(session)
    for part in BLUEPRINTS:
        asked = tuple(versions or questions("L")) if part == "legislation" else questions("G")
        sealed_form(session, campaign, part, asked)
        make.threshold(session, campaign, part, **{"questions": len(asked), "points": points} | threshold)
    invigilator = make.actor(session, Role.INVIGILATOR, region_code="AST")
    second = make.actor(session, Role.INVIGILATOR, region_code="AST")
    row = sittings.plan_sitting(
        session, make.schedule(session, campaign).id, room="1-сынып", by=invigilator, at=NOON
    )
    who = [make.enrolment(session, stage=3, of=campaign).id for _ in range(officers)]
    admitted = sittings.admit(session, row.id, who, chance=Random(1), by=invigilator, at=NOON)
    sittings.open_sitting(session, row.id, by=invigilator, at=NOON)
    return Room(campaign.id, row.id, tuple(each.id for each in admitted), tuple(who), invigilator, second)


def code_for(session: Session, in_room: Room, place: int = 0) -> str:
    """A start code for the officer at a place of the room's list."""
    return releasing.hand_out_code(
        session, in_room.admissions[place], secret=SECRET, by=in_room.invigilator, at=NOON
    ).code


def lead_to_the_questions(
    session: Session, in_room: Room, place: int = 0, *, at: datetime = NOON, language: str = "kk"
) -> TerminalPass:
    """Do for an officer what comes before the first part, and begin it; return the pass of his terminal."""
    slip = releasing.hand_out_code(
        session, in_room.admissions[place], secret=SECRET, by=in_room.invigilator, at=at
    )
    held = candidate.enter_code(session, slip.code, secret=SECRET, address="10.0.0.1", at=at)
    assert held is not None
    candidate.confirm_identity(session, held, at=at)
    candidate.choose_language(session, held, language, at=at)
    candidate.accept_rules(session, held, at=at)
    start_part(session, held, "legislation", secret=SECRET, at=at)
    return held


def answer(session: Session, attempt_id: int, seq: int, position: int, response: str) -> None:
    """Write a step as the answer journal would."""
    step = Step(attempt_id=attempt_id, seq=seq, position=position, response=response, received_at=NOON)
    make.save(session, step)


def seat_of(session: Session, admission_id: int) -> Admission:
    return session.get_one(Admission, admission_id)
