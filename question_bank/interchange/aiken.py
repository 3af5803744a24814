"""Aiken: a question on one line, options ``A)`` or ``A.``, and ``ANSWER: A``.

Source: Moodle documentation, "Aiken format".
"""

import re
from dataclasses import dataclass, field

from question_bank.interchange.drafts import Collector, Draft, DraftOption, Reading, language_of
from question_bank.items import Kind

OPTION = re.compile(r"\s*([A-Z])[).]\s+(.*)", re.ASCII)
ANSWER = re.compile(r"[ \t]*ANSWER[ \t]*:(.*)", re.ASCII | re.IGNORECASE)
FEEDBACK = re.compile(r"[ \t]*FEEDBACK[ \t]*:(.*)", re.ASCII | re.IGNORECASE)


@dataclass(slots=True)
class _Question:
    """One question while its lines come in."""

    line: int
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str | None = None
    feedback: str = ""
    broken_off: bool = False


def read_aiken(text: str, file: str) -> Reading:
    """Read a file in the Aiken format."""
    collector = Collector(file, language_of(text))
    question: _Question | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if question and question.answer is not None and not FEEDBACK.fullmatch(line):
            _finish(collector, question)
            question = None
        if not line.strip():
            if question and question.options and question.answer is None:
                _finish(collector, question)
                question = None
            elif question:
                question.broken_off = True
            continue
        if question and question.broken_off and not question.options and not OPTION.fullmatch(line):
            _finish(collector, question)
            question = None
        question = question or _Question(number)
        _add(question, line)
    if question:
        _finish(collector, question)
    return collector.reading()


def _add(question: _Question, line: str) -> None:
    if found := ANSWER.fullmatch(line):
        question.answer = found[1].strip()
    elif found := FEEDBACK.fullmatch(line):
        question.feedback = found[1]
    elif found := OPTION.fullmatch(line):
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
    letters = [letter for letter, _ in question.options]
    if letters != [chr(ord("A") + place) for place in range(len(letters))]:
        collector.refuse(question.line, "letters", f"the options are lettered {', '.join(letters)}")
        return
    if question.answer.upper() not in letters:
        said = f"ANSWER: {question.answer[:40]} names no option"
        collector.refuse(question.line, "key-out-of-range", said)
        return
    options = tuple(
        DraftOption(collector.text(said), letter == question.answer.upper())
        for letter, said in question.options
    )
    stem, feedback = collector.text("\n".join(question.stem)), collector.text(question.feedback)
    collector.take(question.line, Draft(Kind.SINGLE, stem, options, feedback=feedback))
