"""A changed key: proposed by one with its effect, confirmed by another, then every result that it touches.

Old results stay; each new one names the one that it replaces (DESIGN 3, points 4 and 5). Decisions already
taken are named, never changed: only the commission takes another.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Act
from exam.rules.separation import Person, second_person
from exam.services import grounds
from exam.services.actors import Actor
from exam.services.bank.item_content import from_content
from exam.services.journaling import record
from exam.services.statistics.changed_keys import ChangedKey, KeyMode, key_from, keys_in_force
from exam.services.statistics.collected_answers import Question
from exam.services.statistics.rescoring_preview import Preview, Rescored, preview, rescored
from exam.storage.tables import (
    Account,
    Attempt,
    AttemptResult,
    Campaign,
    Form,
    FormItem,
    ItemRow,
    ItemVersionRow,
    KeyChangeAnswer,
    KeyChangeRow,
    PartResult,
)
from question_bank.errors import MalformedResponseError
from question_bank.items import ItemVersion


@dataclass(frozen=True, slots=True)
class KeyChangeLine:
    """A changed key as the pages show it; `state` is ``open``, ``confirmed`` or ``rejected``."""

    id: int
    campaign: str
    part: str
    question: Question
    mode: KeyMode
    reason: str
    proposed_by: str
    proposed_at: datetime
    state: str
    answered_by: str
    answered_at: datetime | None
    note: str
    may_confirm: bool


def propose(
    session: Session,
    campaign: str,
    version_id: int,
    changed: ChangedKey,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> KeyChangeRow:
    """Propose another key; nothing changes until another person confirms it.

    Raises
    ------
    NotFoundError
        If no form of the campaign holds the item version.
    RefusedError
        What `require_sense` and `preview` say, ``reason-missing``, ``key-proposed-already``,
        ``key-without-effect`` or ``own-result``.
    """
    campaign_id = campaign_of(session, campaign, version_id)
    if not reason.strip():
        raise RefusedError("reason-missing")
    if session.scalar(_open_proposals(campaign_id, version_id)) is not None:
        raise RefusedError("key-proposed-already")
    effect = look(session, campaign, version_id, changed)
    if not effect.changes:
        raise RefusedError("key-without-effect")
    _refuse_own_result(effect, by)
    row = KeyChangeRow(
        campaign_id=campaign_id,
        item_version_id=version_id,
        mode=changed.mode.value,
        accepted=list(changed.accepted),
        reason=reason.strip(),
        proposed_by=by.id,
        proposed_at=at,
    )
    session.add(row)
    session.flush()
    record(session, "key:proposed", by=by, at=at, **_facts(session, row, effect))
    return row


def look(session: Session, campaign: str, version_id: int, changed: ChangedKey) -> Preview:
    """Return what a key would change, before anybody proposes it.

    Raises
    ------
    NotFoundError, RefusedError
        As `propose`, as far as the key itself is concerned.
    """
    campaign_id = campaign_of(session, campaign, version_id)
    version = from_content(session.get_one(ItemVersionRow, version_id).content)
    require_sense(version, changed)
    return preview(session, campaign_id, version_id, changed)


def require_sense(version: ItemVersion, changed: ChangedKey) -> None:
    """Refuse a key that no candidate could meet.

    Raises
    ------
    RefusedError
        ``answer-not-possible`` or ``answer-missing``.
    """
    if changed.mode in (KeyMode.EVERYONE, KeyMode.DROP):
        return
    if not changed.accepted or (changed.mode is KeyMode.REKEY and len(changed.accepted) != 1):
        raise RefusedError("answer-missing")
    try:
        for response in changed.accepted:
            key_from(version, response)
    except (MalformedResponseError, ValueError):
        raise RefusedError("answer-not-possible") from None


def confirm(session: Session, change_id: int, *, seal: str, by: Actor, at: datetime) -> Preview:
    """Confirm a proposed key as another person, and score anew what it touches.

    Parameters
    ----------
    seal : str
        Of the preview that this person saw.

    Raises
    ------
    RefusedError
        ``key-change-answered``, ``proposer-confirms``, ``own-result``, ``attempts-running`` or
        ``preview-changed``.
    """
    row = _open(session, change_id)
    proposer = session.get_one(Account, row.proposed_by)
    if second_person(Act.CHANGE_KEY, Person(proposer.id, proposer.officer_id), Person(by.id, by.officer_id)):
        raise RefusedError("proposer-confirms")
    if session.scalar(_running(row)):
        raise RefusedError("attempts-running")
    changed = ChangedKey.of(row)
    effect = preview(session, row.campaign_id, row.item_version_id, changed)
    _refuse_own_result(effect, by)
    if effect.seal != seal:
        raise RefusedError("preview-changed")
    touched = [e for e in rescored(session, row.campaign_id, row.item_version_id, changed) if e.differs]
    _answer(session, row, effect, confirmed=True, note="", by=by, at=at)
    for each in touched:
        _keep(session, each, row, proposer.login, by=by, at=at)
    session.flush()
    record(session, "key:confirmed", by=by, at=at, **_facts(session, row, effect))
    return effect


def reject(session: Session, change_id: int, *, note: str, by: Actor, at: datetime) -> None:
    """Turn a proposed key down, or take back one's own; the proposal stays with the reason.

    Raises
    ------
    RefusedError
        ``key-change-answered`` or ``reason-missing``.
    """
    row = _open(session, change_id)
    if not note.strip():
        raise RefusedError("reason-missing")
    _answer(session, row, None, confirmed=False, note=note.strip(), by=by, at=at)
    record(session, "key:rejected", by=by, at=at, change=row.id, note=note.strip())


def campaign_of(session: Session, campaign: str, version_id: int) -> int:
    """Return the id of a campaign one of whose forms holds an item version, or raise NotFoundError."""
    found = session.scalar(
        sa.select(Campaign.id)
        .join(Form, Form.campaign_id == Campaign.id)
        .join(FormItem, FormItem.form_id == Form.id)
        .where(Campaign.code == campaign, FormItem.item_version_id == version_id)
        .limit(1)
    )
    if found is None:
        raise NotFoundError("item")
    return found


def question_in(session: Session, campaign: str, version_id: int) -> Question:
    """Return an item version with the key in force in a campaign, or raise NotFoundError."""
    campaign_id = campaign_of(session, campaign, version_id)
    row = session.get_one(ItemVersionRow, version_id)
    changed = keys_in_force(session, campaign_id).get(version_id)
    return Question(version_id, row.item.area, from_content(row.content), changed)


def changes_proposed(session: Session, *, by: Actor) -> tuple[KeyChangeLine, ...]:
    """Return every changed key, those that wait for a second person first."""
    rows = session.scalars(sa.select(KeyChangeRow).order_by(KeyChangeRow.id.desc()))
    lines = [_line(session, row, by) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.state != "open"))


def read_change(session: Session, change_id: int, *, by: Actor) -> tuple[KeyChangeLine, Preview | None]:
    """Return a changed key with its effect.

    Returns
    -------
    tuple of KeyChangeLine and Preview or None
        For an open proposal what it would change; for a key in force what does not follow it yet, such as
        results of those who sat later; None for a key that was rejected or has been followed by another.
    """
    row = session.get(KeyChangeRow, change_id)
    if row is None:
        raise NotFoundError("key change")
    line, changed = _line(session, row, by), ChangedKey.of(row)
    in_force = keys_in_force(session, row.campaign_id).get(row.item_version_id) == changed
    if line.state == "rejected" or (line.state == "confirmed" and not in_force):
        return line, None
    return line, preview(session, row.campaign_id, row.item_version_id, changed)


def _line(session: Session, row: KeyChangeRow, by: Actor) -> KeyChangeLine:
    answer, item = row.answer, session.get_one(ItemRow, row.version.item_id)
    changed = ChangedKey.of(row)
    return KeyChangeLine(
        id=row.id,
        campaign=session.get_one(Campaign, row.campaign_id).code,
        part=item.part,
        question=Question(row.item_version_id, item.area, from_content(row.version.content), changed),
        mode=changed.mode,
        reason=row.reason,
        proposed_by=session.get_one(Account, row.proposed_by).full_name,
        proposed_at=row.proposed_at,
        state="open" if answer is None else "confirmed" if answer.confirmed else "rejected",
        answered_by=session.get_one(Account, answer.answered_by).full_name if answer else "",
        answered_at=answer.answered_at if answer else None,
        note=answer.note if answer else "",
        may_confirm=answer is None and row.proposed_by != by.id,
    )


def _open(session: Session, change_id: int) -> KeyChangeRow:
    row = session.get(KeyChangeRow, change_id, with_for_update=True)
    if row is None:
        raise NotFoundError("key change")
    if row.answer is not None:
        raise RefusedError("key-change-answered")
    return row


def _open_proposals(campaign_id: int, version_id: int) -> sa.Select[int]:
    answered = sa.exists().where(KeyChangeAnswer.key_change_id == KeyChangeRow.id)
    return sa.select(KeyChangeRow.id).where(
        KeyChangeRow.campaign_id == campaign_id, KeyChangeRow.item_version_id == version_id, ~answered
    )


def _running(row: KeyChangeRow) -> sa.Select[int]:
    return (
        sa.select(Attempt.id)
        .join(Form, Form.id == Attempt.form_id)
        .join(FormItem, FormItem.form_id == Form.id)
        .where(
            Form.campaign_id == row.campaign_id,
            FormItem.item_version_id == row.item_version_id,
            Attempt.closed_at.is_(None),
        )
        .limit(1)
    )


def _refuse_own_result(effect: Preview, by: Actor) -> None:
    if by.officer_id is not None and any(change.officer_id == by.officer_id for change in effect.changes):
        raise RefusedError("own-result")


def _answer(
    session: Session,
    row: KeyChangeRow,
    effect: Preview | None,
    *,
    confirmed: bool,
    note: str,
    by: Actor,
    at: datetime,
) -> None:
    told = _effect(effect) | {"seal": effect.seal} if effect else {}
    answer = KeyChangeAnswer(
        key_change_id=row.id,
        confirmed=confirmed,
        note=note,
        effect=told,
        answered_by=by.id,
        answered_at=at,
    )
    session.add(answer)
    session.flush()
    session.expire(row, ["answer"])


def _keep(
    session: Session, each: Rescored, row: KeyChangeRow, proposer: str, *, by: Actor, at: datetime
) -> None:
    session.add(
        AttemptResult(
            attempt_id=each.result.attempt_id,
            form_id=each.result.form_id,
            scoring_version=each.result.scoring_version + 1,
            responses=each.result.responses,
            points=list(each.scored.points),
            total=each.scored.total,
            key_changes=list(each.scored.key_changes),
            input_digest=each.scored.input_digest,
            scored_at=at,
        )
    )
    session.add(
        PartResult(
            enrolment_id=each.part.enrolment_id,
            kind=each.part.kind,
            state=each.scored.part.state.value,
            grounds=grounds.to_plain(each.scored.part.grounds),
            score=each.scored.total,
            maximum=each.scored.maximum,
            threshold_id=each.part.threshold_id,
            attempt_id=each.part.attempt_id,
            input_digest=each.scored.input_digest,
            decided_at=at,
            decided_by=proposer,
            replaces_id=each.part.id,
            reason=row.reason,
            second_person=by.id,
        )
    )


def _effect(effect: Preview) -> dict[str, int]:
    return {
        "persons": effect.persons,
        "changed": len(effect.changes),
        "newly_passed": effect.newly_passed,
        "newly_failed": effect.newly_failed,
        "decisions": effect.decided,
    }


def _facts(session: Session, row: KeyChangeRow, effect: Preview) -> dict[str, object]:
    """What the journal keeps: which item and what follows, never the key itself."""
    version = session.get_one(ItemVersionRow, row.item_version_id)
    return {
        "change": row.id,
        "campaign": session.get_one(Campaign, row.campaign_id).code,
        "item": version.item.code,
        "version": version.number,
        "mode": row.mode,
        "reason": row.reason,
        **_effect(effect),
    }
