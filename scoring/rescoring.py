"""A changed key before it is confirmed: every change of score and verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scoring.errors import ResponseError
from scoring.keys import ItemKey
from scoring.scores import FormScore, Points, ScoredItem, Threshold, Verdict, judge, score_answers, total


@dataclass(frozen=True, slots=True)
class KeyChange:
    """One item whose key changes."""

    item: str
    before: ItemKey
    after: ItemKey


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """What a changed key does to one person."""

    person: str
    before: FormScore
    after: FormScore
    verdict_before: Verdict
    verdict_after: Verdict

    @property
    def points(self) -> Points:
        """Points gained; negative when points are lost."""
        return total((self.after.points, -self.before.points))

    @property
    def verdict_changes(self) -> bool:
        """Whether the person passes under one key only."""
        return self.verdict_before.passed != self.verdict_after.passed


@dataclass(frozen=True, slots=True)
class RescoringPreview:
    """What would change; nothing has been changed yet.

    Attributes
    ----------
    keys : tuple of KeyChange
        Items with a new key.
    changes : tuple of ScoreChange
        Persons whose points, in the whole or in an area, or whose verdict would change.
    n_persons : int
        Persons looked at.
    """

    keys: tuple[KeyChange, ...]
    changes: tuple[ScoreChange, ...]
    n_persons: int

    @property
    def newly_passed(self) -> tuple[str, ...]:
        """Persons who would pass and did not."""
        return tuple(c.person for c in self.changes if c.verdict_changes and c.verdict_after.passed)

    @property
    def newly_failed(self) -> tuple[str, ...]:
        """Persons who would fail and did not."""
        return tuple(c.person for c in self.changes if c.verdict_changes and not c.verdict_after.passed)


def preview_rescoring(
    answers: Mapping[str, Mapping[str, str | None]],
    form: Sequence[ScoredItem],
    new_keys: Mapping[str, ItemKey],
    threshold: Threshold,
    *,
    new_threshold: Threshold | None = None,
) -> RescoringPreview:
    """Score everybody under the old and the new key and name each difference.

    Parameters
    ----------
    answers : mapping of person to mapping of item to option
        The answers on this form as they were given; they do not change.
    form : sequence of ScoredItem
        The form with the key in force.
    new_keys : mapping of item to ItemKey
        Another option, several options, credit for everyone, or the item dropped.
    threshold : Threshold
        The threshold in force.
    new_threshold : Threshold, optional
        When it is set anew together with the key, as after a dropped item.

    Returns
    -------
    RescoringPreview
        What changes for whom; nothing is changed by it.

    Raises
    ------
    ResponseError
        If a new key is for an item that is not on the form.
    ThresholdError
        If the new form cannot reach the threshold.
    """
    strange = sorted(set(new_keys) - {place.item for place in form})
    if strange:
        raise ResponseError(f"there is a new key for {strange[0]!r}, which is not on the form")
    after_form = [
        ScoredItem(place.item, place.area, new_keys.get(place.item, place.key), place.n_options)
        for place in form
    ]
    after_threshold = new_threshold or threshold
    touched = [(old, new) for old, new in zip(form, after_form, strict=True) if old.key != new.key]
    judge(
        score_answers({}, after_form), after_threshold
    )  # refuses a threshold out of reach, whoever answered
    changes = []
    for person, given in answers.items():
        if new_threshold is None and not any(_differs(old, new, given) for old, new in touched):
            continue
        before, after = score_answers(given, form), score_answers(given, after_form)
        change = ScoreChange(person, before, after, judge(before, threshold), judge(after, after_threshold))
        if _points_of(before) != _points_of(after) or change.verdict_changes:
            changes.append(change)
    keys = tuple(KeyChange(old.item, old.key, new.key) for old, new in touched)
    return RescoringPreview(keys, tuple(changes), len(answers))


def _differs(old: ScoredItem, new: ScoredItem, given: Mapping[str, str | None]) -> bool:
    """Whether the answer to an item earns other points under its new key."""
    option = given.get(old.item)
    return old.key.points(option) != new.key.points(option)


def _points_of(score: FormScore) -> tuple[Points, ...]:
    return (score.points, *(area.points for area in score.areas))
