"""What those who sat a test answered, as the matrix from which every statistic starts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from exam.errors import NotFoundError
from exam.services.bank.form_reading import read_form
from exam.services.statistics.changed_keys import (
    ChangedKey,
    KeyMode,
    keys_in_force,
    maximum_under,
    points_under,
    right_responses,
)
from exam.storage.tables import (
    Admission,
    Attempt,
    AttemptResult,
    Campaign,
    Enrolment,
    Form,
    FormItem,
    Officer,
    PartResult,
)
from question_bank.items import ItemVersion, Kind
from question_bank.presentation import question_order
from scoring import ItemKey, ResponseMatrix

GROUPINGS = ("language", "sex", "region")
OTHER_ANSWERS = "*"
WRONG_ANSWERS_KEPT = 5
"""Of the wrong answers to a question without options to tick, so many are told apart."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Whose answers: all of a test in a campaign, or those on one form or in one sitting."""

    campaign: str
    part: str
    form_id: int | None = None
    sitting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """An item version that somebody was asked, with its key if it was changed."""

    version_id: int
    area: str
    version: ItemVersion
    changed: ChangedKey | None = None

    @property
    def counts(self) -> bool:
        """Whether it is still part of the score."""
        return self.changed is None or self.changed.mode is not KeyMode.DROP

    @property
    def right(self) -> tuple[str, ...]:
        """The responses that earn its points."""
        return right_responses(self.version, self.changed)


@dataclass(frozen=True, slots=True)
class Sitter:
    """An attempt that was finished: final responses in the order of its form."""

    attempt_id: int
    form_id: int
    sitting_id: int
    responses: tuple[str, ...]
    seed: str
    language: str
    sex: str
    region: str
    threshold_id: int
    state: str


@dataclass(frozen=True, slots=True, eq=False)
class CollectedAnswers:
    """Answers ready for analysis.

    Attributes
    ----------
    campaign_id : int
    questions : tuple of Question
        Those that count, in the order of the columns of `matrix`.
    dropped : tuple of Question
        Those that left the score.
    sitters : tuple of Sitter
        In the order of the rows of `matrix`.
    matrix : ResponseMatrix or None
        Columns bear the id of the version as their name; groups are `GROUPINGS`; None when nobody sat.
    """

    campaign_id: int
    questions: tuple[Question, ...]
    dropped: tuple[Question, ...]
    sitters: tuple[Sitter, ...]
    matrix: ResponseMatrix | None


def newest_result(row: type[AttemptResult] = AttemptResult) -> sa.ColumnElement[bool]:
    """Return the condition that no later scoring of the same attempt exists."""
    later = aliased(AttemptResult)
    return ~sa.exists().where(later.attempt_id == row.attempt_id, later.scoring_version > row.scoring_version)


def current_part() -> sa.ColumnElement[bool]:
    """Return the condition that no later row replaces the result of a part."""
    later = aliased(PartResult)
    return ~sa.exists().where(later.replaces_id == PartResult.id)


def collect(session: Session, selection: Selection) -> CollectedAnswers:
    """Gather the answers of a selection under the keys in force.

    Raises
    ------
    NotFoundError
        If there is no such campaign.
    """
    campaign_id = session.scalar(sa.select(Campaign.id).where(Campaign.code == selection.campaign))
    if campaign_id is None:
        raise NotFoundError("campaign")
    sitters = _sitters(session, campaign_id, selection)
    changed = keys_in_force(session, campaign_id)
    forms = {
        form_id: questions_of(session, form_id, changed) for form_id in sorted({s.form_id for s in sitters})
    }
    asked = {question.version_id: question for form in forms.values() for question in form}
    questions = tuple(question for question in asked.values() if question.counts)
    return CollectedAnswers(
        campaign_id=campaign_id,
        questions=questions,
        dropped=tuple(question for question in asked.values() if not question.counts),
        sitters=sitters,
        matrix=_matrix(sitters, forms, questions) if sitters and questions else None,
    )


def questions_of(session: Session, form_id: int, changed: Mapping[int, ChangedKey]) -> tuple[Question, ...]:
    """Return the questions of a form in its order, with the keys in `changed`."""
    ids = session.scalars(
        sa.select(FormItem.item_version_id).where(FormItem.form_id == form_id).order_by(FormItem.position)
    )
    return tuple(
        Question(version_id, each.area, each.version, changed.get(version_id))
        for version_id, each in zip(ids, read_form(session, form_id), strict=True)
    )


def _sitters(session: Session, campaign_id: int, selection: Selection) -> tuple[Sitter, ...]:
    wanted = (
        sa.select(
            AttemptResult.attempt_id,
            AttemptResult.form_id,
            Admission.sitting_id,
            AttemptResult.responses,
            Attempt.seed,
            Attempt.language,
            Officer.sex,
            Officer.region_code,
            Attempt.threshold_id,
            PartResult.state,
        )
        .join(Attempt, Attempt.id == AttemptResult.attempt_id)
        .join(Form, Form.id == AttemptResult.form_id)
        .join(Admission, Admission.id == Attempt.admission_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Officer, Officer.id == Enrolment.officer_id)
        .join(PartResult, PartResult.attempt_id == Attempt.id)
        .where(Form.campaign_id == campaign_id, Form.part == selection.part, newest_result(), current_part())
        .order_by(AttemptResult.attempt_id)
    )
    if selection.form_id is not None:
        wanted = wanted.where(Form.id == selection.form_id)
    if selection.sitting_id is not None:
        wanted = wanted.where(Admission.sitting_id == selection.sitting_id)
    return tuple(
        Sitter(attempt, form, sitting, tuple(responses), *rest)
        for attempt, form, sitting, responses, *rest in session.execute(wanted)
    )


def _matrix(
    sitters: Sequence[Sitter], forms: Mapping[int, Sequence[Question]], questions: Sequence[Question]
) -> ResponseMatrix:
    spelled = _spellings(sitters, forms)
    answers = {
        str(sitter.attempt_id): _answers_of(sitter, forms[sitter.form_id], spelled) for sitter in sitters
    }
    return ResponseMatrix.from_answers(
        answers,
        {str(question.version_id): _item_key(question) for question in questions},
        groups={name: np.array([getattr(sitter, name) for sitter in sitters]) for name in GROUPINGS},
        forms=np.array([sitter.form_id for sitter in sitters]),
    )


def _answers_of(
    sitter: Sitter, form: Sequence[Question], spelled: Mapping[int, Mapping[str, str]]
) -> dict[str, str | None]:
    """The answers in the order that this person saw: what follows the last answer was not reached."""
    seen = zip(form, sitter.responses, strict=True)
    answers = [(question, spelled[question.version_id].get(response)) for question, response in seen]
    if "" in sitter.responses:
        by_code = {question.version.item: (question, answer) for question, answer in answers}
        answers = [by_code[code] for code in question_order(bytes.fromhex(sitter.seed), by_code)]
    return {str(question.version_id): answer for question, answer in answers if question.counts}


def _spellings(
    sitters: Sequence[Sitter], forms: Mapping[int, Sequence[Question]]
) -> dict[int, dict[str, str]]:
    """For each question, how each response is written in the matrix; no answer is not among them."""
    seen: dict[int, Counter[str]] = {}
    for form_id, form in forms.items():
        on_it = [sitter.responses for sitter in sitters if sitter.form_id == form_id]
        for question, given in zip(form, zip(*on_it, strict=True), strict=True):
            seen.setdefault(question.version_id, Counter()).update(given)
    asked = {question.version_id: question for form in forms.values() for question in form}
    return {version_id: _spelling(asked[version_id], counts) for version_id, counts in seen.items()}


def _spelling(question: Question, counts: Counter[str]) -> dict[str, str]:
    given = [response for response, _ in counts.most_common() if response]
    if question.version.kind is Kind.SINGLE:
        return {response: response for response in given}
    right = {r for r in given if question.right and points_under(question.version, question.changed, r)}
    kept = [response for response in given if response not in right][:WRONG_ANSWERS_KEPT]
    return {
        response: question.right[0] if response in right else response if response in kept else OTHER_ANSWERS
        for response in given
    }


def _item_key(question: Question) -> ItemKey:
    points = Decimal(maximum_under(question.version, question.changed))
    if not question.right:
        return ItemKey((("ALL", points),), everyone=True)
    return ItemKey.partial(dict.fromkeys(question.right, points))
