"""What responses are worth under keys and a threshold: one way for closing, rescoring and verifying."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from exam.rules.thresholds import Threshold, judge_points
from exam.services.statistics.changed_keys import maximum_under, points_under
from exam.services.statistics.collected_answers import Question
from exam.storage.tables import Attempt
from exam.storage.tables import Threshold as ThresholdRow
from question_bank.sealing import digest, version_digest
from scoring.outcome import Ground, Part, PartKind

SCORING_VERSION = 1


@dataclass(frozen=True, slots=True)
class AreaPoints:
    """Points in an area, and those that the form gives there."""

    area: str
    points: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Scored:
    """What an attempt is worth, in the order of its form.

    Attributes
    ----------
    responses : tuple of str
        Last responses, options named by their place in the stored version; empty where there is none.
    points : tuple of int
    by_area : tuple of AreaPoints
    part : Part
        Passed or failed, with its grounds.
    key_changes : tuple of int
        The changed keys that were in force, in the order of the form.
    input_digest : str
        SHA-256 over everything that the result follows from.
    """

    responses: tuple[str, ...]
    points: tuple[int, ...]
    by_area: tuple[AreaPoints, ...]
    part: Part
    key_changes: tuple[int, ...]
    input_digest: str

    @property
    def total(self) -> int:
        return sum(self.points)

    @property
    def maximum(self) -> int:
        return sum(area.maximum for area in self.by_area)


def mark(
    attempt: Attempt, questions: Sequence[Question], responses: Sequence[str], threshold: ThresholdRow
) -> Scored:
    """Mark the responses of an attempt; the same rows give the same result at any time.

    Parameters
    ----------
    questions : sequence of Question
        In the order of the form, each with the key that is in force if it was changed.
    responses : sequence of str
        One a question, as `Scored` keeps them.
    """
    points = tuple(
        points_under(question.version, question.changed, response)
        for question, response in zip(questions, responses, strict=True)
    )
    by_area = _by_area(questions, points)
    return Scored(
        responses=tuple(responses),
        points=points,
        by_area=by_area,
        part=_judge(threshold, by_area, questions),
        key_changes=tuple(each.changed.change_id or 0 for each in questions if each.changed),
        input_digest=_input_digest(attempt, questions, responses, threshold),
    )


def _by_area(questions: Sequence[Question], points: Sequence[int]) -> tuple[AreaPoints, ...]:
    got: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for question, earned in zip(questions, points, strict=True):
        got[question.area] += earned
        most[question.area] += maximum_under(question.version, question.changed)
    return tuple(AreaPoints(area, got[area], most[area]) for area in most)


def _judge(row: ThresholdRow, by_area: Sequence[AreaPoints], questions: Sequence[Question]) -> Part:
    first, second = sorted(approval.account_id for approval in row.approvals)[:2]
    threshold = Threshold(
        kind=PartKind(row.part),
        value=row.points,
        minimum_by_area=tuple(sorted(row.minimum_by_area.items())),
        source=row.source,
        approved_by=(first, second),
        valid_from=row.valid_from,
    )
    points = sum(area.points for area in by_area)
    maximum = sum(area.maximum for area in by_area)
    judged = judge_points(threshold, points, {area.area: area.points for area in by_area})
    score_ground = Ground("test_score", (("points", str(points)), ("maximum", str(maximum))))
    marks = (Ground("threshold_is_sample"),) if row.sample else ()
    changed = ", ".join(question.version.item for question in questions if question.changed)
    keys = (Ground("key_changed", (("items", changed),)),) if changed else ()
    return Part(judged.kind, judged.state, (score_ground, *judged.grounds, *marks, *keys))


def _input_digest(
    attempt: Attempt, questions: Sequence[Question], responses: Sequence[str], threshold: ThresholdRow
) -> str:
    common = {
        "attempt": attempt.id,
        "form": attempt.form_id,
        "responses": list(responses),
        "threshold": [threshold.id, threshold.points, threshold.minimum_by_area],
    }
    versions = [[question.area, version_digest(question.version)] for question in questions]
    if not any(question.changed for question in questions):
        return digest({**common, "scoring": SCORING_VERSION, "seed": attempt.seed, "questions": versions})
    keys = [question.changed.to_plain() if question.changed else None for question in questions]
    asked = [[*version, key] for version, key in zip(versions, keys, strict=True)]
    return digest({**common, "rescoring": SCORING_VERSION, "questions": asked})
