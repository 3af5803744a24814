"""What came out of the demonstration, counted from the database."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.storage.tables import Attempt, AttemptResult, DecisionRow, Enrolment, OutcomeRow, PartResult, Step
from scoring import cronbach_alpha


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a played campaign."""

    officers: int
    parts: dict[tuple[str, str], int]
    restricted: int
    outcomes: int
    decisions: dict[int, int]
    answers: int
    alphas: dict[str, float]


def summarise(session: Session) -> Summary:
    """Count what the tables hold."""
    parts = session.execute(
        sa.select(PartResult.kind, PartResult.state, sa.func.count()).group_by(
            PartResult.kind, PartResult.state
        )
    )
    return Summary(
        officers=session.scalar(sa.select(sa.func.count()).select_from(Enrolment)) or 0,
        parts={(kind, state): count for kind, state, count in parts},
        restricted=session.scalar(sa.select(sa.func.count()).where(OutcomeRow.restricted)) or 0,
        outcomes=session.scalar(sa.select(sa.func.count()).select_from(OutcomeRow)) or 0,
        decisions=dict(Counter(session.scalars(sa.select(DecisionRow.value)))),
        answers=session.scalar(sa.select(sa.func.count()).select_from(Step)) or 0,
        alphas=_alphas(session),
    )


def _alphas(session: Session) -> dict[str, float]:
    rows = session.execute(
        sa.select(Attempt.part, AttemptResult.form_id, AttemptResult.points).join(
            Attempt, Attempt.id == AttemptResult.attempt_id
        )
    )
    by_form: dict[tuple[str, int], list[list[int]]] = {}
    for part, form, points in rows:
        by_form.setdefault((part, form), []).append(points)
    weighted: dict[str, list[tuple[float, int]]] = {}
    for (part, _form), matrix in by_form.items():
        if len(matrix) > 2:
            alpha = cronbach_alpha(np.array(matrix, dtype=float))
            weighted.setdefault(part, []).append((alpha, len(matrix)))
    return {part: sum(a * n for a, n in each) / sum(n for _, n in each) for part, each in weighted.items()}
