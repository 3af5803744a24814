"""The bank as values: items of the database as the question bank knows them."""

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from exam.services.item_content import from_content
from exam.storage.tables import ItemRow, ItemVersionRow
from question_bank.items import Item, Part, State
from question_bank.legislation import pool_on, shipped_acts


def as_item(version: ItemVersionRow) -> Item:
    """See a stored version with its item as the question bank does."""
    row = version.item
    return Item(
        code=row.code,
        part=Part(row.part),
        area=row.area,
        level=version.level,
        state=State(row.state),
        version=from_content(version.content),
        topic=row.topic,
        fact=row.fact,
        grade=row.grade,
        enemies=frozenset(row.enemies or ()),
    )


def latest_versions(
    session: Session, *, states: Iterable[State], part: Part | None = None
) -> list[ItemVersionRow]:
    """Return the latest version of every item in one of `states`, by code."""
    newest = (
        sa.select(sa.func.max(ItemVersionRow.number))
        .where(ItemVersionRow.item_id == ItemRow.id)
        .correlate(ItemRow)
        .scalar_subquery()
    )
    wanted = (
        sa.select(ItemVersionRow)
        .join(ItemVersionRow.item)
        .options(joinedload(ItemVersionRow.item))
        .where(ItemRow.state.in_([state.value for state in states]), ItemVersionRow.number == newest)
        .order_by(ItemRow.code)
    )
    if part is not None:
        wanted = wanted.where(ItemRow.part == part.value)
    return list(session.scalars(wanted))


def pool(session: Session, part: Part, on: date) -> dict[Item, int]:
    """Return the items that may be drawn for a test on a day, each with the id of its version."""
    versions = {as_item(v): v.id for v in latest_versions(session, states=(State.ACTIVE,), part=part)}
    return {item: versions[item] for item in pool_on(on, versions, shipped_acts().acts)}
