"""One officer, one test, one clock: when a part may begin, when an answer counts, when it is over.

Every moment is given by the caller, aware and taken by the server at receipt; what the terminal believes
about the time plays no role. An answer counts up to and including the deadline, then for the grace of the
campaign, which pays for the way over the network; after that it is late and is kept aside, never scored.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 4 (3) and 8. The
minutes themselves are settings of the campaign.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from exam.rules.refusals import Refusal

DEFAULT_GRACE_SECONDS = 5
LANGUAGES = frozenset({"kk", "ru"})
_ONE_SECOND = timedelta(seconds=1)


class AttemptState(StrEnum):
    """Where an attempt stands; it only ever moves to the right."""

    WAITING = "waiting"
    OPEN = "open"
    SUBMITTED = "submitted"
    CLOSED = "closed"


class Timing(StrEnum):
    """How a moment lies to the clock of a part."""

    EARLY = "early"
    IN_TIME = "in_time"
    IN_GRACE = "in_grace"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Window:
    """The part of an approved schedule in which a sitting may begin.

    `approved_by` is the person who approved the schedule, None while nobody has.
    """

    opens_at: datetime
    last_start_at: datetime
    approved_by: int | None


@dataclass(frozen=True, slots=True)
class Readiness:
    """What has happened at the terminal before the questions are shown."""

    identity_confirmed: bool
    language: str | None
    rules_accepted: bool
    terminal_released: bool
    earlier_part_over: bool = True


@dataclass(frozen=True, slots=True)
class PartClock:
    """The time of one part: when it began, how long it lasts, what was added.

    Parameters
    ----------
    started_at : datetime
        Aware.
    limit_seconds : int
        The time of the part.
    extra_seconds : int
        Everything that was added by approval.
    grace_seconds : int
        How long after the deadline an answer that was on its way is still taken.
    """

    started_at: datetime
    limit_seconds: int
    extra_seconds: int = 0
    grace_seconds: int = DEFAULT_GRACE_SECONDS

    def __post_init__(self) -> None:
        _require_aware(self.started_at)
        if self.limit_seconds <= 0 or self.extra_seconds < 0 or self.grace_seconds < 0:
            raise ValueError("a part has a positive limit; extra time and grace are never negative")

    @property
    def deadline(self) -> datetime:
        """The last moment for an answer, as the officer sees it."""
        return self.started_at + timedelta(seconds=self.limit_seconds + self.extra_seconds)

    @property
    def closes_at(self) -> datetime:
        """The last moment at which an answer is taken."""
        return self.deadline + timedelta(seconds=self.grace_seconds)


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """Time asked for by one person and granted by another, for a reason."""

    seconds: int
    reason: str
    asked_by: int
    granted_by: int


def timing(clock: PartClock, moment: datetime) -> Timing:
    """Say how `moment` lies to the clock; the deadline itself is in time, the end of the grace in grace."""
    _require_aware(moment)
    if moment < clock.started_at:
        return Timing.EARLY
    if moment <= clock.deadline:
        return Timing.IN_TIME
    return Timing.IN_GRACE if moment <= clock.closes_at else Timing.LATE


def seconds_left(clock: PartClock, now: datetime) -> int:
    """Return the whole seconds until the deadline, a begun second counted; 0 when it has passed."""
    _require_aware(now)
    left = clock.deadline - max(now, clock.started_at)
    return max(0, -(-left // _ONE_SECOND))


def is_overdue(clock: PartClock, now: datetime) -> bool:
    """Say whether the part is to be closed by the server: its grace is over."""
    return timing(clock, now) is Timing.LATE


def ended_at(clock: PartClock, now: datetime) -> datetime:
    """Return the moment that is recorded as the end: `now`, but never after the deadline."""
    _require_aware(now)
    return min(now, clock.deadline)


def may_start(
    state: AttemptState, window: Window | None, readiness: Readiness, now: datetime
) -> Refusal | None:
    """Say what stands in the way of beginning a part; None when nothing does.

    Parameters
    ----------
    state : AttemptState
        Of the part that is to begin.
    window : Window or None
        None when the officer stands in no schedule.
    readiness : Readiness
    now : datetime
        Aware.

    Returns
    -------
    Refusal or None
        ``already_started``, ``no_schedule``, ``schedule_not_approved``, ``too_early``, ``too_late``,
        ``terminal_not_released``, ``identity_not_confirmed``, ``language_not_chosen``,
        ``rules_not_accepted`` or ``earlier_part_open``: the first in this order.

    Source
    ------
    Decree No. 490, Rules, 8: no test without a schedule that the Minister or his substitute approved.
    """
    if state is not AttemptState.WAITING:
        return Refusal("already_started", (("state", state.value),))
    return _outside(window, now) or _unready(readiness)


def may_answer(
    state: AttemptState,
    clock: PartClock | None,
    received_at: datetime,
    *,
    terminal: str | None = None,
    bound_terminal: str | None = None,
) -> Refusal | None:
    """Say what stands in the way of taking an answer; None when nothing does.

    Parameters
    ----------
    state : AttemptState
        Of the part.
    clock : PartClock or None
        None before the part has begun.
    received_at : datetime
        When the server had the whole answer; aware.
    terminal, bound_terminal : str or None
        The terminal that sends and the one the invigilator released; compared when one is bound.

    Returns
    -------
    Refusal or None
        ``not_started``, ``already_submitted``, ``already_closed``, ``other_terminal`` or ``time_over``.
    """
    if state is AttemptState.WAITING or clock is None:
        return Refusal("not_started")
    if state is AttemptState.SUBMITTED:
        return Refusal("already_submitted")
    if state is AttemptState.CLOSED:
        return Refusal("already_closed")
    if bound_terminal is not None and terminal != bound_terminal:
        return Refusal("other_terminal")
    when = timing(clock, received_at)
    if when is Timing.EARLY:
        return Refusal("not_started")
    if when is Timing.LATE:
        return Refusal("time_over", (("deadline", clock.deadline.isoformat()),))
    return None


def may_submit(state: AttemptState, clock: PartClock | None, received_at: datetime) -> Refusal | None:
    """Say what stands in the way of handing a part in; the same as for an answer."""
    return may_answer(state, clock, received_at)


def may_extend(
    state: AttemptState,
    clock: PartClock,
    extra: ExtraTime,
    *,
    officer_user_id: int | None,
    cap_seconds: int,
    now: datetime,
) -> Refusal | None:
    """Say what stands in the way of adding time to a part.

    Parameters
    ----------
    state : AttemptState
    clock : PartClock
        With everything that was added before.
    extra : ExtraTime
    officer_user_id : int or None
        The officer's own account, if he has one: nobody gives himself time.
    cap_seconds : int
        What may be added to one part altogether; a setting of the campaign.
    now : datetime

    Returns
    -------
    Refusal or None
        ``extra_not_positive``, ``reason_missing``, ``same_person``, ``own_case``, ``part_over`` or
        ``extra_over_cap``.
    """
    if extra.seconds <= 0:
        return Refusal("extra_not_positive")
    if not extra.reason.strip():
        return Refusal("reason_missing")
    if extra.asked_by == extra.granted_by:
        return Refusal("same_person")
    if officer_user_id is not None and officer_user_id in (extra.asked_by, extra.granted_by):
        return Refusal("own_case")
    if state is not AttemptState.OPEN or is_overdue(clock, now):
        return Refusal("part_over")
    if clock.extra_seconds + extra.seconds > cap_seconds:
        return Refusal("extra_over_cap", (("cap_seconds", str(cap_seconds)),))
    return None


def _outside(window: Window | None, now: datetime) -> Refusal | None:
    _require_aware(now)
    if window is None:
        return Refusal("no_schedule")
    if window.approved_by is None:
        return Refusal("schedule_not_approved")
    if now < window.opens_at:
        return Refusal("too_early", (("opens_at", window.opens_at.isoformat()),))
    if now > window.last_start_at:
        return Refusal("too_late", (("last_start_at", window.last_start_at.isoformat()),))
    return None


def _unready(readiness: Readiness) -> Refusal | None:
    steps = (
        (readiness.terminal_released, "terminal_not_released"),
        (readiness.identity_confirmed, "identity_not_confirmed"),
        (readiness.language in LANGUAGES, "language_not_chosen"),
        (readiness.rules_accepted, "rules_not_accepted"),
        (readiness.earlier_part_over, "earlier_part_open"),
    )
    return next((Refusal(code) for done, code in steps if not done), None)


def _require_aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
