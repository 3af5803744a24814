"""Responses as a sheet of text: persons in rows, items in columns, a header of item names."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scoring.encoding import Missing, distinct_values, unanswered_kinds
from scoring.errors import ResponseError
from scoring.keys import ItemKey
from scoring.responses import ResponseMatrix
from scoring.sheets.key_sheet import read_key
from scoring.sheets.text import BLANKS, SheetProblem, delimiter_of, number_of, read_even_rows, read_rows

PERSON_WORDS = frozenset(
    {"id", "no", "nr", "person", "persons", "personid", "person_id", "examinee", "examineeid", "examinee_id"}
    | {"eid", "candidate", "candidate_id", "user", "userid", "user_id", "student", "studentid", "student_id"}
    | {"officer", "attempt", "respondent", "subject", "rownames", "row", "case", "name", "fio"}
    | {"код", "қызметкер", "сотрудник", "фио", "аты", "аты-жөні", "жсн", "иин"}
)

ABOUT_WORDS = frozenset(
    {"group", "sex", "gender", "region", "language", "lang", "form", "center", "centre", "class", "school"}
    | {"total", "score", "sum", "age", "date", "топ", "жынысы", "аймақ", "тіл", "пол", "регион", "язык"}
)


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """How to read a sheet of responses.

    Attributes
    ----------
    blanks : collection of str
        Further marks of a missing answer; an empty cell, NA and the like always are.
    blank_is_wrong : bool or None
        Whether a missing answer earns 0 points; None: yes with a key, where it was left out by the person,
        no without, where the cell was left unscored.
    person_column : str or None
        Column with the names of persons; None: found by its heading or its values. Empty: there is none,
        and every column is an item.
    ignore : collection of str
        Columns that are no items; so are, without a key that says otherwise, columns named as the group,
        the total or another id.
    """

    blanks: Collection[str] = ()
    blank_is_wrong: bool | None = None
    person_column: str | None = None
    ignore: Collection[str] = ()


@dataclass(slots=True)
class _Sheet:
    """The sheet while it is being read."""

    columns: list[str]
    rows: list[list[str]] | NDArray[np.str_]
    lines: Sequence[int]
    delimiter: str
    blanks: frozenset[str]

    def column(self, j: int) -> list[str]:
        """The cells of one column."""
        return (
            self.rows[:, j].tolist() if isinstance(self.rows, np.ndarray) else [row[j] for row in self.rows]
        )

    def cells(self, columns: Sequence[int]) -> NDArray[np.str_]:
        """The cells of some columns, shape (n_rows, n_columns)."""
        if isinstance(self.rows, np.ndarray):
            return np.ascontiguousarray(self.rows[:, list(columns)])
        return np.array([[row[j] for j in columns] for row in self.rows])


def read_sheet(
    text: str, key_text: str | None = None, options: SheetOptions | None = None
) -> tuple[ResponseMatrix | None, tuple[SheetProblem, ...]]:
    """Read responses from delimited text.

    Parameters
    ----------
    text : str
        Comma, semicolon, tab or bar; a header row of item names (items are numbered when the first row is
        plainly data); persons in rows; perhaps a column that names the persons. Without a key the cells
        are points; with one they are options.
    key_text : str, optional
        The key, as `scoring.read_key` takes it.
    options : SheetOptions, optional
        How to read the sheet.

    Returns
    -------
    responses : ResponseMatrix or None
        None when there are problems.
    problems : tuple of SheetProblem
        All that is wrong, each with line and column.
    """
    options = options or SheetOptions()
    sheet, problems = _open_sheet(text, options)
    if problems:
        return None, problems
    key: dict[str, ItemKey] | list[ItemKey] | None = None
    if key_text is not None:
        key, problems = read_key(key_text, sheet.columns)
        if problems:
            return None, tuple(
                replace(problem, message=f"in the key: {problem.message}") for problem in problems
            )
    try:
        persons, items = _columns(sheet, key, options)
        keys = _match_key(key, [sheet.columns[j] for j in items])
    except ResponseError as error:
        return None, (SheetProblem(0, "", str(error)),)
    return _matrix(sheet, persons, items, keys, options)


def columns_left_out(text: str, responses: ResponseMatrix) -> tuple[str, ...]:
    """Return the headings that `read_sheet` took for no items when it read `responses` from `text`.

    They say something about the persons, or name them under a heading that does not say so by itself (as "id"
    does, which is not told). A sheet without a header has none.
    """
    header = _header_of(text)
    items = frozenset(responses.items)
    if items.isdisjoint(header):
        return ()
    return tuple(name for name in header if name and name not in items and not is_person(name))


def person_column(text: str, responses: ResponseMatrix, options: SheetOptions | None = None) -> str | None:
    """Return the heading under which `read_sheet` found the persons when it read `responses` from `text`.

    It is empty where the names stand without a heading; None where nobody is named.
    """
    if not responses.persons:
        return None
    options = options or SheetOptions()
    if options.person_column:
        return options.person_column
    first = next((name for name in _header_of(text) if name not in options.ignore), "")
    return "" if first in responses.items else first


def is_person(name: str) -> bool:
    """Say whether a heading plainly is that of the persons."""
    return name.casefold().replace(" ", "_") in PERSON_WORDS


def _header_of(text: str) -> list[str]:
    header = next((line for line in text.removeprefix("\ufeff").splitlines() if line.strip()), "")
    rows, _lines, _delimiter = read_rows(header)
    return rows[0] if rows else []


def _open_sheet(text: str, options: SheetOptions) -> tuple[_Sheet, tuple[SheetProblem, ...]]:
    """Split the text and settle the header."""
    blanks = BLANKS | {blank.strip().upper() for blank in options.blanks}
    even = read_even_rows(text)
    if even is not None and len(set(even[0])) == len(even[0]) and all(even[0]):
        header, cells = even
        return _Sheet(header, cells, range(2, len(cells) + 2), delimiter_of(text), blanks), ()
    rows, lines, delimiter = read_rows(text)
    sheet = _Sheet([], rows, lines, delimiter, blanks)
    if not rows:
        return sheet, (SheetProblem(0, "", "the file is empty"),)
    if _is_data(rows, delimiter):
        sheet.columns = [f"item{j + 1}" for j in range(len(rows[0]))]
    else:
        sheet.columns, sheet.rows, sheet.lines = rows[0], rows[1:], lines[1:]
        if sheet.rows and all(len(row) == len(rows[0]) + 1 for row in sheet.rows):
            sheet.columns = ["", *rows[0]]  # R writes row names without a heading
    if not sheet.rows:
        return sheet, (SheetProblem(0, "", "there are no persons under the header"),)
    if len(sheet.columns) > 1 and not sheet.columns[-1] and not any(row[-1] for row in sheet.rows):
        sheet.columns, sheet.rows = sheet.columns[:-1], [row[:-1] for row in sheet.rows]
    return sheet, (*_header_problems(sheet, lines[0]), *_width_problems(sheet))


def _is_data(rows: list[list[str]], delimiter: str) -> bool:
    """Say whether the first row is data: values that repeat in it and are all found below it as well."""
    first = rows[0]
    if len(set(first)) == len(first) or len(rows) < 2:
        return False
    if all(number_of(cell, delimiter) is not None for cell in first):
        return True
    below = {cell for row in rows[1:200] for cell in row}
    return all(cell in below for cell in first)


def _header_problems(sheet: _Sheet, line: int) -> list[SheetProblem]:
    problems = [
        SheetProblem(line, str(j + 1), "the column has no name")
        for j, name in enumerate(sheet.columns)
        if not name and j > 0
    ]
    seen: set[str] = set()
    for name in sheet.columns:
        if name and name in seen:
            problems.append(SheetProblem(line, name, "two columns have this name"))
        seen.add(name)
    return problems


def _width_problems(sheet: _Sheet) -> list[SheetProblem]:
    width = len(sheet.columns)
    return [
        SheetProblem(line, "", f"{len(row)} cells where the header has {width}")
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
        if len(row) != width
    ]


def _columns(
    sheet: _Sheet, key: dict[str, ItemKey] | list[ItemKey] | None, options: SheetOptions
) -> tuple[int | None, list[int]]:
    """Tell the column of persons from the columns of items."""
    wanted = [*options.ignore, *([options.person_column] if options.person_column else [])]
    absent = [name for name in wanted if name not in sheet.columns]
    if absent:
        raise ResponseError(f"there is no column {absent[0]!r}")
    left = [j for j, name in enumerate(sheet.columns) if name not in options.ignore]
    persons = _person_column(sheet, left, key, options)
    left = [j for j in left if j != persons]
    if isinstance(key, dict):
        left = [j for j in left if sheet.columns[j] in key]
    elif options.person_column != "" and (key is None or len(key) != len(left)):
        left = [j for j in left if not _is_about(sheet.columns[j])] or left
        if key is not None and persons is not None and 0 < len(left) - len(key) <= 2:
            left = left[len(left) - len(key) :]  # leading columns about the person
    if not left:
        raise ResponseError("there are no item columns")
    return persons, left


def _is_about(name: str) -> bool:
    """Say whether a heading names what a person is or got, and no item."""
    return name.casefold() in ABOUT_WORDS or name.casefold().endswith("_id")


def _person_column(
    sheet: _Sheet, left: Sequence[int], key: dict[str, ItemKey] | list[ItemKey] | None, options: SheetOptions
) -> int | None:
    """Find the column that names the persons, if there is one."""
    if options.person_column is not None:
        return sheet.columns.index(options.person_column) if options.person_column else None
    first = left[0]
    if isinstance(key, dict) and sheet.columns[first] in key:
        return None
    if isinstance(key, list) and len(key) == len(left):
        return None
    if not sheet.columns[first] or is_person(sheet.columns[first]):
        return first
    return first if _names_persons(sheet, first, left[1:]) else None


def _names_persons(sheet: _Sheet, column: int, others: Sequence[int]) -> bool:
    """Say whether values look like names: all different, and words or numbers beyond those of the items."""
    values = sheet.column(column)
    if len(set(values)) < len(values) or not others or len(values) < 3:
        return False
    numbers = [number_of(value, sheet.delimiter) for value in values]
    if numbers.count(None) > len(values) / 2:
        return True
    sample = sheet.rows[:200]
    elsewhere = [number_of(str(row[j]), sheet.delimiter) or 0.0 for row in sample for j in others]
    return max(number or 0.0 for number in numbers) > max(elsewhere, default=0.0) and len(values) > 10


def _match_key(key: dict[str, ItemKey] | list[ItemKey] | None, items: list[str]) -> list[ItemKey]:
    """Bring the key into the order of the items."""
    if key is None:
        return []
    if isinstance(key, list):
        if len(key) != len(items):
            raise ResponseError(f"the key has {len(key)} entries for {len(items)} item columns")
        return key
    absent = [name for name in key if name not in items]
    if absent:
        raise ResponseError(f"the key names {absent[0]!r}, which is no column of the responses")
    return [key[name] for name in items]


def _matrix(
    sheet: _Sheet, persons: int | None, items: list[int], keys: list[ItemKey], options: SheetOptions
) -> tuple[ResponseMatrix | None, tuple[SheetProblem, ...]]:
    """Turn the cells into a response matrix."""
    names = tuple(sheet.columns[j] for j in items)
    about = {"persons": tuple(sheet.column(persons))} if persons is not None else {}
    cells = sheet.cells(items)
    try:
        if keys:
            read = ResponseMatrix.from_options(cells, keys, items=names, blanks=tuple(sheet.blanks), **about)
            return (read if options.blank_is_wrong is not False else _unscored(read)), ()
        points, problems = _points(sheet, cells, names)
        if problems:
            return None, problems
        kinds = unanswered_kinds(np.isnan(points)) if options.blank_is_wrong else None
        filled = np.nan_to_num(points) if options.blank_is_wrong else points
        return ResponseMatrix.from_points(filled, items=names, missing=kinds, **about), ()
    except ResponseError as error:
        return None, (SheetProblem(0, "", str(error)),)


def _unscored(read: ResponseMatrix) -> ResponseMatrix:
    """Count every missing answer as not administered."""
    if read.missing is None:
        return read
    kinds = np.where(read.missing == 0, np.uint8(0), np.uint8(Missing.NOT_ADMINISTERED))
    return replace(read, missing=kinds)


def _points(
    sheet: _Sheet, cells: NDArray[Any], names: Sequence[str]
) -> tuple[NDArray[np.float64], tuple[SheetProblem, ...]]:
    """Read every different cell once; NaN for a blank."""
    written, codes = distinct_values(cells)
    values = np.full(len(written), np.nan)
    bad: dict[int, str] = {}
    for place, text in enumerate(written):
        if text.upper() in sheet.blanks:
            continue
        number = number_of(text, sheet.delimiter)
        if number is None:
            bad[place] = f"{text!r} is not a number; give the key if these are options"
        elif number < 0:
            bad[place] = f"{text!r} is below zero"
        else:
            values[place] = number
    problems = []
    if bad:
        where = np.argwhere(np.isin(codes, list(bad)))
        problems = [SheetProblem(sheet.lines[i], names[j], bad[int(codes[i, j])]) for i, j in where.tolist()]
    return values[codes], tuple(problems)
