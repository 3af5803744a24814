"""Time the assembly of parallel forms, beside a random draw of the same shape.

    python -m bench.assembly

For each task: wall and processor seconds, the optimality gap that the solver left, and how alike the forms
are: the greatest difference of expected scores in points, the most items that two forms share, the most forms
of one item; for calibrated items also by how much the information at the cut differs. *as alike* is how many
times the random draw's difference is as great; *of random* is the processor time over that of the draw, which
keeps no rule but the numbers for each area.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import numpy as np

from exam.cli.calibration_file import figures_of
from question_bank.assembly import assemble, draw_at_random
from question_bank.blueprint import Blueprint, Likeness, shipped_blueprints
from question_bank.equivalence import Certificate, Figures, certify
from question_bank.items import Item
from question_bank.legislation import pool_on, shipped_acts
from question_bank.reading import shipped_bank

DAY = date(2024, 6, 3)
SEED = 1
MEAN_DIFFICULTY = {1: -1.2, 2: -0.5, 3: 0.2}
COLUMNS = (
    *("task", "wall s", "cpu s", "of random", "gap", "points apart", "as alike", "shared", "exposed"),
    "information apart",
)


@dataclass(frozen=True, slots=True)
class Task:
    """So many forms of a blueprint from a pool."""

    name: str
    blueprint: Blueprint
    pool: Sequence[Item]
    forms: int
    figures: Mapping[str, Figures] = field(default_factory=dict)


def shipped_pool() -> tuple[Item, ...]:
    return tuple(pool_on(DAY, shipped_bank().items, shipped_acts().acts))


def multiplied(blueprint: Blueprint, pool: Sequence[Item], count: int) -> list[Item]:
    """Draw `count` items like those of the shipped bank, each under a code of its own and without enemies."""
    chance = np.random.default_rng(20261120)
    alike = [item for item in pool if item.part is blueprint.part]
    drawn = chance.integers(len(alike), size=count)
    return [
        replace(alike[place], code=f"M-{number:04}", enemies=frozenset())
        for number, place in enumerate(drawn.tolist())
    ]


def calibrated(pool: Sequence[Item]) -> dict[str, Figures]:
    """Give items parameters such as a calibration finds, by level: no two are interchangeable."""
    chance = np.random.default_rng(20261201)
    a = chance.lognormal(0.0, 0.3, len(pool))
    b = np.array([MEAN_DIFFICULTY[item.level] for item in pool]) + chance.normal(0.0, 0.7, len(pool))
    return figures_of([item.code for item in pool], a, b, np.zeros(len(pool)))


def tasks() -> list[Task]:
    pool = shipped_pool()
    shipped = shipped_blueprints()
    law, logic = shipped["legislation-60"], shipped["logic-30"]
    bounded = replace(
        law,
        quotas=tuple(quota for quota in law.quotas if quota.dimension != "act"),
        likeness=Likeness(most_shared=6, most_exposed=3),
    )
    hundred = replace(
        bounded,
        questions=100,
        quotas=tuple(
            replace(quota, least=quota.least, most=100)
            for quota in bounded.quotas
            if quota.dimension == "area"
        ),
        likeness=Likeness(most_shared=10, most_exposed=2),
    )
    narrow = replace(
        bounded,
        likeness=replace(
            bounded.likeness, score_tolerance=Decimal("0.05"), information_tolerance=Decimal("0.01")
        ),
    )
    thousand, three = multiplied(law, pool, 1000), multiplied(law, pool, 3000)
    return [
        Task("10 of 30, shipped logic", logic, pool, 10),
        Task("4 of 60, shipped legislation", law, pool, 4),
        Task("20 of 60 from 1,000", bounded, thousand, 20),
        Task("20 of 60 from 1,000, calibrated", bounded, thousand, 20, calibrated(thousand)),
        Task("20 of 60 from 1,000, calibrated, narrow", narrow, thousand, 20, calibrated(thousand)),
        Task("10 of 100 from 3,000", hundred, three, 10),
        Task("10 of 100 from 3,000, calibrated", hundred, three, 10, calibrated(three)),
    ]


def timed(task: Task) -> tuple[object, ...]:
    wall, cpu = time.perf_counter(), time.process_time()
    assembly = assemble(task.blueprint, task.pool, forms=task.forms, seed=SEED, figures=task.figures)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    begun = time.process_time()
    baseline = draw_at_random(task.blueprint, task.pool, forms=task.forms, seed=SEED, figures=task.figures)
    random = certify(task.blueprint, baseline)
    drawn = time.process_time() - begun
    made = assembly.certificate
    if made.faults:
        raise SystemExit(f"{task.name}: {made.faults}")
    return (
        task.name,
        f"{wall:.2f}",
        f"{cpu:.2f}",
        f"{cpu / drawn:.0f}",
        f"{assembly.gap:.2%}",
        f"{made.score_range} / {random.score_range}",
        as_alike(made, random),
        f"{made.most_shared} / {random.most_shared}",
        f"{made.most_exposed} / {random.most_exposed}",
        informed_alike(made, random),
    )


def as_alike(made: Certificate, random: Certificate) -> str:
    return f"{random.score_range / made.score_range:.0f}" if made.score_range else "-"


def informed_alike(made: Certificate, random: Certificate) -> str:
    if made.information_range is None or random.information_range is None:
        return "-"
    return f"{made.information_range:.1%} / {random.information_range:.1%}"


def main() -> None:
    print(" | ".join(COLUMNS))
    for task in tasks():
        print(" | ".join(str(cell) for cell in timed(task)), flush=True)


if __name__ == "__main__":
    main()
