"""A staff list as its sheet gives it: records, and every problem with its cell. Knows no database."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exam.rules.calendar import months_after
from exam.rules.iin import iin_problems
from exam.services.officers.officer_columns import (
    CATEGORIES,
    COLUMNS,
    LANGUAGES,
    SEXES,
    OfficerRecord,
    column_of,
    folded,
)
from exam.services.spreadsheets import Cell, Kind, SheetRow, address

LONGEST_TEXT = 300
YOUNGEST, OLDEST = 16, 90
"""Years; outside of them a date is a slip of the hand, not a rule of law."""
_DAY = re.compile("([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})")
_TWO_SCRIPTS = re.compile(r"\b(?=\w*[A-Za-z])(?=\w*[Ѐ-ӿ])\w+")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong in a cell: a code that the pages word, and the facts that fill the wording."""

    cell: str
    column: str
    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfficerSheet:
    """What a staff list holds.

    Attributes
    ----------
    records : tuple of (int, OfficerRecord)
        The rows without a problem, each with its number on the sheet.
    problems : tuple of CellProblem
        Everything that is wrong, in the order of the sheet.
    ignored : tuple of str
        Headers of columns that are not ours.
    places : mapping of str to int
        Where each column stands, counted from 0.
    """

    records: tuple[tuple[int, OfficerRecord], ...]
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]
    places: Mapping[str, int]


class _Wrong(Exception):  # noqa: N818  a value cannot be read; it never leaves this module
    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read_officers(rows: Sequence[SheetRow], *, regions: Mapping[str, str], on: date) -> OfficerSheet:
    """Read a staff list.

    Parameters
    ----------
    rows : sequence of SheetRow
        The first one names the columns.
    regions : mapping of str to str
        Folded code or name of a region to its code.
    on : date
        The day of the reading; a birth or an appointment cannot come after it.
    """
    head, *lines = rows
    places, problems, ignored = _read_head(head)
    if problems:
        return OfficerSheet((), tuple(problems), ignored, places)
    if not lines:
        place = address(0, head.number + 1)
        return OfficerSheet((), (CellProblem(place, "iin", "no-rows", {}),), ignored, places)
    readers = _readers(regions, on)
    records: list[tuple[int, OfficerRecord]] = []
    seen: dict[str, str] = {}
    for line in lines:
        record, wrong = _read_line(line, places, readers)
        wrong += _order_problems(line, record, places) + _repeated(line, record, places, seen)
        problems += sorted(wrong, key=lambda each: places[each.column])
        if not wrong:
            records.append((line.number, OfficerRecord(**record)))
    return OfficerSheet(tuple(records), tuple(problems), ignored, places)


def _read_head(head: SheetRow) -> tuple[dict[str, int], list[CellProblem], tuple[str, ...]]:
    places: dict[str, int] = {}
    problems, ignored = [], []
    for place, cell in enumerate(head.cells):
        if cell is None:
            continue
        column = column_of(cell.text)
        if column is None:
            ignored.append(cell.text[:80])
        elif column in places:
            first = address(places[column], head.number)
            problems.append(
                CellProblem(address(place, head.number), column, "column-twice", {"first": first})
            )
        else:
            places[column] = place
    start = address(0, head.number)
    problems += [CellProblem(start, name, "column-missing", {}) for name in COLUMNS if name not in places]
    return places, problems, tuple(ignored)


def _read_line(
    line: SheetRow, places: Mapping[str, int], readers: Mapping[str, Callable[[Cell], Any]]
) -> tuple[dict[str, Any], list[CellProblem]]:
    record: dict[str, Any] = {}
    wrong = []
    for column in COLUMNS:
        place = places[column]
        cell = line.cells[place] if place < len(line.cells) else None
        try:
            record[column] = _read_cell(cell, readers[column])
        except _Wrong as found:
            wrong.append(CellProblem(address(place, line.number), column, found.code, found.facts))
    return record, wrong


def _read_cell(cell: Cell | None, reader: Callable[[Cell], Any]) -> Any:
    if cell is None or (cell.kind is Kind.TEXT and not cell.text.strip()):
        raise _Wrong("empty")
    if cell.kind is Kind.FORMULA:
        raise _Wrong("formula")
    if cell.kind in (Kind.ERROR, Kind.LOGICAL):
        raise _Wrong("not-a-value", value=cell.text[:40])
    return reader(cell)


def _readers(regions: Mapping[str, str], on: date) -> dict[str, Callable[[Cell], Any]]:
    earliest, latest = months_after(on, -12 * OLDEST), months_after(on, -12 * YOUNGEST)
    special: dict[str, Callable[[Cell], Any]] = {
        "iin": _iin,
        "full_name": _name,
        "birth_date": lambda cell: _day_within(cell, earliest, latest),
        "sex": lambda cell: _listed(cell, SEXES, "sex-unknown"),
        "post_category": _category,
        "region_code": lambda cell: _listed(cell, regions, "region-unknown"),
        "appointed_on": lambda cell: _day_within(cell, earliest, on),
        "test_language": lambda cell: _listed(cell, LANGUAGES, "language-unknown"),
    }
    return {column: special.get(column, _text) for column in COLUMNS}


def _iin(cell: Cell) -> str:
    if cell.kind not in (Kind.TEXT, Kind.NUMBER):
        raise _Wrong("iin_not_twelve_digits")
    for code in iin_problems(cell.text):
        raise _Wrong("iin-lost-zeros" if _lost_zeros(cell) else code)
    return cell.text


def _lost_zeros(cell: Cell) -> bool:
    """A cell that holds a number cannot keep the zeros before it."""
    return cell.kind is Kind.NUMBER and len(cell.text) < 12 and cell.text.isascii() and cell.text.isdigit()


def _text(cell: Cell) -> str:
    if cell.kind not in (Kind.TEXT, Kind.NUMBER):
        raise _Wrong("not-text")
    text = unicodedata.normalize("NFC", " ".join(cell.text.split()))
    if len(text) > LONGEST_TEXT:
        raise _Wrong("too-long", most=str(LONGEST_TEXT))
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Cn") for sign in text):
        raise _Wrong("hidden-signs")
    return text


def _name(cell: Cell) -> str:
    text = _text(cell)
    if any(sign.isdigit() for sign in text) or not any(sign.isalpha() for sign in text):
        raise _Wrong("not-a-name", value=text[:40])
    if mixed := _TWO_SCRIPTS.search(text):
        raise _Wrong("two-scripts", word=mixed.group())
    return text


def _category(cell: Cell) -> str:
    code = cell.text.strip().lower()
    if code not in CATEGORIES:
        raise _Wrong("category-unknown", value=cell.text.strip()[:40])
    return code


def _listed(cell: Cell, words: Mapping[str, str], code: str) -> str:
    found = words.get(folded(cell.text)) or words.get(cell.text.strip().casefold())
    if found is None:
        raise _Wrong(code, value=cell.text.strip()[:40])
    return found


def _day_within(cell: Cell, first: date, last: date) -> date:
    day = _day(cell)
    if not first <= day <= last:
        raise _Wrong("date-impossible", first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")
    return day


def _day(cell: Cell) -> date:
    if cell.kind is Kind.DATE:
        return date.fromisoformat(cell.text)
    written = _DAY.fullmatch(cell.text.strip(" ")) if cell.kind is Kind.TEXT else None
    try:
        if written:
            return date(int(written[3]), int(written[2]), int(written[1]))
    except ValueError:
        pass
    raise _Wrong("not-a-date", value=cell.text[:40])


def _order_problems(
    line: SheetRow, record: Mapping[str, Any], places: Mapping[str, int]
) -> list[CellProblem]:
    """Nobody is appointed before he is of an age to serve; said of the appointment."""
    born, appointed = record.get("birth_date"), record.get("appointed_on")
    if born is None or appointed is None or months_after(born, 12 * YOUNGEST) <= appointed:
        return []
    place = address(places["appointed_on"], line.number)
    return [CellProblem(place, "appointed_on", "appointed-too-young", {"birth": f"{born:%d.%m.%Y}"})]


def _repeated(
    line: SheetRow, record: Mapping[str, Any], places: Mapping[str, int], seen: dict[str, str]
) -> list[CellProblem]:
    iin = record.get("iin")
    if iin is None:
        return []
    here = address(places["iin"], line.number)
    first = seen.setdefault(iin, here)
    return [] if first == here else [CellProblem(here, "iin", "iin-twice", {"first": first})]
