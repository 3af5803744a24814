"""`synaq bank generate`: logic items from a seed, each with its certificate."""

import json
from pathlib import Path
from typing import Any

import click

from question_bank.logic import KINDS, LogicItem, generate
from question_bank.logic.bank_text import bank_toml, code_of
from question_bank.logic.errors import LogicError
from question_bank.logic.selecting import select

LETTERS = "ABCDEFGH"


@click.command("generate")
@click.option("--kind", required=True, help=f"One of {', '.join(KINDS)}.")
@click.option("--count", default=1, show_default=True, type=click.IntRange(1, 10_000), help="How many items.")
@click.option("--seed", required=True, type=click.IntRange(min=0), help="The same seed gives the same items.")
@click.option("--json", "as_json", is_flag=True, help="Print a list for programs.")
@click.option("--toml", "as_toml", is_flag=True, help="Print a bank file: levels and keys spread evenly.")
@click.option(
    "--images",
    type=click.Path(file_okay=False, path_type=Path),
    help="Draw the matrix puzzles into this folder, as PNG files named by their codes.",
)
def generate_items(
    kind: str, count: int, seed: int, as_json: bool, as_toml: bool, images: Path | None
) -> None:
    """Generate logic items that a solver has proved to have exactly one right option."""
    if as_json and as_toml:
        raise click.ClickException("choose --json or --toml, not both")
    try:
        items = select(kind, seed=seed, count=count) if as_toml else generate(kind, seed=seed, count=count)
    except LogicError as refusal:
        raise click.ClickException(str(refusal)) from refusal
    if images:
        _draw(items, images)
    if as_json:
        click.echo(json.dumps([_for_programs(item) for item in items], ensure_ascii=False, indent=1))
    elif as_toml:
        click.echo(bank_toml(items), nl=False)
    else:
        click.echo("\n\n".join(_for_people(place, item) for place, item in enumerate(items, start=1)))


def _draw(items: list[LogicItem], folder: Path) -> None:
    if any(item.kind != "matrix" for item in items):
        raise click.ClickException("only matrix puzzles are drawn")
    from question_bank.logic.matrix_image import matrix_png

    folder.mkdir(parents=True, exist_ok=True)
    for place, item in enumerate(items, start=1):
        (folder / f"{code_of(place, item)}.png").write_bytes(matrix_png(item.problem))


def _for_programs(item: LogicItem) -> dict[str, Any]:
    fields = item.as_dict()
    first = ("kind", "seed", "stem", "options", "key", "certificate", "level", "errors", "rationale")
    return {name: fields[name] for name in (*first, "problem", "choices")}


def _for_people(place: int, item: LogicItem) -> str:
    lines = [f"{place}. {item.kind}, seed {item.seed}, level {item.level}", item.stem.kk, item.stem.ru]
    lines += [
        f"  {letter}) {option.kk}" + (f" | {option.ru}" if option.ru != option.kk else "")
        for letter, option in zip(LETTERS, item.options, strict=False)
    ]
    return "\n".join([*lines, f"  key {LETTERS[item.key]}; {item.certificate}"])
