"""Not there when the commission met.

Absence is neither a failed part nor a decision. For a valid reason it moves the case to after the return to
service; without one it is counted, and at the number the regime names a person is told that another way is
open. The service proposes nothing by itself.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 16 and 17; Law on
law-enforcement service of 6 January 2011 No. 380-IV, article 50 (4) and (5).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What follows from the absences so far."""

    NONE = "none"
    AFTER_RETURN = "after_return"
    COUNTED = "counted"
    LIMIT_REACHED = "limit_reached"


class Consequence(StrEnum):
    """What the regime opens once the limit is reached."""

    DISMISSAL_PROPOSED = "dismissal_proposed"
    REATTESTATION = "reattestation"


@dataclass(frozen=True, slots=True)
class AbsenceRule:
    """How many absences without a valid reason the regime bears, and what it opens then."""

    limit: int
    consequence: Consequence


@dataclass(frozen=True, slots=True)
class Absence:
    """One officer missed one meeting.

    Parameters
    ----------
    meeting_id : int
    reason_valid : bool or None
        None while nobody has judged the reason; such an absence counts for nothing yet.
    """

    meeting_id: int
    reason_valid: bool | None


@dataclass(frozen=True, slots=True)
class AbsenceRecord:
    """The absences of one officer, weighed: `counted` meetings missed without a valid reason."""

    standing: Standing
    counted: int
    consequence: Consequence | None


def weigh(absences: Iterable[Absence], rule: AbsenceRule) -> AbsenceRecord:
    """Say what the absences of one officer come to.

    "Twice" is two meetings, not necessarily one after the other: the decree does not ask for that.

    Parameters
    ----------
    absences : iterable of Absence
        In the order of the meetings; the last one decides between "counted" and "after return".
    rule : AbsenceRule
        Of the regime.

    Raises
    ------
    ValueError
        If one meeting is given twice: a correction replaces an absence, it does not add one.

    Source
    ------
    Decree No. 490, Rules, 16 and 17.
    """
    missed = list(absences)
    if len({absence.meeting_id for absence in missed}) < len(missed):
        raise ValueError("an officer misses a meeting once")
    counted = sum(absence.reason_valid is False for absence in missed)
    if counted >= rule.limit:
        return AbsenceRecord(Standing.LIMIT_REACHED, counted, rule.consequence)
    return AbsenceRecord(_standing(missed, counted), counted, None)


def _standing(missed: list[Absence], counted: int) -> Standing:
    if missed and missed[-1].reason_valid:
        return Standing.AFTER_RETURN
    return Standing.COUNTED if counted else Standing.NONE
