"""An item while it is being written, as a candidate would see it, and what the checks say of it."""

from dataclasses import dataclass, replace

from exam.errors import RefusedError
from exam.services.bank.item_pictures import picture_address
from exam.services.bank.item_writing import Writing, as_version
from exam.services.terminal.part_page import Question
from question_bank.checks import check_item
from question_bank.items import LANGUAGES, Item, ItemVersion, Kind, Part, State
from question_bank.legislation import shipped_acts
from question_bank.markdown import to_html, to_inline_html
from question_bank.presentation import shown
from question_bank.problems import Problem

SEED = b"synaq/preview/1"
PROOF = "certificate-missing"  # the proof of a logic item is not typed


@dataclass(frozen=True, slots=True)
class Preview:
    """What a candidate would see in each language; empty while there is too little to show.

    Attributes
    ----------
    fault : RefusedError or None
        Why the key does not fit yet.
    problems : tuple of Problem
        What the content checks find.
    """

    questions: tuple[tuple[str, Question], ...]
    fault: RefusedError | None
    problems: tuple[Problem, ...]


def preview(writing: Writing, *, part: Part, code: str, image: str = "") -> Preview:
    """Show what is written so far; a key that does not fit yet does not stand in the way."""
    try:
        version = replace(as_version(writing, code, 1), image=image)
    except RefusedError as fault:
        try:
            return Preview(_questions(replace(as_version(_keyed(writing), code, 1), image=image)), fault, ())
        except RefusedError:
            return Preview((), fault, ())
    item = Item(
        code=code,
        part=part,
        area=writing.area,
        level=writing.level,
        state=State.DRAFT,
        version=version,
        topic=writing.topic,
        fact=writing.fact,
        grade=writing.grade,
    )
    found = check_item(item, shipped_acts().acts)
    return Preview(_questions(version), None, tuple(each for each in found if each.check != PROOF))


def _keyed(writing: Writing) -> Writing:
    """Mark the first option as right, so that a choice without a key can be looked at."""
    if writing.kind is Kind.NUMERIC:
        return replace(writing, tolerance=abs(writing.tolerance))
    return replace(writing, rows=tuple(replace(row, key=not place) for place, row in enumerate(writing.rows)))


def _questions(version: ItemVersion) -> tuple[tuple[str, Question], ...]:
    return tuple((language, _question(version, language, place)) for place, language in enumerate(LANGUAGES))


def _question(version: ItemVersion, language: str, position: int) -> Question:
    seen = shown(SEED, version)
    return Question(
        position=position,
        kind=seen.kind.value,
        stem=to_html(seen.stem.in_language(language)),
        options=tuple(to_inline_html(option.text.in_language(language)) for option in seen.options),
        lefts=tuple(to_inline_html(left.in_language(language)) for left in seen.lefts),
        unit=to_inline_html(seen.unit.in_language(language)),
        image=picture_address(seen.image),
        response="",
    )
