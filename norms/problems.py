"""A problem in what a person typed or in a table that was handed in, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "empty": "no result was typed",
        "too-long": "{typed} is too long to be a result",
        "foreign-digits": "{typed} has digits other than 0-9",
        "not-a-number": "{typed} is not a result; {expected} is expected",
        "not-whole": "{typed} is not whole; {expected} is expected",
        "minutes-missing": "{typed} does not say minutes and seconds; {expected} is expected",
        "minutes-unexpected": "{typed} says minutes, but the unit is seconds; {expected} is expected",
        "seconds-need-two-digits": "the seconds of {typed} need two digits; {expected} is expected",
        "seconds-above-59": "{typed} has more than 59 seconds; {expected} is expected",
        "impossible": "{typed} is beyond what a person can do in {exercise}: {low} to {high} is possible",
        "unusual": "{typed} is unusual for {exercise}: {low} to {high} is expected",
        "column-missing": "the column {name} is missing",
        "column-twice": "the column {name} stands twice",
        "no-rows": "the table has no rows",
        "line-too-long": "the line has more than {most} characters",
        "cells-too-many": "the line has more cells than the header",
        "sex-unknown": "{typed} is not a sex; M or F is expected",
        "exercise-unknown": "{typed} is not a known exercise; a new one needs unit and better",
        "exercise-differs": "{typed} has another unit or direction than on line {other}",
        "unit-unknown": "{typed} is not a unit; {expected} is expected",
        "direction-unknown": "{typed} is not a direction; lower or higher is expected",
        "grade-unknown": "{typed} is not a grade; excellent, good or satisfactory is expected",
        "age-not-whole": "{typed} is not an age in whole years",
        "ages-reversed": "the group begins at {low} years and ends at {high}",
        "points-not-whole": "{typed} is not a whole number of points",
        "points-mixed": "{exercise}: some lines have points and some have none",
        "normalised-differs": "the printed limit {typed} is {meant}, the normalised one {normalised}",
        "row-twice": "{exercise}: {merit} stands twice for one group, first on line {other}",
        "not-monotonic": "{exercise}: {merit} is not harder than {lesser} on line {other}",
        "grade-missing": "{exercise}: the group has no limit for {grade}",
        "ages-overlap": "{exercise}: ages {low} to {high} stand here and in the group on line {other}",
        "ages-gap": "{exercise}: no group has the ages {low} to {high}",
        "exercise-missing-for-age": "exercises held: {count} for {sex} of {age} years, {usual} at other ages",
    }
)
"""What each code says in English; other languages translate by the code."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, with its place.

    Parameters
    ----------
    code : str
        A key of `SENTENCES`; translations and tests rely on it.
    facts : mapping of str to str
        What the sentence names.
    line : int, optional
        Line of the file, from 1.
    column : str, optional
        Name of the column of the table.
    warning : bool
        True when a person may let it stand.
    """

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None
    column: str | None = None
    warning: bool = False

    @property
    def text(self) -> str:
        """The English sentence."""
        return SENTENCES[self.code].format(**self.facts)
