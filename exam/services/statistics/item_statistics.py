"""One item: how its options were chosen, and how it did in every sitting so far."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services.bank.item_content import from_content
from exam.services.statistics.answer_times import AnswerTimes, answer_times
from exam.services.statistics.calibration import CalibratedItem, Uncalibrated, calibrated
from exam.services.statistics.changed_keys import ChangedKey, KeyMode, keys_in_force, points_under
from exam.services.statistics.collected_answers import (
    CollectedAnswers,
    Question,
    Selection,
    collect,
    newest_result,
)
from exam.services.statistics.fairness import Contrast, ItemDifference, contrasts
from exam.services.statistics.form_figures import FEWEST_PERSONS, one_form, rows_of
from exam.services.statistics.sitting_report import ItemLine, item_lines
from exam.storage.tables import (
    Admission,
    Attempt,
    AttemptResult,
    Campaign,
    Form,
    FormItem,
    ItemVersionRow,
    Region,
    Schedule,
    Sitting,
)
from question_bank.items import ItemVersion
from scoring import OptionCurves, OptionStatistics, ResponseMatrix, item_analysis, option_curves


@dataclass(frozen=True, slots=True)
class OnForm:
    """An item among the others of one form: alpha of the form, and alpha without the item."""

    number: int
    persons: int
    alpha: float
    without: float


@dataclass(frozen=True, slots=True, eq=False)
class ItemReport:
    """An item on a selection of answers.

    Attributes
    ----------
    question : Question
    line : ItemLine or None
        None below `FEWEST_PERSONS` persons, and for an item that left the score.
    options : tuple of OptionStatistics
    curves : OptionCurves or None
    persons : int
        Who were asked it.
    model : str
        The model of the calibration, "" where there is none.
    calibrated : CalibratedItem or None
    differences : tuple of (Contrast, ItemDifference or None)
        The item between groups at equal scores; None where a comparison has too few people.
    times : AnswerTimes or None
    forms : tuple of OnForm
        Every form that holds the item and that at least `FEWEST_PERSONS` persons sat, by number.
    """

    question: Question
    line: ItemLine | None
    options: tuple[OptionStatistics, ...]
    curves: OptionCurves | None
    persons: int
    model: str = ""
    calibrated: CalibratedItem | None = None
    differences: tuple[tuple[Contrast, ItemDifference | None], ...] = ()
    times: AnswerTimes | None = None
    forms: tuple[OnForm, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """An item in one sitting: how many were asked, their share of points, and its standard error.

    `item_rest` is the correlation with the other points of the same persons; None where it has no value.
    """

    campaign: str
    room: str
    region_kk: str
    region_ru: str
    at: datetime
    version: int
    persons: int
    difficulty: float
    error: float
    item_rest: float | None


def item_report(session: Session, selection: Selection, version_id: int) -> ItemReport:
    """Analyse one item.

    Raises
    ------
    NotFoundError
        If nobody of the selection was asked it.
    """
    answers = collect(session, selection)
    left = {question.version_id: question for question in answers.dropped}
    if version_id in left:
        return ItemReport(left[version_id], None, (), None, 0)
    place = {question.version_id: place for place, question in enumerate(answers.questions)}.get(version_id)
    if place is None or answers.matrix is None:
        raise NotFoundError("item")
    line = item_lines(answers)[place]
    if line.figures.n < FEWEST_PERSONS:
        return ItemReport(line.question, None, (), None, line.figures.n)
    model, item = _calibrated(answers, answers.matrix, version_id)
    return ItemReport(
        question=line.question,
        line=line,
        options=line.options,
        curves=option_curves(answers.matrix)[place],
        persons=line.figures.n,
        model=model,
        calibrated=item,
        differences=tuple(
            (contrast, contrast.items[place] if contrast.items else None)
            for contrast in contrasts(answers, answers.matrix)
        ),
        times=answer_times(session, version_id, [sitter.attempt_id for sitter in answers.sitters]),
        forms=_on_forms(session, answers, answers.matrix, version_id),
    )


def _on_forms(
    session: Session, answers: CollectedAnswers, matrix: ResponseMatrix, version_id: int
) -> tuple[OnForm, ...]:
    found = []
    for form in session.scalars(
        sa.select(Form)
        .join(FormItem, FormItem.form_id == Form.id)
        .where(FormItem.item_version_id == version_id, Form.campaign_id == answers.campaign_id)
    ):
        rows = rows_of(answers, form.id)
        if len(rows) < FEWEST_PERSONS:
            continue
        own = one_form(matrix, rows)
        analysis = item_analysis(own)
        without = analysis.alpha_if_deleted[own.items.index(str(version_id))]
        found.append(OnForm(form.number, len(rows), analysis.alpha, float(without)))
    return tuple(sorted(found, key=lambda each: each.number))


def _calibrated(
    answers: CollectedAnswers, matrix: ResponseMatrix, version_id: int
) -> tuple[str, CalibratedItem | None]:
    found = calibrated(answers, matrix)
    if isinstance(found, Uncalibrated):
        return "", None
    own = [item for item in found.items if item.question.version_id == version_id]
    return found.model, own[0] if own else None


def occasions(session: Session, version_id: int) -> tuple[Occasion, ...]:
    """Return how an item did in every sitting with at least `FEWEST_PERSONS` persons, oldest first.

    All versions of the item are followed, in every campaign, under the keys in force there; an item that left
    the score, or was credited to everyone, is judged by its own key.

    Raises
    ------
    NotFoundError
        If there is no such version.
    """
    item_id = session.scalar(sa.select(ItemVersionRow.item_id).where(ItemVersionRow.id == version_id))
    if item_id is None:
        raise NotFoundError("item")
    gathered: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for sitting_id, number, share, rest in _shares(session, item_id):
        gathered.setdefault((sitting_id, number), []).append((share, rest))
    found = [
        _occasion(session, sitting_id, number, pairs)
        for (sitting_id, number), pairs in gathered.items()
        if len(pairs) >= FEWEST_PERSONS
    ]
    return tuple(sorted(found, key=lambda each: (each.at, each.version)))


def _shares(session: Session, item_id: int) -> Iterator[tuple[int, int, float, float]]:
    """For everybody who was asked: sitting, version, share of the item's points, other points."""
    rows = session.execute(
        sa.select(
            Sitting.id,
            Sitting.campaign_id,
            FormItem.position,
            ItemVersionRow,
            AttemptResult.responses,
            AttemptResult.points,
        )
        .join(Attempt, Attempt.id == AttemptResult.attempt_id)
        .join(Admission, Admission.id == Attempt.admission_id)
        .join(Sitting, Sitting.id == Admission.sitting_id)
        .join(FormItem, FormItem.form_id == AttemptResult.form_id)
        .join(ItemVersionRow, ItemVersionRow.id == FormItem.item_version_id)
        .where(ItemVersionRow.item_id == item_id, newest_result())
        .order_by(Sitting.id, AttemptResult.id)
    )
    keys: dict[tuple[int, int], ChangedKey | None] = {}
    versions: dict[int, ItemVersion] = {}
    for sitting_id, campaign_id, position, row, responses, points in rows:
        if (campaign_id, row.id) not in keys:
            keys[campaign_id, row.id] = _telling_key(session, campaign_id, row.id)
        version = versions.setdefault(row.id, from_content(row.content))
        share = points_under(version, keys[campaign_id, row.id], responses[position]) / version.points
        yield sitting_id, row.number, share, sum(points) - points[position]


def _telling_key(session: Session, campaign_id: int, version_id: int) -> ChangedKey | None:
    """The changed key under which answers still tell the able from the weak."""
    changed = keys_in_force(session, campaign_id).get(version_id)
    return changed if changed and changed.mode in (KeyMode.REKEY, KeyMode.ACCEPT) else None


def _occasion(
    session: Session, sitting_id: int, version: int, pairs: Sequence[tuple[float, float]]
) -> Occasion:
    campaign, room, kk, ru, at = session.execute(
        sa.select(Campaign.code, Sitting.room, Region.name_kk, Region.name_ru, Schedule.starts_at)
        .join(Campaign, Campaign.id == Sitting.campaign_id)
        .join(Region, Region.code == Sitting.region_code)
        .join(Schedule, Schedule.id == Sitting.schedule_id)
        .where(Sitting.id == sitting_id)
    ).one()
    own, rest = np.array(pairs, dtype=np.float64).T
    varies = own.std() > 0 and rest.std() > 0
    return Occasion(
        campaign=campaign,
        room=room,
        region_kk=kk,
        region_ru=ru,
        at=at,
        version=version,
        persons=len(pairs),
        difficulty=float(own.mean()),
        error=float(own.std(ddof=1) / np.sqrt(len(pairs))),
        item_rest=float(np.corrcoef(own, rest)[0, 1]) if varies else None,
    )
