"""The shipped bank into the database: once, with its states and a first move for the record."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.actors import Actor
from exam.services.bank.item_content import to_content
from exam.services.journaling import record
from exam.storage.tables import ItemMove, ItemRow, ItemVersionRow
from question_bank.items import Item, State
from question_bank.reading import shipped_bank
from question_bank.sealing import version_digest

NOTE = "shipped-bank"


def load_shipped_bank(session: Session, *, by: Actor | str, at: datetime) -> int:
    """Write the shipped items that are not there yet; return how many."""
    known = set(session.scalars(sa.select(ItemRow.code)))
    new = [item for item in shipped_bank().items if item.code not in known]
    author = by.id if isinstance(by, Actor) else None
    add_items(session, new, author=author, at=at)
    if new:
        record(session, "bank:loaded", by=by, at=at, items=len(new), source=NOTE)
    return len(new)


def add_items(
    session: Session, items: Sequence[Item], *, author: int | None, at: datetime, note: str = NOTE
) -> list[ItemRow]:
    """Write items, each with its first version and the move that brought it to its state."""
    rows = [_row(item, author, at) for item in items]
    session.add_all(rows)
    session.flush()
    session.add_all(
        ItemMove(
            item_id=row.id,
            version_id=row.versions[0].id,
            from_state=State.DRAFT.value,
            to_state=row.state,
            note=note,
            by=author,
            at=at,
        )
        for row in rows
    )
    session.flush()
    return rows


def add_item(session: Session, item: Item, *, author: int | None, at: datetime, note: str = NOTE) -> ItemRow:
    """Write one item as `add_items` does."""
    return add_items(session, [item], author=author, at=at, note=note)[0]


def _row(item: Item, author: int | None, at: datetime) -> ItemRow:
    version = item.version
    stored = ItemVersionRow(
        number=version.number,
        kind=version.kind.value,
        level=item.level,
        content=to_content(version),
        digest=version_digest(version),
        valid_from=version.source.valid_from if version.source else None,
        valid_to=version.source.valid_to if version.source else None,
        written_by=author,
        written_at=at,
    )
    return ItemRow(
        code=item.code,
        part=item.part.value,
        state=item.state.value,
        area=item.area,
        topic=item.topic or item.area,
        act=item.act or None,
        fact=item.fact,
        grade=item.grade,
        enemies=sorted(item.enemies),
        created_by=author,
        versions=[stored],
    )
