"""The fields of our own bank as a file has them: read, or told where they are not kept as they stood."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from question_bank.interchange.numbers import read_number
from question_bank.items import Part
from question_bank.legislation import shipped_acts

DAYS = ("redaction", "valid_from", "valid_to")
LEVELS, POINTS = (1, 3), (1, 100)
GRADES = "ABC"
LOOK_ALIKE = str.maketrans("АВС", "ABC")
LONGEST = {"area": 40, "topic": 40, "fact": 16, "act": 64}
OF_SOURCE = ("article_kk", "article_ru", *DAYS)
DAY_FIRST = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", re.ASCII)
YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", re.ASCII)
SEPARATED = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Unkept:
    """A field that is not kept as it stood: its name, a stable word, and a sentence."""

    name: str
    check: str
    message: str


def read_fields(given: Mapping[str, str]) -> tuple[dict[str, str], list[Unkept]]:
    """Read fields by name.

    Returns
    -------
    tuple of dict and list
        The fields as the bank keeps them, days as yyyy-mm-dd, without those that cannot be kept; and what is
        to be told. Fields that were read are read again without a change.
    """
    kept: dict[str, str] = {}
    unkept: list[Unkept] = []
    for name, written in given.items():
        reader = READERS.get(name)
        value, told = reader(name, written) if reader and written else (written, None)
        if value:
            kept[name] = value
        if told:
            unkept.append(told)
    return kept, unkept + _without_act(kept)


def codes_in(enemies: str) -> tuple[str, ...]:
    """Return the codes of a list of enemies, in their order."""
    return tuple(dict.fromkeys(each for each in SEPARATED.split(enemies) if each))


def _day(name: str, written: str) -> tuple[str, Unkept | None]:
    if found := DAY_FIRST.fullmatch(written):
        day, month, year = map(int, found.groups())
    elif found := YEAR_FIRST.fullmatch(written):
        year, month, day = map(int, found.groups())
    else:
        return "", _unread_day(name, written)
    try:
        return date(year, month, day).isoformat(), None
    except ValueError:
        return "", _unread_day(name, written)


def _unread_day(name: str, written: str) -> Unkept:
    said = f"{name}: {written[:40]!r} is not a date such as 31.12.2026 or 2026-12-31; it is left empty"
    if name == "valid_to":
        return Unkept(name, "end-unread", f"{said}, so that the item holds without end until it is filled")
    return Unkept(name, "day-unread", said)


def _count(least: int, most: int) -> Callable[[str, str], tuple[str, Unkept | None]]:
    def read(name: str, written: str) -> tuple[str, Unkept | None]:
        number = read_number(written)
        if number is not None and number == number.to_integral_value() and least <= number <= most:
            return str(int(number)), None
        said = f"{name}: {written[:40]!r} is not a whole number from {least} to {most}; {least} is taken"
        return "", Unkept(name, f"{name}-unread", said)

    return read


def _part(name: str, written: str) -> tuple[str, Unkept | None]:
    if written.lower() in set(Part):
        return written.lower(), None
    said = f"{name}: {written[:40]!r} is none of {', '.join(Part)}; {Part.LEGISLATION} is taken"
    return "", Unkept(name, "part-unknown", said)


def _grade(name: str, written: str) -> tuple[str, Unkept | None]:
    grade = written.upper().translate(LOOK_ALIKE)
    if len(grade) == 1 and grade in GRADES:
        return grade, None
    said = f"{name}: {written[:40]!r} is none of {', '.join(GRADES)}; it is left empty"
    return "", Unkept(name, "grade-unknown", said)


def _act(name: str, written: str) -> tuple[str, Unkept | None]:
    if written in shipped_acts().acts:
        return written, None
    value, cut = _within(name, written)
    said = f"{name}: {written[:40]!r} is not in the list of acts; look whether its code is right"
    return value, cut or Unkept(name, "act-unknown", said)


def _within(name: str, written: str) -> tuple[str, Unkept | None]:
    most = LONGEST[name]
    if len(written) <= most:
        return written, None
    return written[:most].rstrip(), Unkept(name, "field-cut", f"{name}: cut to {most} characters")


def _listed(name: str, written: str) -> tuple[str, Unkept | None]:  # noqa: ARG001  a reader of fields
    return " ".join(codes_in(written)), None


def _without_act(kept: Mapping[str, str]) -> list[Unkept]:
    """Tell the fields that belong to an act where none is named: an item has no place for them."""
    lost = [name for name in OF_SOURCE if kept.get(name)]
    if kept.get("act") or not lost:
        return []
    return [Unkept(lost[0], "act-missing", f"{', '.join(lost)}: not kept, because no act is named")]


READERS: Mapping[str, Callable[[str, str], tuple[str, Unkept | None]]] = {
    **dict.fromkeys(DAYS, _day),
    **dict.fromkeys(("area", "topic", "fact"), _within),
    "level": _count(*LEVELS),
    "points": _count(*POINTS),
    "part": _part,
    "grade": _grade,
    "act": _act,
    "enemies": _listed,
}
