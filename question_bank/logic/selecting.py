"""Items for a bank: all levels, no two alike."""

from collections import Counter
from itertools import islice

from question_bank.logic.errors import NoItemError
from question_bank.logic.generating import OPTIONS, items_of
from question_bank.logic.kinds import kind_named
from question_bank.logic.values import LogicItem

LEVELS = (1, 2, 3)
PATIENCE = 4_000  # items looked at before giving up


def select(kind: str, *, seed: int, count: int) -> list[LogicItem]:
    """Take items of a kind so that levels and key positions are spread evenly and no two are alike.

    Two items are alike when they put the same puzzle in other words; each kind says what that means and
    how many of them it allows.

    Raises
    ------
    NoItemError
        If the kind does not give so many items of every level.
    """
    generator = kind_named(kind)
    quotas = {level: count // 3 + (place < count % 3) for place, level in enumerate(LEVELS)}
    places = -(-count // OPTIONS)
    chosen: list[LogicItem] = []
    taken: Counter[object] = Counter()
    for item in islice(items_of(kind, seed=seed), PATIENCE):
        level, key, likeness = ("level", item.level), ("key", item.key), generator.likeness(item.problem)
        is_alike = taken[likeness] >= generator.most_alike
        if taken[level] < quotas[item.level] and taken[key] < places and not is_alike:
            chosen.append(item)
            taken.update([level, key, likeness])
            if len(chosen) == count:
                return sorted(chosen, key=lambda each: each.level)
    raise NoItemError(f"{kind}: only {len(chosen)} of {count} items of all levels from seed {seed}")
