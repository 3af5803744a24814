"""Which decisions an outcome leaves open to the commission.

The gate only closes doors. Which of the open decisions is taken, the commission alone says (rule 15); an
officer who passed everything may still be found unfit after the interview, and the gate leaves him all five.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 4, 15 and 18.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from scoring.outcome import Ground, Outcome


class Decision(IntEnum):
    """The five decisions of rule 15, under their own numbers."""

    RESERVE = 1
    FITS = 2
    DEMOTE = 3
    TRANSFER = 4
    DISMISS = 5


@dataclass(frozen=True, slots=True)
class Gate:
    """The decisions that are open, and why these."""

    open: frozenset[Decision]
    grounds: tuple[Ground, ...]


EVERY_DECISION = frozenset(Decision)
DECISIONS_OF_THE_RESTRICTED = frozenset({Decision.DEMOTE, Decision.TRANSFER, Decision.DISMISS})

EXPLANATION_CODES = frozenset(
    {
        "part_passed",
        "part_failed",
        "part_not_taken",
        "part_excused",
        "part_pending",
        "no_result",
        "reading",
        "parts_open",
        "restricted",
        "not_restricted",
        "gate_shut",
        "decisions_open",
        "decisions_closed",
    }
)
"""Every code this room puts into an explanation; the grounds of a part bring their own."""


def open_decisions(outcome: Outcome) -> Gate:
    """Say which decisions the commission may take.

    Nothing is open while a part is open (rule 4); 3, 4 and 5 when the outcome restricts (rule 18); all five
    otherwise.

    Parameters
    ----------
    outcome : Outcome
        As `scoring.outcome.combine` gives it.

    Returns
    -------
    Gate

    Source
    ------
    Decree No. 490, Rules, 4, 15 and 18.
    """
    if outcome.restricted is None:
        return Gate(frozenset(), (Ground("gate_shut", (("parts", ",".join(outcome.pending)),)),))
    if not outcome.restricted:
        return Gate(EVERY_DECISION, (_numbered("decisions_open", EVERY_DECISION),))
    return Gate(
        DECISIONS_OF_THE_RESTRICTED,
        (
            _numbered("decisions_open", DECISIONS_OF_THE_RESTRICTED),
            _numbered("decisions_closed", EVERY_DECISION - DECISIONS_OF_THE_RESTRICTED),
        ),
    )


def explain(outcome: Outcome, gate: Gate) -> tuple[Ground, ...]:
    """Tell, line by line, how the parts led to the open decisions.

    A line for each part, followed by what that part rests on; then the reading of rule 18, its conclusion,
    and what it leaves open. The lines are a function of the stored parts and the campaign's reading alone:
    whoever has those computes the same lines again.

    Parameters
    ----------
    outcome : Outcome
    gate : Gate
        The gate of the same outcome.

    Returns
    -------
    tuple of Ground

    Raises
    ------
    ValueError
        If the gate is not the one that the outcome gives.
    """
    if gate != open_decisions(outcome):
        raise ValueError("the gate does not follow from this outcome")
    states, rest = outcome.grounds[: len(outcome.parts)], outcome.grounds[len(outcome.parts) :]
    lines: list[Ground] = []
    for state, part in zip(states, outcome.parts, strict=True):
        lines += [state, *part.grounds]
    return (*lines, *rest, *gate.grounds)


def _numbered(code: str, decisions: Iterable[Decision]) -> Ground:
    numbers = ",".join(str(int(decision)) for decision in sorted(decisions))
    return Ground(code, (("decisions", numbers),))
