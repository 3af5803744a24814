"""Forms that come near a blueprint which cannot be filled: the witnesses of what would have to give.

A small assembly is solved with a price on every constraint. A large one is taken in steps: first the
contents of one form, then how alike the forms are and how often items repeat, then how much two forms share;
each step gives no more than it needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from question_bank.assembly_model import Model, Search
from question_bank.blueprint import Blueprint, Likeness, Quota
from question_bank.enemies import kept_apart
from question_bank.equivalence import Figures, Form, form_of
from question_bank.errors import UnfinishedError
from question_bank.exposure import fair_exposure, least_exposure, least_shared
from question_bank.items import Item
from question_bank.searching import SMALL, find_forms, nearest

ROUNDS, SECONDS = 3, 3.0
UNLIKE = (Decimal("0.05"), Decimal("0.25"), Decimal(1000))
"""By how much forms may be less alike than was asked: a share of information, ten times as many points."""
Places = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What could not be assembled."""

    blueprint: Blueprint
    pool: tuple[Item, ...]
    forms: int
    figures: Mapping[str, Figures]

    @property
    def exposed(self) -> int:
        return self.blueprint.likeness.most_exposed or self.forms

    def model(
        self, blueprint: Blueprint, forms: int, exposed: int, apart: Sequence[tuple[int, ...]]
    ) -> Model:
        return Model(blueprint, self.pool, forms, self.figures, exposed, apart)

    def formed(self, places: Places) -> list[Form]:
        return [
            form_of(self.blueprint, [self.pool[place] for place in form], self.figures) for form in places
        ]


def nearest_forms(wanted: Wanted, search: Search) -> list[Form]:
    """Return forms that break little of what was wanted; empty when the time did not suffice for any."""
    apart = kept_apart(wanted.pool, whole_families=False)
    if wanted.forms * len(wanted.pool) > SMALL and (found := _by_steps(wanted, apart, search)):
        return wanted.formed(found)
    found = nearest(wanted.model(wanted.blueprint, wanted.forms, wanted.exposed, apart), search)
    return wanted.formed(found) if found else []


def _by_steps(wanted: Wanted, apart: Sequence[tuple[int, ...]], search: Search) -> Places | None:
    free = replace(wanted.blueprint, likeness=Likeness())
    one = nearest(wanted.model(free, 1, 1, apart), search)
    if one is None:
        return None
    met = set(one[0])
    fitting = _widened(wanted.blueprint, wanted.formed(one)[0])
    apart = [places for places in apart if len(met.intersection(places)) < 2]
    spread = _spread(wanted, fitting, apart, search)
    return _less_shared(wanted, apart, spread, search) if spread else None


def _widened(blueprint: Blueprint, form: Form) -> Blueprint:
    """Let the blueprint allow what a form has."""
    counts = [(quota, sum(map(quota.admits, form.items))) for quota in blueprint.quotas]
    quotas = tuple(
        Quota(quota.dimension, quota.value, min(quota.least, found), max(quota.most, found))
        for quota, found in counts
    )
    return replace(blueprint, questions=len(form.items), quotas=quotas)


@dataclass(frozen=True, slots=True)
class _Spread:
    """Forms that were found, and the blueprint and exposure that they keep."""

    forms: Places
    blueprint: Blueprint
    exposed: int


def _spread(
    wanted: Wanted, fitting: Blueprint, apart: Sequence[tuple[int, ...]], search: Search
) -> _Spread | None:
    """Give up likeness little by little, and only then use an item in more forms than were allowed."""
    for exposures in _exposures(wanted, fitting):
        for likeness in _less_and_less_alike(fitting.likeness):
            blueprint = replace(fitting, likeness=likeness)
            for exposed in exposures:
                found = _solved(wanted.model(blueprint, wanted.forms, exposed, apart), search)
                if found:
                    return _Spread(found, blueprint, exposed)
    return None


def _exposures(wanted: Wanted, fitting: Blueprint) -> list[list[int]]:
    """Return the bounds on exposure to try, in sets: a later set gives up more than an earlier one."""
    bound, most = wanted.blueprint.likeness.most_exposed, wanted.forms
    if bound is None:
        fair = fair_exposure(fitting, wanted.pool, most)
        return [sorted({fair, min(fair + 1, most), most})]
    least = max(bound, least_exposure(fitting, wanted.pool, most))
    return [[each] for each in sorted({min(least, most), min(least + 1, most), most})]


def _less_and_less_alike(likeness: Likeness) -> Iterator[Likeness]:
    """Yield what was asked, then bounds that give way; what two forms share is bounded again afterwards."""
    yield likeness
    for more in UNLIKE if likeness.most_shared is None else (Decimal(0), *UNLIKE):
        yield replace(
            likeness,
            score_tolerance=likeness.score_tolerance + 10 * more,
            information_tolerance=likeness.information_tolerance + more,
            most_shared=None,
        )


def _less_shared(wanted: Wanted, apart: Sequence[tuple[int, ...]], spread: _Spread, search: Search) -> Places:
    """Halve the way between what two forms share and the bound, while forms are still found."""
    found, blueprint, bound = spread.forms, spread.blueprint, wanted.blueprint.likeness.most_shared
    low = max(-1 if bound is None else bound - 1, least_shared(blueprint, wanted.pool, wanted.forms) - 1)
    for _ in range(ROUNDS):
        high = max((len(set(one) & set(two)) for one, two in combinations(found, 2)), default=0)
        if bound is None or high - low < 2 or high <= bound:
            break
        most = (low + high) // 2
        closer = replace(blueprint, likeness=replace(blueprint.likeness, most_shared=most))
        tried = _solved(wanted.model(closer, wanted.forms, spread.exposed, apart), search)
        found, low = (tried, low) if tried else (found, most)
    return found


def _solved(model: Model, search: Search) -> Places | None:
    hurried = replace(search, seconds=min(search.seconds, search.elapsed() + SECONDS), gap=0.2)
    try:
        solution = find_forms(model, hurried)
    except UnfinishedError:
        return None
    return solution.forms if solution else None
