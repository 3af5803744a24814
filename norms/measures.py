"""A measured value with its unit: how it is read from what an examiner types, and written back."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from norms.problems import Problem

LONGEST = 12
"""Characters; no result on paper is longer than ``59:59,999``, a space or two around it allowed."""

_WHOLE = re.compile(r"[0-9]{1,4}")
_DECIMAL = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")
_CLOCK = re.compile(r"(?P<minutes>[0-9]{1,3})[:.,](?P<seconds>[0-9]{1,2})(?:[.,](?P<fraction>[0-9]{1,3}))?")


class Unit(StrEnum):
    """In what an exercise is measured; the value is what the acts print at the head of a column."""

    SECONDS = "s"
    MINUTES = "min,s"
    REPETITIONS = "reps"
    POINTS = "points"
    CENTIMETRES = "cm"


EXPECTED = {
    Unit.SECONDS: "seconds such as 14,2",
    Unit.MINUTES: "minutes and seconds such as 12,30 or 12:30,4",
    Unit.REPETITIONS: "a whole count such as 12",
    Unit.POINTS: "whole points such as 27",
    Unit.CENTIMETRES: "whole centimetres such as 245",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and its unit.

    Parameters
    ----------
    value : Decimal
        For `Unit.MINUTES` in seconds, else in the unit itself; finite and not negative.
    unit : Unit

    Raises
    ------
    ValueError
        If the value is negative or not finite.
    """

    value: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if not self.value.is_finite() or self.value < 0:
            raise ValueError(f"{self.value} cannot be measured")

    def __str__(self) -> str:
        """Write the value as on paper, with a decimal comma: ``14,2``, ``12:30``, ``3:25,4``, ``12``."""
        if self.unit is not Unit.MINUTES:
            return f"{self.value:f}".replace(".", ",")
        minutes, seconds = divmod(self.value, 60)
        whole, _, fraction = f"{seconds:f}".partition(".")
        return f"{minutes:.0f}:{whole:0>2}" + (f",{fraction}" if fraction else "")


def read_measure(typed: str, unit: Unit) -> Measure | Problem:
    """Read a result as it is written on paper.

    A comma and a point mean the same. In ``min,s`` the act prints twelve and a half minutes as ``12,30``;
    ``12.30`` and ``12:30`` are read alike, a fraction of a second follows a second mark (``3:25,4``).
    ``12,3`` and ``1230`` are refused there: each could mean two different times.

    Parameters
    ----------
    typed : str
        What was typed; blanks around it are ignored. Only the digits 0-9 are digits.
    unit : Unit

    Returns
    -------
    Measure or Problem
        The digits after the comma stay as typed.
    """
    text = typed.strip()
    if not text:
        return Problem("empty")
    if len(text) > LONGEST:
        return Problem("too-long", {"typed": repr(text[:LONGEST] + "…")})
    if any(letter.isnumeric() and not letter.isascii() for letter in text):
        return Problem("foreign-digits", {"typed": repr(text)})
    match unit:
        case Unit.MINUTES:
            return _read_clock(text)
        case Unit.SECONDS:
            return _read_seconds(text)
        case _:
            return _read_whole(text, unit)


def _read_seconds(text: str) -> Measure | Problem:
    if _DECIMAL.fullmatch(text):
        return Measure(Decimal(text.replace(",", ".")), Unit.SECONDS)
    code = "minutes-unexpected" if ":" in text and _CLOCK.fullmatch(text) else "not-a-number"
    return _unreadable(code, text, Unit.SECONDS)


def _read_whole(text: str, unit: Unit) -> Measure | Problem:
    if _WHOLE.fullmatch(text):
        return Measure(Decimal(text), unit)
    return _unreadable("not-whole" if _DECIMAL.fullmatch(text) else "not-a-number", text, unit)


def _read_clock(text: str) -> Measure | Problem:
    found = _CLOCK.fullmatch(text)
    if found is None:
        code = "minutes-missing" if _WHOLE.fullmatch(text) else "not-a-number"
        return _unreadable(code, text, Unit.MINUTES)
    minutes, seconds, fraction = found["minutes"], found["seconds"], found["fraction"]
    if len(seconds) < 2:
        return _unreadable("seconds-need-two-digits", text, Unit.MINUTES)
    if int(seconds) > 59:
        return _unreadable("seconds-above-59", text, Unit.MINUTES)
    within = Decimal(f"{seconds}.{fraction}" if fraction else seconds)
    return Measure(int(minutes) * 60 + within, Unit.MINUTES)


def _unreadable(code: str, text: str, unit: Unit) -> Problem:
    return Problem(code, {"typed": repr(text), "expected": EXPECTED[unit]})
