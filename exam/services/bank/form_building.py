"""Forms before they are kept: what a blueprint asks, what the bank has, and forms to look at.

Nothing is written here, so that a search may take its time: a transaction that writes would keep the answers
of candidates waiting.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.services.bank.known_figures import known_figures
from exam.services.bank.reading import pool
from exam.services.campaign.thresholds import cut_of
from question_bank.assembly import Assembly, assemble, draw_at_random
from question_bank.blueprint import Blueprint, Supply, as_table, property_of, supplies
from question_bank.characteristic_curves import informed_at
from question_bank.equivalence import Certificate, Figures, Form, certify
from question_bank.errors import InfeasibleError, UnfinishedError
from question_bank.items import Item, Part
from question_bank.sealing import digest

SECONDS = 20.0
MOST_FORMS = 30
STANDARD_GAP = 0.02
DIMENSIONS = ("area", "level", "kind", "act")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for: so many forms of a blueprint, for a test on a day."""

    campaign: str
    blueprint: Blueprint
    count: int
    seed: int
    day: date


@dataclass(frozen=True, slots=True)
class Stock:
    """The pool of a day: how many items it has in all, and of each value of a dimension."""

    items: int
    by_value: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Assembled forms beside a random draw of the same bank, and the figures of the items in them.

    Attributes
    ----------
    versions : tuple of tuple of int
        The ids of the item versions of each form, in the order of the codes.
    drawn : tuple of Form
        Empty where not even the areas can be drawn.
    measured : int
        Items of the pool whose expected share of points comes from their use.
    """

    plan: Plan
    assembly: Assembly
    versions: tuple[tuple[int, ...], ...]
    drawn: tuple[Form, ...]
    drawn_certificate: Certificate | None
    figures: Mapping[str, Figures]
    measured: int


def edited(base: Blueprint, changed: Blueprint) -> Blueprint:
    """Return `changed` under a code of its own: that of its base and a digest of everything in it.

    An unchanged copy keeps the code of its base. The seal of a form covers the code, hence the plan.
    """
    if replace(changed, code=base.code) == base:
        return base
    told = digest(as_table(replace(changed, code=base.code)))[:10]
    return replace(changed, code=f"{base.code[:50]}-{told}")


def stock_of(session: Session, part: Part, on: date) -> Stock:
    """Count what may be drawn for a part on a day."""
    items = pool(session, part, on)
    counts: dict[tuple[str, str], int] = {}
    for item in items:
        for dimension in DIMENSIONS:
            key = dimension, property_of(item, dimension)
            counts[key] = counts.get(key, 0) + 1
    return Stock(len(items), {key: counts[key] for key in sorted(counts) if key[1]})


def what_is_there(session: Session, plan: Plan) -> tuple[Supply, ...]:
    """Say what the plan needs of the bank and what the bank has, quota by quota."""
    items = pool(session, plan.blueprint.part, plan.day)
    exposed = plan.blueprint.likeness.most_exposed
    return supplies(plan.blueprint, items, forms=plan.count, most_exposed=exposed)


def figures_for(session: Session, plan: Plan, items: Mapping[Item, int]) -> Mapping[str, Figures]:
    """Return what is known of items; their information too, where a threshold is in force to look at."""
    figures = known_figures(session, plan.blueprint.part, items)
    cut = cut_of(session, plan.campaign, plan.blueprint, plan.day)
    return figures if cut is None else informed_at(tuple(items), figures, cut / plan.blueprint.questions)


def try_forms(
    session: Session, plan: Plan, *, elapsed: Callable[[], float], seconds: float = SECONDS
) -> Trial:
    """Assemble the forms of a plan and draw as many at random; the same plan and bank give the same forms.

    Raises
    ------
    RefusedError
        ``forms-infeasible`` with the constraints that stand in the way, or ``forms-unfinished``.
    """
    items = pool(session, plan.blueprint.part, plan.day)
    figures = figures_for(session, plan, items)
    try:
        made = assemble(
            plan.blueprint,
            items,
            forms=plan.count,
            seed=plan.seed,
            figures=figures,
            gap=STANDARD_GAP,
            seconds=seconds,
            elapsed=elapsed,
        )
    except InfeasibleError as error:
        raise RefusedError(
            "forms-infeasible", why=str(error), relaxations=tuple(error.relaxations)
        ) from error
    except UnfinishedError as error:
        raise RefusedError("forms-unfinished") from error
    drawn = _drawn(plan, items, figures)
    return Trial(
        plan=plan,
        assembly=made,
        versions=tuple(tuple(items[item] for item in form.items) for form in made.forms),
        drawn=drawn,
        drawn_certificate=certify(plan.blueprint, drawn) if drawn else None,
        figures=figures,
        measured=sum(known.expected is not None for known in figures.values()),
    )


def _drawn(plan: Plan, items: Mapping[Item, int], figures: Mapping[str, Figures]) -> tuple[Form, ...]:
    try:
        return draw_at_random(plan.blueprint, items, forms=plan.count, seed=plan.seed, figures=figures)
    except InfeasibleError:
        return ()
