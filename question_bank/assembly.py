"""Parallel forms from a bank, assembled at once by mixed-integer programming.

Each form keeps the blueprint exactly; forms are alike in expected score and, where calibrated, in information
at the cut; items that give each other away stay apart; overlap and exposure are bounded. The same seed gives
the same forms.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
    nearest,
    no_time_passes,
    solve,
)
from question_bank.blueprint import Blueprint, shortfalls, usable
from question_bank.enemies import indirect_pairs, kept_apart
from question_bank.equivalence import Certificate, Figures, Form, certify, form_of, information_at_cut
from question_bank.errors import InfeasibleError
from question_bank.items import Item
from question_bank.relaxations import TOGETHER, Relaxation, what_gives

NO_FIGURES: Mapping[str, Figures] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Assembly:
    """Assembled forms.

    `gap` is the solver's own: how far, as a share, the objective (items used as evenly as the seed allows)
    may still be from its best; it does not touch the certificate, which holds exactly. `indirect_enemies` are
    the pairs of questions in a form that are enemies only through a third: 0 where the bank can afford it.
    """

    blueprint: str
    seed: int
    forms: tuple[Form, ...]
    gap: float
    certificate: Certificate
    indirect_enemies: int = 0


def assemble(
    blueprint: Blueprint,
    items: Iterable[Item],
    *,
    forms: int = 1,
    seed: int = 0,
    figures: Mapping[str, Figures] = NO_FIGURES,
    gap: float = 0.02,
    seconds: float = 120.0,
    elapsed: Callable[[], float] = no_time_passes,
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
        Time after which a search is given up.
    elapsed
        Seconds since the caller began: bounds all searches of an assembly together. Without it `seconds`
        holds for each of them.

    Raises
    ------
    ValueError
        If `forms` is not positive.
    InfeasibleError
        If no forms meet every constraint. It names constraints that, relaxed together by as much, leave forms
        that meet all: they are read from such forms. Likeness is given up first, then exposure, kind, level,
        topic, act, the number of questions, area, and enemies last.
    UnfinishedError
        If the time runs out; forms that depend on the speed of a machine are not handed out.
    """
    if forms < 1:
        raise ValueError("at least one form is needed")
    pool = usable(blueprint, items)
    figures = _comparable(pool, figures)
    search = Search(seed, gap, seconds, elapsed)
    models = _models(blueprint, pool, forms, figures)
    solution = _first_solution(models, search)
    if solution is None:
        raise InfeasibleError(_to_relax(blueprint, pool, forms, figures, search))
    made = tuple(form_of(blueprint, [pool[place] for place in form], figures) for form in solution.forms)
    certificate = certify(blueprint, made)
    if certificate.faults:
        raise AssertionError(f"the solver's forms break the blueprint: {'; '.join(certificate.faults)}")
    indirect = sum(len(indirect_pairs(pool, form.items)) for form in made)
    return Assembly(blueprint.code, seed, made, solution.gap, certificate, indirect)


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
    if lacking := shortfalls(blueprint, pool):
        raise InfeasibleError(
            [Relaxation(each.what, each.needed - each.available, each.told) for each in lacking]
        )
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


def _models(
    blueprint: Blueprint, pool: tuple[Item, ...], forms: int, figures: Mapping[str, Figures]
) -> Iterator[Model]:
    """Return the models to try, the strictest first; none where counting alone refutes the blueprint.

    The bound on exposure is the one that is set, else the fair one and then none; families of enemies are
    kept apart whole, and then only the declared pairs.
    """
    if _refuted(blueprint, pool, forms):
        return
    apart = [kept_apart(pool, whole_families=whole) for whole in (True, False)]
    for exposed in _exposures(blueprint, pool, forms):
        for sets in apart[:1] if apart[0] == apart[1] else apart:
            yield Model(blueprint, pool, forms, figures, exposed, sets)


def _exposures(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> list[int]:
    bound = blueprint.likeness.most_exposed
    return [bound] if bound is not None else sorted({fair_exposure(blueprint, pool, forms), forms})


def _least_exposure(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> int:
    """Return the least exposure at which every count alone can be reached; `forms` when none is enough."""
    enough = (
        most for most in range(1, forms) if not shortfalls(blueprint, pool, forms=forms, most_exposed=most)
    )
    return next(enough, forms)


def _refuted(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> Mapping[str, str]:
    """Say what mere counting refutes before anything is solved: the constraint, with what it asks and has."""
    likeness, exposed = blueprint.likeness, blueprint.likeness.most_exposed or forms
    lacking = shortfalls(blueprint, pool, forms=forms)
    if lacking:
        return {each.what: each.told for each in lacking}
    if shortfalls(blueprint, pool, forms=forms, most_exposed=exposed):
        enough = _least_exposure(blueprint, pool, forms)
        return {EXPOSURE: f"{exposed} allowed, {enough} needed"}
    shared = least_shared(blueprint, pool, forms)
    if likeness.most_shared is not None and shared > likeness.most_shared:
        return {OVERLAP: f"{likeness.most_shared} allowed, {shared} needed"}
    return {}


def _first_solution(models: Iterable[Model], search: Search) -> Solution | None:
    found = (_within_overlap(model, search) for model in models)
    return next((solution for solution in found if solution), None)


def _within_overlap(model: Model, search: Search) -> Solution | None:
    """Solve, and bound the overlap of those pairs of forms that went beyond it, until none does.

    Bounding every pair from the start would ask for a column per item and pair; few pairs ever need it.
    """
    most = model.blueprint.likeness.most_shared
    while solution := solve(model, search):
        beyond = [] if most is None else broken_pairs(solution.forms, most)
        if not beyond or most is None:
            return solution
        for one, two in beyond:
            model.share_at_most(one, two, most)
    return None


def _to_relax(
    blueprint: Blueprint,
    pool: tuple[Item, ...],
    forms: int,
    figures: Mapping[str, Figures],
    search: Search,
) -> list[Relaxation]:
    """Return the cheapest way out: what the forms break that break as little as possible."""
    exposed = blueprint.likeness.most_exposed or forms
    model = Model(blueprint, pool, forms, figures, exposed, kept_apart(pool, whole_families=False))
    near = nearest(model, replace(search, seconds=min(search.seconds, search.elapsed() + 20.0)))
    reasons = _refuted(blueprint, pool, forms)
    if near is None:
        return [Relaxation(name, 0, why) for name, why in reasons.items()] or [Relaxation(TOGETHER, 0)]
    made = [form_of(blueprint, [pool[place] for place in form], figures) for form in near]
    return [replace(each, why=reasons.get(each.constraint, "")) for each in what_gives(blueprint, made)]


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
