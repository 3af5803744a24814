"""How long people spent on a question, from the moments at which their answers were received."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.statistics.form_figures import FEWEST_PERSONS
from exam.storage.tables import Attempt, FormItem, Step


@dataclass(frozen=True, slots=True)
class AnswerTimes:
    """Seconds spent on a question by those who answered it: quartiles over persons."""

    persons: int
    lower: float
    median: float
    upper: float


def answer_times(session: Session, version_id: int, attempts: Collection[int]) -> AnswerTimes | None:
    """Return how long the persons of some attempts spent on a question.

    An answer took as long as passed since the answer before it, to whatever question, or since the start;
    the visits of a person to the question are added up. Reading without answering is counted with the next
    answer.

    Returns
    -------
    AnswerTimes or None
        None where fewer than `FEWEST_PERSONS` persons answered it.
    """
    wanted = set(attempts)
    seconds: dict[int, float] = {}
    for attempt_id, begun, received in session.execute(_visits(version_id)):
        if attempt_id in wanted:
            seconds[attempt_id] = seconds.get(attempt_id, 0.0) + (received - begun).total_seconds()
    if len(seconds) < FEWEST_PERSONS:
        return None
    lower, median, upper = np.percentile(list(seconds.values()), [25, 50, 75]).tolist()
    return AnswerTimes(len(seconds), lower, median, upper)


def _visits(version_id: int) -> sa.Select[int, datetime, datetime]:
    """Every answer to the question: attempt, moment of the answer before it, its own moment."""
    forms = sa.select(FormItem.form_id).where(FormItem.item_version_id == version_id)
    moment = Step.received_at.type
    before = sa.func.lag(Step.received_at, type_=moment).over(partition_by=Step.attempt_id, order_by=Step.seq)
    steps = (
        sa.select(
            Step.attempt_id,
            Step.position,
            Step.received_at,
            Attempt.form_id,
            sa.func.coalesce(before, Attempt.started_at, type_=moment).label("begun"),
        )
        .join(Attempt, Attempt.id == Step.attempt_id)
        .where(Attempt.form_id.in_(forms))
        .subquery()
    )
    return (
        sa.select(steps.c.attempt_id, steps.c.begun, steps.c.received_at)
        .join(FormItem, (FormItem.form_id == steps.c.form_id) & (FormItem.position == steps.c.position))
        .where(FormItem.item_version_id == version_id)
    )
