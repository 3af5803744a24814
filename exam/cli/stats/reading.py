"""Reading a CSV of responses for the statistics commands: one clear line for whatever is wrong."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from scoring import ResponseMatrix, ScoringError, SheetOptions, SheetProblem, columns_left_out, read_sheet
from scoring.sheets.response_sheet import person_column as heading_of_persons
from scoring.sheets.text import read_rows

MISSING_HELP = (
    "What a missing answer counts: wrong (0 points) or unscored (left out of the figures of its item). "
    "Default: wrong with a key, unscored without."
)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Responses as a file gave them, and what was understood of its columns.

    Attributes
    ----------
    left_out : tuple of str
        Headings that were taken for no items without being told so.
    person_column : str or None
        Heading of the names of persons, perhaps empty; None where nobody is named.
    incomplete : int
        Persons who were left out because some of their answers are unscored.
    """

    path: str
    text: str
    matrix: ResponseMatrix
    left_out: tuple[str, ...]
    person_column: str | None
    incomplete: int = 0

    def lines(self) -> list[int]:
        """Line of the file in which each person stands."""
        return read_rows(self.text)[1][-self.matrix.n_persons :]

    def notes(self) -> Iterator[str]:
        """Say what was guessed, a sentence each."""
        if self.left_out:
            yield f"Not taken as items: {', '.join(self.left_out)}."
        if self.incomplete:
            of_all = self.incomplete + self.matrix.n_persons
            yield f"Left out, with unscored answers: {self.incomplete} of {of_all} persons."

    def complete(self) -> "Answers":
        """Keep the persons all of whose answers are scored: only their totals can be compared.

        Ends the command with one line when nobody is left.
        """
        whole = all_scored(self.matrix)
        if whole.all():
            return self
        if not whole.any():
            raise click.ClickException(
                f"{self.path}: everybody has unscored answers, so no two totals can be compared; "
                "give --missing wrong, or each form in a file of its own"
            )
        matrix = self.matrix.select(persons=whole)
        left = replace(self, matrix=matrix, incomplete=len(whole) - matrix.n_persons)
        click.echo(f"{[*left.notes()][-1]} --missing wrong counts a missing answer as 0 points.", err=True)
        return left


def all_scored(matrix: ResponseMatrix) -> NDArray[np.bool_]:
    """Say of each person whether all answers are scored, shape (n_persons,)."""
    given = matrix.administered
    return np.ones(matrix.n_persons, dtype=bool) if given is None else np.asarray(given.all(axis=1))


def response_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that every command on a CSV of responses takes."""
    options = (
        click.option("--id", "person_column", metavar="COLUMN", help="Column that names the persons."),
        click.option("--no-id", is_flag=True, help="There is no such column; every column is an item."),
        click.option("--ignore", multiple=True, metavar="COLUMN", help="A column that is no item."),
        click.option("--blank", "blanks", multiple=True, metavar="TEXT", help="A further mark of no answer."),
        click.option("--missing", type=click.Choice(["wrong", "unscored"]), help=MISSING_HELP),
    )
    for option in reversed(options):
        command = option(command)
    return command


def read_text(path: str) -> str:
    """Read a file, or standard input for ``-``, as UTF-8 or else as Windows-1251."""
    try:
        raw = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from None
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise click.ClickException(f"{path}: this is not a text file")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1251"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise click.ClickException(f"{path}: the text is neither UTF-8 nor Windows-1251")


def read_responses(
    path: str,
    key_path: str | None = None,
    *,
    person_column: str | None = None,
    no_id: bool = False,
    ignore: Sequence[str] = (),
    blanks: Sequence[str] = (),
    missing: str | None = None,
) -> Answers:
    """Read responses, or end the command with one line that names the first problem and its place."""
    options = SheetOptions(
        blanks=blanks,
        blank_is_wrong=None if missing is None else missing == "wrong",
        person_column="" if no_id else person_column,
        ignore=ignore,
    )
    try:
        key_text = read_text(key_path) if key_path else None
        text = read_text(path)
        responses, problems = read_sheet(text, key_text, options)
    except ScoringError as error:
        raise click.ClickException(f"{path}: {error}") from None
    if responses is None:
        raise click.ClickException(f"{path}: {one_line(problems)}")
    told = (*ignore, person_column)
    guessed = tuple(name for name in columns_left_out(text, responses) if name not in told)
    answers = Answers(path, text, responses, guessed, heading_of_persons(text, responses, options))
    _refuse_twice(answers)
    for note in answers.notes():
        click.echo(f"{note} --no-id takes every column as an item.", err=True)
    return answers


def _refuse_twice(answers: Answers) -> None:
    """Two lines of one person are a mistake in copying; each would count as a person."""
    if answers.person_column is None:
        return
    first: dict[str, int] = {}
    twice = [
        (name, line, first[name])
        for name, line in zip(answers.matrix.persons, answers.lines(), strict=True)
        if name and first.setdefault(name, line) != line
    ]
    if twice:
        name, line, before = twice[0]
        told = f"line {line}: {name!r} stood in line {before} already{_more(len(twice))}"
        raise click.ClickException(f"{answers.path}: {told}")


def one_line(problems: Sequence[SheetProblem]) -> str:
    """Name the first problem and how many there are; a column of nothing else is perhaps no item."""
    first, more = problems[0], _more(len(problems))
    alone = more and first.column and all(problem.column == first.column for problem in problems)
    return f"{first}{more}; --ignore {first.column} if it is no item" if alone else f"{first}{more}"


def _more(found: int) -> str:
    return f" (and {found - 1:,} more)" if found > 1 else ""
