"""What became of the answers of a terminal: the steps kept, and why another is not. Knows no database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

NOT_YOURS = "not_yours"
OTHER_TERMINAL = "other_terminal"
ALREADY_SUBMITTED = "already_submitted"
ALREADY_CLOSED = "already_closed"
TIME_OVER = "time_over"
NO_SUCH_QUESTION = "no_such_question"
CONFLICT = "conflict"
TRY_AGAIN = "try_again"


class GivenStep(NamedTuple):
    """An answer as a terminal sent it: its number in the attempt, the place in the form, the response."""

    seq: int
    position: int
    response: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """The steps of one request, with what proves the right to write and the moment they were received."""

    attempt_id: int
    admission_id: int
    binding: int
    steps: tuple[GivenStep, ...]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a parcel: each step kept, with its first moment of receipt, or refused with a code."""

    kept: tuple[tuple[GivenStep, datetime], ...]
    refused: tuple[tuple[int, str], ...]
    deadline_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an attempt stands in the database."""

    admission_id: int
    binding: int
    questions: int
    deadline_at: datetime
    accept_until: datetime
    closed_by: str | None


Key = tuple[int, int]
Stored = Mapping[Key, tuple[int, str, datetime]]


def settle(parcel: Parcel, standing: Standing | None, stored: Stored) -> Entered:
    """Say what became of each step of `parcel`, from what the database holds after the group was appended.

    A step that is stored with the same content is kept, whenever it came; so a terminal that lost a receipt
    gets it again, also after the end of the test.
    """
    denied = _denial(parcel, standing)
    if denied or standing is None:
        return Entered((), tuple((step.seq, denied or NOT_YOURS) for step in parcel.steps), None)
    kept, refused = [], []
    for step in parcel.steps:
        found = stored.get((parcel.attempt_id, step.seq))
        if found is None:
            refused.append((step.seq, _ground(parcel, step, standing)))
        elif found[:2] != (step.position, step.response):
            refused.append((step.seq, CONFLICT))
        else:
            kept.append((step, found[2]))
    return Entered(tuple(kept), tuple(refused), standing.deadline_at)


def _denial(parcel: Parcel, standing: Standing | None) -> str | None:
    if standing is None or standing.admission_id != parcel.admission_id:
        return NOT_YOURS
    return None if standing.binding == parcel.binding else OTHER_TERMINAL


def _ground(parcel: Parcel, step: GivenStep, standing: Standing) -> str:
    if standing.closed_by:
        return ALREADY_SUBMITTED if standing.closed_by == "candidate" else ALREADY_CLOSED
    if parcel.received_at > standing.accept_until:
        return TIME_OVER
    if not 0 <= step.position < standing.questions:
        return NO_SUCH_QUESTION
    # The attempt changed between the statement that appends and the one that looks: extra time was given.
    return TRY_AGAIN
