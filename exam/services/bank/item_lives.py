"""The life of a version as the question bank knows it, and the moves that this person may make."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.rules.roles import Act, Role
from exam.rules.separation import Person, second_person
from exam.services.actors import Actor
from exam.services.bank.amendments import is_outdated, send_due_to_review
from exam.services.bank.item_versions import find_item, find_version, write_move
from exam.services.bank.reading import as_item, version_states
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Account, ItemMove, ItemVersionRow
from question_bank.errors import MoveRefusedError
from question_bank.items import State
from question_bank.legislation import shipped_acts
from question_bank.life_cycle import (
    MOVES,
    NEEDS_ANOTHER_PERSON,
    Hand,
    Life,
    Step,
    move,
    possible_moves,
)

HANDS: Mapping[Role, Hand] = {
    Role.ITEM_AUTHOR: Hand.AUTHOR,
    Role.ITEM_APPROVER: Hand.APPROVER,
    Role.PSYCHOMETRICIAN: Hand.PSYCHOMETRICIAN,
}
CODES = {"source-missing": "law-missing"}  # the first is also said of a threshold
LIVING = frozenset({State.IN_REVIEW, State.APPROVED, State.ACTIVE, State.SUSPENDED})
REPLACED = "replaced"


def life_of(session: Session, version: ItemVersionRow) -> Life:
    """Return a version's life with everybody who wrote it.

    Each saved wording of a draft is a version of its own, so whoever wrote one of the drafts that led to this
    version counts as its author. A stored move does not say in what capacity it was made: the first hand that
    could have made it stands for it.
    """
    states = version_states(session, version.item_id)
    moves = session.scalars(
        sa.select(ItemMove).where(ItemMove.version_id == version.id).order_by(ItemMove.id)
    ).all()
    item = as_item(version, states.get(version.id, State.DRAFT))
    return Life(item, _authors(session, version), tuple(_step(each) for each in moves))


def _authors(session: Session, version: ItemVersionRow) -> frozenset[str]:
    moved_on = sa.select(ItemMove.version_id).where(
        ItemMove.item_id == version.item_id, ItemMove.to_state == State.APPROVED.value
    )
    before = session.scalar(
        sa.select(sa.func.max(ItemVersionRow.number)).where(
            ItemVersionRow.item_id == version.item_id,
            ItemVersionRow.number < version.number,
            ItemVersionRow.id.in_(moved_on),
        )
    )
    writers = session.scalars(
        sa.select(ItemVersionRow.written_by).where(
            ItemVersionRow.item_id == version.item_id,
            ItemVersionRow.number > (before or 0),
            ItemVersionRow.number <= version.number,
        )
    )
    return frozenset(str(writer) for writer in writers if writer is not None)


def _step(stored: ItemMove) -> Step:
    before, after = State(stored.from_state), State(stored.to_state)
    hand = min(MOVES.get((before, after), {Hand.AUTHOR}))
    return Step(before, after, str(stored.by or ""), hand, stored.note, stored.at)


def hands_of(by: Actor) -> tuple[Hand, ...]:
    """Return in what capacities a person may move items."""
    return tuple(hand for role, hand in HANDS.items() if by.holds(role))


def _as_known(session: Session, life: Life, by: Actor) -> str:
    """Name who moves; two accounts of one officer are one person (separation of acts)."""
    mover = Person(by.id, by.officer_id)
    for author in life.authors:
        account = session.get_one(Account, int(author))
        if second_person(Act.WRITE_ITEM, Person(account.id, account.officer_id), mover):
            return author
    return str(by.id)


def open_moves(session: Session, version: ItemVersionRow, *, by: Actor, at: datetime) -> tuple[State, ...]:
    """Return the states to which this person may move a version at a time."""
    life = life_of(session, version)
    who = _as_known(session, life, by)
    allowed = {to for hand in hands_of(by) for to in possible_moves(life, by=who, hand=hand)}
    if is_outdated(session, version, on=day_of(at)):
        allowed -= NEEDS_ANOTHER_PERSON
    return tuple(state for state in State if state in allowed)


def move_version(
    session: Session, item_id: int, number: int, to: State, *, note: str, by: Actor, at: datetime
) -> None:
    """Move a version; one that becomes active takes the place of those before it.

    Raises
    ------
    NotFoundError
        If there is no such version.
    ForbiddenError
        If the actor has no hand in the bank.
    RefusedError
        With the code of `question_bank.life_cycle.move`, ``newer-version`` for a draft that was followed by
        another, or ``law-overtaken`` and ``act-unknown`` when it is to be approved or used.
    """
    by.require(*HANDS)
    find_item(session, item_id, to_change=True)
    version = find_version(session, item_id, number)
    if to in NEEDS_ANOTHER_PERSON:
        _require_law(session, version, at)
    send_due_to_review(session, at=at)
    life = life_of(session, version)
    _require_latest(session, version, life.item.state, to)
    moved = _moved(life, to, note, _as_known(session, life, by), hands_of(by), at)
    write_move(session, version, life.item.state, to, note=moved.history[-1].note, by=by.id, at=at)
    if to is State.ACTIVE:
        _retire_before(session, version, by=by, at=at)
    record(
        session,
        "item:moved",
        by=by,
        at=at,
        item=version.item.code,
        version=number,
        before=life.item.state,
        after=to,
        note=note,
    )


def _require_law(session: Session, version: ItemVersionRow, at: datetime) -> None:
    """What is approved or used stands on an act that is known, in a redaction that holds."""
    act = version.item.act
    if act and act not in shipped_acts().acts:
        raise RefusedError("act-unknown", act=act)
    if is_outdated(session, version, on=day_of(at)):
        raise RefusedError("law-overtaken")


def _require_latest(session: Session, version: ItemVersionRow, state: State, to: State) -> None:
    """A draft that was followed by another stays as it is; an item has one version in use."""
    states = version_states(session, version.item_id)
    later = [each for each in version.item.versions if each.number > version.number]
    in_use = any(states.get(each.id) is State.ACTIVE for each in later)
    if later and (state is State.DRAFT or (to is State.ACTIVE and in_use)):
        raise RefusedError("newer-version", number=later[-1].number)


def _moved(life: Life, to: State, note: str, who: str, hands: tuple[Hand, ...], at: datetime) -> Life:
    """Try each capacity the person has; the last refusal is the one he hears."""
    refused: MoveRefusedError | None = None
    for hand in hands:
        try:
            return move(life, to, by=who, hand=hand, note=note, at=at)
        except MoveRefusedError as error:
            refused = error if refused is None or refused.code == "not-your-move" else refused
    assert refused is not None
    raise RefusedError(CODES.get(refused.code, refused.code))


def _retire_before(session: Session, version: ItemVersionRow, *, by: Actor, at: datetime) -> None:
    states = version_states(session, version.item_id)
    for each in version.item.versions:
        state = states.get(each.id, State.DRAFT)
        if each.number < version.number and state in LIVING:
            write_move(session, each, state, State.RETIRED, note=REPLACED, by=by.id, at=at)
