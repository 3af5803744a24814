"""Items for a bank: all levels, no two alike."""

from collections import Counter
from itertools import islice

from question_bank.logic.errors import NoItemError
from question_bank.logic.generating import items_of
from question_bank.logic.values import LogicItem

LEVELS = (1, 2, 3)
KEYS = 4
PATIENCE = 4_000  # items looked at before giving up


def select(kind: str, *, seed: int, count: int) -> list[LogicItem]:
    """Take items of a kind so that levels and key positions are spread evenly and no two are alike.

    Two items are alike when they put the same question about the same data, whatever the order of
    the options; `LogicItem.problem` without its wording decides.

    Raises
    ------
    NoItemError
        If the kind does not give so many items of every level.
    """
    chosen: dict[object, LogicItem] = {}
    levels: Counter[int] = Counter()
    keys: Counter[int] = Counter()
    quotas = {level: count // 3 + (place < count % 3) for place, level in enumerate(LEVELS)}
    for item in islice(items_of(kind, seed=seed), PATIENCE):
        open_key = keys[item.key] < -(-count // KEYS)
        if item.problem not in chosen and levels[item.level] < quotas[item.level] and open_key:
            chosen[item.problem] = item
            levels[item.level] += 1
            keys[item.key] += 1
            if len(chosen) == count:
                return sorted(chosen.values(), key=lambda each: each.level)
    raise NoItemError(f"{kind}: only {dict(levels)} of {count} items by level from seed {seed}")
