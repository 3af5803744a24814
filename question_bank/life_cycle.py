"""The life of an item version: who may move it where, who may change it, and what changed.

A version is written as a draft, reviewed by another person, approved, active, perhaps suspended, and retired
in the end. What has once been active never changes; an edit begins the next version beside it. Every move
leaves a note with a name and a time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from question_bank.errors import MoveRefusedError
from question_bank.items import Item, ItemVersion, Part, State
from question_bank.logic.proving import is_proved
from question_bank.plain import version_to_plain


class Hand(StrEnum):
    """In what capacity somebody moves an item; `LAW` is an amendment that touches it."""

    AUTHOR = "author"
    APPROVER = "approver"
    PSYCHOMETRICIAN = "psychometrician"
    LAW = "law"


MOVES: Mapping[tuple[State, State], frozenset[Hand]] = {
    (State.DRAFT, State.IN_REVIEW): frozenset({Hand.AUTHOR}),
    (State.DRAFT, State.RETIRED): frozenset({Hand.AUTHOR, Hand.APPROVER}),
    (State.IN_REVIEW, State.DRAFT): frozenset({Hand.AUTHOR, Hand.APPROVER}),
    (State.IN_REVIEW, State.APPROVED): frozenset({Hand.APPROVER}),
    (State.IN_REVIEW, State.RETIRED): frozenset({Hand.APPROVER}),
    (State.APPROVED, State.ACTIVE): frozenset({Hand.APPROVER}),
    (State.APPROVED, State.IN_REVIEW): frozenset({Hand.APPROVER, Hand.LAW}),
    (State.APPROVED, State.RETIRED): frozenset({Hand.APPROVER}),
    (State.ACTIVE, State.SUSPENDED): frozenset({Hand.APPROVER, Hand.PSYCHOMETRICIAN}),
    (State.ACTIVE, State.IN_REVIEW): frozenset({Hand.LAW}),
    (State.ACTIVE, State.RETIRED): frozenset({Hand.APPROVER}),
    (State.SUSPENDED, State.ACTIVE): frozenset({Hand.APPROVER}),
    (State.SUSPENDED, State.IN_REVIEW): frozenset({Hand.APPROVER, Hand.LAW}),
    (State.SUSPENDED, State.RETIRED): frozenset({Hand.APPROVER}),
}
NEEDS_ANOTHER_PERSON = frozenset({State.APPROVED, State.ACTIVE})


@dataclass(frozen=True, slots=True)
class Step:
    """One move or edit of an item: `before` and `after` are equal for an edit."""

    before: State
    after: State
    by: str
    hand: Hand
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Life:
    """An item with the people who wrote its version and every step it took."""

    item: Item
    authors: frozenset[str]
    history: tuple[Step, ...] = ()

    @property
    def ever_active(self) -> bool:
        """Whether a candidate may have seen this version."""
        return self.item.state is State.ACTIVE or any(
            State.ACTIVE in (s.before, s.after) for s in self.history
        )


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two versions; `field` is a path such as ``options[2].ru``."""

    field: str
    before: str
    after: str


def move(life: Life, to: State, *, by: str, hand: Hand, note: str, at: datetime) -> Life:
    """Return `life` after a move.

    Parameters
    ----------
    by
        Who moves it.
    hand
        In what capacity; that he has it is the caller's to know.
    note
        Why; never empty.
    at
        When, aware.

    Raises
    ------
    MoveRefusedError
        With code ``no-such-move``, ``not-your-move``, ``note-missing``, ``author-approves``,
        ``language-missing``, ``source-missing``, ``certificate-missing``, ``certificate-wrong``,
        ``grade-missing`` or ``grade-too-low``.
    """
    refusal = _refusal(life, to, by, hand) or _unfit(life.item, to)
    if refusal:
        raise MoveRefusedError(*refusal)
    step = _step(life, to, by, hand, note, at)
    return replace(life, item=replace(life.item, state=to), history=(*life.history, step))


def possible_moves(life: Life, *, by: str, hand: Hand) -> tuple[State, ...]:
    """Return the states that this hand may move the item to now, in the order of a life."""
    return tuple(to for to in State if not _refusal(life, to, by, hand) and not _unfit(life.item, to))


def may_edit(life: Life, hand: Hand) -> bool:
    """Say whether this hand may rewrite the version in place: an author, a draft nobody was examined with."""
    return hand is Hand.AUTHOR and life.item.state is State.DRAFT and not life.ever_active


def edit(life: Life, version: ItemVersion, *, by: str, note: str, at: datetime) -> Life:
    """Return the draft after an edit; whoever edits becomes one of its authors.

    Raises
    ------
    MoveRefusedError
        With code ``frozen`` when the version is not an unused draft, ``other-version`` when `version` is of
        another item or number, ``note-missing``.
    """
    if not may_edit(life, Hand.AUTHOR):
        raise MoveRefusedError("frozen", "this version may not change; an edit begins the next one")
    current = life.item.version
    if (version.item, version.number) != (current.item, current.number):
        raise MoveRefusedError("other-version", "an edit keeps the item and the number of its version")
    step = _step(life, life.item.state, by, Hand.AUTHOR, note, at)
    item = replace(life.item, version=version)
    return Life(item, life.authors | {by}, (*life.history, step))


def next_version(life: Life, *, by: str, note: str, at: datetime) -> Life:
    """Return the life of the next version, a draft with the same words; `life` itself stays as it is.

    Raises
    ------
    MoveRefusedError
        With code ``still-draft`` when the version can be edited in place, ``note-missing``.
    """
    if may_edit(life, Hand.AUTHOR):
        raise MoveRefusedError("still-draft", "a draft is edited in place")
    version = replace(life.item.version, number=life.item.version.number + 1)
    item = replace(life.item, version=version, state=State.DRAFT)
    begun = Life(item, frozenset({by}))
    return replace(begun, history=(_step(begun, State.DRAFT, by, Hand.AUTHOR, note, at),))


def diff(old: ItemVersion, new: ItemVersion) -> tuple[Change, ...]:
    """Return what is different in `new`, field by field, in the order of the page, the number apart."""
    before, after = dict(_leaves(version_to_plain(old))), dict(_leaves(version_to_plain(new)))
    fields = [*before, *(name for name in after if name not in before)]
    changes = (Change(name, before.get(name, ""), after.get(name, "")) for name in fields if name != "number")
    return tuple(change for change in changes if change.before != change.after)


def _refusal(life: Life, to: State, by: str, hand: Hand) -> tuple[str, str] | None:
    hands = MOVES.get((life.item.state, to))
    if hands is None:
        return "no-such-move", f"an item does not go from {life.item.state} to {to}"
    if hand not in hands:
        return "not-your-move", f"{' or '.join(sorted(hands))} moves an item from {life.item.state} to {to}"
    if to in NEEDS_ANOTHER_PERSON and by in life.authors:
        return "author-approves", "who wrote an item does not approve it"
    return None


def _unfit(item: Item, to: State) -> tuple[str, str] | None:
    """Say what an item still lacks before it may be approved or active."""
    if to not in NEEDS_ANOTHER_PERSON:
        return None
    if not item.version.bilingual:
        return "language-missing", "every text is needed in Kazakh and in Russian"
    if item.part is Part.LEGISLATION and item.version.source is None:
        return "source-missing", "the act and article of the key are needed"
    if item.part is Part.LOGIC and not item.version.certificate:
        return "certificate-missing", "the proof that one option is right is needed"
    if item.part is Part.LOGIC and not is_proved(item):
        return "certificate-wrong", "the proof is that of another question"
    if to is State.ACTIVE and item.grade == "C":
        return "grade-too-low", "an item on a fact of grade C is never active"
    if to is State.ACTIVE and item.part is Part.LEGISLATION and not item.grade:
        return "grade-missing", "the grade of the fact is needed"
    return None


def _step(life: Life, to: State, by: str, hand: Hand, note: str, at: datetime) -> Step:
    if not note.strip():
        raise MoveRefusedError("note-missing", "every move needs a note")
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return Step(life.item.state, to, by, hand, note.strip(), at)


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from _leaves(each, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _leaves(each, f"{path}[{place}]")
    else:
        yield path, "" if value is None else str(value)
