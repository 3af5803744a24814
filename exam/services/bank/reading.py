"""The bank as values: stored versions as the question bank knows them, and the pool of a day.

A version's state is where its last move left it. The state of an item is that of its newest version, so an
item whose next version is being written is a draft while the version before it stays in the pool.
"""

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from exam.services.bank.item_content import from_content
from exam.storage.tables import AmendmentRow, ItemMove, ItemRow, ItemVersionRow
from question_bank.items import Item, Part, State
from question_bank.legislation import Amendment, pool_on, shipped_acts


def as_item(version: ItemVersionRow, state: State) -> Item:
    """See a stored version, in its state, with its item as the question bank does."""
    row = version.item
    return Item(
        code=row.code,
        part=Part(row.part),
        area=row.area,
        level=version.level,
        state=state,
        version=from_content(version.content),
        topic=row.topic,
        fact=row.fact,
        grade=row.grade,
        enemies=frozenset(row.enemies or ()),
    )


def last_moves() -> sa.Subquery:
    """Return, for every version that was ever moved, the id of its last move."""
    last = sa.select(ItemMove.version_id, sa.func.max(ItemMove.id).label("move_id"))
    return last.group_by(ItemMove.version_id).subquery()


def newest_number() -> sa.ScalarSelect[int]:
    """Return the number of an item's newest version, for a query over items."""
    newest = sa.select(sa.func.max(ItemVersionRow.number)).where(ItemVersionRow.item_id == ItemRow.id)
    return newest.correlate(ItemRow).scalar_subquery()


def versions_in(*states: State, part: Part | None = None) -> sa.Select[ItemVersionRow, str]:
    """Select the versions whose last move left them in one of `states`, each with its state, by code."""
    last = last_moves()
    wanted = (
        sa.select(ItemVersionRow, ItemMove.to_state)
        .join(last, last.c.version_id == ItemVersionRow.id)
        .join(ItemMove, ItemMove.id == last.c.move_id)
        .join(ItemVersionRow.item)
        .options(joinedload(ItemVersionRow.item))
        .where(ItemMove.to_state.in_([state.value for state in states]))
        .order_by(ItemRow.code, ItemVersionRow.number)
    )
    return wanted if part is None else wanted.where(ItemRow.part == part.value)


def version_states(session: Session, item_id: int) -> Mapping[int, State]:
    """Return the state of every version of an item, by the id of the version."""
    moves = sa.select(ItemMove.version_id, ItemMove.to_state).where(ItemMove.item_id == item_id)
    ordered = session.execute(moves.order_by(ItemMove.id)).all()
    return {version_id: State(state) for version_id, state in ordered}


def recorded_amendments(session: Session) -> tuple[Amendment, ...]:
    """Return what was recorded of changed acts, oldest first."""
    rows = session.scalars(sa.select(AmendmentRow).order_by(AmendmentRow.in_force, AmendmentRow.id))
    return tuple(as_amendment(row) for row in rows)


def as_amendment(row: AmendmentRow) -> Amendment:
    """See a recorded amendment as the question bank does."""
    return Amendment(row.act, row.in_force, tuple(row.articles), row.repeals, row.ground)


def pool(session: Session, part: Part, on: date) -> dict[Item, int]:
    """Return the items that may be drawn for a test on a day, each with the id of its version."""
    active = session.execute(versions_in(State.ACTIVE, part=part)).all()
    versions = {as_item(version, State(state)): version.id for version, state in active}
    drawn: Iterable[Item] = pool_on(on, versions, shipped_acts().acts, recorded_amendments(session))
    return {item: versions[item] for item in drawn}
