"""Writing items: what an author types becomes a version; every saved wording stays."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.bank.item_content import to_content
from exam.services.bank.item_lives import life_of
from exam.services.bank.item_page import may_write
from exam.services.bank.item_pictures import is_kept
from exam.services.bank.item_versions import find_item, find_version, was_in_use, write_move
from exam.services.journaling import record
from exam.storage.tables import ItemRow, ItemVersionRow
from question_bank.errors import MalformedKeyError, MoveRefusedError
from question_bank.items import (
    NOTHING,
    ChosenKey,
    Item,
    ItemVersion,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Part,
    Source,
    State,
    Text,
    ordering,
)
from question_bank.life_cycle import Hand, Life, edit, may_edit, next_version
from question_bank.sealing import version_digest

BEGUN = "begun"
AREAS: Mapping[str, tuple[int, ...]] = {
    "constitution": (1, 2),
    "service": (3, 4, 19, 20, 21),
    "offences": (8, 9, 10),
    "police": (5, 7, 12, 13, 14, 15, 16, 17),
    "supervision": (11,),
    "integrity": (6, 18, 22),
}
AREA_OF_TOPIC = {f"T{number:02d}": area for area, numbers in AREAS.items() for number in numbers}
"""The area of the legislation test to which each topic belongs."""

FREE = ("act", "enemies")
"""What may change after an item was first in use; its place in the bank may not, lest old results move."""


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """An option as it is typed; `fixed` keeps it in its place.

    `left` is the other side of a pair; a row of a matching without one is right for no line.
    """

    text: Text
    left: Text = NOTHING
    key: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Writing:
    """An item as an author types it: an ordering in its right order, pairs beside one another."""

    area: str
    topic: str
    level: int
    kind: Kind
    stem: Text
    rows: tuple[WrittenRow, ...] = ()
    answer: Decimal = Decimal(0)
    tolerance: Decimal = Decimal(0)
    unit: Text = NOTHING
    rationale: Text = NOTHING
    source: Source | None = None
    fact: str = ""
    grade: str = ""
    enemies: frozenset[str] = frozenset()
    image: str = ""
    image_alt: Text = NOTHING


def as_version(writing: Writing, code: str, number: int, before: ItemVersion | None = None) -> ItemVersion:
    """Return what is written as a version; points stay, and the proof of an unchanged question.

    Raises
    ------
    RefusedError
        ``key-malformed`` when the key does not fit the kind or the options.
    """
    try:
        options, key = _asked(writing, code)
        version = ItemVersion(
            item=code,
            number=number,
            kind=writing.kind,
            stem=writing.stem,
            key=key,
            options=options,
            lefts=_lefts(writing),
            rationale=writing.rationale,
            unit=writing.unit if writing.kind is Kind.NUMERIC else NOTHING,
            source=writing.source,
            image=writing.image,
            image_alt=writing.image_alt if writing.image else NOTHING,
        )
    except MalformedKeyError as error:
        raise RefusedError("key-malformed", kind=writing.kind.value) from error
    if before is None:
        return version
    version = replace(version, points=before.points)
    if _asks_another(version, before):
        return version
    return replace(version, seed=before.seed, certificate=before.certificate)


def _asks_another(version: ItemVersion, before: ItemVersion) -> bool:
    """A proof is that of one question: other words, options or another key leave it without a proof."""
    asked = ("kind", "stem", "options", "lefts", "key", "image")
    return any(getattr(version, name) != getattr(before, name) for name in asked)


def _lefts(writing: Writing) -> tuple[Text, ...]:
    matched = writing.kind is Kind.MATCHING
    return tuple(row.left for row in writing.rows if matched and row.left != NOTHING)


def _asked(writing: Writing, code: str) -> tuple[tuple[Option, ...], Key]:
    options = tuple(Option(row.text, row.fixed) for row in writing.rows)
    match writing.kind:
        case Kind.NUMERIC:
            return (), NumberKey(writing.answer, writing.tolerance)
        case Kind.ORDERING:
            return ordering(code, options)
        case Kind.MATCHING:
            pairs_first = sorted(writing.rows, key=lambda row: row.left == NOTHING)
            mixed, key = ordering(code, [Option(row.text) for row in pairs_first])
            return mixed, MatchKey(key.order[: len(_lefts(writing))])
    chosen = frozenset(place for place, row in enumerate(writing.rows) if row.key)
    return options, ChosenKey(chosen)


def as_writing(item: Item) -> Writing:
    """Return an item as its author would type it."""
    version = item.version
    number = version.key if isinstance(version.key, NumberKey) else NumberKey(Decimal(0))
    return Writing(
        area=item.area,
        topic=item.topic,
        level=item.level,
        kind=version.kind,
        stem=version.stem,
        rows=_rows(version),
        answer=number.value,
        tolerance=number.tolerance,
        unit=version.unit,
        rationale=version.rationale,
        source=version.source,
        fact=item.fact,
        grade=item.grade,
        enemies=item.enemies,
        image=version.image,
        image_alt=version.image_alt,
    )


def _rows(version: ItemVersion) -> tuple[WrittenRow, ...]:
    options = version.options
    match version.key:
        case OrderKey(order):
            return tuple(WrittenRow(options[place].text, fixed=options[place].fixed) for place in order)
        case MatchKey(places):
            pairs = zip(places, version.lefts, strict=True)
            spare = (option for place, option in enumerate(options) if place not in places)
            return (
                *(WrittenRow(options[place].text, left) for place, left in pairs),
                *(WrittenRow(option.text) for option in spare),
            )
        case ChosenKey(chosen):
            return tuple(
                WrittenRow(option.text, key=place in chosen, fixed=option.fixed)
                for place, option in enumerate(options)
            )
    return ()


def start_item(
    session: Session, writing: Writing, *, part: Part = Part.LEGISLATION, by: Actor, at: datetime
) -> ItemRow:
    """Store the first draft of a new item.

    Raises
    ------
    ForbiddenError
        If the actor is no author.
    RefusedError
        ``key-malformed``, ``enemy-unknown`` or ``picture-unknown``.
    """
    by.require(Role.ITEM_AUTHOR)
    _require_enemies(session, writing.enemies)
    _require_picture(session, writing.image)
    code = _next_code(session, part, writing.topic)
    version = as_version(writing, code, 1)
    row = ItemRow(code=code, part=part.value, state=State.DRAFT.value, created_by=by.id, **_place(writing))
    row.versions = [_stored(version, writing, by=by, at=at)]
    session.add(row)
    session.flush()
    write_move(session, row.versions[0], State.DRAFT, State.DRAFT, note=BEGUN, by=by.id, at=at)
    _journal(session, row, row.versions[0], by=by, at=at)
    return row


def save_wording(
    session: Session, item_id: int, writing: Writing, *, seen: int, note: str, by: Actor, at: datetime
) -> ItemVersionRow:
    """Store the next wording of an item as a draft; the version in use stays in use until this one is.

    Parameters
    ----------
    seen : int
        Number of the version that the author had before him.

    Raises
    ------
    ForbiddenError
        If the actor is no author.
    RefusedError
        ``newer-version`` when somebody saved another wording meanwhile, ``in-review``, ``key-malformed``,
        ``enemy-unknown``, ``picture-unknown``, ``note-missing`` or ``unchanged``.
    """
    by.require(Role.ITEM_AUTHOR)
    row = find_item(session, item_id, to_change=True)
    newest = find_version(session, item_id)
    if newest.number != seen:
        raise RefusedError("newer-version", number=newest.number)
    life = life_of(session, newest)
    if not may_write(life, by):
        raise RefusedError("in-review")
    _require_enemies(session, writing.enemies - frozenset(row.enemies or ()))
    if writing.image != life.item.version.image:
        _require_picture(session, writing.image)
    version = as_version(writing, row.code, seen, life.item.version)
    if as_writing(life.item) == writing:
        raise RefusedError("unchanged")
    why = _begin(life, version, note=note, by=by, at=at)
    stored = _stored(replace(version, number=seen + 1), writing, by=by, at=at)
    settled = was_in_use(session, item_id)
    row.versions.append(stored)
    for name, value in _place(writing).items():
        if not settled or name in FREE:
            setattr(row, name, value)
    session.flush()
    write_move(session, stored, State.DRAFT, State.DRAFT, note=why, by=by.id, at=at)
    _journal(session, row, stored, by=by, at=at)
    return stored


def _begin(life: Life, version: ItemVersion, *, note: str, by: Actor, at: datetime) -> str:
    """Ask the life of the version whether it may be followed; return the note as it is kept."""
    try:
        if may_edit(life, Hand.AUTHOR):
            return edit(life, version, by=str(by.id), note=note, at=at).history[-1].note
        return next_version(life, by=str(by.id), note=note, at=at).history[-1].note
    except MoveRefusedError as error:
        raise RefusedError(error.code) from error


def _journal(session: Session, row: ItemRow, version: ItemVersionRow, *, by: Actor, at: datetime) -> None:
    record(
        session,
        "item:written",
        by=by,
        at=at,
        item=row.code,
        version=version.number,
        digest=version.digest,
    )


def _require_enemies(session: Session, codes: frozenset[str]) -> None:
    unknown = codes - set(session.scalars(sa.select(ItemRow.code).where(ItemRow.code.in_(codes))))
    if unknown:
        raise RefusedError("enemy-unknown", codes=", ".join(sorted(unknown)))


def _require_picture(session: Session, name: str) -> None:
    if name and not is_kept(session, name):
        raise RefusedError("picture-unknown")


def _place(writing: Writing) -> Mapping[str, Any]:
    """Where an item stands in the bank: settled with its first use, apart from the act."""
    return {
        "area": writing.area,
        "topic": writing.topic or writing.area,
        "act": writing.source.act if writing.source else None,
        "fact": writing.fact,
        "grade": writing.grade,
        "enemies": sorted(writing.enemies),
    }


def _stored(version: ItemVersion, writing: Writing, *, by: Actor, at: datetime) -> ItemVersionRow:
    return ItemVersionRow(
        number=version.number,
        kind=version.kind.value,
        level=writing.level,
        content=to_content(version),
        digest=version_digest(version),
        valid_from=version.source.valid_from if version.source else None,
        valid_to=version.source.valid_to if version.source else None,
        written_by=by.id,
        written_at=at,
    )


def _next_code(session: Session, part: Part, topic: str) -> str:
    """Return the next free code of a topic: L-T01-015."""
    beginning = f"{'L' if part is Part.LEGISLATION else 'H'}-{topic}-"
    codes = session.scalars(
        sa.select(ItemRow.code).where(ItemRow.code.startswith(beginning, autoescape=True))
    )
    numbers = [int(code.removeprefix(beginning)) for code in codes if code[len(beginning) :].isdigit()]
    return f"{beginning}{max(numbers, default=0) + 1:03d}"
