"""A test on paper as data: the questions, the sheet for the answers, the key, and the room's own sheet.

A form is printed in the one language that its candidate chose; the sheet of the room bears both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from exam.printing.papers import Both

Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FormHead:
    """What stands on every sheet of a form; `words` are its labels in its language."""

    part: str
    number: int
    digest: str
    campaign: str
    place: str
    held_on: str
    language: str
    words: Mapping[str, str]
    sample: bool
    class_mark: str


@dataclass(frozen=True, slots=True)
class QuestionOnPaper:
    """A question with its options in the order of the paper.

    Attributes
    ----------
    stem, options, lefts, unit
        Texts as the trees of `question_bank.markdown.to_tree`.
    hint : str
        How it is answered, in words.
    picture : tuple of int
        The bytes of a PNG; empty where there is none.
    """

    number: int
    stem: Tree
    options: tuple[Tree, ...]
    lefts: tuple[Tree, ...]
    unit: Tree
    hint: str
    picture: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPaper:
    """The booklet: a cover with what to do, then the questions."""

    head: FormHead
    rules: tuple[str, ...]
    questions: tuple[QuestionOnPaper, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """A line to answer a question on: so many bubbles, or none and a box to write in."""

    number: int
    bubbles: int


@dataclass(frozen=True, slots=True)
class AnswersPaper:
    """The sheet that a candidate fills in and signs."""

    head: FormHead
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """The right answer to a question as it would stand on the sheet, with its points and its item."""

    number: int
    answer: str
    points: int
    item: str


@dataclass(frozen=True, slots=True)
class KeyPaper:
    """The key of a form in the order of its paper."""

    head: FormHead
    lines: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True)
class FormInRoom:
    """A sealed form that is used in a room."""

    part: Both
    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class SeatInRoom:
    """An officer at a seat with the numbers of his forms."""

    seat: int
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomPaper:
    """The sheet of a room: who sits where, by which forms, and the digest of each form."""

    campaign: Both
    place: str
    room: str
    held_on: str
    schedule: Both
    forms: tuple[FormInRoom, ...]
    parts: tuple[Both, ...]
    seats: tuple[SeatInRoom, ...]
    invigilator: str
    sample: bool
    class_mark: str


FormPaper = QuestionsPaper | AnswersPaper | KeyPaper | RoomPaper
