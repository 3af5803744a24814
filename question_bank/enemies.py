"""Which items may not meet in one form: those that declare one another enemies, and the kin of their kin.

An item that gives away a second, which gives away a third, mostly gives away the third as well: three
wordings of one fact are seldom declared in all pairs. So a whole family is kept apart where the bank can
afford it, the declared pairs always.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from question_bank.items import Item

Pair = tuple[str, str]


def declared_pairs(items: Iterable[Item]) -> frozenset[Pair]:
    """Return the pairs of codes that one of the two items declares, each in the order of the codes."""
    return frozenset(
        (min(item.code, enemy), max(item.code, enemy))
        for item in items
        for enemy in item.enemies
        if enemy != item.code
    )


def families(items: Iterable[Item]) -> tuple[frozenset[str], ...]:
    """Return the sets of codes that are linked by declared pairs, also through items that are not there."""
    kin: dict[str, set[str]] = {}
    for one, two in sorted(declared_pairs(items)):
        joined = kin.get(one, {one}) | kin.get(two, {two})
        kin.update(dict.fromkeys(joined, joined))
    found = {min(family): frozenset(family) for family in kin.values()}
    return tuple(found[first] for first in sorted(found))


def kept_apart(pool: Sequence[Item], *, whole_families: bool) -> tuple[tuple[int, ...], ...]:
    """Return sets of places in the pool of which a form may have one at most."""
    places = {item.code: place for place, item in enumerate(pool)}
    codes: Iterable[Iterable[str]] = families(pool) if whole_families else sorted(declared_pairs(pool))
    sets = (tuple(sorted(places[code] for code in each if code in places)) for each in codes)
    return tuple(sorted(each for each in sets if len(each) > 1))


def indirect_pairs(pool: Iterable[Item], form: Iterable[Item]) -> frozenset[Pair]:
    """Return the pairs of a form that are enemies only through a third item of the pool."""
    known = tuple(pool)
    held, declared = {item.code for item in form}, declared_pairs(known)
    related = (pair for family in families(known) for pair in combinations(sorted(family & held), 2))
    return frozenset(pair for pair in related if pair not in declared)
