"""`synaq bank`: look after the question bank."""

import importlib.util
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any, ClassVar

import click

from exam.cli import LazyGroup
from exam.clock import utc_now
from exam.services.bank.spelling import NoDictionaryError, unknown_words
from exam.services.local_days import day_of
from question_bank.checks import check_bank
from question_bank.checks.spelling import check_spelling
from question_bank.coverage import Coverage, cover
from question_bank.items import Item, Part
from question_bank.legislation import pool_on, shipped_acts
from question_bank.problems import Problem
from question_bank.reading import shipped_bank

COMMANDS = {
    "generate": "exam.cli.bank_generate:generate_items",
    "import": "exam.cli.bank_import:import_",
    "export": "exam.cli.bank_export:export",
}


class Bank(LazyGroup):
    lazy: ClassVar[dict[str, str]] = {
        name: target for name, target in COMMANDS.items() if importlib.util.find_spec(target.split(":")[0])
    }


@click.group(cls=Bank)
def bank() -> None:
    """Look after the question bank."""


@bank.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Print what the shipped bank covers and what can be said against it.

    Of the active items, those in force today may be drawn; the others have outlived their law.
    Spelling is looked up in the hunspell dictionaries of Kazakh and Russian; where the machine has none, that
    is said on stderr. Exits 1 when there is a finding.
    """
    reading = shipped_bank()
    problems = (*reading.problems, *check_bank(reading.items, shipped_acts().acts), *_misspelt(reading.items))
    parts = [cover(reading.items, part) for part in Part]
    pool = pool_on(day_of(utc_now()), reading.items, shipped_acts().acts)
    in_force = Counter(item.part for item in pool)
    click.echo(
        json.dumps(_plain(parts, in_force, problems), ensure_ascii=False, indent=2)
        if as_json
        else _table(parts, in_force, problems)
    )
    if problems:
        ctx.exit(1)


def _misspelt(items: Sequence[Item]) -> list[Problem]:
    try:
        return list(check_spelling(items, unknown_words))
    except NoDictionaryError as missing:
        click.echo(f"spelling is not checked: {missing}", err=True)
        return []


def _plain(parts: list[Coverage], in_force: Counter[Part], problems: tuple[Problem, ...]) -> dict[str, Any]:
    plain: dict[str, Any] = {
        str(part.part): {"active": part.active, "in_force": in_force[part.part], "items": part.items}
        | {f"by_{name}": dict(counts) for name, counts in part.by.items() if name != "area"}
        for part in parts
    }
    plain["by_area"] = {area: count for part in parts for area, count in part.by["area"].items()}
    plain["problems"] = [problem.as_plain() for problem in problems]
    return plain


def _table(parts: list[Coverage], in_force: Counter[Part], problems: tuple[Problem, ...]) -> str:
    lines = []
    for part in parts:
        lines.append(
            f"{part.part}: {part.active} active of {part.items} items, {in_force[part.part]} in force today"
        )
        for name, counts in part.by.items():
            listed = ", ".join(f"{value} {count}" for value, count in counts.items())
            lines += [f"  by {name}: {listed}"] if listed else []
    lines += [" ".join(filter(None, (each.item, each.check, each.place, each.message))) for each in problems]
    return "\n".join([*lines, f"findings: {len(problems)}"])
