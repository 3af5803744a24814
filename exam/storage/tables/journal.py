"""The tamper-evident log."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from exam.storage.base import Facts, Row


class JournalEntry(Row):
    """One act, chained to the one before it: none can be changed or taken out unseen."""

    __tablename__ = "journal_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(sa.String(80), index=True)
    tag: Mapped[str] = mapped_column(sa.String(48), index=True)
    facts: Mapped[Any] = mapped_column(Facts)
    previous: Mapped[str] = mapped_column(sa.String(64), unique=True)
    digest: Mapped[str] = mapped_column(sa.String(64), unique=True)


class Breach(Row):
    """A statement that a guard of the database refused: the guard itself leaves this row (SQLite)."""

    __tablename__ = "breach"

    id: Mapped[int] = mapped_column(primary_key=True)
    guard: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[str] = mapped_column(sa.String(32))
    facts: Mapped[str]
    journalled: Mapped[bool] = mapped_column(default=False)
