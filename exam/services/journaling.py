"""The tamper-evident journal: every act leaves an entry that is chained to the one before it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.actors import Actor
from exam.storage.base import canonical
from exam.storage.tables import Breach, JournalEntry

GENESIS = "0" * 64
CHAIN_LOCK = 0x53594E41  # "SYNA": one writer of the chain at a time


def digest_of(previous: str, at: datetime, actor: str, tag: str, facts: Any) -> str:
    """Return the SHA-256 that chains an entry to the one before it."""
    told = canonical([previous, at.isoformat(), actor, tag, facts])
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


def record(session: Session, tag: str, *, by: Actor | str, at: datetime, **facts: object) -> JournalEntry:
    """Append an entry beside the change that it tells of, inside the caller's transaction.

    Parameters
    ----------
    tag : str
        ``subject:act``, for example ``measurement:entered``.
    by : Actor or str
        Who acted; a word for what acts by itself (``clock``, ``command line``).
    facts : object
        JSON values; what was changed, never a password, a key of an item or an answer.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": CHAIN_LOCK})
    actor = by if isinstance(by, str) else by.login
    newest = session.scalar(sa.select(JournalEntry.digest).order_by(JournalEntry.id.desc()).limit(1))
    previous = newest or GENESIS
    told = {name: _plain(value) for name, value in facts.items()}
    entry = JournalEntry(
        at=at,
        actor=actor,
        tag=tag,
        facts=told,
        previous=previous,
        digest=digest_of(previous, at, actor, tag, told),
    )
    session.add(entry)
    session.flush()
    return entry


def _plain(value: object) -> object:
    return value if isinstance(value, bool | int | str | list | dict | type(None)) else str(value)


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first entry that does not follow from the one before it."""

    entry_id: int
    why: str


def verify_chain(session: Session) -> BrokenLink | None:
    """Recompute the chain from its beginning; return the first break, or None."""
    previous, expected_id = GENESIS, None
    for entry in session.scalars(
        sa.select(JournalEntry).order_by(JournalEntry.id).execution_options(yield_per=1000)
    ):
        if expected_id is not None and entry.id != expected_id:
            return BrokenLink(entry.id, "an entry before it is missing")
        if entry.previous != previous:
            return BrokenLink(entry.id, "it does not follow the entry before it")
        if entry.digest != digest_of(entry.previous, entry.at, entry.actor, entry.tag, entry.facts):
            return BrokenLink(entry.id, "its content was changed")
        previous, expected_id = entry.digest, entry.id + 1
    return None


def adopt_breaches(session: Session, *, at: datetime) -> int:
    """Bring into the chain what the guards of the database refused since last time; return how many."""
    waiting: Sequence[Breach] = session.scalars(
        sa.select(Breach).where(Breach.journalled.is_(False)).order_by(Breach.id)
    ).all()
    for breach in waiting:
        record(
            session,
            "guard:refused",
            by="database",
            at=at,
            guard=breach.guard,
            facts=breach.facts,
            tried_at=breach.at,
        )
        breach.journalled = True
    return len(waiting)
