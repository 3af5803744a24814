"""Our own sheet: one row a question, Kazakh and Russian side by side.

Cells hold text. Several things in one cell stand on lines of their own; the order of an ordering question
and the pairs of a matching question are those of its columns.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from question_bank.interchange.details import NAMES, ordered
from question_bank.interchange.drafts import MOST_OPTIONS, Collector, Draft, DraftOption, Reading, tidy
from question_bank.interchange.numbers import read_number
from question_bank.items import NOTHING, Kind, Text

Cell = tuple[str, str] | None
Row = tuple[int, Sequence[Cell]]

OPTIONS = 10
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[:OPTIONS]
FIRST = ("code", "kind", "category", "stem_kk", "stem_ru")
LAST = ("key", "tolerance", "fixed", "rationale_kk", "rationale_ru")


def _lettered(side: str) -> tuple[str, ...]:
    return tuple(f"{side}_{letter}_{language}" for letter in LETTERS for language in ("kk", "ru"))


COLUMNS = (*FIRST, *_lettered("option"), *LAST, *NAMES, *_lettered("left"), *_lettered("feedback"))
HEADED = {name.lower(): name for name in COLUMNS}
READABLE = {"text", "number", "date", "logical"}
CHOSEN = re.compile(r"[\s,;]+")


@dataclass(slots=True)
class _Line:
    """One row while it is read: its cells by the names of their columns."""

    collector: Collector
    number: int
    cells: Mapping[str, str]
    places: Mapping[str, str]

    def of(self, name: str) -> str:
        return tidy(self.cells.get(name, ""))

    def text(self, name: str) -> Text:
        return Text(self.of(f"{name}_kk"), self.of(f"{name}_ru"))

    def place(self, name: str) -> str:
        return f"{self.places.get(name, '')}{self.number}"

    def refuse(self, column: str, check: str, message: str) -> None:
        self.collector.refuse(self.place(column), check, message, self.of("code"))


def read_rows(rows: Sequence[Row], file: str) -> Reading:
    """Read the rows of a sheet.

    Parameters
    ----------
    rows
        Rows that hold something, each with its number on the sheet; a cell is a kind and a text, as
        `exam.services.spreadsheets` tells them.
    file
        Name of the file, for places such as ``items.xlsx:D7``.
    """
    collector = Collector(file)
    if not rows:
        collector.refuse("", "nothing-read", "the sheet is empty")
        return collector.reading()
    number, head = rows[0]
    columns = _columns(collector, number, head)
    missing = {"kind", "key"} - set(columns.values())
    if missing or not {"stem_kk", "stem_ru"} & set(columns.values()):
        named = ", ".join(sorted(missing)) or "stem_kk or stem_ru"
        collector.refuse(number, "columns", f"the first row does not name the columns {named}")
        return collector.reading()
    if len(rows) == 1:
        collector.refuse("", "nothing-read", "the sheet holds no question under its first row")
    for number, cells in rows[1:]:
        _row(collector, number, cells, columns)
    return collector.reading()


def _columns(collector: Collector, number: int, head: Sequence[Cell]) -> dict[int, str]:
    """Return the names of the known columns by their place; others are noted."""
    columns: dict[int, str] = {}
    for place, cell in enumerate(head):
        name = tidy(cell[1]).lower().replace(" ", "_") if cell else ""
        where = f"{letters(place)}{number}"
        if name in HEADED and HEADED[name] not in columns.values():
            columns[place] = HEADED[name]
        elif name:
            said = "twice" if name in HEADED else "not a column of the sheet"
            collector.note(where, "column", f"{name[:60]!r} is {said} and is not read")
    return columns


def _row(collector: Collector, number: int, cells: Sequence[Cell], columns: Mapping[int, str]) -> None:
    read = {columns[n]: cell for n, cell in enumerate(cells) if cell and n in columns}
    places = {name: letters(place) for place, name in columns.items()}
    line = _Line(collector, number, {name: cell[1] for name, cell in read.items()}, places)
    for place, cell in enumerate(cells):
        if cell and place not in columns:
            collector.note(f"{letters(place)}{number}", "column", "a cell without a column name is not read")
    unreadable = [name for name, cell in read.items() if cell[0] not in READABLE]
    for name in unreadable:
        line.refuse(name, "cell", f"{name}: a {read[name][0]} stands where a text is expected")
    if unreadable:
        return
    draft = _draft(line)
    if draft:
        where = line.place("stem_kk") if "stem_kk" in places else str(number)
        collector.take(where, draft, cell=line.place)


def _draft(line: _Line) -> Draft | None:
    try:
        kind = Kind(line.of("kind").lower())
    except ValueError:
        line.refuse("kind", "kind", f"one of {', '.join(Kind)} is expected")
        return None
    options, lefts = _options(line), tuple(_row_of(line, "left"))
    draft = Draft(
        kind=kind,
        stem=line.text("stem"),
        options=() if kind is Kind.NUMERIC else options,
        lefts=lefts if kind is Kind.MATCHING else (),
        feedback=line.text("rationale"),
        name=line.of("code"),
        category=line.of("category"),
        details=ordered({name: line.of(name) for name in NAMES}),
    )
    _note_unused(line, kind, len(options))
    return _with_key(line, draft)


def _note_unused(line: _Line, kind: Kind, count: int) -> None:
    """Note cells that this kind of question has no place for."""
    options = OPTIONS if kind is Kind.NUMERIC else 0
    unused = [
        *(() if kind is Kind.NUMERIC else ("tolerance",)),
        *(("fixed", *_lettered("option")) if options else ()),
        *(() if kind is Kind.MATCHING else _lettered("left")),
        *(name for name in _lettered("feedback") if LETTERS.index(name.split("_")[1]) >= count - options),
    ]
    for name in unused:
        if line.of(name):
            said = f"{name}: a question of the kind {kind} has no place for it; it is not kept"
            line.collector.note(line.place(name), "cell-unused", said, line.of("code"))


def _options(line: _Line) -> tuple[DraftOption, ...]:
    texts = _row_of(line, "option")
    fixed = _chosen(line, "fixed", len(texts)) or ()
    return tuple(
        DraftOption(text, feedback=line.text(f"feedback_{letter}"), fixed=place in fixed)
        for place, (letter, text) in enumerate(zip(LETTERS, texts, strict=False))
    )


def _row_of(line: _Line, side: str) -> list[Text]:
    """Return texts up to the last that is there; an empty one between others is a fault of the draft."""
    texts = [line.text(f"{side}_{letter}") for letter in LETTERS]
    while texts and texts[-1] == NOTHING:
        texts.pop()
    return texts


def _with_key(line: _Line, draft: Draft) -> Draft | None:
    if draft.kind is Kind.NUMERIC:
        value, tolerance = read_number(line.of("key")), read_number(line.of("tolerance") or "0")
        if value is None or tolerance is None or tolerance < 0:
            wrong = "key" if value is None else "tolerance"
            line.refuse(wrong, "number", f"{wrong}: a number such as 12 or 12,5 is expected")
            return None
        return replace(draft, answer=value, tolerance=tolerance)
    if draft.kind in {Kind.ORDERING, Kind.MATCHING}:
        if line.of("key"):
            line.refuse(
                "key", "key", "the key is the order of the columns; this cell is expected to be empty"
            )
            return None
        return draft
    chosen = _chosen(line, "key", len(draft.options))
    if chosen is None:
        return None
    return replace(
        draft, options=tuple(replace(each, right=n in chosen) for n, each in enumerate(draft.options))
    )


def _chosen(line: _Line, column: str, count: int) -> frozenset[int] | None:
    """Read letters such as ``A`` or ``A, C``; None when one names no option, which has been told."""
    named = [each.upper() for each in CHOSEN.split(line.of(column)) if each]
    latin = [each.translate(str.maketrans("АВСЕН", "ABCEH")) for each in named]
    wrong = [each for each in latin if len(each) != 1 or each not in LETTERS[:count]]
    if wrong:
        line.refuse(column, "key-out-of-range", f"{column}: {wrong[0][:20]!r} names no option")
        return None
    return frozenset(LETTERS.index(each) for each in latin)


def letters(column: int) -> str:
    """Name a column by its place, counted from 0: ``C``."""
    name, left = "", column + 1
    while left:
        left, place = divmod(left - 1, 26)
        name = chr(ord("A") + place) + name
    return name


def rows_of(drafts: Sequence[Draft]) -> list[list[str]]:
    """Return the sheet that `read_rows` reads back: the names of the columns, then a row a draft."""
    return [list(COLUMNS), *([_cells(draft).get(name, "") for name in COLUMNS] for draft in drafts)]


def _cells(draft: Draft) -> dict[str, str]:
    if len(draft.options) > OPTIONS:
        raise ValueError(f"{draft.name}: the sheet has {OPTIONS} options, {MOST_OPTIONS} are not written")
    cells = {"code": draft.name, "kind": str(draft.kind), "category": draft.category, **dict(draft.details)}
    texts = {"stem": draft.stem, "rationale": draft.feedback}
    texts |= {f"option_{letter}": each.text for letter, each in zip(LETTERS, draft.options, strict=False)}
    texts |= {f"left_{letter}": left for letter, left in zip(LETTERS, draft.lefts, strict=False)}
    texts |= {
        f"feedback_{letter}": each.feedback for letter, each in zip(LETTERS, draft.options, strict=False)
    }
    for name, text in texts.items():
        cells |= {f"{name}_kk": text.kk, f"{name}_ru": text.ru}
    cells["fixed"] = ", ".join(LETTERS[n] for n, option in enumerate(draft.options) if option.fixed)
    if draft.kind is Kind.NUMERIC and draft.answer is not None:
        cells |= {"key": format(draft.answer, "f"), "tolerance": format(draft.tolerance, "f")}
    else:
        cells["key"] = ", ".join(LETTERS[place] for place in draft.right)
    return cells
