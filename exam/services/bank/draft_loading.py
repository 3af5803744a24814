"""Drafts of a file into the bank of an installation: each a draft for an author, none more than that."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.actors import Actor
from exam.services.bank.item_pictures import keep_pictures
from exam.services.bank.loading import add_item
from exam.services.journaling import record
from exam.storage.tables import ItemRow
from question_bank.interchange.drafts import Draft, draft_to_plain
from question_bank.interchange.items import item_of
from question_bank.items import Item

NOTE = "from a file"
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
CODE = re.compile(r"[A-Z][A-Za-z0-9_-]{2,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Codes of what was written, and of what was there before."""

    written: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A draft as it would enter the bank: its item, and whether the bank has one with this code already."""

    item: Item
    place: str
    known: bool


def look_at(session: Session, drafts: Sequence[Draft]) -> tuple[Arrival, ...]:
    """Return what `load_drafts` would make of drafts; nothing is written."""
    known = set(session.scalars(sa.select(ItemRow.code)))
    arrivals = []
    for draft in drafts:
        code = code_of(draft)
        arrivals.append(Arrival(item_of(draft, code), draft.place, code in known))
        known.add(code)
    return tuple(arrivals)


def load_drafts(
    session: Session,
    drafts: Sequence[Draft],
    pictures: Mapping[str, bytes] = NO_PICTURES,
    *,
    by: Actor | str,
    at: datetime,
) -> Loaded:
    """Write drafts as items in the state draft; what was taken in before is left as it is.

    Parameters
    ----------
    drafts : sequence of Draft
    pictures : mapping of str to bytes
        PNG files, painted anew, by the names that drafts give them.
    by : Actor or str
        The author of the drafts, or a word for what acts by itself.
    at : datetime
    """
    known = set(session.scalars(sa.select(ItemRow.code)))
    keep_pictures(session, pictures, at=at)
    written: list[str] = []
    before: list[str] = []
    author = by.id if isinstance(by, Actor) else None
    for draft in drafts:
        code = code_of(draft)
        if code in known:
            before.append(code)
            continue
        add_item(session, item_of(draft, code), author=author, at=at, note=NOTE)
        known.add(code)
        written.append(code)
    if written:
        record(session, "bank:imported", by=by, at=at, items=len(written), known=len(before))
    return Loaded(tuple(written), tuple(before))


def code_of(draft: Draft) -> str:
    """Return the code that the file gives, or one that follows from what the question says."""
    if CODE.fullmatch(draft.name):
        return draft.name
    plain = draft_to_plain(draft.without_place()) | {"picture": ""}
    told = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return f"IMP-{hashlib.sha256(told.encode('utf-8')).hexdigest()[:16]}"
