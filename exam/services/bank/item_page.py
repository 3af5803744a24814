"""One item as its page shows it: wording, source and key, versions and moves, use, what the checks say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.services.actors import Actor
from exam.services.bank.amendments import is_outdated
from exam.services.bank.item_content import from_content
from exam.services.bank.item_lives import hands_of, life_of, open_moves
from exam.services.bank.item_versions import find_item, find_version, was_in_use
from exam.services.bank.reading import as_item, version_states
from exam.services.bank.spelling import strange_in
from exam.services.local_days import day_of
from exam.storage.tables import (
    Account,
    Admission,
    Attempt,
    Campaign,
    Form,
    FormItem,
    ItemMove,
    ItemRow,
    ItemVersionRow,
)
from question_bank.checks import check_item
from question_bank.items import Item, State
from question_bank.legislation import shipped_acts
from question_bank.life_cycle import Change, Hand, Life, diff
from question_bank.problems import Problem

OVERTAKABLE = (State.IN_REVIEW, State.APPROVED, State.ACTIVE, State.SUSPENDED)
UNAPPROVED = (State.DRAFT, State.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in the list of versions; `forms` and `attempts` count its use."""

    number: int
    state: State
    by: str
    at: datetime
    digest: str
    forms: int
    attempts: int


@dataclass(frozen=True, slots=True)
class MoveLine:
    """A move of a version; an edit leaves the state as it was."""

    number: int
    before: State
    after: State
    by: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FormUse:
    """A form in which the item stands."""

    form_id: int
    campaign: str
    number: int
    version: int
    sealed_at: datetime | None
    sittings: int
    attempts: int


@dataclass(frozen=True, slots=True)
class ItemPage:
    """An item with the version that is looked at.

    Attributes
    ----------
    moves_open : tuple of State
        Where this person may move this version now.
    may_write : bool
        Whether this person may save a next wording.
    settled : bool
        Whether the item was ever in use, so that its place in the bank stays.
    before : int or None
        Number of the version to compare with.
    strange : mapping of str to sequence of str
        Words in no dictionary, by language, while the wording is not approved yet.
    overtaken : bool
        Whether the law was changed since the redaction of this version, or has ended.
    """

    id: int
    item: Item
    number: int
    newest: int
    in_use: int | None
    versions: tuple[VersionLine, ...]
    moves: tuple[MoveLine, ...]
    forms: tuple[FormUse, ...]
    problems: tuple[Problem, ...]
    moves_open: tuple[State, ...]
    may_write: bool
    settled: bool
    before: int | None
    strange: Mapping[str, Sequence[str]]
    overtaken: bool


def read_item(
    session: Session, item_id: int, number: int | None = None, *, by: Actor, at: datetime
) -> ItemPage:
    """Return an item at one of its versions, the newest when no number is given.

    Raises
    ------
    NotFoundError
        If there is no such item or version.
    """
    row = find_item(session, item_id)
    version = find_version(session, item_id, number)
    states = version_states(session, item_id)
    item = as_item(version, states.get(version.id, State.DRAFT))
    forms = _forms(session, item_id)
    newest = row.versions[-1]
    return ItemPage(
        id=row.id,
        item=item,
        number=version.number,
        newest=newest.number,
        in_use=max((v.number for v in row.versions if states.get(v.id) is State.ACTIVE), default=None),
        versions=_versions(session, row, states, forms),
        moves=_moves(session, item_id),
        forms=forms,
        problems=check_item(item, shipped_acts().acts),
        moves_open=open_moves(session, version, by=by, at=at),
        overtaken=item.state in OVERTAKABLE and is_outdated(session, version, on=day_of(at)),
        may_write=version is newest and may_write(life_of(session, newest), by),
        settled=was_in_use(session, item_id),
        before=max((v.number for v in row.versions if v.number < version.number), default=None),
        strange=strange_in(item.version) if item.state in UNAPPROVED else {},
    )


def may_write(life: Life, by: Actor) -> bool:
    """Say whether a person may save a next wording.

    Not while a new wording lies before a reviewer; one that was in use and went to review because its law
    changed is waiting for just that.
    """
    in_review = life.item.state is State.IN_REVIEW and not life.ever_active
    return Hand.AUTHOR in hands_of(by) and not in_review


def _versions(
    session: Session, row: ItemRow, states: Mapping[int, State], forms: tuple[FormUse, ...]
) -> tuple[VersionLine, ...]:
    names = _names(session, {version.written_by for version in row.versions if version.written_by})
    drawn = Counter(form.version for form in forms)
    asked: Counter[int] = Counter()
    for form in forms:
        asked[form.version] += form.attempts
    return tuple(
        VersionLine(
            number=version.number,
            state=states.get(version.id, State.DRAFT),
            by=names.get(version.written_by or 0, ""),
            at=version.written_at,
            digest=version.digest,
            forms=drawn[version.number],
            attempts=asked[version.number],
        )
        for version in reversed(row.versions)
    )


def _names(session: Session, accounts: set[int]) -> dict[int, str]:
    rows = session.scalars(sa.select(Account).where(Account.id.in_(accounts)))
    return {account.id: account.full_name for account in rows}


def _moves(session: Session, item_id: int) -> tuple[MoveLine, ...]:
    rows = session.execute(
        sa.select(ItemMove, ItemVersionRow.number, Account.full_name)
        .join(ItemVersionRow, ItemVersionRow.id == ItemMove.version_id)
        .outerjoin(Account, Account.id == ItemMove.by)
        .where(ItemMove.item_id == item_id)
        .order_by(ItemMove.id.desc())
    )
    return tuple(
        MoveLine(number, State(each.from_state), State(each.to_state), name or "", each.note, each.at)
        for each, number, name in rows
    )


def _forms(session: Session, item_id: int) -> tuple[FormUse, ...]:
    taken = sa.select(sa.func.count(Attempt.id)).where(Attempt.form_id == Form.id).correlate(Form)
    held = (
        sa.select(sa.func.count(sa.distinct(Admission.sitting_id)))
        .join(Attempt, Attempt.admission_id == Admission.id)
        .where(Attempt.form_id == Form.id)
        .correlate(Form)
    )
    rows = session.execute(
        sa.select(
            Form.id,
            Campaign.code,
            Form.number,
            ItemVersionRow.number,
            Form.sealed_at,
            held.scalar_subquery(),
            taken.scalar_subquery(),
        )
        .join(FormItem, FormItem.form_id == Form.id)
        .join(ItemVersionRow, ItemVersionRow.id == FormItem.item_version_id)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(ItemVersionRow.item_id == item_id)
        .order_by(Form.id)
    )
    return tuple(FormUse(*row) for row in rows)


def compare(session: Session, item_id: int, old: int, new: int) -> tuple[Change, ...]:
    """Return what is different in the version `new` from the version `old` of an item."""
    before, after = (find_version(session, item_id, number) for number in (old, new))
    return diff(from_content(before.content), from_content(after.content))
