"""An item while it is being written, as a candidate would see it, and what the checks say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.services.bank.item_pictures import address_of, picture_address
from exam.services.bank.item_writing import Writing, as_version
from exam.services.bank.spelling import strange_in
from exam.services.terminal.part_page import Question, as_asked
from question_bank.checks import check_item
from question_bank.items import LANGUAGES, Item, ItemVersion, Kind, Part, State
from question_bank.legislation import shipped_acts
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
    strange : mapping of str to sequence of str
        Words that are in no dictionary, by language.
    """

    questions: tuple[tuple[str, Question], ...]
    fault: RefusedError | None
    problems: tuple[Problem, ...] = ()
    strange: Mapping[str, Sequence[str]] = field(default_factory=dict)


def preview(session: Session, writing: Writing, *, part: Part, code: str) -> Preview:
    """Show what is written so far; a key that does not fit yet does not stand in the way."""
    try:
        version = as_version(writing, code, 1)
    except RefusedError as fault:
        try:
            return Preview(as_candidates_see(session, as_version(_keyed(writing), code, 1)), fault)
        except RefusedError:
            return Preview((), fault)
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
    return Preview(
        questions=as_candidates_see(session, version),
        fault=None,
        problems=tuple(each for each in found if each.check != PROOF),
        strange=strange_in(version),
    )


def _keyed(writing: Writing) -> Writing:
    """Mark the first option as right, so that a choice without a key can be looked at."""
    if writing.kind is Kind.NUMERIC:
        return replace(writing, tolerance=abs(writing.tolerance))
    return replace(writing, rows=tuple(replace(row, key=not place) for place, row in enumerate(writing.rows)))


def as_candidates_see(
    session: Session, version: ItemVersion, png: bytes | None = None
) -> tuple[tuple[str, Question], ...]:
    """Return a version as a candidate would see it, in each language that it is written in.

    Parameters
    ----------
    png : bytes, optional
        Its picture, where that is not kept yet.
    """
    seen = shown(SEED, version)
    image = address_of(png) if png else picture_address(session, version.image)
    return tuple(
        (language, as_asked(seen, language, place, image=image))
        for place, language in enumerate(LANGUAGES)
        if seen.stem.in_language(language)
    )
