"""When a test may be held on paper: the questions inside an approved schedule, the key after the sitting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from exam.rules.refusals import Refusal

PREPARATION = timedelta(hours=2)
"""So long before the schedule begins a room may print: our own figure, no act sets one."""


class PaperKind(StrEnum):
    """What is printed of a form: its questions, a sheet for the answers, or the key."""

    QUESTIONS = "questions"
    ANSWERS = "answers"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class PaperRoom:
    """A sitting with the schedule above it; the schedule lasts from `opens_at` to `closes_at`."""

    opens_at: datetime
    closes_at: datetime
    approved: bool
    closed: bool


def may_print(kind: PaperKind, room: PaperRoom, now: datetime, *, own_case: bool) -> Refusal | None:
    """Say what stands in the way of printing; None when nothing does.

    Parameters
    ----------
    own_case : bool
        Whether who prints is himself an officer of the campaign.

    Returns
    -------
    Refusal or None
        ``schedule_not_approved``, ``own_case``, ``too_early``, ``paper_too_late``, ``paper_room_closed`` or
        ``key_before_the_end``: the first in this order.

    Source
    ------
    Decree No. 490, Rules, 8: no test without a schedule that the Minister or his substitute approved. That
    the key comes after the sitting is our own order, so that no key lies in a room where a test is taken.
    """
    if not room.approved:
        return Refusal("schedule_not_approved")
    if own_case:
        return Refusal("own_case")
    if kind is PaperKind.KEY:
        return None if room.closed else Refusal("key_before_the_end")
    if now < room.opens_at - PREPARATION:
        return Refusal("too_early", (("opens_at", room.opens_at.isoformat()),))
    if now > room.closes_at:
        return Refusal("paper_too_late")
    return Refusal("paper_room_closed") if room.closed else None
