"""The report after a sitting: what the answers say about the items, the forms and the cut."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.statistics.collected_answers import (
    CollectedAnswers,
    Question,
    Selection,
    collect,
    newest_result,
)
from exam.services.statistics.form_figures import (
    FEWEST_PERSONS,
    FormFigures,
    form_figures,
    passed,
    verdicts,
    whole,
)
from exam.services.statistics.group_lines import Groups, group_lines
from exam.storage.tables import (
    Admission,
    Attempt,
    AttemptResult,
    Campaign,
    Form,
    Region,
    Schedule,
    Sitting,
)
from scoring import Flag, ItemRow, OptionStatistics, flag_items, item_analysis, option_analysis
from scoring.flags import FEWEST_PERSONS as FEWEST_FOR_FLAGS

REPORTED_GROUPS = ("form_id", "sitting_id", "region", "language", "sex")


@dataclass(frozen=True, slots=True)
class Place:
    """A form or a sitting that the report can be narrowed to."""

    id: int
    number: int
    room: str
    region_kk: str
    region_ru: str
    at: datetime | None
    persons: int


@dataclass(frozen=True, slots=True)
class TestLine:
    """A test of a campaign that somebody has finished, in the list of reports."""

    campaign: str
    name_kk: str
    name_ru: str
    part: str
    persons: int
    forms: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with its figures; without flags below `FEWEST_FOR_FLAGS` persons."""

    question: Question
    figures: ItemRow
    flags: tuple[Flag, ...]
    options: tuple[OptionStatistics, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """The report on a selection.

    Attributes
    ----------
    persons, passed : int
        Who finished, and whose part is passed.
    items : tuple of ItemLine
        Empty below `FEWEST_PERSONS` persons.
    dropped : tuple of Question
        Items that left the score.
    forms : tuple of FormFigures
        Forms with at least `FEWEST_PERSONS` persons.
    groups : tuple
        How the groups of `REPORTED_GROUPS` did.
    scores : tuple of int
        Total points of each person.
    verdicts : tuple of bool
        Whether each of them passed.
    """

    selection: Selection
    persons: int
    passed: int
    items: tuple[ItemLine, ...]
    dropped: tuple[Question, ...]
    forms: tuple[FormFigures, ...]
    groups: Groups
    scores: tuple[int, ...]
    verdicts: tuple[bool, ...]

    @property
    def enough(self) -> bool:
        """Whether there are enough people for figures."""
        return self.persons >= FEWEST_PERSONS

    @property
    def enough_for_flags(self) -> bool:
        """Whether there are enough people for flags."""
        return self.persons >= FEWEST_FOR_FLAGS

    @property
    def flagged(self) -> tuple[ItemLine, ...]:
        """The items that want a look."""
        return tuple(line for line in self.items if line.flags)


def tests_sat(session: Session) -> tuple[TestLine, ...]:
    """Return the tests that somebody has finished, the newest first."""
    last = sa.func.max(AttemptResult.scored_at)
    rows = session.execute(
        sa.select(
            Campaign.code,
            Campaign.name_kk,
            Campaign.name_ru,
            Form.part,
            sa.func.count(),
            sa.func.count(sa.distinct(Form.id)),
            last,
        )
        .join(Form, Form.campaign_id == Campaign.id)
        .join(AttemptResult, AttemptResult.form_id == Form.id)
        .where(newest_result())
        .group_by(Campaign.code, Campaign.name_kk, Campaign.name_ru, Form.part)
        .order_by(last.desc(), Campaign.code, Form.part)
    )
    return tuple(TestLine(*row) for row in rows)


def test_line(session: Session, campaign: str, part: str) -> TestLine:
    """Return one test that somebody has finished, or raise NotFoundError."""
    for line in tests_sat(session):
        if (line.campaign, line.part) == (campaign, part):
            return line
    raise NotFoundError("test")


def forms_of(session: Session, campaign: str, part: str) -> tuple[Place, ...]:
    """Return the forms of a test that somebody has finished."""
    rows = session.execute(
        sa.select(Form.id, Form.number, sa.func.count())
        .join(Campaign, Campaign.id == Form.campaign_id)
        .join(AttemptResult, AttemptResult.form_id == Form.id)
        .where(Campaign.code == campaign, Form.part == part, newest_result())
        .group_by(Form.id, Form.number)
        .order_by(Form.number)
    )
    return tuple(Place(form, number, "", "", "", None, persons) for form, number, persons in rows)


def sittings_of(session: Session, campaign: str, part: str) -> tuple[Place, ...]:
    """Return the sittings in which somebody has finished a test, in their order."""
    rows = session.execute(
        sa.select(
            Sitting.id, Sitting.room, Region.name_kk, Region.name_ru, Schedule.starts_at, sa.func.count()
        )
        .join(Admission, Admission.sitting_id == Sitting.id)
        .join(Attempt, Attempt.admission_id == Admission.id)
        .join(AttemptResult, AttemptResult.attempt_id == Attempt.id)
        .join(Campaign, Campaign.id == Sitting.campaign_id)
        .join(Region, Region.code == Sitting.region_code)
        .join(Schedule, Schedule.id == Sitting.schedule_id)
        .where(Campaign.code == campaign, Attempt.part == part, newest_result())
        .group_by(Sitting.id, Sitting.room, Region.name_kk, Region.name_ru, Schedule.starts_at)
        .order_by(Schedule.starts_at, Sitting.id)
    )
    return tuple(Place(sitting, 0, room, kk, ru, at, n) for sitting, room, kk, ru, at, n in rows)


def report(session: Session, selection: Selection) -> Report:
    """Analyse the answers of a selection.

    Raises
    ------
    NotFoundError
        If nobody of the selection has finished the test.
    """
    answers = collect(session, selection)
    if not answers.sitters or answers.matrix is None:
        raise NotFoundError("test")
    persons = len(answers.sitters)
    return Report(
        selection=selection,
        persons=persons,
        passed=passed(answers.sitters),
        items=item_lines(answers) if persons >= FEWEST_PERSONS else (),
        dropped=answers.dropped,
        forms=form_figures(session, answers, answers.matrix),
        groups=group_lines(answers, answers.matrix, REPORTED_GROUPS),
        scores=whole(answers.matrix),
        verdicts=verdicts(answers.sitters),
    )


def item_lines(answers: CollectedAnswers) -> tuple[ItemLine, ...]:
    """Return the figures and flags of every item that counts."""
    if answers.matrix is None:
        return ()
    analysis = item_analysis(answers.matrix)
    options = option_analysis(answers.matrix)
    rows = zip(answers.questions, analysis.rows(), flag_items(analysis, options), options, strict=True)
    return tuple(ItemLine(*line) for line in rows)
