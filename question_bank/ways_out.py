"""Forms that come near a blueprint which cannot be filled: the witnesses of what would have to give.

A small assembly is solved with a price on every constraint. A large one is taken in steps: first the
contents of one form, then how often items repeat, then how much two forms share; each step gives no more
than it needs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from question_bank.assembly_model import Model, Search, nearest, within_overlap
from question_bank.blueprint import Blueprint, Likeness, Quota
from question_bank.enemies import kept_apart
from question_bank.equivalence import Figures, Form, form_of
from question_bank.errors import UnfinishedError
from question_bank.exposure import fair_exposure, least_exposure, least_shared
from question_bank.items import Item

SMALL = 3000
"""Columns up to which every constraint is priced at once."""
ROUNDS, SECONDS = 3, 3.0
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
    found, exposed = _spread(wanted, fitting, apart, search)
    return found and _less_shared(wanted, fitting, apart, exposed, found, search)


def _widened(blueprint: Blueprint, form: Form) -> Blueprint:
    """Let the blueprint allow what a form has."""
    counts = [(quota, sum(map(quota.admits, form.items))) for quota in blueprint.quotas]
    quotas = tuple(
        Quota(quota.dimension, quota.value, min(quota.least, found), max(quota.most, found))
        for quota, found in counts
    )
    return replace(blueprint, questions=len(form.items), quotas=quotas)


def _spread(
    wanted: Wanted, fitting: Blueprint, apart: Sequence[tuple[int, ...]], search: Search
) -> tuple[Places | None, int]:
    """Use each item in as few forms as possible; give up likeness where that alone does not help."""
    alike, bound = fitting, wanted.blueprint.likeness.most_exposed
    unlike = replace(fitting, likeness=Likeness(Decimal(10**4), Decimal(10**4)))
    least = fair_exposure(fitting, wanted.pool, wanted.forms)
    if bound is not None:
        least = max(bound, least_exposure(fitting, wanted.pool, wanted.forms))
    for blueprint in (alike, unlike):
        for exposed in sorted({least, min(least + 1, wanted.forms), wanted.forms}):
            found = _solved(wanted.model(blueprint, wanted.forms, exposed, apart), search)
            if found:
                return found, exposed
    return None, wanted.forms


def _less_shared(
    wanted: Wanted,
    fitting: Blueprint,
    apart: Sequence[tuple[int, ...]],
    exposed: int,
    found: Places,
    search: Search,
) -> Places:
    """Halve the way between what two forms share and the bound, while forms are still found."""
    bound = wanted.blueprint.likeness.most_shared
    low = max(-1 if bound is None else bound - 1, least_shared(fitting, wanted.pool, wanted.forms) - 1)
    for _ in range(ROUNDS):
        high = max((len(set(one) & set(two)) for one in found for two in found if one is not two), default=0)
        if bound is None or high - low < 2 or high <= bound:
            break
        most = (low + high) // 2
        closer = replace(fitting, likeness=replace(fitting.likeness, most_shared=most))
        tried = _solved(wanted.model(closer, wanted.forms, exposed, apart), search)
        found, low = (tried, low) if tried else (found, most)
    return found


def _solved(model: Model, search: Search) -> Places | None:
    hurried = replace(search, seconds=min(search.seconds, search.elapsed() + SECONDS), gap=0.2)
    try:
        solution = within_overlap(model, hurried)
    except UnfinishedError:
        return None
    return solution.forms if solution else None
