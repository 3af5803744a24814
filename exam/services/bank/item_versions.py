"""The stored versions of an item and the moves beside them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.storage.tables import ItemMove, ItemRow, ItemVersionRow
from question_bank.items import State


def find_item(session: Session, item_id: int, *, to_change: bool = False) -> ItemRow:
    """Return an item; one that is about to change is locked until the end of the transaction."""
    row = session.get(ItemRow, item_id, with_for_update=to_change or None)
    if row is None:
        raise NotFoundError("item")
    return row


def find_version(session: Session, item_id: int, number: int | None = None) -> ItemVersionRow:
    """Return a version of an item, the newest when no number is given; NotFoundError when there is none."""
    wanted = sa.select(ItemVersionRow).where(ItemVersionRow.item_id == item_id)
    if number is not None:
        wanted = wanted.where(ItemVersionRow.number == number)
    version = session.scalar(wanted.order_by(ItemVersionRow.number.desc()).limit(1))
    if version is None:
        raise NotFoundError("item")
    return version


def was_in_use(session: Session, item_id: int) -> bool:
    """Say whether candidates may have been given the item in any version."""
    moves = sa.select(ItemMove.id).where(ItemMove.item_id == item_id, ItemMove.to_state == State.ACTIVE.value)
    return session.scalar(moves.limit(1)) is not None


def write_move(
    session: Session,
    version: ItemVersionRow,
    before: State,
    after: State,
    *,
    note: str,
    by: int | None,
    at: datetime,
) -> None:
    """Append a move; the item is where its newest version is."""
    session.add(
        ItemMove(
            item_id=version.item_id,
            version_id=version.id,
            from_state=before.value,
            to_state=after.value,
            note=note,
            by=by,
            at=at,
        )
    )
    if version.number == find_version(session, version.item_id).number:
        version.item.state = after.value
    session.flush()
