"""A changed key before it is confirmed: every score, verdict and decision that it would touch."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.rules.thresholds import Threshold, judge_points
from exam.services import grounds
from exam.services.statistics.changed_keys import ChangedKey, keys_in_force, maximum_under, points_under
from exam.services.statistics.collected_answers import Question, current_part, newest_result, questions_of
from exam.storage.tables import (
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
from question_bank.sealing import digest, version_digest
from scoring.outcome import Ground, Part, PartKind, PartState


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
    points: tuple[int, ...]
    maximum: int
    judged: Part
    input_digest: str

    @property
    def differs(self) -> bool:
        """Whether points, maximum or verdict are not those that are stored."""
        stored = (tuple(self.result.points), self.part.maximum, self.part.state)
        return stored != (self.points, self.maximum, self.judged.state.value)


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What a changed key does to one officer."""

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

    @property
    def verdict_changes(self) -> bool:
        """Whether the part is passed under one key only."""
        return self.state_before != self.state_after


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
    def decided(self) -> int:
        """How many changed verdicts stand under a decision already taken."""
        return sum(change.verdict_changes and change.decided is not None for change in self.changes)


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
            sa.select(AttemptResult, PartResult)
            .join(PartResult, PartResult.attempt_id == AttemptResult.attempt_id)
            .where(AttemptResult.form_id == form_id, newest_result(), current_part())
            .order_by(AttemptResult.attempt_id)
        ).all()
        for result, part in rows:
            yield score_anew(session, result, part, questions)


def score_anew(
    session: Session, result: AttemptResult, part: PartResult, questions: Sequence[Question]
) -> Rescored:
    """Score one attempt under the keys of `questions`; places without a changed key keep their points."""
    points = tuple(
        points_under(question.version, question.changed, response) if question.changed else earned
        for question, response, earned in zip(questions, result.responses, result.points, strict=True)
    )
    threshold = session.get_one(ThresholdRow, part.threshold_id)
    got, most = Counter[str](), Counter[str]()
    for question, earned in zip(questions, points, strict=True):
        got[question.area] += earned
        most[question.area] += maximum_under(question.version, question.changed)
    _require_reach(threshold, most)
    judged = _judge(threshold, got, sum(most.values()), questions)
    return Rescored(result, part, points, sum(most.values()), judged, _digest(result, questions, threshold))


def _require_reach(threshold: ThresholdRow, most: Mapping[str, int]) -> None:
    within = all(most.get(area, 0) >= least for area, least in threshold.minimum_by_area.items())
    if threshold.points > sum(most.values()) or not within:
        raise RefusedError("threshold-out-of-reach", points=threshold.points)


def _judge(row: ThresholdRow, got: Mapping[str, int], maximum: int, questions: Sequence[Question]) -> Part:
    first, second = sorted(approval.account_id for approval in row.approvals)[:2]
    threshold = Threshold(
        kind=PartKind(row.part),
        value=row.points,
        minimum_by_area=tuple(sorted(row.minimum_by_area.items())),
        source=row.source,
        approved_by=(first, second),
        valid_from=row.valid_from,
    )
    total = sum(got.values())
    judged = judge_points(threshold, total, got)
    changed = ", ".join(question.version.item for question in questions if question.changed)
    return Part(
        judged.kind,
        judged.state,
        (
            Ground("test_score", (("points", str(total)), ("maximum", str(maximum)))),
            *judged.grounds,
            *((Ground("threshold_is_sample"),) if row.sample else ()),
            Ground("key_changed", (("items", changed),)),
        ),
    )


def _digest(result: AttemptResult, questions: Sequence[Question], threshold: ThresholdRow) -> str:
    return digest(
        {
            "rescoring": 1,
            "attempt": result.attempt_id,
            "form": result.form_id,
            "questions": [
                [each.area, version_digest(each.version), each.changed.to_plain() if each.changed else None]
                for each in questions
            ],
            "responses": list(result.responses),
            "threshold": [threshold.id, threshold.points, threshold.minimum_by_area],
        }
    )


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
    return PersonChange(
        attempt_id=each.result.attempt_id,
        officer_id=officer.id,
        full_name=officer.full_name,
        region=officer.region_code,
        before=each.result.total,
        after=sum(each.points),
        maximum_before=each.part.maximum or 0,
        maximum_after=each.maximum,
        state_before=each.part.state,
        state_after=each.judged.state.value,
        decided=decisions.get(enrolment.id),
    )


def same_as_stored(session: Session, result: AttemptResult, part: PartResult) -> bool:
    """Compute a rescored result again under the keys that were in force then; say whether it follows."""
    enrolment = session.get_one(Enrolment, part.enrolment_id)
    keys = keys_in_force(session, enrolment.campaign_id, until=part.decided_at)
    again = score_anew(session, result, part, questions_of(session, result.form_id, keys))
    told = (sum(again.points), again.maximum, again.judged.state, again.input_digest)
    kept = (part.score, part.maximum, PartState(part.state), part.input_digest)
    return told == kept and grounds.to_plain(again.judged.grounds) == part.grounds
