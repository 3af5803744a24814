"""How exact a score is: the standard error of measurement among those who sat the same form."""

from math import isnan

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from exam.storage.tables import Attempt, AttemptResult
from scoring.classical.reliability import sem

FEWEST_PERSONS = 30
"""Below this number no standard error is told: alpha of a few people says little of anybody."""


def standard_error(session: Session, attempt_id: int | None) -> float | None:
    """Return the standard error of the score of an attempt, in points.

    Computed as sd * sqrt(1 - alpha) from the results of the same form, the latest scoring of each attempt.

    Returns
    -------
    float or None
        None without an attempt, with fewer than `FEWEST_PERSONS` results, or where nobody differs.
    """
    form_id = session.scalar(sa.select(Attempt.form_id).where(Attempt.id == attempt_id))
    if form_id is None:
        return None
    later = aliased(AttemptResult)
    replaced = sa.exists().where(
        later.attempt_id == AttemptResult.attempt_id,
        later.scoring_version > AttemptResult.scoring_version,
    )
    rows = session.scalars(
        sa.select(AttemptResult.points).where(AttemptResult.form_id == form_id, ~replaced)
    ).all()
    if len(rows) < FEWEST_PERSONS:
        return None
    error = sem(np.asarray(rows, dtype=np.float64))
    return None if isnan(error) else error
