"""What the bank covers on a day: how much of each topic at each level may be drawn, and what is short."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.bank.reading import pool
from exam.storage.tables import ItemRow
from question_bank.blueprint import Blueprint, Supply, shipped_blueprints, shortfalls
from question_bank.items import Item, Part

LEVELS = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A topic (of the law) or an area (of logic): how many items of each level may be drawn."""

    code: str
    by_level: tuple[int, ...]

    @property
    def total(self) -> int:
        """Items of every level."""
        return sum(self.by_level)


@dataclass(frozen=True, slots=True)
class BankCoverage:
    """A part of the bank on a day.

    Attributes
    ----------
    by_state : mapping from state to number of items
        Of all items of the part, whether they may be drawn or not.
    by_act : tuple of (act code, number)
        Of the items that may be drawn, the act with most of them first.
    """

    part: Part
    on: date
    drawable: int
    rows: tuple[CoverageRow, ...]
    by_state: Mapping[str, int]
    by_act: tuple[tuple[str, int], ...]
    blueprints: tuple[tuple[Blueprint, tuple[Supply, ...]], ...]


def cover_bank(session: Session, part: Part, *, on: date) -> BankCoverage:
    """Count what may be drawn for a part on a day; topics without any item have their row too."""
    items = list(pool(session, part, on))
    acts = Counter(item.act for item in items if item.act)
    plans = [each for each in shipped_blueprints().values() if each.part is part]
    return BankCoverage(
        part=part,
        on=on,
        drawable=len(items),
        rows=_rows(items, _places(session, part)),
        by_state=_states(session, part),
        by_act=tuple(sorted(acts.items(), key=lambda pair: (-pair[1], pair[0]))),
        blueprints=tuple((plan, shortfalls(plan, items)) for plan in plans),
    )


def _places(session: Session, part: Part) -> list[str]:
    column = _place_column(part)
    return list(session.scalars(sa.select(column).where(ItemRow.part == part.value).distinct()))


def _place_column(part: Part) -> sa.ColumnElement[str]:
    return ItemRow.topic.expression if part is Part.LEGISLATION else ItemRow.area.expression


def _rows(items: list[Item], places: list[str]) -> tuple[CoverageRow, ...]:
    counts = Counter(
        (item.topic if item.part is Part.LEGISLATION else item.area, item.level) for item in items
    )
    return tuple(
        CoverageRow(place, tuple(counts[place, level] for level in LEVELS)) for place in sorted(places)
    )


def _states(session: Session, part: Part) -> dict[str, int]:
    counted = (
        sa.select(ItemRow.state, sa.func.count()).where(ItemRow.part == part.value).group_by(ItemRow.state)
    )
    return {state: number for state, number in session.execute(counted).all()}  # noqa: C416
