"""Aiken: a question on one line, options ``A)`` or ``A.``, and ``ANSWER: A``.

The letters may be Cyrillic: in their own order, or those that look like the Latin ones on a keyboard of
Kazakhstan. The first line is always of the question, so that initials ("А. С.") are no options.

Source: Moodle documentation, "Aiken format".
"""

import re
from dataclasses import dataclass, field

from question_bank.interchange.drafts import Collector, Draft, DraftOption, Reading
from question_bank.interchange.languages import usual_language
from question_bank.items import Kind

OPTION = re.compile(r"[ \t]*([A-ZА-Я])(?:\)[ \t]*|\.[ \t]+)(.*)")
ANSWER = re.compile(r"[ \t]*(?:ANSWER|ОТВЕТ|ЖАУАБЫ|ЖАУАП)[ \t]*:(.*)", re.IGNORECASE)
FEEDBACK = re.compile(r"[ \t]*FEEDBACK[ \t]*:(.*)", re.IGNORECASE)
LETTER = re.compile(r"[A-ZА-Я]", re.IGNORECASE)
LATIN, CYRILLIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "АБВГДЕЖЗИКЛМНОПРСТ"
ALIKE = "АВСЕНКМОРТХ", "ABCEHKMOPTX"
ALPHABETS = (
    (LATIN, str.maketrans(*ALIKE)),
    (CYRILLIC, str.maketrans(*reversed(ALIKE))),
)


@dataclass(slots=True)
class _Question:
    """One question while its lines come in."""

    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str | None = None
    feedback: str = ""
    broken_off: bool = False

    @property
    def said(self) -> str:
        """All its texts."""
        return "\n".join((*self.stem, *(said for _, said in self.options), self.feedback))


def read_aiken(text: str, file: str) -> Reading:
    """Read a file in the Aiken format."""
    collector = Collector(file)
    question: _Question | None = None
    finished: list[_Question] = []
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if (
            question
            and question.answer is not None
            and not (ANSWER.fullmatch(line) or FEEDBACK.fullmatch(line))
        ):
            finished.append(question)
            question = None
        if not line.strip():
            if question:
                question.broken_off = True
            continue
        if question and question.broken_off and not _goes_on(question, line):
            finished.append(question)
            question = None
        question = question or _Question(number)
        _add(question, line)
    if question:
        finished.append(question)
    collector.usual = usual_language(each.said for each in finished)
    for each in finished:
        collector.turn_to(each.said)
        _finish(collector, each)
    return collector.reading()


def _goes_on(question: _Question, line: str) -> bool:
    """Say whether a line after an empty one still belongs to the question."""
    option = OPTION.fullmatch(line)
    if option:
        return option[1] not in {letter for letter, _ in question.options}
    return bool(question.options and ANSWER.fullmatch(line))


def _add(question: _Question, line: str) -> None:
    if found := ANSWER.fullmatch(line):
        question.answer = f"{question.answer or ''} {found[1]}".strip()
    elif found := FEEDBACK.fullmatch(line):
        question.feedback = found[1]
    elif question.stem and (found := OPTION.fullmatch(line)):
        question.options.append((found[1], found[2]))
    elif question.options:
        letter, said = question.options[-1]
        question.options[-1] = (letter, f"{said}\n{line}")
    else:
        question.stem.append(line)


def _finish(collector: Collector, question: _Question) -> None:
    """Keep a question whose lines are all there."""
    if question.answer is None:
        collector.refuse(question.line, "answer-missing", "no line ANSWER: follows the question")
        return
    letters = "".join(letter for letter, _ in question.options)
    fitting = [(order, alike) for order, alike in ALPHABETS if order.startswith(letters.translate(alike))]
    if not fitting:
        collector.refuse(question.line, "letters", f"the options are lettered {', '.join(letters)}")
        return
    order, alike = fitting[0]
    named = [each.upper().translate(alike) for each in _named(question.answer)]
    if len(named) > 1:
        collector.refuse(question.line, "key-several", f"{len(named)} letters are named as the right answer")
        return
    if not named or named[0] not in order[: len(letters)]:
        said = f"ANSWER: {question.answer[:40]} names no option"
        collector.refuse(question.line, "key-out-of-range", said)
        return
    _keep(collector, question, order.index(named[0]))


def _named(answer: str) -> list[str]:
    """Return the letters of an answer such as ``B``, ``B)`` or ``A, C``; none where other words stand."""
    named = [each for each in re.split(r"[\s,;.)]+", answer) if each]
    return named if all(LETTER.fullmatch(each) for each in named) else []


def _keep(collector: Collector, question: _Question, right: int) -> None:
    options = tuple(
        DraftOption(collector.text(said), place == right) for place, (_, said) in enumerate(question.options)
    )
    stem, feedback = collector.text("\n".join(question.stem)), collector.text(question.feedback)
    collector.take(question.line, Draft(Kind.SINGLE, stem, options, feedback=feedback))
