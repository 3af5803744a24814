"""A column of values about persons, beside their responses: groups, seats, rooms, scores."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import click

from exam.cli.stats.reading import Answers, read_text
from scoring.sheets.response_sheet import is_person
from scoring.sheets.text import delimiter_of, number_of


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """Values about persons, in the order of their responses.

    Attributes
    ----------
    matched_by : {"id", "order", "line"}
        How a value found its person; "line" where both stand in one line of one file.
    notes : tuple of str
        What to know about that, a sentence each.
    """

    values: list[str]
    matched_by: Literal["id", "order", "line"]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """A file of values about persons: its header, and its rows with their lines."""

    path: str
    header: list[str]
    rows: list[list[str]]
    lines: list[int]

    def cells(self, place: int) -> list[str]:
        return [row[place] if place < len(row) else "" for row in self.rows]


def read_column(path: str, answers: Answers, *, column: str | None = None) -> Column:
    """Read the values of one column with a header, and give each to its person.

    Persons are matched by id where the responses and this file have a column of ids (one with the same
    heading, or a heading that plainly is that of persons), else by order.

    Ends the command with one line when a value or an id is empty, an id is unknown, missing or stands twice,
    the number of persons is another, or several columns are left and `column` names none of them.
    """
    same_file = path == answers.path
    table = _open_table(path, answers.text if same_file else read_text(path))
    ids = _place_of_ids(table.header, answers.person_column, column)
    values = table.cells(_place_of_values(table, column, ids))
    if empty := [line for line, value in zip(table.lines, values, strict=True) if not value]:
        raise click.ClickException(f"{path}: line {empty[0]}: there is no value{_more(empty)}")
    if not same_file and ids is not None and answers.person_column is not None:
        return Column(_by_id(table, table.cells(ids), values, answers), "id")
    if len(values) != answers.matrix.n_persons:
        raise click.ClickException(
            f"{path}: {len(values)} lines under the header for {answers.matrix.n_persons} persons"
        )
    if same_file:
        return Column(values, "line")
    without = path if ids is None else answers.path
    note = f"{path} was matched to the persons by order: {without} has no column of ids."
    return Column(values, "order", (note,))


def _open_table(path: str, text: str) -> _Table:
    text = text.removeprefix("\ufeff").rstrip()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    rows, lines = [], []
    for row in reader:
        rows.append([cell.strip() for cell in row])
        lines.append(reader.line_num)
    if len(rows) < 2:
        raise click.ClickException(f"{path}: a header and a line for each person are needed")
    header = rows[0]
    if all(len(row) == len(header) + 1 for row in rows[1:]):
        header = ["", *header]  # R writes row names without a heading
    return _Table(path, header, rows[1:], lines[1:])


def _place_of_ids(header: Sequence[str], persons: str | None, values: str | None) -> int | None:
    """Find the column of ids: called as in the responses, or else plainly so."""
    if len(header) < 2:
        return None
    alike = [place for place, name in enumerate(header) if name == persons and name != values]
    plain = [place for place, name in enumerate(header) if is_person(name) and name != values]
    return next(iter([*alike, *plain]), None)


def _place_of_values(table: _Table, column: str | None, ids: int | None) -> int:
    if column is not None:
        if column not in table.header:
            raise click.ClickException(f"{table.path}: there is no column {column!r}")
        return table.header.index(column)
    left = [place for place in range(len(table.header)) if place != ids]
    if len(left) > 1:
        beside = "" if ids is None else " beside the ids"
        raise click.ClickException(
            f"{table.path}: there are {len(left)} columns{beside}; say which one counts"
        )
    return left[0]


def _by_id(table: _Table, ids: Sequence[str], values: Sequence[str], answers: Answers) -> list[str]:
    """Bring the values into the order of the responses."""
    persons = answers.matrix.persons
    places = _once(answers.path, persons, answers.lines())
    of_ids = _once(table.path, ids, table.lines)
    unknown = [name for name in of_ids if name not in places]
    if unknown:
        line = table.lines[of_ids[unknown[0]]]
        told = f"{unknown[0]!r} is no person of {answers.path}{_more(unknown)}"
        raise click.ClickException(f"{table.path}: line {line}: {told}")
    missing = [name for name in persons if name not in of_ids]
    if missing:
        line = answers.lines()[places[missing[0]]]
        told = f"there is no line for {missing[0]!r}, line {line} of {answers.path}{_more(missing)}"
        raise click.ClickException(f"{table.path}: {told}")
    return [values[of_ids[name]] for name in persons]


def _once(path: str, ids: Sequence[str], lines: Sequence[int]) -> dict[str, int]:
    """Place every id, which has to be there and to stand once."""
    places: dict[str, int] = {}
    for place, (name, line) in enumerate(zip(ids, lines, strict=True)):
        if not name:
            raise click.ClickException(f"{path}: line {line}: there is no id")
        first = places.setdefault(name, place)
        if first != place:
            raise click.ClickException(f"{path}: line {line}: {name!r} stood in line {lines[first]} already")
    return places


def _more(found: Sequence[object]) -> str:
    return f" (and {len(found) - 1} more)" if len(found) > 1 else ""


def matching_value(wanted: str, values: list[str]) -> str:
    """Find how a value is written in the column: as it is, or else as the same number."""
    if wanted in values:
        return wanted
    number = number_of(wanted)
    same = [value for value in dict.fromkeys(values) if number is not None and number_of(value) == number]
    return same[0] if same else wanted
