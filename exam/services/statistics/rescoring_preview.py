"""A changed key before it is confirmed: every score, verdict and decision that it would touch."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.services import grounds
from exam.services.statistics.changed_keys import ChangedKey, keys_in_force, keys_named, maximum_under
from exam.services.statistics.collected_answers import Question, current_part, newest_result, questions_of
from exam.services.terminal.marking import Scored, mark
from exam.storage.tables import (
    Attempt,
    AttemptResult,
    Case,
    DecisionRow,
    Enrolment,
    Form,
    FormItem,
    Officer,
    PartResult,
)
from exam.storage.tables import Threshold as ThresholdRow
from question_bank.sealing import digest
from scoring.outcome import Ground

WHY_NOT = ("threshold_missed", "area_missed")


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that the commission has taken already; it stands until the commission takes another."""

    case_id: int
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Rescored:
    """An attempt under the changed key, beside what is stored of it."""

    result: AttemptResult
    part: PartResult
    scored: Scored
    threshold: ThresholdRow
    questions: Sequence[Question]

    @property
    def differs(self) -> bool:
        """Whether points, maximum or verdict are not those that are stored."""
        stored = (tuple(self.result.points), self.part.maximum, self.part.state)
        return stored != (self.scored.points, self.scored.maximum, self.scored.part.state.value)


@dataclass(frozen=True, slots=True)
class AreaChange:
    """An area with a minimum: points and the most that can be had there, under the old and the new key."""

    area: str
    minimum: int
    before: int
    after: int
    maximum_before: int
    maximum_after: int


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What a changed key does to one officer.

    Attributes
    ----------
    threshold : int
        The overall threshold that applies to him, in points; it does not change.
    areas : tuple of AreaChange
        Those that have a minimum for him.
    why_before, why_after : tuple of Ground
        The limits that were missed, and that would be missed.
    """

    attempt_id: int
    officer_id: int
    full_name: str
    region: str
    before: int
    after: int
    maximum_before: int
    maximum_after: int
    state_before: str
    state_after: str
    decided: Decided | None
    threshold: int
    areas: tuple[AreaChange, ...]
    why_before: tuple[Ground, ...]
    why_after: tuple[Ground, ...]

    @property
    def verdict_changes(self) -> bool:
        """Whether the part is passed under one key only."""
        return self.state_before != self.state_after

    @property
    def threshold_in_proportion(self) -> int:
        """The threshold lowered as the maximum is, rounded up; for information, it applies to nobody."""
        return in_proportion(self.threshold, self.maximum_before, self.maximum_after)

    @property
    def state_in_proportion(self) -> str:
        """The verdict if threshold and minima were lowered so; for information."""
        least = (
            (each, in_proportion(each.minimum, each.maximum_before, each.maximum_after))
            for each in self.areas
        )
        met = self.after >= self.threshold_in_proportion and all(
            each.after >= points for each, points in least
        )
        return "passed" if met else "failed"


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that would change; nothing has been changed yet.

    Attributes
    ----------
    persons : int
        Attempts that were looked at.
    changes : tuple of PersonChange
        Those whose verdict changes come first.
    seal : str
        SHA-256 of all this: who confirms confirms what he saw.
    """

    persons: int
    changes: tuple[PersonChange, ...]
    seal: str

    @property
    def newly_passed(self) -> int:
        """How many would pass and did not."""
        return sum(change.verdict_changes and change.state_after == "passed" for change in self.changes)

    @property
    def newly_failed(self) -> int:
        """How many would fail and did not."""
        return sum(change.verdict_changes and change.state_after == "failed" for change in self.changes)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that have a minimum for somebody."""
        return tuple(sorted({area.area for change in self.changes for area in change.areas}))

    @property
    def lower_maximum(self) -> tuple[int, int] | None:
        """The most points before and after, where the change lowers it for somebody."""
        lowered = [
            (c.maximum_before, c.maximum_after) for c in self.changes if c.maximum_after < c.maximum_before
        ]
        return lowered[0] if lowered else None

    @property
    def newly_failed_in_proportion(self) -> int:
        """How many would fail and did not even under thresholds lowered in proportion."""
        return sum((c.state_before, c.state_in_proportion) == ("passed", "failed") for c in self.changes)

    @property
    def newly_passed_in_proportion(self) -> int:
        """How many would pass and did not under thresholds lowered in proportion."""
        return sum((c.state_before, c.state_in_proportion) == ("failed", "passed") for c in self.changes)

    @property
    def decided(self) -> int:
        """How many changed verdicts stand under a decision already taken."""
        return sum(change.verdict_changes and change.decided is not None for change in self.changes)


def in_proportion(least: int, before: int, after: int) -> int:
    """Return a limit lowered as the maximum is, rounded up to whole points."""
    return -(-least * after // before) if 0 < after < before else least


def preview(session: Session, campaign_id: int, version_id: int, changed: ChangedKey) -> Preview:
    """Score every attempt whose form holds the item once more, and name each difference.

    Raises
    ------
    RefusedError
        ``threshold-out-of-reach`` when a form could no longer give what its threshold asks for.
    """
    looked_at = list(rescored(session, campaign_id, version_id, changed))
    touched = [each for each in looked_at if each.differs]
    decisions = _decisions(session, [each.part.enrolment_id for each in touched])
    changes = sorted(
        (_change(session, each, decisions) for each in touched),
        key=lambda change: (not change.verdict_changes, change.full_name, change.attempt_id),
    )
    told = [
        [c.attempt_id, c.before, c.after, c.maximum_after, c.state_after, c.decided is None] for c in changes
    ]
    return Preview(len(looked_at), tuple(changes), digest({"persons": len(looked_at), "changes": told}))


def rescored(session: Session, campaign_id: int, version_id: int, changed: ChangedKey) -> Iterator[Rescored]:
    """Score anew the attempts on every form of the campaign that holds the item.

    Only results that still count are scored: one that was replaced by something else than its attempt stays.
    """
    keys = {**keys_in_force(session, campaign_id), version_id: changed}
    forms = session.scalars(
        sa.select(Form.id)
        .join(FormItem, FormItem.form_id == Form.id)
        .where(Form.campaign_id == campaign_id, FormItem.item_version_id == version_id)
        .order_by(Form.id)
    ).all()
    for form_id in forms:
        questions = questions_of(session, form_id, keys)
        rows = session.execute(
            sa.select(AttemptResult, PartResult, Attempt)
            .join(PartResult, PartResult.attempt_id == AttemptResult.attempt_id)
            .join(Attempt, Attempt.id == AttemptResult.attempt_id)
            .where(AttemptResult.form_id == form_id, newest_result(), current_part())
            .order_by(AttemptResult.attempt_id)
        ).all()
        for result, part, attempt in rows:
            yield score_anew(session, result, part, attempt, questions)


def score_anew(
    session: Session, result: AttemptResult, part: PartResult, attempt: Attempt, questions: Sequence[Question]
) -> Rescored:
    """Score the stored responses of one attempt under the keys of `questions`.

    Raises
    ------
    RefusedError
        ``threshold-out-of-reach``.
    """
    threshold = session.get_one(ThresholdRow, part.threshold_id)
    scored = mark(attempt, questions, result.responses, threshold)
    _require_reach(threshold, scored)
    return Rescored(result, part, scored, threshold, questions)


def _require_reach(threshold: ThresholdRow, scored: Scored) -> None:
    most = {area.area: area.maximum for area in scored.by_area}
    within = all(most.get(area, 0) >= least for area, least in threshold.minimum_by_area.items())
    if threshold.points > scored.maximum or not within:
        raise RefusedError("threshold-out-of-reach", points=threshold.points)


def _decisions(session: Session, enrolments: Sequence[int]) -> dict[int, Decided]:
    rows = session.execute(
        sa.select(Case.enrolment_id, Case.id, DecisionRow.value, DecisionRow.decided_at)
        .join(DecisionRow, DecisionRow.case_id == Case.id)
        .where(Case.enrolment_id.in_(enrolments))
        .order_by(DecisionRow.id)
    )
    return {enrolment: Decided(case, number, at) for enrolment, case, number, at in rows}


def _change(session: Session, each: Rescored, decisions: Mapping[int, Decided]) -> PersonChange:
    enrolment = session.get_one(Enrolment, each.part.enrolment_id)
    officer: Officer = enrolment.officer
    was = grounds.from_plain(each.part.grounds)
    return PersonChange(
        attempt_id=each.result.attempt_id,
        officer_id=officer.id,
        full_name=officer.full_name,
        region=officer.region_code,
        before=each.result.total,
        after=each.scored.total,
        maximum_before=each.part.maximum or 0,
        maximum_after=each.scored.maximum,
        state_before=each.part.state,
        state_after=each.scored.part.state.value,
        decided=decisions.get(enrolment.id),
        threshold=each.threshold.points,
        areas=_areas(session, each),
        why_before=tuple(ground for ground in was if ground.code in WHY_NOT),
        why_after=tuple(ground for ground in each.scored.part.grounds if ground.code in WHY_NOT),
    )


def _areas(session: Session, each: Rescored) -> tuple[AreaChange, ...]:
    minima = each.threshold.minimum_by_area
    if not minima:
        return ()
    keys = keys_named(session, each.result.key_changes or ())
    got: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for question, points in zip(each.questions, each.result.points, strict=True):
        got[question.area] += points
        most[question.area] += maximum_under(question.version, keys.get(question.version_id))
    now = {area.area: area for area in each.scored.by_area}
    return tuple(
        AreaChange(area, least, got[area], now[area].points, most[area], now[area].maximum)
        for area, least in sorted(minima.items())
    )
