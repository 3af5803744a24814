"""Drafts of a file into the bank of an installation: each a draft for an author, none more than that."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.actors import Actor
from exam.services.bank.item_pictures import is_kept, keep_pictures, picture_name, shipped_png
from exam.services.bank.loading import add_item
from exam.services.bank.reading import as_item, versions_in
from exam.services.interchange.pictures import as_png
from exam.services.journaling import record
from exam.storage.tables import ItemRow
from question_bank.interchange.codes import Coded, code_of, coded
from question_bank.interchange.drafts import Draft
from question_bank.interchange.fields import codes_in
from question_bank.interchange.items import draft_of, item_of
from question_bank.items import Item, State
from question_bank.problems import Problem

__all__ = ["Arrival", "Loaded", "code_of", "load_drafts", "look_at", "unknown_enemies"]

NOTE = "from a file"
NO_PICTURES: Mapping[str, bytes] = MappingProxyType({})
UNCOMPARED = {"state", "seed", "certificate", "image"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """A draft as it would enter the bank.

    Parameters
    ----------
    item
        The item it would be.
    place
        Where it stands in its file.
    known
        Whether the bank has this very question under its code already.
    differs
        Whether the bank has another question under its code: this one is not taken in.
    notes
        What of it would not be kept, because the bank does not know what it names.
    """

    item: Item
    place: str
    known: bool = False
    differs: bool = False
    notes: tuple[Problem, ...] = ()

    @property
    def new(self) -> bool:
        return not (self.known or self.differs)

    @property
    def problem(self) -> Problem | None:
        """Why it is not taken in, where the bank has something else under its code."""
        said = "the bank has another question under this code; this one is not taken in"
        return Problem(self.item.code, "code-taken", said, self.place) if self.differs else None


@dataclass(frozen=True, slots=True)
class Loaded:
    """Codes of what was written, and of what was there before; what was not taken in, and what not kept."""

    written: tuple[str, ...]
    known: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()


def look_at(session: Session, drafts: Sequence[Draft], pictures: Collection[str] = ()) -> tuple[Arrival, ...]:
    """Return what `load_drafts` would make of drafts; nothing is written.

    A question that stands twice in the file arrives once: what `question_bank.interchange.codes` notes of
    that is among the notes of the report on the file.

    Parameters
    ----------
    drafts : sequence of Draft
    pictures : collection of str
        Names of the pictures that come along.
    """
    arriving, _ = coded(drafts)
    codes = set(session.scalars(sa.select(ItemRow.code)))
    stored = _stored(session, [each.code for each in arriving if each.code in codes])
    known = frozenset(codes | {each.code for each in arriving})
    lost = _categories_lost(arriving)
    arrivals = []
    for each in arriving:
        item = item_of(each.draft, each.code)
        item = replace(item, enemies=item.enemies & known)
        if each.code in codes:
            same = each.code in stored and _says_the_same(item, stored[each.code])
            arrivals.append(Arrival(item, each.draft.place, known=same, differs=not same))
        else:
            notes = (*_enemies_left_out(each.draft, known), *lost.get(each.code, ()))
            arrivals.append(_with_picture(session, Arrival(item, each.draft.place, notes=notes), pictures))
    return tuple(arrivals)


def unknown_enemies(drafts: Sequence[Draft], codes: Collection[str]) -> tuple[Problem, ...]:
    """Note the enemies that are neither in the file nor among the codes of a bank: they are left out."""
    arriving, _ = coded(drafts)
    known = {*codes, *(each.code for each in arriving)}
    return tuple(note for each in arriving for note in _enemies_left_out(each.draft, known))


def load_drafts(
    session: Session,
    drafts: Sequence[Draft],
    pictures: Mapping[str, bytes] = NO_PICTURES,
    *,
    by: Actor | str,
    at: datetime,
) -> Loaded:
    """Write drafts as items in the state draft; what was taken in before is left as it is.

    Parameters
    ----------
    drafts : sequence of Draft
    pictures : mapping of str to bytes
        PNG files, painted anew, by the names that drafts give them.
    by : Actor or str
        The author of the drafts, or a word for what acts by itself.
    at : datetime
    """
    arrivals = look_at(session, drafts, pictures)
    new = [each for each in arrivals if each.new]
    keep_pictures(session, pictures, at=at)
    author = by.id if isinstance(by, Actor) else None
    for each in new:
        add_item(session, each.item, author=author, at=at, note=NOTE)
    loaded = Loaded(
        written=tuple(each.item.code for each in new),
        known=tuple(each.item.code for each in arrivals if each.known),
        problems=tuple(each.problem for each in arrivals if each.problem),
        notes=tuple(note for each in new for note in each.notes),
    )
    if new:
        told = {"items": len(new), "known": len(loaded.known)}
        record(session, "bank:imported", by=by, at=at, **told)
    return loaded


def _stored(session: Session, codes: Iterable[str]) -> dict[str, Item]:
    """Return what the bank has under codes, each in its newest version."""
    found = session.execute(versions_in(*State).where(ItemRow.code.in_(codes))).all()
    return {version.item.code: as_item(version, State(state)) for version, state in found}


def _enemies_left_out(draft: Draft, known: Collection[str]) -> Iterator[Problem]:
    unknown = [code for code in codes_in(draft.detail("enemies")) if code not in known]
    if unknown:
        said = f"enemies: {', '.join(unknown)[:200]} in neither the file nor the bank; left out"
        yield Problem(draft.name, "enemy-unknown", said, draft.place)


def _categories_lost(arriving: Iterable[Coded]) -> dict[str, tuple[Problem, ...]]:
    """Note each category of a file that is no area of a bank, at the first question of it."""
    first: dict[str, Coded] = {}
    for each in arriving:
        if each.draft.category and not each.draft.detail("area"):
            first.setdefault(each.draft.category, each)
    said = "the category {!r} names no area of the bank; it is not kept"
    return {
        each.code: (Problem(each.draft.name, "category-lost", said.format(name[:80]), each.draft.place),)
        for name, each in first.items()
    }


def _with_picture(session: Session, arrival: Arrival, pictures: Collection[str]) -> Arrival:
    """Return an arrival that names no picture which is nowhere."""
    item, image = arrival.item, arrival.item.version.image
    if not image or image in pictures or is_kept(session, image):
        return arrival
    said = f"the picture {image[:80]!r} is neither in the file nor in the bank; it is not kept"
    note = Problem(item.code, "picture-unknown", said, arrival.place)
    bare = replace(item, version=replace(item.version, image=""))
    return replace(arrival, item=bare, notes=(*arrival.notes, note))


def _says_the_same(item: Item, there: Item) -> bool:
    """Say whether an arriving item says what one of the bank does, whatever became of that one since.

    A picture that is shipped arrives under the name that follows from its content.
    """
    image = there.version.image
    return _said(item) == _said(there) and item.version.image in {image, _painted(image)}


def _said(item: Item) -> Draft:
    draft = draft_of(item)
    return replace(
        draft, details=tuple((name, value) for name, value in draft.details if name not in UNCOMPARED)
    )


@lru_cache(maxsize=256)
def _painted(image: str) -> str:
    """Return the name under which a shipped picture comes back; another keeps its name."""
    png = as_png(shipped_png(image))
    return picture_name(png) if png else image
