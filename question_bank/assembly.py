"""Parallel forms from a bank, assembled at once by mixed-integer programming.

Each form keeps the blueprint exactly; forms are alike in expected score and, where calibrated, in information
at the cut; items that give each other away stay apart; overlap and exposure are bounded. The same seed gives
the same forms.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from question_bank.assembly_model import Model, Solution, broken_pairs, give_up, solve
from question_bank.blueprint import Blueprint, shortfalls, usable
from question_bank.equivalence import Certificate, Figures, Form, certify, form_of
from question_bank.errors import InfeasibleError
from question_bank.items import Item

NO_FIGURES: Mapping[str, Figures] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A constraint that stands in the way and by how much it would have to give."""

    constraint: str
    by: float

    def __str__(self) -> str:
        return f"{self.constraint} by {self.by:g}"


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
    exposed = blueprint.likeness.most_exposed or fair_exposure(blueprint, pool, forms)
    lacking = shortfalls(blueprint, pool, forms=forms, most_exposed=exposed)
    if lacking:
        raise InfeasibleError([Relaxation(str(each), each.needed - each.available) for each in lacking])
    model = Model(blueprint, pool, forms, figures, exposed)
    solution = _within_overlap(model, seed, gap, seconds)
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
    lacking = shortfalls(blueprint, pool)
    if lacking:
        raise InfeasibleError([Relaxation(str(each), each.needed - each.available) for each in lacking])
    chance = np.random.default_rng(seed)
    return tuple(form_of(blueprint, _drawn(blueprint, pool, chance), figures) for _ in range(forms))


def fair_exposure(blueprint: Blueprint, pool: Iterable[Item], forms: int) -> int:
    """Return the bound on exposure when none is set: the least that the bank allows, and one form more."""
    pool = tuple(pool)
    for most in range(1, forms):
        if not shortfalls(blueprint, pool, forms=forms, most_exposed=most):
            return min(most + 1, forms)
    return forms


def _within_overlap(model: Model, seed: int, gap: float, seconds: float) -> Solution:
    """Solve, and bound the overlap of those pairs of forms that went beyond it, until none does."""
    most = model.blueprint.likeness.most_shared
    while True:
        solution = solve(model, seed, gap=gap, seconds=seconds)
        if solution is None:
            named = give_up(model, seconds=seconds)
            raise InfeasibleError([Relaxation(name, round(by, 2)) for name, by in sorted(named.items())])
        beyond = [] if most is None else broken_pairs(solution, most)
        if not beyond or most is None:
            return solution
        for one, two in beyond:
            model.share_at_most(one, two, most)


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
