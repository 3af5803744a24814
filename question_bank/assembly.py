"""Parallel forms from a bank, assembled at once by mixed-integer programming.

Each form keeps the blueprint exactly; forms are alike in expected score and, where calibrated, in information
at the cut; items that give each other away stay apart; overlap and exposure are bounded. The same seed gives
the same forms.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from question_bank.assembly_model import Model, Search, Solution, no_time_passes
from question_bank.blueprint import Blueprint, shortfalls, usable
from question_bank.enemies import indirect_pairs, kept_apart
from question_bank.equivalence import Certificate, Figures, Form, certify, form_of, information_at_cut
from question_bank.errors import InfeasibleError
from question_bank.exposure import fair_exposure, refuted
from question_bank.items import Item
from question_bank.relaxations import TOGETHER, Relaxation, what_gives
from question_bank.searching import find_forms
from question_bank.ways_out import Wanted, nearest_forms

NO_FIGURES: Mapping[str, Figures] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Assembly:
    """Assembled forms.

    `gap` is how far, as a share, the objective (items used as evenly as the seed allows) may still be from
    its best: that of the solver, or, where forms were mended one by one, the distance to a bound that no
    forms whatsoever can pass. It does not touch the certificate, which holds exactly. `indirect_enemies` are
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
        Share by which the objective may be away from its bound when the solver stops; forms that are mended
        one by one may end farther away, and `Assembly.gap` says how far.
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
        raise InfeasibleError(_to_relax(Wanted(blueprint, pool, forms, figures), search))
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
    if refuted(blueprint, pool, forms):
        return
    apart = [kept_apart(pool, whole_families=whole) for whole in (True, False)]
    for exposed in _exposures(blueprint, pool, forms):
        for sets in apart[:1] if apart[0] == apart[1] else apart:
            yield Model(blueprint, pool, forms, figures, exposed, sets)


def _exposures(blueprint: Blueprint, pool: tuple[Item, ...], forms: int) -> list[int]:
    bound = blueprint.likeness.most_exposed
    return [bound] if bound is not None else sorted({fair_exposure(blueprint, pool, forms), forms})


def _first_solution(models: Iterable[Model], search: Search) -> Solution | None:
    found = (find_forms(model, search) for model in models)
    return next((solution for solution in found if solution), None)


def _to_relax(wanted: Wanted, search: Search) -> list[Relaxation]:
    """Return what the nearest forms break; what counting refutes tells its figures."""
    reasons = refuted(wanted.blueprint, wanted.pool, wanted.forms)
    near = nearest_forms(wanted, replace(search, seconds=min(search.seconds, search.elapsed() + 20.0)))
    if not near:
        return [Relaxation(name, 0, why) for name, why in reasons.items()] or [Relaxation(TOGETHER, 0)]
    found = what_gives(wanted.blueprint, near)
    return [replace(each, why=reasons.get(each.constraint, "")) for each in found]


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
