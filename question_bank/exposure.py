"""How often items must repeat: what counting alone says of exposure and overlap."""

from collections.abc import Iterable, Mapping, Sequence

from question_bank.assembly_model import EXPOSURE, OVERLAP
from question_bank.blueprint import Blueprint, shortfalls
from question_bank.items import Item


def fair_exposure(blueprint: Blueprint, pool: Iterable[Item], forms: int) -> int:
    """Return the bound on exposure when none is set: the least that the bank allows, and one form more."""
    return min(least_exposure(blueprint, tuple(pool), forms) + 1, forms)


def least_shared(blueprint: Blueprint, pool: Sequence[Item], forms: int) -> int:
    """Return a number of shared items that some two of the forms must reach, whoever assembles them.

    Spread as evenly as can be, `slots` places over so many items put some items into several forms, and each
    item in e forms is shared by e (e - 1) / 2 pairs. No pair can be below the mean of all pairs.
    """
    if forms < 2 or not pool:
        return 0
    areas = [quota for quota in blueprint.quotas if quota.dimension == "area" and quota.least]
    by_area = sum(_repeats(quota.least * forms, sum(map(quota.admits, pool))) for quota in areas)
    repeats = max(by_area, _repeats(blueprint.questions * forms, len(pool)))
    return -(-repeats // (forms * (forms - 1) // 2))


def _repeats(slots: int, items: int) -> int:
    """Return how many pairs of forms share an item, summed over items, when `slots` are spread evenly."""
    if not items:
        return 0
    each, more = divmod(slots, items)
    return (items - more) * (each * (each - 1) // 2) + more * (each * (each + 1) // 2)


def least_exposure(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> int:
    """Return the least exposure at which every count alone can be reached; `forms` when none is enough."""
    enough = (
        most for most in range(1, forms) if not shortfalls(blueprint, pool, forms=forms, most_exposed=most)
    )
    return next(enough, forms)


def refuted(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> Mapping[str, str]:
    """Say what mere counting refutes before anything is solved: the constraint, with what it asks and has."""
    likeness, exposed = blueprint.likeness, blueprint.likeness.most_exposed or forms
    lacking = shortfalls(blueprint, pool, forms=forms)
    if lacking:
        return {each.what: each.told for each in lacking}
    if shortfalls(blueprint, pool, forms=forms, most_exposed=exposed):
        enough = least_exposure(blueprint, pool, forms)
        return {EXPOSURE: f"{exposed} allowed, {enough} needed"}
    shared = least_shared(blueprint, pool, forms)
    if likeness.most_shared is not None and shared > likeness.most_shared:
        return {OVERLAP: f"{likeness.most_shared} allowed, {shared} needed"}
    return {}
