"""The first page of whoever has entered: what waits for him, what is late, what he did last."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.home_tasks import QUESTIONS, Reader, Task
from exam.storage.tables import JournalEntry

LAST_DOINGS = 8
NOT_HIS_WORK = ("account:refused", "act:refused")


@dataclass(frozen=True, slots=True)
class Doing:
    """An act of the reader, as the journal keeps it."""

    at: datetime
    tag: str


@dataclass(frozen=True, slots=True)
class Today:
    """What the first page shows; a task that nobody waits for is left out."""

    waiting: tuple[Task, ...]
    late: tuple[Task, ...]
    recent: tuple[Doing, ...]


def today(session: Session, *, by: Actor, at: datetime) -> Today:
    """Ask for every role that the actor holds; a question that two roles share is asked once."""
    questions = dict.fromkeys(ask for role in Role if role in by.roles for ask in QUESTIONS[role])
    reader = Reader(session, by, at)
    tasks = [task for ask in questions for task in ask(reader) if task.count]
    return Today(
        waiting=tuple(task for task in tasks if not task.late),
        late=tuple(task for task in tasks if task.late),
        recent=_doings(session, by),
    )


def _doings(session: Session, by: Actor) -> tuple[Doing, ...]:
    own = (
        sa.select(JournalEntry.at, JournalEntry.tag)
        .where(JournalEntry.actor == by.login, JournalEntry.tag.not_in(NOT_HIS_WORK))
        .order_by(JournalEntry.id.desc())
        .limit(LAST_DOINGS)
    )
    return tuple(Doing(at, tag) for at, tag in session.execute(own))
