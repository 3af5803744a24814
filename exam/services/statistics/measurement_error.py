"""How exact a score is: its error among those who sat the same form, and what it says of what decided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from exam.services.statistics.changed_keys import KeyMode, keys_in_force
from exam.services.statistics.collected_answers import newest_result
from exam.storage.tables import Attempt, AttemptResult, Form, FormItem, ItemRow, ItemVersionRow
from scoring import (
    PersonPrecision,
    ScoringError,
    cronbach_alpha,
    sem,
    true_score_interval,
)
from scoring.outcome import Ground

FEWEST_PERSONS = 30
"""Below this number no standard error is told: alpha of a few people says little of anybody."""
FEWEST_FOR_GROUP = 100
"""Below this number the true scores of the group are too uncertain to say anything of one of its members."""
FEWEST_QUESTIONS = 6
"""With fewer questions in an area any interval covers most of what can be reached there."""

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AreaPrecision:
    """A minimum of an area that was missed, and what the points there say.

    Attributes
    ----------
    area : str
    points, minimum : int
    questions : int
        How many of the area count on the form.
    at_minimum : PersonPrecision or None
        None with fewer than `FEWEST_QUESTIONS` questions, or where some earn more than one point.
    """

    area: str
    points: int
    minimum: int
    questions: int
    at_minimum: PersonPrecision | None


@dataclass(frozen=True, slots=True)
class ScorePrecision:
    """What the score of one officer says of his true score, in points.

    Attributes
    ----------
    sem : float
        Standard error of measurement on his form, sd * sqrt(1 - alpha).
    at_cut : PersonPrecision or None
        Interval of the true score, and the chance that it lies on the other side of the overall threshold.
    with_minima : bool
        Whether areas have minima of their own, which `at_cut` leaves out of account.
    areas : tuple of AreaPrecision
        The minima that alone decided: those missed by a person who met the overall threshold.
    """

    sem: float
    at_cut: PersonPrecision | None
    with_minima: bool = False
    areas: tuple[AreaPrecision, ...] = ()


def score_precision(
    session: Session,
    attempt_id: int | None,
    *,
    score: int,
    cut: int,
    maximum: int,
    grounds: Sequence[Ground] = (),
) -> ScorePrecision | None:
    """Say how exact a score is, from the latest scoring of all who sat the same form.

    Parameters
    ----------
    score, cut, maximum : int
        The score of the attempt, its threshold and the highest score of its form, in points.
    grounds : sequence of Ground
        Those of the verdict: which minima of areas were met and which missed.

    Returns
    -------
    ScorePrecision or None
        None without an attempt, with fewer than `FEWEST_PERSONS` results, or where nobody differs.

    Notes
    -----
    From `FEWEST_FOR_GROUP` persons on, true scores have the distribution that `true_score_interval` fits.
    In a smaller group the binomial error of the person's own answers speaks, and nothing is supposed of the
    group; so it does for the few questions of an area. It overstates the error a little where questions
    differ in difficulty. Where questions earn several points the group speaks whatever its size.
    """
    form_id = session.scalar(sa.select(Attempt.form_id).where(Attempt.id == attempt_id))
    points = None if form_id is None else _points_of_the_form(session, form_id)
    error = float("nan") if points is None else sem(points)
    if form_id is None or points is None or isnan(error):
        return None
    codes = {ground.code for ground in grounds}
    missed = [ground for ground in grounds if ground.code == "area_missed"] if score >= cut else []
    return ScorePrecision(
        sem=error,
        at_cut=precision_at_cut(points, score, cut, maximum),
        with_minima=bool(codes & {"area_met", "area_missed"}),
        areas=_areas(session, form_id, missed, one_point_each=bool(points.max() <= 1)) if missed else (),
    )


def precision_at_cut(points: Points, score: int, cut: int, maximum: int) -> PersonPrecision | None:
    """Say what a score tells of the overall threshold; see `score_precision` for how.

    Parameters
    ----------
    points : ndarray, shape (n_persons, n_items)
        Points of all who sat the form.
    """
    one_point_each = bool(points.max() <= 1)
    try:
        if one_point_each and len(points) < FEWEST_FOR_GROUP:
            return own_precision(score, cut, maximum)
        return true_score_interval(
            score, cut, max_score=maximum, scores=points.sum(axis=1), reliability=cronbach_alpha(points)
        )
    except ScoringError:
        return None


def own_precision(score: int, least: int, questions: int) -> PersonPrecision:
    """Say what a number of right answers tells by itself, under binomial error.

    Raises
    ------
    ScoringError
        If `least` is not above 0 and at most `questions`.
    """
    return true_score_interval(score, least, max_score=questions, n_items=questions)


def _areas(
    session: Session, form_id: int, missed: Sequence[Ground], *, one_point_each: bool
) -> tuple[AreaPrecision, ...]:
    asked = _questions_by_area(session, form_id)
    found = []
    for ground in missed:
        area, points, least = ground.fact("area"), int(ground.fact("points")), int(ground.fact("limit"))
        questions = asked.get(area, 0)
        enough = one_point_each and questions >= max(FEWEST_QUESTIONS, least, points)
        precision = own_precision(points, least, questions) if enough else None
        found.append(AreaPrecision(area, points, least, questions, precision))
    return tuple(found)


def _questions_by_area(session: Session, form_id: int) -> Mapping[str, int]:
    changed = keys_in_force(session, session.get_one(Form, form_id).campaign_id)
    dropped = [version for version, key in changed.items() if key.mode is KeyMode.DROP]
    areas = session.scalars(
        sa.select(ItemRow.area)
        .join(ItemVersionRow, ItemVersionRow.item_id == ItemRow.id)
        .join(FormItem, FormItem.item_version_id == ItemVersionRow.id)
        .where(FormItem.form_id == form_id, ItemVersionRow.id.not_in(dropped))
    )
    return Counter(areas)


def _points_of_the_form(session: Session, form_id: int) -> Points | None:
    """Points of shape (persons, items) of all who sat the form; None with fewer than `FEWEST_PERSONS`."""
    of_form = sa.select(AttemptResult.points).where(AttemptResult.form_id == form_id, newest_result())
    rows = session.scalars(of_form).all()
    return np.asarray(rows, dtype=np.float64) if len(rows) >= FEWEST_PERSONS else None
