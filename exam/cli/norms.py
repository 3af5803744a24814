"""`synaq norms`: look into the norms and judge a result, without a database."""

import json
from pathlib import Path
from typing import Any

import click

from norms.checks import check_table
from norms.editions import Edition, Sex
from norms.errors import NormsError
from norms.evaluation import NoRow, Verdict
from norms.evaluation import grade as judge
from norms.exercises import doubt, read_result
from norms.loading import edition_codes, known_exercises, load_edition
from norms.measures import Measure, Unit
from norms.problems import Problem
from norms.wording import ground_text, no_row_text

YOUNGEST, OLDEST = 14, 100
"""Whole years; outside of them an age is a slip of the hand."""
LARGEST_TABLE = 1_000_000
"""Bytes of a table; the largest act known has six thousand."""


@click.group()
def norms() -> None:
    """Editions of the fitness norms: list, check a table, judge a result."""


@norms.command("editions")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
def list_editions(*, as_json: bool) -> None:
    """List the editions that the program ships; all of them are samples."""
    told = [_edition_facts(load_edition(code)) for code in edition_codes()]
    if as_json:
        _print_json(told)
        return
    for one in told:
        click.echo(
            f"{one['code']}  [{one['status']}, sample]  {one['act']}\n    {one['scope']}; {one['pass_rule']}"
        )


@norms.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
def check(file: Path, *, as_json: bool) -> None:
    """Check a table of limits (CSV): order, doubles, missing grades, gaps and overlaps of ages.

    Every problem is printed with its line. What an act itself prints out of order, noted AS PRINTED, is only
    a warning.
    """
    problems = check_table(_read_table_file(file), known_exercises())
    errors = sum(not one.warning for one in problems)
    if as_json:
        _print_json(
            {"file": file.name, "ok": not errors, "problems": [_problem_facts(one) for one in problems]}
        )
    else:
        for one in problems:
            click.echo(f"{file.name}:{one.line or 1}: {'warning' if one.warning else 'error'}: {one.text}")
    if errors:
        raise click.ClickException(f"{file.name} has {errors} problem{'s' if errors > 1 else ''}")
    if not as_json:
        click.echo(f"{file.name}: the table holds together")


@norms.command("grade")
@click.option("--edition", "code", required=True, help="Code of an edition, see `synaq norms editions`.")
@click.option("--sex", "sex_typed", required=True, help="M or F.")
@click.option("--age", "age_typed", required=True, help="Whole years on the day of the exercise.")
@click.option("--exercise", "exercise", required=True, help="Code of the exercise, such as run100.")
@click.option(
    "--result", "typed", required=True, help="As on paper: 14,2 or 14.2; 12,30 or 12:30 in min,s; 12."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
def grade(*, code: str, sex_typed: str, age_typed: str, exercise: str, typed: str, as_json: bool) -> None:
    """Judge one result and say on which row of which act the verdict stands."""
    sex, age = _sex(sex_typed), _age(age_typed)
    try:
        edition = load_edition(code)
        measure = read_result(typed, edition.exercise(exercise))
        if isinstance(measure, Problem):
            raise click.ClickException(f"--result: {measure.text}")
        verdict = judge(edition, exercise, measure, sex=sex, age=age)
    except NormsError as refused:
        raise click.ClickException(str(refused)) from refused
    if isinstance(verdict, NoRow):
        raise click.ClickException(no_row_text(verdict, edition))
    if as_json:
        _print_json(_verdict_facts(verdict, edition))
    else:
        click.echo(f"{'passed' if verdict.passed else 'not passed'}: {ground_text(verdict)}")


def _sex(typed: str) -> Sex:
    try:
        return Sex(typed.strip())
    except ValueError:
        raise click.ClickException(f"--sex: {typed!r} is not M or F") from None


def _age(typed: str) -> int:
    text = typed.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and YOUNGEST <= int(text) <= OLDEST):
        raise click.ClickException(f"--age: {typed!r} is not an age of {YOUNGEST} to {OLDEST} whole years")
    return int(text)


def _read_table_file(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_TABLE + 1)
        if len(raw) > LARGEST_TABLE:
            raise click.ClickException(f"{file.name} is larger than {LARGEST_TABLE} bytes")
        return raw.decode("utf-8")
    except OSError as failed:
        raise click.ClickException(f"{file} cannot be read: {failed.strerror}") from failed
    except UnicodeDecodeError as failed:
        raise click.ClickException(f"{file.name} is not UTF-8 text (byte {failed.start + 1})") from failed


def _edition_facts(edition: Edition) -> dict[str, Any]:
    return {
        "code": edition.code,
        "sample": edition.sample,
        "status": edition.status.value,
        "act": edition.act.cited.en,
        "number": edition.act.number,
        "date": edition.act.signed.isoformat(),
        "registration": edition.act.registration,
        "scope": edition.scope.en,
        "pass_rule": edition.rule_text.en,
        "source": edition.source,
        "warnings": list(edition.warnings),
        "exercises": [
            {"code": one.code, "unit": one.unit.value, "better": one.better.value}
            | {language: one.name.of(language) for language in ("kk", "ru", "en")}
            for one in edition.exercises
        ],
    }


def _verdict_facts(verdict: Verdict, edition: Edition) -> dict[str, Any]:
    """Give limits as plain numbers, times in seconds, so that a program need not read ``12:30``."""
    ground = verdict.ground
    unusual = doubt(ground.result, ground.exercise)
    return {
        "passed": verdict.passed,
        "grade": verdict.grade.word,
        "points": verdict.points,
        "limit": _number(verdict.limit),
        "unit": _number_unit(verdict.limit),
        "ground": ground_text(verdict),
        "pass_limit": _number(ground.pass_limit) if ground.pass_limit else None,
        "limit_as_printed": ground.printed,
        "unit_as_printed": verdict.limit.unit.value,
        "result": _number(ground.result),
        "edition": edition.code,
        "exercise": verdict.exercise,
        "sex": ground.sex.value,
        "age": ground.age,
        "sample": edition.sample,
        "warnings": [*edition.warnings, *([unusual.text] if unusual else [])],
    }


def _number(measure: Measure) -> int | float:
    whole = measure.value == measure.value.to_integral_value()
    return int(measure.value) if whole and measure.unit is not Unit.SECONDS else float(measure.value)


def _number_unit(measure: Measure) -> str:
    return (Unit.SECONDS if measure.unit is Unit.MINUTES else measure.unit).value


def _problem_facts(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "line": problem.line,
        "column": problem.column,
        "severity": "warning" if problem.warning else "error",
        "text": problem.text,
    }


def _print_json(told: object) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
