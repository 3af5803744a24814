"""Officers: taking in a staff list, whole or not at all, and finding one among many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session

from exam.errors import NotFoundError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.services.officers.officer_columns import COLUMNS, OfficerRecord, folded
from exam.services.officers.officer_sheet import CellProblem, OfficerSheet, read_officers
from exam.services.paging import Paged, paged
from exam.services.spreadsheets import SheetRow, address
from exam.storage.tables import Enrolment, JournalEntry, Officer, Region

AT_ONCE = 500
READERS = (Role.HR,)
SORTS: Mapping[str, tuple[InstrumentedAttribute[Any], ...]] = {
    "name": (Officer.full_name,),
    "unit": (Officer.unit, Officer.full_name),
    "region": (Officer.region_code, Officer.full_name),
    "category": (Officer.post_category, Officer.full_name),
    "appointed": (Officer.appointed_on, Officer.full_name),
}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What a staff list did, or would do; while it has a problem nothing is written."""

    added: int
    changed: int
    unchanged: int
    problems: tuple[CellProblem, ...]
    ignored: tuple[str, ...]
    written: bool


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """An officer as a list shows him."""

    id: int
    iin: str
    full_name: str
    rank: str
    post: str
    post_category: str
    unit: str
    region: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an officer that a staff list changed."""

    at: datetime
    by: str
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class OfficerPage:
    """Everything that a page shows of an officer."""

    id: int
    facts: OfficerRecord
    region: Mapping[str, str]
    campaigns: tuple[tuple[str, int, int], ...]
    changes: tuple[FieldChange, ...]


def import_officers(
    session: Session, rows: Sequence[SheetRow], *, by: Actor | str, at: datetime, dry_run: bool = False
) -> ImportReport:
    """Take in a staff list: new officers are added, known ones (by IIN) updated field by field.

    Parameters
    ----------
    rows : sequence of SheetRow
        From `spreadsheets.read_sheet`; reading happens before the transaction begins.
    dry_run : bool
        Only look; nothing is written.

    Returns
    -------
    ImportReport
        With every problem of the list, each at its cell; nothing is written while there is one, and a second
        import of the same list changes nothing.
    """
    sheet = read_officers(rows, regions=_region_words(session), on=day_of(at))
    known = _known(session, (each.iin for _, each in sheet.records))
    problems = (*sheet.problems, *_out_of_scope(sheet, known, by))
    changes = [
        (known[each.iin], differences(known[each.iin], each))
        for _, each in sheet.records
        if each.iin in known
    ]
    new = [each for _, each in sheet.records if each.iin not in known]
    changed = [(officer, fields_changed) for officer, fields_changed in changes if fields_changed]
    write = not problems and not dry_run
    if write:
        _add(session, new, by=by, at=at)
        _change(session, changed, by=by, at=at)
    return ImportReport(len(new), len(changed), len(changes) - len(changed), problems, sheet.ignored, write)


def differences(officer: Officer, given: OfficerRecord) -> dict[str, tuple[object, object]]:
    """Return the fields in which a staff list differs from what is known: column to old and new."""
    pairs = {column: (getattr(officer, column), getattr(given, column)) for column in COLUMNS}
    return {column: pair for column, pair in pairs.items() if pair[0] != pair[1]}


def _region_words(session: Session) -> dict[str, str]:
    regions = session.scalars(sa.select(Region)).all()
    return {folded(word): r.code for r in regions for word in (r.code, r.name_kk, r.name_ru)}


def _known(session: Session, iins: Iterable[str]) -> dict[str, Officer]:
    wanted = list(iins)
    found: dict[str, Officer] = {}
    for start in range(0, len(wanted), AT_ONCE):
        some = sa.select(Officer).where(Officer.iin.in_(wanted[start : start + AT_ONCE]))
        found |= {officer.iin: officer for officer in session.scalars(some)}
    return found


def _out_of_scope(
    sheet: OfficerSheet, known: Mapping[str, Officer], by: Actor | str
) -> tuple[CellProblem, ...]:
    """Who keeps the list of one region neither adds to another nor takes officers out of it."""
    mine = None if isinstance(by, str) else by.regions(*READERS)
    if mine is None:
        return ()
    found = []
    for number, each in sheet.records:
        there = known.get(each.iin)
        if each.region_code not in mine:
            place = address(sheet.places["region_code"], number)
            found.append(CellProblem(place, "region_code", "region-not-yours", {}))
        elif there is not None and there.region_code not in mine:
            found.append(CellProblem(address(sheet.places["iin"], number), "iin", "officer-elsewhere", {}))
    return tuple(found)


def _add(session: Session, new: Sequence[OfficerRecord], *, by: Actor | str, at: datetime) -> None:
    if not new:
        return
    session.add_all(Officer(**{column: getattr(each, column) for column in COLUMNS}) for each in new)
    session.flush()
    record(session, "officer:added", by=by, at=at, count=len(new), iins=[each.iin for each in new])


def _change(
    session: Session,
    changed: Sequence[tuple[Officer, Mapping[str, tuple[object, object]]]],
    *,
    by: Actor | str,
    at: datetime,
) -> None:
    for officer, changes in changed:
        for column, (_, new) in changes.items():
            setattr(officer, column, new)
        told = {column: [str(old), str(new)] for column, (old, new) in changes.items()}
        record(session, "officer:changed", by=by, at=at, iin=officer.iin, changes=told)


def list_officers(
    session: Session,
    *,
    by: Actor,
    words: str = "",
    region: str = "",
    category: str = "",
    sort: str = "",
    number: int = 1,
) -> Paged[OfficerLine]:
    """Return one page of the officers in the actor's regions, found by name or by the first digits."""
    wanted = sa.select(Officer, Region).join(Region, Region.code == Officer.region_code)
    mine = by.regions(*READERS)
    if mine is not None:
        wanted = wanted.where(Officer.region_code.in_(mine))
    if words := " ".join(words.split()):
        wanted = wanted.where(_matching(words))
    if region:
        wanted = wanted.where(Officer.region_code == region)
    if category:
        wanted = wanted.where(Officer.post_category == category)
    return paged(session, wanted.order_by(*_order(sort)), _line, number=number)


def _matching(words: str) -> sa.ColumnElement[bool]:
    """SQLite folds the case of Latin letters only, so each usual writing of a name is tried."""
    if words.isascii() and words.isdigit():
        return Officer.iin.startswith(words, autoescape=True)
    writings = {words, words.title(), words.upper(), words.lower()}
    return sa.or_(*(Officer.full_name.contains(writing, autoescape=True) for writing in sorted(writings)))


def _order(sort: str) -> list[sa.ColumnElement[Any]]:
    columns = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    falling = sort.startswith("-")
    return [*(column.desc() if falling else column.asc() for column in columns), Officer.id.asc()]


def _line(officer: Officer, region: Region) -> OfficerLine:
    taken = {
        field.name: getattr(officer, field.name) for field in fields(OfficerLine) if field.name != "region"
    }
    return OfficerLine(**taken, region=_names(region))


def _names(region: Region) -> dict[str, str]:
    return {"kk": region.name_kk, "ru": region.name_ru}


def read_officer(session: Session, officer_id: int, *, by: Actor) -> OfficerPage:
    """Return an officer of the actor's regions.

    Raises
    ------
    NotFoundError
        If there is none with this number in the actor's regions.
    """
    officer = session.get(Officer, officer_id)
    mine = by.regions(*READERS)
    if officer is None or (mine is not None and officer.region_code not in mine):
        raise NotFoundError("officer")
    enrolled = session.scalars(sa.select(Enrolment).where(Enrolment.officer_id == officer.id)).all()
    return OfficerPage(
        officer.id,
        OfficerRecord(**{column: getattr(officer, column) for column in COLUMNS}),
        _names(officer.region),
        tuple((each.campaign.code, each.id, each.stage) for each in enrolled),
        _history(session, officer.iin),
    )


def _history(session: Session, iin: str) -> tuple[FieldChange, ...]:
    told = sa.select(JournalEntry).where(
        JournalEntry.tag == "officer:changed",
        sa.type_coerce(JournalEntry.facts, sa.Text).contains(f'"iin":"{iin}"', autoescape=True),
    )
    return tuple(
        FieldChange(entry.at, entry.actor, column, old, new)
        for entry in session.scalars(told.order_by(JournalEntry.id.desc()))
        for column, (old, new) in entry.facts["changes"].items()
    )
