"""The day it is here: dates of the law are days in Kazakhstan, instants are kept in UTC."""

from datetime import date, datetime, timedelta, timezone

# One zone, UTC+5, for the whole country since 1 March 2024.
COUNTRY = timezone(timedelta(hours=5))


def day_of(at: datetime) -> date:
    """Return the day in Kazakhstan on which an instant falls."""
    return at.astimezone(COUNTRY).date()
