"""Who sat where and when each answer was given: what the integrity list is made from, beside the answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from exam.services.invigilator.extra_time import ASKED, GRANTED
from exam.services.statistics.collected_answers import CollectedAnswers, Question, Selection, collect
from exam.storage.tables import (
    Admission,
    Attempt,
    Campaign,
    Enrolment,
    Form,
    FormItem,
    Incident,
    Officer,
    Sitting,
    Step,
)
from scoring import ResponseMatrix

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody at a seat; `place` is his row in the answers."""

    place: int
    attempt_id: int
    officer_id: int
    full_name: str
    sitting_id: int
    room: str
    seat: int
    started_at: datetime


@dataclass(frozen=True, slots=True, eq=False)
class SeatedAnswers:
    """Answers with seats and times; rows are `people`, columns `questions`.

    Attributes
    ----------
    questions : tuple of Question
        Those of one point, in the order of the columns.
    people : tuple of Seated
    matrix : ResponseMatrix
        With the seconds that each answer took: the time since the answer before it, added up over returns.
    given_at : ndarray, shape (n_persons, n_questions)
        Seconds from the beginning of the attempt to the last answer; NaN where none was given.
    incidents : mapping of int to datetime
        By row, when the first incident of an attempt was noted.
    """

    questions: tuple[Question, ...]
    people: tuple[Seated, ...]
    matrix: ResponseMatrix
    given_at: FloatArray
    incidents: Mapping[int, datetime]


def seated_answers(session: Session, selection: Selection) -> SeatedAnswers | None:
    """Gather answers, seats and times of a test of a campaign; None when nobody has finished it.

    Raises
    ------
    NotFoundError
        If there is no such campaign.
    """
    answers = collect(session, selection)
    if answers.matrix is None:
        return None
    kept = [place for place, most in enumerate(answers.matrix.max_points.tolist()) if most == 1]
    if not kept:
        return None
    questions = tuple(answers.questions[place] for place in kept)
    matrix = answers.matrix.select(items=[answers.matrix.items[place] for place in kept])
    people = _people(session, selection, answers)
    seconds, given_at = _times(session, selection, answers, questions, people)
    return SeatedAnswers(
        questions=questions,
        people=people,
        matrix=replace(matrix, seconds=seconds.astype(np.float32)),
        given_at=given_at,
        incidents=_incidents(session, selection, people),
    )


def _people(session: Session, selection: Selection, answers: CollectedAnswers) -> tuple[Seated, ...]:
    rows = session.execute(
        sa.select(
            Attempt.id,
            Officer.id,
            Officer.full_name,
            Sitting.id,
            Sitting.room,
            Admission.seat,
            Attempt.started_at,
        )
        .join(Admission, Admission.id == Attempt.admission_id)
        .join(Sitting, Sitting.id == Admission.sitting_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .where(Attempt.id.in_(_attempts(selection)))
    )
    found = {row[0]: row for row in rows}
    ids = [sitter.attempt_id for sitter in answers.sitters]
    return tuple(Seated(place, *found[attempt]) for place, attempt in enumerate(ids))


def _attempts(selection: Selection) -> sa.Select[int]:
    """The attempts of the test, for a condition: a list of all ids would be too long for one statement."""
    return (
        sa.select(Attempt.id)
        .join(Form, Form.id == Attempt.form_id)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(Campaign.code == selection.campaign, Form.part == selection.part)
    )


def _times(
    session: Session,
    selection: Selection,
    answers: CollectedAnswers,
    questions: Sequence[Question],
    people: Sequence[Seated],
) -> tuple[FloatArray, FloatArray]:
    """Seconds that each answer took, and seconds until it was given; NaN where there was none."""
    column = {question.version_id: place for place, question in enumerate(questions)}
    at = _columns(session, selection, column)
    forms = [sitter.form_id for sitter in answers.sitters]
    row_of = {each.attempt_id: each for each in people}
    took, given_at = np.full((2, len(people), len(questions)), np.nan)
    for attempt_id, position, passed, spent in _spent(session, selection, row_of):
        place = row_of[attempt_id].place
        where = at.get((forms[place], position))
        if where is not None:
            took[place, where] = np.nan_to_num(took[place, where]) + spent
            given_at[place, where] = passed
    return took, given_at


def _columns(session: Session, selection: Selection, column: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """The column of each place of each form."""
    rows = session.execute(
        sa.select(FormItem.form_id, FormItem.position, FormItem.item_version_id)
        .join(Form, Form.id == FormItem.form_id)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(Campaign.code == selection.campaign, Form.part == selection.part)
    )
    return {(form, position): column[version] for form, position, version in rows if version in column}


def _spent(
    session: Session, selection: Selection, people: Mapping[int, Seated]
) -> Iterator[tuple[int, int, float, float]]:
    """Each step: attempt, position, seconds since the beginning and since the step before it."""
    steps = session.execute(
        sa.select(Step.attempt_id, Step.position, Step.received_at)
        .where(Step.attempt_id.in_(_attempts(selection)))
        .order_by(Step.attempt_id, Step.seq)
    )
    now, before = 0, 0.0
    for attempt_id, position, received_at in steps:
        if attempt_id not in people:
            continue
        if attempt_id != now:
            now, before = attempt_id, 0.0
        passed = max((received_at - people[attempt_id].started_at).total_seconds(), before)
        yield attempt_id, position, passed, passed - before
        before = passed


def _incidents(session: Session, selection: Selection, people: Sequence[Seated]) -> dict[int, datetime]:
    rows = session.execute(
        sa.select(Incident.attempt_id, sa.func.min(Incident.at))
        .where(Incident.attempt_id.in_(_attempts(selection)), Incident.kind.not_in((ASKED, GRANTED)))
        .group_by(Incident.attempt_id)
    )
    place = {each.attempt_id: each.place for each in people}
    return {place[attempt]: at for attempt, at in rows if attempt in place and at is not None}
