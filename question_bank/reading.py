"""The shipped bank: TOML files to items, and every problem with its place.

Nothing is silently dropped: a field that is not known is a problem too, and an item with a problem is left
out whole.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, TypeVar

from question_bank.errors import MalformedKeyError
from question_bank.items import (
    NOTHING,
    NUMBER,
    ChosenKey,
    Item,
    ItemVersion,
    Key,
    Kind,
    NumberKey,
    Option,
    Part,
    Source,
    State,
    Text,
    matching,
    ordering,
)
from question_bank.legislation import Act, shipped_acts
from question_bank.problems import Problem

Choice = TypeVar("Choice", bound=StrEnum)
FIELDS = {
    *("code", "kind", "area", "topic", "level", "state", "fact", "grade", "enemies", "points"),
    *("act", "article", "article_ru", "redaction", "valid_from", "valid_to"),
    *("stem", "rationale", "options", "pairs", "answer", "unit", "tolerance"),
    *("seed", "certificate", "image", "image_alt"),
}


@dataclass(frozen=True, slots=True)
class BankReading:
    """What was read, and everything that was not and why."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Entry:
    """One `[[item]]` table while it is read; every fault is noted, none stops the reading."""

    table: Mapping[str, Any]
    place: str
    problems: list[Problem] = field(default_factory=list)

    def note(self, where: str, message: str) -> None:
        code = self.table.get("code")
        item = code if isinstance(code, str) else ""
        self.problems.append(Problem(item, "field", f"{where}: {message}", f"{self.place}, {where}"))

    def word(self, name: str, *, required: bool = False) -> str:
        value = self.table.get(name, "")
        if not isinstance(value, str) or (required and not value):
            self.note(name, "a text is expected")
            return ""
        return value

    def count(self, name: str, standard: int, allowed: range) -> int:
        value = self.table.get(name, standard)
        if type(value) is not int or value not in allowed:
            self.note(name, f"a number from {allowed[0]} to {allowed[-1]} is expected")
            return standard
        return value

    def choice(self, name: str, choices: type[Choice]) -> Choice:
        try:
            return choices(self.table.get(name, ""))
        except ValueError:
            self.note(name, f"one of {', '.join(choices)} is expected")
            return next(iter(choices))

    def day(self, name: str) -> date | None:
        value = self.table.get(name)
        if value is not None and type(value) is not date:
            self.note(name, "a date is expected")
            return None
        return value

    def text(self, where: str, value: object) -> Text:
        if isinstance(value, Mapping) and {"kk", "ru"} <= set(value):
            kk, ru = value["kk"], value["ru"]
            if isinstance(kk, str) and isinstance(ru, str):
                return Text(kk, ru)
        self.note(where, "kk and ru are expected")
        return NOTHING

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        value = self.table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            self.note(name, "a list of tables is expected")
            return []
        return value

    def number(self, name: str, standard: str) -> Decimal:
        value = self.table.get(name, standard)
        if not isinstance(value, str) or not NUMBER.fullmatch(value):
            self.note(name, 'a number in quotes is expected, like "12" or "12,5"')
            return Decimal(0)
        return Decimal(value.replace(",", "."))


@cache
def shipped_bank() -> BankReading:
    """Return the bank shipped with the package, legislation and logic, with every problem of its files."""
    acts = shipped_acts()
    items: list[Item] = []
    problems = list(acts.problems)
    for part, name, toml in _shipped_files():
        reading = read_items(toml, part=part, file=name, acts=acts.acts)
        items += reading.items
        problems += reading.problems
    return _without_twins(items, problems)


def read_items(toml: str, *, part: Part, file: str, acts: Mapping[str, Act] | None = None) -> BankReading:
    """Read one file of items.

    Parameters
    ----------
    toml
        Text of the file.
    part
        The test whose items it holds.
    file
        Its name, for the places of problems.
    acts
        Acts by code; an item without a redaction or an end of its own takes them from its act.
    """
    try:
        table = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        return BankReading((), (Problem("", "unreadable", str(error), file),))
    if table.get("schema") != 1 or set(table) - {"schema", "item"}:
        return BankReading((), (Problem("", "unreadable", "schema = 1 and [[item]] are expected", file),))
    items: list[Item] = []
    problems: list[Problem] = []
    for number, row in enumerate(table.get("item", []), start=1):
        entry = _Entry(row, f"{file}, item {number}")
        item = _item(entry, part, acts or {})
        problems += entry.problems
        if item is not None:
            items.append(item)
    return _without_twins(items, problems)


def _shipped_files() -> Iterator[tuple[Part, str, str]]:
    bank = resources.files("question_bank") / "bank"
    for part in Part:
        folder = bank / str(part)
        if folder.is_dir():
            for file in sorted(folder.iterdir(), key=lambda file: file.name):
                if file.name.endswith(".toml"):
                    yield part, f"{part}/{file.name}", file.read_text(encoding="utf-8")


def _without_twins(items: list[Item], problems: list[Problem]) -> BankReading:
    """Keep the first item of each code; a second one is a problem."""
    kept: dict[str, Item] = {}
    for item in items:
        if item.code in kept:
            problems.append(Problem(item.code, "code-twice", "two items have this code"))
        else:
            kept[item.code] = item
    return BankReading(tuple(kept.values()), tuple(problems))


def _item(entry: _Entry, part: Part, acts: Mapping[str, Act]) -> Item | None:
    for name in sorted(set(entry.table) - FIELDS):
        entry.note(name, "this field is not known")
    enemies = entry.table.get("enemies", [])
    if not isinstance(enemies, list) or not all(isinstance(code, str) for code in enemies):
        entry.note("enemies", "a list of codes is expected")
        enemies = []
    version = _version(entry, _source(entry, acts) if part is Part.LEGISLATION else None)
    read = {name: entry.word(name, required=name == "area") for name in ("area", "topic", "fact", "grade")}
    level = entry.count("level", 1, range(1, 4))
    state = entry.choice("state", State)
    if version is None or entry.problems:
        return None
    return Item(
        code=version.item,
        part=part,
        level=level,
        state=state,
        version=version,
        enemies=frozenset(enemies),
        **read,
    )


def _version(entry: _Entry, source: Source | None) -> ItemVersion | None:
    code = entry.word("code", required=True)
    kind = entry.choice("kind", Kind)
    options, lefts, key = _asked(entry, code, kind)
    plain = {name: entry.word(name) for name in ("image", "certificate")}
    try:
        return ItemVersion(
            item=code,
            number=1,
            kind=kind,
            stem=entry.text("stem", entry.table.get("stem")),
            key=key,
            options=options,
            lefts=lefts,
            rationale=entry.text("rationale", entry.table.get("rationale", {"kk": "", "ru": ""})),
            unit=_said(entry, "unit"),
            image_alt=_said(entry, "image_alt"),
            source=source,
            points=entry.count("points", 1, range(1, 101)),
            seed=str(entry.table.get("seed", "")),
            **plain,
        )
    except MalformedKeyError as error:
        entry.note("pairs" if kind is Kind.MATCHING else "options", str(error))
        return None


def _said(entry: _Entry, name: str) -> Text:
    return entry.text(name, entry.table[name]) if name in entry.table else NOTHING


def _asked(entry: _Entry, code: str, kind: Kind) -> tuple[tuple[Option, ...], tuple[Text, ...], Key]:
    """Read options, left sides and key, each where its kind keeps them."""
    if kind is Kind.NUMERIC:
        return (), (), NumberKey(entry.number("answer", ""), entry.number("tolerance", "0"))
    if kind is Kind.MATCHING:
        pairs = list(enumerate(entry.rows("pairs")))
        lefts = tuple(entry.text(f"pairs[{place}].left", row.get("left")) for place, row in pairs)
        rights = [Option(entry.text(f"pairs[{place}].right", row.get("right"))) for place, row in pairs]
        stored, key = matching(code, rights)
        return stored, lefts, key
    rows = entry.rows("options")
    options = tuple(
        Option(entry.text(f"options[{place}]", row), fixed=row.get("fixed") is True)
        for place, row in enumerate(rows)
    )
    for place, row in enumerate(rows):
        for name in sorted(set(row) - {"kk", "ru", "key", "fixed"}):
            entry.note(f"options[{place}]", f"{name} is not known")
    if kind is Kind.ORDERING:
        stored, order = ordering(code, options)
        return stored, (), order
    return options, (), ChosenKey(frozenset(n for n, row in enumerate(rows) if row.get("key") is True))


def _source(entry: _Entry, acts: Mapping[str, Act]) -> Source:
    """Read where the key stands; what the item leaves open is taken from its act."""
    source = Source(
        act=entry.word("act", required=True),
        article=Text(entry.word("article", required=True), entry.word("article_ru", required=True)),
        redaction=entry.day("redaction"),
        valid_from=entry.day("valid_from"),
        valid_to=entry.day("valid_to"),
    )
    act = acts.get(source.act)
    if act is None:
        return source
    redaction = source.redaction or act.redaction or act.adopted
    return replace(source, redaction=redaction, valid_to=source.valid_to or act.valid_to)
