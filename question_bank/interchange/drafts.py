"""A draft: a question as it stood in a file, before anybody answers for it; and what reading a file gave."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from question_bank.interchange.fields import read_fields
from question_bank.interchange.languages import language_of, looks_mixed
from question_bank.items import NOTHING, Kind, Text
from question_bank.problems import Problem

TRUE, FALSE = Text("Дұрыс", "Верно"), Text("Дұрыс емес", "Неверно")
LINE_ENDS = re.compile("\r\n?|[\u000b\u000c\u0085\u2028\u2029]")
NOT_TEXT = re.compile("[\u0000-\u0008\u000e-\u001f\u007f\u0080-\u009f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
BLANKS = re.compile("[ \t]+")
MOST_OPTIONS = 26
MOST_CHARACTERS = 20_000


def tidy(text: str) -> str:
    """Return text as the bank keeps it: NFC, line ends as ``\\n``, no runs of blanks, no control signs."""
    lines = LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).split("\n")
    cleaned = (BLANKS.sub(" ", BIDI.sub("", NOT_TEXT.sub("", line))).strip() for line in lines)
    return unicodedata.normalize("NFC", "\n".join(cleaned).strip())


def in_one(language: str, text: str) -> Text:
    """Return a text that the file has in one language only."""
    return Text(tidy(text), "") if language == "kk" else Text("", tidy(text))


@dataclass(frozen=True, slots=True)
class DraftOption:
    """One option; `right` speaks for single and multiple choices only."""

    text: Text
    right: bool = False
    feedback: Text = NOTHING
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A question read from a file.

    Parameters
    ----------
    options
        In the order of the file; of an ordering question in the right order; of a matching question first
        those that belong to `lefts`, in the same order, then those that belong to none.
    answer, tolerance
        Of a numeric question.
    feedback
        What the file says of the whole question: the bank's rationale.
    details
        Further fields of our own bank, such as ``act`` or ``level``, by name.
    place
        File and line, cell or entry.
    picture
        Name of the picture inside the file; empty when there is none.
    """

    kind: Kind
    stem: Text
    options: tuple[DraftOption, ...] = ()
    lefts: tuple[Text, ...] = ()
    answer: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    feedback: Text = NOTHING
    name: str = ""
    category: str = ""
    details: tuple[tuple[str, str], ...] = ()
    place: str = ""
    picture: str = ""

    def detail(self, name: str) -> str:
        return dict(self.details).get(name, "")

    @property
    def described(self) -> Text:
        """What the picture shows, in words."""
        return Text(self.detail("image_alt_kk"), self.detail("image_alt_ru"))

    @property
    def right(self) -> tuple[int, ...]:
        """Places of the right options of a choice."""
        return tuple(place for place, option in enumerate(self.options) if option.right)

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(language for language in ("kk", "ru") if self.stem.in_language(language))

    def without_place(self) -> "Draft":
        """Return what the question says, wherever it stood: for comparison."""
        return replace(self, place="")


def fault(draft: Draft) -> tuple[str, str] | None:
    """Name why a draft cannot be an item of the bank: a stable word and a sentence; None when it can."""
    if not (draft.stem.kk or draft.stem.ru):
        return "stem-missing", "the question has no text"
    if len(draft.options) > MOST_OPTIONS:
        return "too-many-options", f"{len(draft.options)} options; {MOST_OPTIONS} are the most"
    texts = (draft.stem, draft.feedback, *draft.lefts, *(option.text for option in draft.options))
    if any(len(text.kk) > MOST_CHARACTERS or len(text.ru) > MOST_CHARACTERS for text in texts):
        return "too-long", f"a text is longer than {MOST_CHARACTERS} characters"
    if any(option.text == NOTHING for option in draft.options) or NOTHING in draft.lefts:
        return "option-missing", "an option has no text"
    return _fault_of_key(draft)


def _fault_of_key(draft: Draft) -> tuple[str, str] | None:
    words = [option.text for option in draft.options]
    if draft.kind is Kind.NUMERIC:
        return ("answer-missing", "the right number is missing") if draft.answer is None else None
    if len(set(words)) != len(words):
        return "options-alike", "two options have the same text"
    if draft.kind is Kind.MATCHING:
        fits = 0 < len(draft.lefts) <= len(words) > 1
        return None if fits else ("pairs-missing", "at least two pairs are expected")
    if len(words) < 2:
        return "options-missing", "at least two options are expected"
    if draft.kind is Kind.ORDERING:
        return None
    if not draft.right:
        return "key-missing", "no option is marked as right"
    if draft.kind is Kind.SINGLE and len(draft.right) > 1:
        return "key-several", f"{len(draft.right)} options are marked as right in a single choice"
    return None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: drafts, what was not read and why, and what was left out of what was read.

    `pictures` are bytes of strangers by the names that drafts give them; nobody shows them as they are.
    """

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    pictures: tuple[tuple[str, bytes], ...] = ()


@dataclass(slots=True)
class Collector:
    """Gathers a reading while a file is gone through; no fault stops it.

    `usual` is the language of most questions of the file, `language` that of the question which is read.
    """

    file: str
    usual: str = "ru"
    language: str = "ru"
    doubt: str = ""
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def place(self, where: int | str) -> str:
        return f"{self.file}:{where}" if where != "" else self.file

    def text(self, raw: str) -> Text:
        return in_one(self.language, raw)

    def turn_to(self, unnamed: str, *, named: bool = False, spoken: str = "") -> None:
        """Begin a question: tell its language by those of its texts that do not name theirs.

        `named` says that there are others: then signs and numbers alone need no language. `spoken` is the
        language that the file names for the whole question; Kazakh letters speak louder.
        """
        told = language_of(unnamed)
        told = spoken if spoken and told != "kk" else told
        self.language = told or self.usual
        self.doubt = ""
        if not told and (any(map(str.isalpha, unnamed)) or not named):
            self.doubt = "nothing in it tells its language; taken as"
        elif looks_mixed(unnamed):
            self.doubt = "it has words of both languages; taken as"

    def refuse(self, where: int | str, check: str, message: str, item: str = "") -> None:
        self.problems.append(Problem(item, check, message, self.place(where)))

    def note(self, where: int | str, check: str, message: str, item: str = "") -> None:
        found = Problem(item, check, message, self.place(where))
        if found not in self.notes[-20:]:
            self.notes.append(found)

    def take(self, where: int | str, draft: Draft, *, cell: Callable[[str], str] | None = None) -> None:
        """Keep a draft with its fields read, or note why it cannot be an item.

        `cell` tells where a field stands; without it a field stands where its question does.
        """
        found = fault(draft)
        if found:
            self.refuse(where, *found, item=draft.name)
            return
        if self.doubt:
            spoken = {"kk": "Kazakh", "ru": "Russian"}[self.language]
            self.note(where, "language-supposed", f"{self.doubt} {spoken}", draft.name)
        fields, unkept = read_fields(dict(draft.details))
        for each in unkept:
            self.note(cell(each.name) if cell else where, each.check, each.message, draft.name)
        self.drafts.append(replace(draft, details=tuple(fields.items()), place=self.place(where)))

    def reading(self) -> Reading:
        found = (tuple(self.drafts), tuple(self.problems), tuple(self.notes))
        return Reading(*found, tuple(self.pictures.items()))


def draft_to_plain(draft: Draft) -> dict[str, Any]:
    """Return a draft as the JSON object that `synaq bank import --json` prints."""
    return {
        "kind": str(draft.kind),
        "name": draft.name,
        "category": draft.category,
        "languages": list(draft.languages),
        "stem": _plain(draft.stem),
        "options": [_option_to_plain(option) for option in draft.options],
        "lefts": [_plain(left) for left in draft.lefts],
        "key": _key_to_plain(draft),
        "tolerance": format(draft.tolerance, "f") if draft.kind is Kind.NUMERIC else None,
        "feedback": _plain(draft.feedback),
        "details": dict(draft.details),
        "place": draft.place,
        "picture": draft.picture,
    }


def draft_from_plain(plain: Mapping[str, Any]) -> Draft:
    """Read what `draft_to_plain` wrote."""
    kind = Kind(plain["kind"])
    key = plain["key"]
    right = {key} if kind is Kind.SINGLE else set(key) if kind is Kind.MULTIPLE else set()
    return Draft(
        kind=kind,
        stem=_text(plain["stem"]),
        options=tuple(
            DraftOption(_text(each), place in right, _text(each["feedback"]), each["fixed"])
            for place, each in enumerate(plain["options"])
        ),
        lefts=tuple(_text(left) for left in plain["lefts"]),
        answer=Decimal(key) if kind is Kind.NUMERIC else None,
        tolerance=Decimal(plain["tolerance"] or 0),
        feedback=_text(plain["feedback"]),
        name=plain["name"],
        category=plain["category"],
        details=tuple(plain["details"].items()),
        place=plain["place"],
        picture=plain["picture"],
    )


def _plain(text: Text) -> dict[str, str]:
    return {"kk": text.kk, "ru": text.ru}


def _text(plain: Mapping[str, str]) -> Text:
    return Text(plain["kk"], plain["ru"])


def _option_to_plain(option: DraftOption) -> dict[str, Any]:
    return {**_plain(option.text), "feedback": _plain(option.feedback), "fixed": option.fixed}


def _key_to_plain(draft: Draft) -> Any:
    """Return the place of the right option, or places, or the number as text; places count from 0."""
    match draft.kind:
        case Kind.SINGLE:
            return draft.right[0]
        case Kind.MULTIPLE:
            return list(draft.right)
        case Kind.ORDERING:
            return list(range(len(draft.options)))
        case Kind.MATCHING:
            return list(range(len(draft.lefts)))
        case Kind.NUMERIC:
            return format(draft.answer or Decimal(0), "f")
