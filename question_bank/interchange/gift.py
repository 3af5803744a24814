"""GIFT, Moodle's text format: questions between empty lines, answers in braces.

Source: Moodle documentation, "GIFT format"; the ordering question ``{>…}`` is that of Moodle's
question type of that name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from question_bank.interchange.details import details_of_tags
from question_bank.interchange.drafts import Collector, Draft, Reading, tidy
from question_bank.interchange.gift_answers import Asked, read_answers
from question_bank.interchange.gift_signs import plain, protect
from question_bank.interchange.languages import usual_language
from question_bank.interchange.markup import LONGEST, unnamed
from question_bank.items import Kind

COMMENT = re.compile(r"\s*//(.*)")
CATEGORY = re.compile(r"\s*\$CATEGORY:\s*(.*)")
TAGS = re.compile(r"\[(tag|id):([^\]]*)\]")
TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
FORMAL = re.compile(
    r"\[(?:html|markdown|plain|moodle)\]|\{>[^\n]{0,200}|\{\s{0,9}(?:TRUE|FALSE|T|F)\b", re.IGNORECASE
)
"""What stands in a question and is no text of it: its form, the head of an order, true or false."""
GAP = "_____"


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one question with the number of the first, and the tags written above it."""

    line: int
    text: str
    category: str
    tags: tuple[str, ...]


def read_gift(text: str, file: str) -> Reading:
    """Read a file in the GIFT format."""
    collector = Collector(file)
    blocks = list(_blocks(text, collector))
    collector.usual = usual_language(_unnamed(block)[0] for block in blocks)
    for block in blocks:
        said, named = _unnamed(block)
        collector.turn_to(said, named=named)
        _question(collector, block)
    return collector.reading()


def _unnamed(block: _Block) -> tuple[str, bool]:
    """Return the texts of a question that do not name their language, and whether others do."""
    said = protect(block.text[:LONGEST])
    title = TITLE.match(said)
    return unnamed(plain(FORMAL.sub(" ", said[title.end() :] if title else said)))


def _blocks(text: str, collector: Collector) -> Iterator[_Block]:
    """Cut the text where Moodle does: at empty lines; comments and categories have lines of their own."""
    lines: list[str] = []
    tags: list[str] = []
    category, first, since = "", 0, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if comment := COMMENT.match(line):
            tags += [said for kind, said in TAGS.findall(comment[1]) if kind == "tag"]
            if "[id:" in comment[1]:
                collector.note(number, "id-number", "an id number of another system is not kept")
        elif (named := CATEGORY.match(line)) and not lines:
            _note_unused(collector, category, since)
            category, since = tidy(plain(protect(named[1]))), number
        elif line.strip():
            first = first or number
            lines.append(line)
        elif lines:
            yield _Block(first, "\n".join(lines), category, tuple(tags))
            lines, tags, first, since = [], [], 0, 0
    _note_unused(collector, category, since)


def _note_unused(collector: Collector, category: str, line: int) -> None:
    if line:
        collector.note(line, "category", f"the category {category!r} holds no question")


def _question(collector: Collector, block: _Block) -> None:
    said = protect(block.text)
    title = TITLE.match(said)
    name = tidy(plain(title[1])) if title else ""
    body = said[title.end() :] if title else said
    if body.count("{") != 1 or body.count("}") != 1 or body.index("{") > body.index("}"):
        if "{" in body or "}" in body:
            collector.refuse(block.line, "braces", "one pair of braces { } is expected", name)
        else:
            collector.refuse(block.line, "no-answer", "a text without answers is not a question", name)
        return
    before, _, rest = body.partition("{")
    inside, _, after = rest.partition("}")
    asked = Asked(collector, block.line + said[: said.index("{")].count("\n"), name)
    stem, form = asked.words(f"{before.rstrip()} {GAP} {after.lstrip()}" if after.strip() else before)
    asked.form = form
    details, fixed = details_of_tags(
        block.tags, lambda tag: asked.note("tag", f"the tag {tag!r} is not kept")
    )
    draft = Draft(Kind.SINGLE, stem, name=name, category=block.category, details=details)
    read = read_answers(asked, inside, draft, fixed)
    if read:
        collector.take(block.line, read)
