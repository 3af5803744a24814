"""A column of values about persons, beside their responses: groups, seats, rooms, scores."""

import csv
import io

import click

from exam.cli.stats.reading import read_text
from scoring.sheets.text import delimiter_of, number_of


def read_column(path: str, n_persons: int | None = None, *, column: str | None = None) -> list[str]:
    """Read the values of one column with a header, persons in the order of their responses.

    Ends the command with one line when a cell is empty, the number of persons is another, or the file has
    several columns and `column` names none of them.
    """
    text = read_text(path).removeprefix("\ufeff").rstrip()
    rows = [
        [cell.strip() for cell in row]
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    ]
    if len(rows) < 2:
        raise click.ClickException(f"{path}: a header and a line for each person are needed")
    place = _place(path, rows[0], column)
    values = [row[place] if place < len(row) else "" for row in rows[1:]]
    empty = [line for line, value in enumerate(values, start=2) if not value]
    if empty:
        more = f" (and {len(empty) - 1} more)" if len(empty) > 1 else ""
        raise click.ClickException(f"{path}: line {empty[0]}: there is no value{more}")
    if n_persons is not None and len(values) != n_persons:
        raise click.ClickException(f"{path}: {len(values)} lines under the header for {n_persons} persons")
    return values


def _place(path: str, header: list[str], column: str | None) -> int:
    if column is not None:
        if column not in header:
            raise click.ClickException(f"{path}: there is no column {column!r}")
        return header.index(column)
    if len(header) > 1:
        raise click.ClickException(f"{path}: there are {len(header)} columns; say which one counts")
    return 0


def matching_value(wanted: str, values: list[str]) -> str:
    """Find how a value is written in the column: as it is, or else as the same number."""
    if wanted in values:
        return wanted
    number = number_of(wanted)
    same = [value for value in dict.fromkeys(values) if number is not None and number_of(value) == number]
    return same[0] if same else wanted
