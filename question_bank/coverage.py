"""What a bank covers: how many active items it has by area, topic, level, kind and act."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from question_bank.blueprint import DIMENSIONS, property_of
from question_bank.items import Item, Part, State


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts for one part of the bank; `by` has a count per value for each dimension, active items only."""

    part: Part
    items: int
    active: int
    by: Mapping[str, Mapping[str, int]]


def cover(items: Iterable[Item], part: Part) -> Coverage:
    """Count the items of `part`; an empty value, such as the act of a logic item, is not counted."""
    own = [item for item in items if item.part is part]
    active = [item for item in own if item.state is State.ACTIVE]
    by = {name: _counted(active, name) for name in DIMENSIONS.values()}
    return Coverage(part, len(own), len(active), by)


def _counted(items: Iterable[Item], dimension: str) -> dict[str, int]:
    counts = Counter(property_of(item, dimension) for item in items)
    return {value: counts[value] for value in sorted(counts) if value}
