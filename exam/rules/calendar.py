"""Working days, and the dates a case must keep.

Which days are off is data of a year, not code: the holidays come from the `holidays` package, and what the
Government moves is given beside them.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 5-7, 20 and 21; Law
on holidays in the Republic of Kazakhstan of 13 December 2001, article 5 (a day off that moves).
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import holidays

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked.

    Parameters
    ----------
    years : frozenset of int
        The years that the data covers; a question about another year is refused, not guessed.
    days_off : frozenset of date
        Holidays and days off that fell on, or were moved to, a weekday.
    worked : frozenset of date
        Days that are worked although they would be off: the Government moved their day off elsewhere.
    """

    years: frozenset[int]
    days_off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def is_working(self, day: date) -> bool:
        """Say whether `day` is worked; LookupError when its year is not covered."""
        if day.year not in self.years:
            raise LookupError(f"the calendar has no days of {day.year}")
        if day in self.worked:
            return True
        return day.weekday() < _SATURDAY and day not in self.days_off


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a regime, in its own units.

    Notice in months before the start; the characteristic, the officer's acquaintance with it and the
    materials in weeks before the meeting; an objection in working days before it; protocol and acquaintance
    with the decision in working days after the decision.
    """

    notice_months: int = 1
    characteristic_weeks: int = 3
    characteristic_shown_weeks: int = 3
    objection_working_days: int | None = None
    materials_weeks: int = 1
    protocol_working_days: int = 3
    acquaintance_working_days: int = 3


@dataclass(frozen=True, slots=True)
class DatesBefore:
    """The last days for what comes before a meeting."""

    notice: date
    characteristic: date
    characteristic_shown: date
    objection: date | None
    materials: date


@dataclass(frozen=True, slots=True)
class DatesAfter:
    """The last days for what follows a decision."""

    protocol: date
    acquaintance: date


def kazakhstan(
    years: Iterable[int], *, moved_off: Iterable[date] = (), moved_on: Iterable[date] = ()
) -> WorkCalendar:
    """Return the calendar of Kazakhstan for some years.

    Parameters
    ----------
    years : iterable of int
    moved_off : iterable of date
        Days that the Government made days off and the package does not know yet.
    moved_on : iterable of date
        Days that it made working days.
    """
    covered = frozenset(years)
    known = holidays.country_holidays("KZ", years=covered)
    return WorkCalendar(
        years=covered,
        days_off=frozenset(known) | frozenset(moved_off),
        worked=frozenset(day for day in known.weekend_workdays if day.year in covered) | frozenset(moved_on),
    )


def add_working_days(start: date, count: int, calendar: WorkCalendar) -> date:
    """Return the `count`-th working day after `start`; the day of the event itself is not counted.

    Raises
    ------
    ValueError
        If `count` is less than one.
    LookupError
        If the way leads through a year that the calendar does not cover.
    """
    return _walk(start, count, calendar, _ONE_DAY)


def subtract_working_days(start: date, count: int, calendar: WorkCalendar) -> date:
    """Return the `count`-th working day before `start`; as `add_working_days`, backwards."""
    return _walk(start, count, calendar, -_ONE_DAY)


def months_before(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day where it is shorter."""
    return _shift(day, -months)


def months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it is shorter."""
    return _shift(day, months)


def one_month_before(day: date) -> date:
    """Return the last day on which a notice is a month early; 29 February 2024 for 31 March 2024."""
    return months_before(day, 1)


def dates_before(
    terms: Terms, *, attestation_starts: date, meeting: date, calendar: WorkCalendar
) -> DatesBefore:
    """Return the last days for notice, characteristic, objection and materials.

    Months and weeks are counted by the calendar and the date stands as it falls, day off or not: to move it
    later would shorten the officer's time.

    Source
    ------
    Decree No. 490, Rules, 5, 6 and 7; Law on law-enforcement service, article 48 (5)-(10).
    """
    objection = terms.objection_working_days
    return DatesBefore(
        notice=months_before(attestation_starts, terms.notice_months),
        characteristic=meeting - timedelta(weeks=terms.characteristic_weeks),
        characteristic_shown=meeting - timedelta(weeks=terms.characteristic_shown_weeks),
        objection=None if objection is None else subtract_working_days(meeting, objection, calendar),
        materials=meeting - timedelta(weeks=terms.materials_weeks),
    )


def dates_after(terms: Terms, *, decided: date, calendar: WorkCalendar) -> DatesAfter:
    """Return the last days for the protocol and for the officer's signature.

    Rule 21 counts from the day of the decision and says so; rule 20 does not name its first day, and the same
    one is taken.

    Source
    ------
    Decree No. 490, Rules, 20 and 21; Law on law-enforcement service, article 50 (7) and (8).
    """
    return DatesAfter(
        protocol=add_working_days(decided, terms.protocol_working_days, calendar),
        acquaintance=add_working_days(decided, terms.acquaintance_working_days, calendar),
    )


def _walk(start: date, count: int, calendar: WorkCalendar, step: timedelta) -> date:
    if count < 1:
        raise ValueError("at least one working day is counted")
    day, left = start, count
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


def _shift(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
