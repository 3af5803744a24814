"""How exact a score is: its error among those who sat the same form, and what it means at the threshold."""

from dataclasses import dataclass
from math import isnan

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from exam.services.statistics.collected_answers import newest_result
from exam.storage.tables import Attempt, AttemptResult
from scoring import (
    PersonPrecision,
    ScoringError,
    cronbach_alpha,
    livingston_lewis,
    person_precision,
    precision_from_sem,
    sem,
)

FEWEST_PERSONS = 30
"""Below this number no standard error is told: alpha of a few people says little of anybody."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ScorePrecision:
    """What the score of one officer says of his true score, in points.

    Attributes
    ----------
    sem : float
        Standard error of measurement on his form, sd * sqrt(1 - alpha).
    at_cut : PersonPrecision or None
        Interval of the true score, and the chance that it lies on the other side of the threshold.
    """

    sem: float
    at_cut: PersonPrecision | None


def score_precision(
    session: Session, attempt_id: int | None, *, score: int, cut: int, maximum: int
) -> ScorePrecision | None:
    """Say how exact a score is, from the latest scoring of all who sat the same form.

    Parameters
    ----------
    score, cut, maximum : int
        The score of the attempt, its threshold and the highest score of its form, in points.

    Returns
    -------
    ScorePrecision or None
        None without an attempt, with fewer than `FEWEST_PERSONS` results, or where nobody differs.

    Notes
    -----
    True scores are distributed as Livingston and Lewis fit them to the group. Where their method has no
    answer, errors are taken as normal with the standard error of the form.

    References
    ----------
    Livingston, S. A. & Lewis, C. (1995). Journal of Educational Measurement 32, 179-197.
    """
    points = _points_of_the_form(session, attempt_id)
    error = float("nan") if points is None else sem(points)
    if points is None or isnan(error):
        return None
    return ScorePrecision(error, _at_cut(points, error, score, cut, maximum))


def _at_cut(points: Points, error: float, score: int, cut: int, maximum: int) -> PersonPrecision | None:
    try:
        model = livingston_lewis(points.sum(axis=1), cronbach_alpha(points), cut, max_score=maximum)
        if model.true_scores is not None:
            return person_precision(
                score, cut, max_score=maximum, true_scores=model.true_scores, test_length=model.test_length
            )
    except ScoringError:
        pass
    try:
        return precision_from_sem(score, cut, error, max_score=maximum)
    except ScoringError:
        return None


def _points_of_the_form(session: Session, attempt_id: int | None) -> Points | None:
    """Points of shape (persons, items) of all who sat the form; None with fewer than `FEWEST_PERSONS`."""
    form_id = session.scalar(sa.select(Attempt.form_id).where(Attempt.id == attempt_id))
    if form_id is None:
        return None
    of_form = sa.select(AttemptResult.points).where(AttemptResult.form_id == form_id, newest_result())
    rows = session.scalars(of_form).all()
    return np.asarray(rows, dtype=np.float64) if len(rows) >= FEWEST_PERSONS else None
