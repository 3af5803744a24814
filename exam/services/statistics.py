"""Item statistics after a sitting: what the answers of a form say about its items and about the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from exam.errors import NotFoundError
from exam.services.form_reading import FormQuestion, read_form
from exam.storage.tables import Attempt, AttemptResult, Campaign, Form, Threshold
from question_bank.items import ItemVersion, Kind, right_response
from scoring import (
    Flag,
    ItemAnalysis,
    ItemRow,
    OptionCurves,
    OptionStatistics,
    ResponseMatrix,
    flag_items,
    flag_test,
    item_analysis,
    livingston_lewis,
    option_analysis,
    option_curves,
)

FEWEST_PERSONS = 10
"""Fewer people than this give no figure that is worth looking at."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form that has been sat, in the list of reports."""

    id: int
    campaign: str
    part: str
    number: int
    persons: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a form with its figures; `flags` only from 100 persons on."""

    position: int
    area: str
    version: ItemVersion
    figures: ItemRow
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class FormReport:
    """What a form was like on those who sat it.

    Attributes
    ----------
    scores : tuple of int
        Total points of each person.
    cut : int or None
        The threshold in points under which most sat.
    accuracy, consistency : float or None
        Livingston–Lewis shares of right and of repeatable verdicts at the cut; None where it has no answer.
    """

    form: FormLine
    analysis: ItemAnalysis
    items: tuple[ItemLine, ...]
    flags: tuple[Flag, ...]
    scores: tuple[int, ...]
    maximum: int
    cut: int | None
    accuracy: float | None
    consistency: float | None


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One item of a form: its options, and how each was chosen from the weakest to the ablest."""

    form: FormLine
    line: ItemLine
    options: tuple[OptionStatistics, ...]
    curves: OptionCurves | None


def forms_sat(session: Session) -> tuple[FormLine, ...]:
    """Return the forms that somebody has finished, the newest first."""
    rows = session.execute(
        sa.select(Form, Campaign.code, sa.func.count(AttemptResult.id), sa.func.max(AttemptResult.scored_at))
        .join(Campaign, Campaign.id == Form.campaign_id)
        .join(AttemptResult, AttemptResult.form_id == Form.id)
        .where(~_rescored())
        .group_by(Form.id, Campaign.code)
        .order_by(sa.func.max(AttemptResult.scored_at).desc(), Form.id)
    )
    return tuple(FormLine(form.id, code, form.part, form.number, n, at) for form, code, n, at in rows)


def _rescored() -> sa.Exists:
    later = aliased(AttemptResult)
    return sa.exists().where(
        later.attempt_id == AttemptResult.attempt_id, later.scoring_version > AttemptResult.scoring_version
    )


def form_report(session: Session, form_id: int) -> FormReport | None:
    """Analyse a form; None while too few have finished it.

    Raises
    ------
    NotFoundError
        If nobody has finished such a form.
    """
    line = _line(session, form_id)
    if line.persons < FEWEST_PERSONS:
        return None
    questions = read_form(session, form_id)
    matrix = _matrix(session, form_id, questions)
    analysis = item_analysis(matrix)
    options = option_analysis(matrix)
    lines = tuple(
        ItemLine(question.position, question.area, question.version, row, flags)
        for question, row, flags in zip(
            questions, analysis.rows(), flag_items(analysis, options), strict=True
        )
    )
    scores = tuple(int(total) for total in matrix.total_scores())
    cut = _cut(session, form_id)
    accuracy, consistency = _surety(scores, analysis, cut, len(questions))
    return FormReport(
        line, analysis, lines, flag_test(analysis), scores, len(questions), cut, accuracy, consistency
    )


def item_report(session: Session, form_id: int, position: int) -> ItemReport | None:
    """Analyse one item of a form; None while too few have finished it."""
    report = form_report(session, form_id)
    if report is None:
        return None
    if not 0 <= position < len(report.items):
        raise NotFoundError("item")
    questions = read_form(session, form_id)
    matrix = _matrix(session, form_id, questions)
    line = report.items[position]
    curves = option_curves(matrix)[position] if line.version.kind is Kind.SINGLE else None
    return ItemReport(report.form, line, option_analysis(matrix)[position], curves)


def _line(session: Session, form_id: int) -> FormLine:
    found = next((line for line in forms_sat(session) if line.id == form_id), None)
    if found is None:
        raise NotFoundError("form")
    return found


def _matrix(session: Session, form_id: int, questions: Sequence[FormQuestion]) -> ResponseMatrix:
    rows = session.scalars(
        sa.select(AttemptResult.responses)
        .where(AttemptResult.form_id == form_id, ~_rescored())
        .order_by(AttemptResult.id)
    ).all()
    return ResponseMatrix.from_options(
        np.array(rows, dtype=str),
        [right_response(question.version) for question in questions],
        items=[question.version.item for question in questions],
    )


def _cut(session: Session, form_id: int) -> int | None:
    points = session.execute(
        sa.select(Threshold.points, sa.func.count())
        .join(Attempt, Attempt.threshold_id == Threshold.id)
        .where(Attempt.form_id == form_id)
        .group_by(Threshold.points)
        .order_by(sa.func.count().desc())
    ).first()
    return points[0] if points else None


def _surety(
    scores: Sequence[int], analysis: ItemAnalysis, cut: int | None, maximum: int
) -> tuple[float | None, float | None]:
    if cut is None or not 0 < analysis.alpha < 1:
        return None, None
    found = livingston_lewis(np.array(scores, dtype=float), analysis.alpha, cut, max_score=maximum)
    return found.accuracy, found.consistency
