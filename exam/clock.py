"""The only place where the service asks what time it is, and how much of it has passed."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def stopwatch() -> Callable[[], float]:
    """Start a watch; the answer tells the seconds since then, whatever happens to the time of day."""
    began = time.monotonic()
    return lambda: time.monotonic() - began
