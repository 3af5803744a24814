"""What stands between the braces of a GIFT question."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from question_bank.interchange.drafts import FALSE, TRUE, Collector, Draft, DraftOption
from question_bank.interchange.gift_signs import plain
from question_bank.interchange.markup import read_words
from question_bank.interchange.numbers import read_number
from question_bank.interchange.weights import Weighed, weigh
from question_bank.items import NOTHING, Kind, Text

FORM = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
TRUTH = re.compile(r"(TRUE|FALSE|T|F)\s*((?:#.*)?)", re.IGNORECASE | re.DOTALL)
WEIGHT = re.compile(r"\s*%(-?[0-9]{1,3}(?:\.[0-9]{1,7})?)%")
ORDER = re.compile(r">\s*(?:ALL|EXACT|REL|CONTIG|RANDOM|[0-9]+)?[^\n]*")
RANGE = re.compile(r"(.*?)\.\.(.*)", re.DOTALL)


@dataclass(slots=True)
class Asked:
    """The question whose answers are read: where it stands, and the form that its texts are in."""

    collector: Collector
    line: int
    name: str
    form: str = "moodle"

    def words(self, raw: str) -> tuple[Text, str]:
        """Read a text and the form that it names for itself."""
        named = FORM.match(raw)
        form = named[1].lower() if named else self.form
        words = read_words(plain(raw[named.end() :] if named else raw), form, self.collector.language)
        for tag in words.lost:
            self.note("markup", f"<{tag}> is not kept")
        return words.text, form

    def text(self, raw: str) -> Text:
        return self.words(raw)[0]

    def note(self, check: str, message: str) -> None:
        self.collector.note(self.line, check, message, self.name)

    def refuse(self, check: str, message: str) -> None:
        self.collector.refuse(self.line, check, message, self.name)


def read_answers(asked: Asked, inside: str, draft: Draft, fixed: frozenset[int]) -> Draft | None:
    """Complete a draft with its answers; None when they cannot be ours, which has been told."""
    answers, _, general = inside.partition("####")
    answers = answers.strip()
    draft = replace(draft, feedback=asked.text(general))
    if not answers:
        asked.refuse("essay", "an essay is not a kind of this bank")
        return None
    if answers.startswith("#"):
        return _numeric(asked, answers[1:], draft)
    if answers.startswith(">"):
        return _ordering(asked, answers, draft, fixed)
    if truth := TRUTH.fullmatch(answers):
        return _truth(asked, truth, draft)
    return _signed(asked, answers, draft, fixed)


def _truth(asked: Asked, truth: re.Match[str], draft: Draft) -> Draft:
    """True or false is a single choice of two; the first feedback is for the wrong answer."""
    true = truth[1].upper().startswith("T")
    said = [asked.text(each) for each in truth[2].split("#")[1:3]] + [NOTHING, NOTHING]
    wrong, right = said[0], said[1]
    options = (
        DraftOption(TRUE, true, right if true else wrong),
        DraftOption(FALSE, not true, wrong if true else right),
    )
    return replace(draft, options=options)


def _ordering(asked: Asked, answers: str, draft: Draft, fixed: frozenset[int]) -> Draft | None:
    head = ORDER.match(answers)
    lines = [line for line in answers[head.end() if head else 1 :].split("\n") if line.strip()]
    options = tuple(DraftOption(asked.text(line), fixed=n in fixed) for n, line in enumerate(lines))
    return replace(draft, kind=Kind.ORDERING, options=options)


def _signed(asked: Asked, answers: str, draft: Draft, fixed: frozenset[int]) -> Draft | None:
    """Read answers that each begin with = or ~."""
    if answers[0] not in "=~":
        asked.refuse("no-sign", "an answer is expected to begin with = or ~")
        return None
    pieces = [(each[0], each[1:]) for each in re.split(r"(?=[=~])", answers) if each]
    if all(sign == "=" for sign, _ in pieces):
        if all("->" in rest for _, rest in pieces):
            return _matching(asked, [rest for _, rest in pieces], draft)
        asked.refuse("short-answer", "an answer typed as text is not a kind of this bank")
        return None
    weighed = [_weighed(asked, sign, rest) for sign, rest in pieces]
    single = any(sign == "=" for sign, _ in pieces)
    options = weigh(weighed, single=single, note=asked.note)
    return replace(
        draft,
        kind=Kind.SINGLE if single else Kind.MULTIPLE,
        options=tuple(replace(each, fixed=place in fixed) for place, each in enumerate(options)),
    )


def _weighed(asked: Asked, sign: str, rest: str) -> Weighed:
    weight = WEIGHT.match(rest)
    share = Decimal(weight[1]) if weight else Decimal(100 if sign == "=" else 0)
    said, _, feedback = rest[weight.end() if weight else 0 :].partition("#")
    return Weighed(asked.text(said), share, asked.text(feedback))


def _matching(asked: Asked, pieces: list[str], draft: Draft) -> Draft:
    sides = [piece.partition("->") for piece in pieces]
    pairs = [(asked.text(left), asked.text(right)) for left, _, right in sides]
    paired = [(left, right) for left, right in pairs if left != NOTHING]
    spare = [right for left, right in pairs if left == NOTHING]
    options = tuple(DraftOption(right) for right in (*(right for _, right in paired), *spare))
    return replace(draft, kind=Kind.MATCHING, lefts=tuple(left for left, _ in paired), options=options)


def _numeric(asked: Asked, answers: str, draft: Draft) -> Draft | None:
    """Read one right number; further ones are worth a part of the points, which the bank does not give."""
    answers = answers.strip()
    pieces = re.split(r"(?=[=~])", answers) if answers[:1] in {"=", "~"} else [f"={answers}"]
    read = [_number(piece[1:]) for piece in pieces if piece]
    full = [each for each in read if each[0] == 100 and each[1] is not None]
    if any(number is None for _, number, _ in read):
        asked.refuse("number", "a number, number:tolerance or from..to is expected")
        return None
    if len(full) != 1:
        asked.refuse("key-several", f"{len(full)} numbers are fully right; one is expected")
        return None
    if len(read) > 1:
        asked.note("partial-credit", "numbers that are worth a part of the points are not kept")
    if any(feedback.strip() for _, _, feedback in read):
        asked.note("option-feedback", "what is said to an answered number is not kept")
    number = full[0][1]
    if number is None:
        return None
    return replace(draft, kind=Kind.NUMERIC, answer=number[0], tolerance=number[1])


def _number(piece: str) -> tuple[Decimal, tuple[Decimal, Decimal] | None, str]:
    """Read share, number with tolerance, and feedback."""
    weight = WEIGHT.match(piece)
    said, _, feedback = piece[weight.end() if weight else 0 :].partition("#")
    share = Decimal(weight[1]) if weight else Decimal(100)
    if ranged := RANGE.fullmatch(said):
        low, high = read_number(ranged[1]), read_number(ranged[2])
        if low is None or high is None or low > high:
            return share, None, feedback
        return share, ((low + high) / 2, (high - low) / 2), feedback
    value, _, width = said.partition(":")
    number, tolerance = read_number(value), read_number(width or "0")
    if number is None or tolerance is None or tolerance < 0:
        return share, None, feedback
    return share, (number, tolerance), feedback
