"""Parallel forms from a bank, assembled at once by mixed-integer programming.

Each form keeps the blueprint exactly; forms are alike in expected score and, where calibrated, in information
at the cut; items that give each other away stay apart; overlap and exposure are bounded. The same seed gives
the same forms.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from question_bank.assembly_model import (
    EXPOSURE,
    OVERLAP,
    Model,
    Search,
    Solution,
    broken_pairs,
    give_up,
    solve,
)
from question_bank.blueprint import Blueprint, shortfalls, usable
from question_bank.equivalence import Certificate, Figures, Form, certify, form_of, information_at_cut
from question_bank.errors import InfeasibleError
from question_bank.items import Item

NO_FIGURES: Mapping[str, Figures] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A constraint that stands in the way, by how much it would have to give, and why."""

    constraint: str
    by: float
    why: str = ""

    def __str__(self) -> str:
        return f"{self.constraint} by {self.by:g}" + (f" ({self.why})" if self.why else "")


@dataclass(frozen=True, slots=True)
class Assembly:
    """Assembled forms.

    `gap` is the solver's own: how far, as a share, the objective (items used as evenly as the seed allows)
    may still be from its best; it does not touch the certificate, which holds exactly.
    """

    blueprint: str
    seed: int
    forms: tuple[Form, ...]
    gap: float
    certificate: Certificate


def assemble(
    blueprint: Blueprint,
    items: Iterable[Item],
    *,
    forms: int = 1,
    seed: int = 0,
    figures: Mapping[str, Figures] = NO_FIGURES,
    gap: float = 0.02,
    seconds: float = 120.0,
) -> Assembly:
    """Assemble `forms` parallel forms.

    Parameters
    ----------
    items
        The items that may be drawn on the day, see `legislation.pool_on`; those of another part are left
        aside.
    seed
        Which of the many right answers is taken; not negative.
    figures
        What is known of items from their use, by code; an item without figures is expected as its level says.
    gap
        Share by which the objective may be away from its bound when the solver stops.
    seconds
        Time after which the solver is refused.

    Raises
    ------
    ValueError
        If `forms` is not positive.
    InfeasibleError
        If no forms meet every constraint; it names the constraints to relax.
    UnfinishedError
        If the time runs out; forms that depend on the speed of a machine are not handed out.
    """
    if forms < 1:
        raise ValueError("at least one form is needed")
    pool = usable(blueprint, items)
    figures = _comparable(pool, figures)
    _require_supply(blueprint, pool, forms, blueprint.likeness.most_exposed or forms)
    models = (
        Model(blueprint, pool, forms, figures, exposed) for exposed in _exposures(blueprint, pool, forms)
    )
    solution = _first_solution(models, Search(seed, gap, seconds))
    made = tuple(form_of(blueprint, [pool[place] for place in form], figures) for form in solution.forms)
    certificate = certify(blueprint, made)
    if certificate.faults:
        raise AssertionError(f"the solver's forms break the blueprint: {'; '.join(certificate.faults)}")
    return Assembly(blueprint.code, seed, made, solution.gap, certificate)


def draw_at_random(
    blueprint: Blueprint,
    items: Iterable[Item],
    *,
    forms: int = 1,
    seed: int = 0,
    figures: Mapping[str, Figures] = NO_FIGURES,
) -> tuple[Form, ...]:
    """Draw forms the usual way, so many at random from each area: the baseline beside a certificate.

    Raises
    ------
    InfeasibleError
        If an area has fewer items than a form needs.
    """
    pool = usable(blueprint, items)
    _require_supply(blueprint, pool, forms, forms)
    chance = np.random.default_rng(seed)
    return tuple(form_of(blueprint, _drawn(blueprint, pool, chance), figures) for _ in range(forms))


def fair_exposure(blueprint: Blueprint, pool: Iterable[Item], forms: int) -> int:
    """Return the bound on exposure when none is set: the least that the bank allows, and one form more."""
    return min(_least_exposure(blueprint, tuple(pool), forms) + 1, forms)


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


def _comparable(pool: Sequence[Item], figures: Mapping[str, Figures]) -> Mapping[str, Figures]:
    """Leave information aside unless the whole pool is calibrated, lest half a form is compared."""
    if information_at_cut(pool, figures) is not None:
        return figures
    return {code: replace(known, information=None) for code, known in figures.items()}


def _exposures(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> list[int]:
    """Return the bounds on exposure to try: the one that is set, else the fair one and then none."""
    bound = blueprint.likeness.most_exposed
    return [bound] if bound is not None else sorted({fair_exposure(blueprint, pool, forms), forms})


def _least_exposure(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> int:
    """Return the least exposure at which every count alone can be reached; `forms` when none is enough."""
    enough = (
        most for most in range(1, forms) if not shortfalls(blueprint, pool, forms=forms, most_exposed=most)
    )
    return next(enough, forms)


def _require_supply(blueprint: Blueprint, pool: tuple[Item, ...], forms: int, exposed: int) -> None:
    """Refuse before solving what mere counting refutes; exposure is named first where it is the cause."""
    lacking = shortfalls(blueprint, pool, forms=forms, most_exposed=exposed)
    relaxations = [Relaxation(each.what, each.needed - each.available, each.told) for each in lacking]
    if lacking and not shortfalls(blueprint, pool, forms=forms):
        enough = _least_exposure(blueprint, pool, forms)
        relaxations.insert(0, Relaxation(EXPOSURE, enough - exposed, f"{exposed} allowed, {enough} needed"))
    shared, most = least_shared(blueprint, pool, forms), blueprint.likeness.most_shared
    if not lacking and most is not None and shared > most:
        relaxations.append(Relaxation(OVERLAP, shared - most, f"{most} allowed, {shared} needed"))
    if relaxations:
        raise InfeasibleError(relaxations)


def _first_solution(models: Iterable[Model], search: Search) -> Solution:
    for model in models:
        solution = _within_overlap(model, search)
        if solution:
            return solution
    raise InfeasibleError(_to_relax(model, search))


def _within_overlap(model: Model, search: Search) -> Solution | None:
    """Solve, and bound the overlap of those pairs of forms that went beyond it, until none does.

    Bounding every pair from the start would ask for a column per item and pair; few pairs ever need it.
    """
    most = model.blueprint.likeness.most_shared
    while solution := solve(model, search):
        beyond = [] if most is None else broken_pairs(solution, most)
        if not beyond or most is None:
            return solution
        for one, two in beyond:
            model.share_at_most(one, two, most)
    return None


def _to_relax(model: Model, search: Search) -> list[Relaxation]:
    """Return the cheapest way out of a model that has no answer."""
    named = give_up(model, replace(search, seconds=min(search.seconds, 20.0)))
    found = [Relaxation(name, math.ceil(round(by, 5) * 10**4) / 10**4) for name, by in sorted(named.items())]
    return found or [Relaxation("all constraints together", 0)]


def _drawn(blueprint: Blueprint, pool: tuple[Item, ...], chance: np.random.Generator) -> list[Item]:
    """Draw each area's quota, then fill up from what is left."""
    taken: list[int] = []
    for quota in blueprint.quotas:
        if quota.dimension == "area":
            members = [place for place, item in enumerate(pool) if quota.admits(item)]
            taken += [int(place) for place in chance.choice(members, quota.least, replace=False)]
    rest = sorted(set(range(len(pool))) - set(taken))
    missing = max(blueprint.questions - len(taken), 0)
    taken += [int(place) for place in chance.choice(rest, missing, replace=False)]
    return [pool[place] for place in taken]
