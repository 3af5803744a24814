"""The journal as the auditor reads it: entries by page and filter, and whether the chain holds."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.journaling import BrokenLink, verify_chain
from exam.services.local_days import COUNTRY
from exam.services.paging import Paged, paged
from exam.storage.base import canonical
from exam.storage.tables import JournalEntry

LONGEST_FACT = 200


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An entry; `facts` are names with values, long ones cut."""

    id: int
    at: datetime
    actor: str
    tag: str
    facts: tuple[tuple[str, str], ...]
    digest: str


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """How many entries the journal has, the digest of the last, and where the chain breaks, if it does."""

    entries: int
    newest_digest: str | None
    broken: BrokenLink | None


def read_journal(
    session: Session,
    *,
    tag: str = "",
    actor: str = "",
    first: date | None = None,
    last: date | None = None,
    number: int = 1,
) -> Paged[JournalLine]:
    """Return one page of the journal, newest first; days are days in Kazakhstan, both included."""
    wanted = sa.select(JournalEntry)
    if tag:
        wanted = wanted.where(JournalEntry.tag == tag)
    if actor:
        wanted = wanted.where(JournalEntry.actor == actor)
    if first:
        wanted = wanted.where(JournalEntry.at >= _midnight(first))
    if last:
        wanted = wanted.where(JournalEntry.at < _midnight(last) + timedelta(days=1))
    return paged(session, wanted.order_by(JournalEntry.id.desc()), _line, number=number)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), COUNTRY)


def _line(entry: JournalEntry) -> JournalLine:
    facts = tuple((name, _told(value)) for name, value in sorted(entry.facts.items()))
    return JournalLine(entry.id, entry.at, entry.actor, entry.tag, facts, entry.digest)


def _told(value: Any) -> str:
    text = value if isinstance(value, str) else canonical(value)
    return text if len(text) <= LONGEST_FACT else text[: LONGEST_FACT - 1] + "…"


def tags(session: Session) -> tuple[str, ...]:
    """Return the kinds of entries that the journal holds."""
    return tuple(session.scalars(sa.select(JournalEntry.tag).distinct().order_by(JournalEntry.tag)))


def check_chain(session: Session) -> ChainCheck:
    """Recompute the whole chain."""
    count = session.scalar(sa.select(sa.func.count()).select_from(JournalEntry)) or 0
    newest = sa.select(JournalEntry.digest).order_by(JournalEntry.id.desc()).limit(1)
    return ChainCheck(count, session.scalar(newest), verify_chain(session))
