"""Items, their versions and their keys, and what a response is worth.

An item is what the bank keeps; a version is what a candidate saw. A version never changes: a correction is
the next version. Options are named by their place in the version, counted from 0, whatever order a candidate
saw them in, so that a response means the same thing on every terminal and in every statistic.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from question_bank.errors import MalformedKeyError, MalformedResponseError

LANGUAGES = ("kk", "ru")
INDEXES = re.compile(r"(?:0|[1-9][0-9]?)(?:,(?:0|[1-9][0-9]?))*", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,12}(?:[.,][0-9]{1,6})?", re.ASCII)


class Part(StrEnum):
    """The computer tests that draw on the bank."""

    LEGISLATION = "legislation"
    LOGIC = "logic"


class Kind(StrEnum):
    SINGLE = "single"
    MULTIPLE = "multiple"
    ORDERING = "ordering"
    MATCHING = "matching"
    NUMERIC = "numeric"


class State(StrEnum):
    """Where an item stands in its life; `question_bank.life_cycle` says who moves it."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Kazakh and in Russian."""

    kk: str
    ru: str

    @property
    def complete(self) -> bool:
        return bool(self.kk.strip() and self.ru.strip())

    def in_language(self, language: str) -> str:
        return {"kk": self.kk, "ru": self.ru}[language]


NOTHING = Text("", "")


@dataclass(frozen=True, slots=True)
class Option:
    """One option; a `fixed` one keeps its place on every screen."""

    text: Text
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where the key stands in the law.

    `act` is the code of an act in `question_bank.legislation`; `valid_from` and `valid_to` are both days on
    which the key still holds; None means no limit known.
    """

    act: str
    article: Text
    redaction: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class ChosenKey:
    """The right option of a single choice, or all right options of a multiple choice."""

    options: frozenset[int]


@dataclass(frozen=True, slots=True)
class OrderKey:
    """The options in their right order, first to last."""

    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MatchKey:
    """For each left side, in its order, the option that belongs to it."""

    options: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NumberKey:
    """The right number; an answer as far away as `tolerance` is still right."""

    value: Decimal
    tolerance: Decimal = Decimal(0)


Key = ChosenKey | OrderKey | MatchKey | NumberKey


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """What a candidate is asked, with its key: one frozen wording of an item.

    `image` names its picture; `image_alt` says in words what the picture shows, where the stem does not.

    Raises
    ------
    MalformedKeyError
        If the key does not fit the kind or names an option that is not there.
    """

    item: str
    number: int
    kind: Kind
    stem: Text
    key: Key
    options: tuple[Option, ...] = ()
    lefts: tuple[Text, ...] = ()
    rationale: Text = NOTHING
    unit: Text = NOTHING
    source: Source | None = None
    points: int = 1
    image: str = ""
    image_alt: Text = NOTHING
    seed: str = ""
    certificate: str = ""

    def __post_init__(self) -> None:
        fault = key_fault(self)
        if fault:
            raise MalformedKeyError(f"{self.item}: {fault}")

    @property
    def texts(self) -> tuple[Text, ...]:
        """Every text a candidate reads, in the order of the page; at the end what stands for the picture."""
        rest = tuple(text for text in (self.unit, self.image_alt) if text != NOTHING)
        return (self.stem, *self.lefts, *(option.text for option in self.options), *rest)

    @property
    def bilingual(self) -> bool:
        """Whether every text is there in both languages; a certificate may stand for the rationale."""
        proved = bool(self.certificate) and self.rationale == NOTHING
        return all(text.complete for text in self.texts) and (proved or self.rationale.complete)


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the bank with its current version.

    `level` is the author's intention: 1 easy, 2 medium, 3 hard. `grade` is the trust in the fact behind a
    legislation item: A, B, or C, which is never active. `enemies` are items that give this one away; they
    never share a form.
    """

    code: str
    part: Part
    area: str
    level: int
    state: State
    version: ItemVersion
    topic: str = ""
    fact: str = ""
    grade: str = ""
    enemies: frozenset[str] = frozenset()

    @property
    def act(self) -> str:
        """Code of the act the key stands on; empty for a logic item."""
        return self.version.source.act if self.version.source else ""

    def usable_on(self, day: date) -> bool:
        """Say whether the item may be drawn for a test on `day`."""
        source = self.version.source
        return self.state is State.ACTIVE and (source is None or source.holds_on(day))


def key_fault(version: ItemVersion) -> str:
    """Say in one clause why the key does not fit its version; empty when it does."""
    places = set(range(len(version.options)))
    match version.kind, version.key:
        case Kind.SINGLE, ChosenKey(chosen):
            return "" if len(chosen) == 1 and chosen <= places else "a single choice needs one right option"
        case Kind.MULTIPLE, ChosenKey(chosen):
            return "" if chosen and chosen <= places else "a multiple choice needs right options"
        case Kind.ORDERING, OrderKey(order):
            return (
                ""
                if len(order) > 1 and sorted(order) == sorted(places)
                else "the order needs every option once"
            )
        case Kind.MATCHING, MatchKey(options):
            fits = len(options) == len(version.lefts) > 0 and set(options) <= places
            return "" if fits and len(set(options)) == len(options) else "each left side needs its own option"
        case Kind.NUMERIC, NumberKey(_, tolerance):
            return (
                "" if tolerance >= 0 and not places else "a number needs no options, a tolerance of 0 or more"
            )
    return f"{type(version.key).__name__} is not the key of a {version.kind} question"


def read_response(version: ItemVersion, response: str) -> tuple[int, ...] | Decimal | None:
    """Read what a terminal sent.

    Parameters
    ----------
    response
        ASCII: ``"2"`` single, ``"0,2"`` multiple, ``"2,0,1"`` ordering (options first to last), ``"1,0,2"``
        matching (the option for each left side), ``"12,5"`` numeric; ``""`` no answer.

    Returns
    -------
    tuple of int, Decimal or None
        Option places for the choice kinds, a number for the numeric kind, None for no answer.

    Raises
    ------
    MalformedResponseError
        If `response` is not of that form or names an option that is not there.
    """
    if not response:
        return None
    if version.kind is Kind.NUMERIC:
        if not NUMBER.fullmatch(response):
            raise MalformedResponseError("a number in ASCII digits is expected")
        return Decimal(response.replace(",", "."))
    if not INDEXES.fullmatch(response):
        raise MalformedResponseError("option places separated by commas are expected")
    chosen = tuple(int(place) for place in response.split(","))
    if len(set(chosen)) != len(chosen) or max(chosen) >= len(version.options):
        raise MalformedResponseError("an option is named twice or is not there")
    expected = {Kind.SINGLE: 1, Kind.ORDERING: len(version.options), Kind.MATCHING: len(version.lefts)}
    if len(chosen) != expected.get(version.kind, len(chosen)):
        raise MalformedResponseError(f"{expected[version.kind]} options are expected")
    return chosen


def score_response(version: ItemVersion, response: str) -> int:
    """Return the points of `response`: all points of the version when it is wholly right, else 0.

    No answer is worth 0.

    Raises
    ------
    MalformedResponseError
        As `read_response`; a response that was accepted from a terminal never raises.
    """
    answer = read_response(version, response)
    if answer is None:
        return 0
    match version.key, answer:
        case ChosenKey(options), tuple():
            right = frozenset(answer) == options
        case ((OrderKey(expected) | MatchKey(expected)), tuple()):
            right = answer == expected
        case NumberKey(value, tolerance), Decimal():
            right = abs(answer - value) <= tolerance
        case _:
            right = False
    return version.points if right else 0


def right_response(version: ItemVersion) -> str:
    """Return the key written as a response; for reports and rehearsals, never for a terminal."""
    match version.key:
        case ChosenKey(options):
            return ",".join(str(place) for place in sorted(options))
        case OrderKey(places) | MatchKey(places):
            return ",".join(str(place) for place in places)
        case NumberKey(value, _):
            return format(value, "f")


def stirred(code: str, count: int) -> tuple[int, ...]:
    """Return places 0 … `count` − 1 in an order that follows from `code` alone and is never the natural one.

    Authors write ordering and matching items in the right order; stored so, the places themselves would be
    the key.
    """
    order = sorted(range(count), key=lambda place: hashlib.sha256(f"{code}/{place}".encode()).digest())
    if order == list(range(count)):
        order = order[1:] + order[:1]
    return tuple(order)


def ordering(code: str, options: Sequence[Option]) -> tuple[tuple[Option, ...], OrderKey]:
    """Return options written in their right order as stored options and their key."""
    order = stirred(code, len(options))
    key = OrderKey(tuple(order.index(place) for place in range(len(options))))
    return tuple(options[place] for place in order), key


def matching(code: str, rights: Sequence[Option]) -> tuple[tuple[Option, ...], MatchKey]:
    """Return right sides written beside their left sides as stored options and their key."""
    options, key = ordering(code, rights)
    return options, MatchKey(key.order)
