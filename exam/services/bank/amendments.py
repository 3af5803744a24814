"""An act is amended or repealed: what that touches, and what happens to it from the day on.

The pool of a day leaves out what an amendment in force by then touches, and what stands on an act or article
that has ended, so no item outlives its law because somebody forgot to move it. The move to review follows
with the first act in the bank on or after that day.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.bank.item_versions import write_move
from exam.services.bank.reading import as_amendment, as_item, recorded_amendments, versions_in
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Account, AmendmentRow, ItemRow, ItemVersionRow
from question_bank.citations import citation_within
from question_bank.items import NOTHING, Item, State, Text
from question_bank.legislation import Act, Amendment, has_ended, may_touch, shipped_acts, touches

STANDING = (State.APPROVED, State.ACTIVE, State.SUSPENDED)
LIVING = (*STANDING, State.IN_REVIEW)
NOTE = "law-changed"


@dataclass(frozen=True, slots=True)
class Touched:
    """A version whose key stands on what changes."""

    item_id: int
    version_id: int
    code: str
    number: int
    state: State
    article: Text
    stem: Text


@dataclass(frozen=True, slots=True)
class Recorded:
    """An amendment as its page lists it."""

    amendment: Amendment
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """What an amendment would do.

    Attributes
    ----------
    touched : tuple of Touched
        What leaves the pool and goes to review, by code.
    unsure : tuple of Touched
        What cites no single article of the act: a person has to look whether the change touches it.
    """

    touched: tuple[Touched, ...]
    unsure: tuple[Touched, ...]


def preview_amendment(session: Session, amendment: Amendment) -> Reach:
    """Return what an amendment would send to review, and what nobody but a person can tell of.

    Raises
    ------
    RefusedError
        ``act-unknown``, or ``articles-unknown`` when an article is not in the act's list and no item cites
        it.
    """
    _require_act(amendment)
    standing = _versions(session, STANDING, acts={amendment.act})
    _require_articles(amendment, [item for _, item in standing])
    return Reach(
        touched=tuple(_touched(version, item) for version, item in standing if touches(amendment, item)),
        unsure=tuple(_touched(version, item) for version, item in standing if may_touch(amendment, item)),
    )


def record_amendment(
    session: Session, amendment: Amendment, *, by: Actor, at: datetime
) -> tuple[Touched, ...]:
    """Record a change of an act; what it touches leaves the pool on its day and goes to review.

    Returns
    -------
    tuple of Touched
        What it touches; moved to review already where the day has come.

    Raises
    ------
    RefusedError
        ``act-unknown``, ``articles-unknown``, ``ground-missing`` or ``amendment-recorded`` when the same was
        recorded before.
    """
    by.require(Role.ITEM_APPROVER)
    reach = preview_amendment(session, amendment)
    found = reach.touched
    if not amendment.ground.strip():
        raise RefusedError("ground-missing")
    if amendment in recorded_amendments(session):
        raise RefusedError("amendment-recorded")
    session.add(
        AmendmentRow(
            act=amendment.act,
            in_force=amendment.in_force,
            articles=list(amendment.articles),
            repeals=amendment.repeals,
            ground=amendment.ground,
            recorded_by=by.id,
            recorded_at=at,
        )
    )
    session.flush()
    record(
        session,
        "amendment:recorded",
        by=by,
        at=at,
        act=amendment.act,
        in_force=amendment.in_force,
        articles=list(amendment.articles),
        repeals=amendment.repeals,
        ground=amendment.ground,
        touched=[each.code for each in found],
        unsure=[each.code for each in reach.unsure],
    )
    send_due_to_review(session, at=at)
    return found


def send_due_to_review(session: Session, *, at: datetime) -> int:
    """Move to review every version whose law was changed or has ended by now; return how many."""
    due = outdated_versions(session, on=day_of(at))
    for each in due:
        version = session.get_one(ItemVersionRow, each.version_id)
        write_move(session, version, each.state, State.IN_REVIEW, note=NOTE, by=None, at=at)
    if due:
        record(session, "item:outdated", by="law", at=at, items=[each.code for each in due])
    return len(due)


def outdated_versions(
    session: Session, *, on: date, states: Sequence[State] = STANDING
) -> tuple[Touched, ...]:
    """Return the versions in one of `states` whose law a day finds changed by an amendment, or ended."""
    due = [each for each in recorded_amendments(session) if each.in_force <= on]
    known = shipped_acts().acts
    ended = {act.code for act in known.values() if act.valid_to and act.valid_to < on}
    suspects = _versions(session, states, acts=ended | {each.act for each in due}, ended_by=on)
    return tuple(_touched(version, item) for version, item in suspects if _is_overtaken(item, due, known, on))


def is_outdated(session: Session, version: ItemVersionRow, *, on: date) -> bool:
    """Say whether a day finds the law of a version changed since its redaction, or ended."""
    due = [each for each in recorded_amendments(session) if each.in_force <= on]
    return _is_overtaken(as_item(version, State.IN_REVIEW), due, shipped_acts().acts, on)


def _is_overtaken(item: Item, due: Sequence[Amendment], acts: Mapping[str, Act], on: date) -> bool:
    return has_ended(item, acts, on) or any(_overtakes(amendment, item) for amendment in due)


def list_amendments(session: Session) -> Sequence[Recorded]:
    """Return what was recorded, newest first."""
    rows = session.execute(
        sa.select(AmendmentRow, Account.full_name)
        .outerjoin(Account, Account.id == AmendmentRow.recorded_by)
        .order_by(AmendmentRow.id.desc())
    )
    return [Recorded(as_amendment(row), name or "", row.recorded_at) for row, name in rows]


def _require_act(amendment: Amendment) -> None:
    if amendment.act not in shipped_acts().acts:
        raise RefusedError("act-unknown", act=amendment.act)


def _require_articles(amendment: Amendment, standing: Sequence[Item]) -> None:
    """An article that is cited otherwise than in the bank would touch nothing, and nobody would see it."""
    listed = shipped_acts().acts[amendment.act].articles
    cited = [*listed, *(item.version.source.article.kk for item in standing if item.version.source)]
    unknown = [
        article
        for article in amendment.articles
        if not any(citation_within(article, each) or citation_within(each, article) for each in cited)
    ]
    if unknown:
        raise RefusedError("articles-unknown", articles="; ".join(unknown))


def _overtakes(amendment: Amendment, item: Item) -> bool:
    """Say whether a version is older than the change; a repeal leaves none, whenever it was written."""
    source = item.version.source
    corrected = source is not None and source.redaction is not None and source.redaction >= amendment.in_force
    return touches(amendment, item) and (amendment.repeals or not corrected)


def _versions(
    session: Session, states: Sequence[State], *, acts: Collection[str], ended_by: date | None = None
) -> list[tuple[ItemVersionRow, Item]]:
    """Return the versions on one of `acts`, and those whose source ended before a day, by code."""
    suspect: sa.ColumnElement[bool] = ItemRow.act.in_(sorted(acts))
    if ended_by is not None:
        suspect = suspect | (ItemVersionRow.valid_to < ended_by)
    rows = session.execute(versions_in(*states).where(suspect)).all()
    return [(version, as_item(version, State(state))) for version, state in rows]


def _touched(version: ItemVersionRow, item: Item) -> Touched:
    source = item.version.source
    return Touched(
        item_id=version.item_id,
        version_id=version.id,
        code=item.code,
        number=version.number,
        state=item.state,
        article=source.article if source else NOTHING,
        stem=item.version.stem,
    )
