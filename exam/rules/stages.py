"""The stages of an attestation, one after the other.

Source
------
Decree of the President of the Republic of Kazakhstan No. 490 of 28 February 2024, Rules, 4; Law on
law-enforcement service of 6 January 2011 No. 380-IV, article 47 (5).
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from exam.rules.refusals import Refusal


class Stage(StrEnum):
    """A stage; which ones there are, and in which order, the regime says."""

    PREPARATION = "preparation"
    NORMS = "norms"
    TEST = "test"
    PSYCHOLOGY = "psychology"
    POLYGRAPH = "polygraph"
    INTERVIEW = "interview"
    DECISION = "decision"


def next_stage(
    order: Sequence[Stage], closed: Collection[Stage], *, left_out: Collection[Stage] = ()
) -> Stage | None:
    """Return the first stage that is not closed, or None when all are.

    Parameters
    ----------
    order : sequence of Stage
        The stages of the regime.
    closed : collection of Stage
        Stages this officer has behind him.
    left_out : collection of Stage
        Stages that are not held for him, by a recorded decision.
    """
    return next((stage for stage in order if stage not in closed and stage not in left_out), None)


def may_enter(
    order: Sequence[Stage],
    closed: Collection[Stage],
    stage: Stage,
    *,
    left_out: Collection[Stage] = (),
) -> Refusal | None:
    """Say what stands in the way of a stage; None when nothing does.

    Returns
    -------
    Refusal or None
        ``no_such_stage``, ``stage_left_out``, ``stage_closed``, or ``stage_out_of_order`` with the first
        stage that is still to be closed before.

    Source
    ------
    Decree No. 490, Rules, 4: consecutive stages, none skipped.
    """
    wanted = ("stage", stage.value)
    if stage not in order:
        return Refusal("no_such_stage", (wanted,))
    if stage in left_out:
        return Refusal("stage_left_out", (wanted,))
    if stage in closed:
        return Refusal("stage_closed", (wanted,))
    due = next_stage(order, closed, left_out=left_out)
    if due is not None and due is not stage:
        return Refusal("stage_out_of_order", (wanted, ("due", due.value)))
    return None


def order_problems(
    order: Sequence[Stage], closed: Collection[Stage], *, left_out: Collection[Stage] = ()
) -> tuple[Stage, ...]:
    """Return the stages that are closed although one before them is not; empty when the record is sound."""
    held = [stage for stage in order if stage not in left_out]
    first_open = next((place for place, stage in enumerate(held) if stage not in closed), len(held))
    return tuple(stage for stage in held[first_open:] if stage in closed)
