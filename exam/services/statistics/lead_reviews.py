"""What people concluded of a lead: one looks and concludes, another agrees; nothing of a result changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.services.actors import Actor
from exam.services.journaling import record
from exam.services.statistics.collected_answers import Selection
from exam.storage.tables import Account, Admission, Attempt, Campaign, Enrolment, Form, LeadReview
from exam.storage.tables.statistics import LEAD_CONCLUSIONS

MOST_OF_NOTE = 2000


@dataclass(frozen=True, slots=True)
class Review:
    """A conclusion as the pages show it."""

    id: int
    conclusion: str
    note: str
    by: str
    at: datetime
    agreed_by: str
    agreed_at: datetime | None
    agreed_note: str
    may_agree: bool


def conclude(
    session: Session,
    selection: Selection,
    attempts: Sequence[int],
    *,
    conclusion: str,
    note: str,
    by: Actor,
    at: datetime,
) -> LeadReview:
    """Record what a person concluded after looking; a later conclusion is a further entry.

    Parameters
    ----------
    attempts : sequence of int
        One attempt, or two of one sitting, of the selected test.
    conclusion : str
        ``nothing`` (nothing to follow), ``explained`` (otherwise explained) or ``inquiry`` (passed on).

    Raises
    ------
    NotFoundError
        If the attempts are not of this test, or not of one sitting.
    RefusedError
        ``conclusion-unknown``, ``note-missing`` or ``own-lead``.
    """
    one, other = subject(session, selection, attempts)
    if conclusion not in LEAD_CONCLUSIONS:
        raise RefusedError("conclusion-unknown")
    _require(session, note, (one, other), by)
    row = LeadReview(
        attempt_id=one, other_id=other, conclusion=conclusion, note=note.strip(), by=by.id, at=at
    )
    return _keep(session, row, "lead:concluded", by=by, at=at)


def agree(
    session: Session, selection: Selection, review_id: int, *, note: str, by: Actor, at: datetime
) -> LeadReview:
    """Agree to a conclusion as another person; who does not agree concludes himself.

    Raises
    ------
    NotFoundError
        If there is no such conclusion in this test.
    RefusedError
        ``agreed-already``, ``concluded-yourself``, ``note-missing`` or ``own-lead``.
    """
    first = session.get(LeadReview, review_id, with_for_update=True)
    if first is None or first.answers_id is not None:
        raise NotFoundError("review")
    subject(session, selection, [first.attempt_id, *([first.other_id] if first.other_id else [])])
    if session.scalar(sa.select(LeadReview.id).where(LeadReview.answers_id == first.id)) is not None:
        raise RefusedError("agreed-already")
    author = session.get_one(Account, first.by)
    if first.by == by.id or (by.officer_id is not None and author.officer_id == by.officer_id):
        raise RefusedError("concluded-yourself")
    _require(session, note, (first.attempt_id, first.other_id), by)
    row = LeadReview(
        attempt_id=first.attempt_id,
        other_id=first.other_id,
        conclusion=first.conclusion,
        note=note.strip(),
        answers_id=first.id,
        by=by.id,
        at=at,
    )
    return _keep(session, row, "lead:agreed", by=by, at=at)


def subject(session: Session, selection: Selection, attempts: Sequence[int]) -> tuple[int, int | None]:
    """Return one or two attempts of a test, the smaller first; two are of one sitting, or not found."""
    ids = sorted(set(attempts))
    rows = session.execute(
        sa.select(Attempt.id, Admission.sitting_id)
        .join(Admission, Admission.id == Attempt.admission_id)
        .join(Form, Form.id == Attempt.form_id)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(Attempt.id.in_(ids), Campaign.code == selection.campaign, Form.part == selection.part)
    ).all()
    if not 1 <= len(ids) <= 2 or len(rows) != len(attempts) or len({sitting for _, sitting in rows}) != 1:
        raise NotFoundError("lead")
    return (ids[0], ids[1] if len(ids) == 2 else None)


def reviews_of(
    session: Session, selection: Selection, attempts: Sequence[int], *, by: Actor
) -> tuple[Review, ...]:
    """Return what was concluded of a person or a pair, the newest first."""
    one, other = subject(session, selection, attempts)
    rows = session.scalars(
        sa.select(LeadReview)
        .where(
            LeadReview.attempt_id == one,
            LeadReview.other_id.is_(None) if other is None else LeadReview.other_id == other,
        )
        .order_by(LeadReview.id.desc())
    ).all()
    answers = {row.answers_id: row for row in rows if row.answers_id}
    return tuple(_review(session, row, answers.get(row.id), by) for row in rows if row.answers_id is None)


def states_of(session: Session, selection: Selection) -> dict[tuple[int, ...], tuple[str, bool]]:
    """Return the newest conclusion of every lead of a test, and whether a second person agreed to it."""
    rows = session.scalars(
        sa.select(LeadReview)
        .join(Attempt, Attempt.id == LeadReview.attempt_id)
        .join(Form, Form.id == Attempt.form_id)
        .join(Campaign, Campaign.id == Form.campaign_id)
        .where(Campaign.code == selection.campaign, Form.part == selection.part)
        .order_by(LeadReview.id)
    ).all()
    agreed = {row.answers_id for row in rows}
    return {
        tuple(each for each in (row.attempt_id, row.other_id) if each): (row.conclusion, row.id in agreed)
        for row in rows
        if row.answers_id is None
    }


def _review(session: Session, row: LeadReview, answer: LeadReview | None, by: Actor) -> Review:
    return Review(
        id=row.id,
        conclusion=row.conclusion,
        note=row.note,
        by=session.get_one(Account, row.by).full_name,
        at=row.at,
        agreed_by=session.get_one(Account, answer.by).full_name if answer else "",
        agreed_at=answer.at if answer else None,
        agreed_note=answer.note if answer else "",
        may_agree=answer is None and row.by != by.id,
    )


def _require(session: Session, note: str, attempts: tuple[int, int | None], by: Actor) -> None:
    if not note.strip() or len(note) > MOST_OF_NOTE:
        raise RefusedError("note-missing")
    officers = session.scalars(
        sa.select(Enrolment.officer_id)
        .join(Attempt, Attempt.enrolment_id == Enrolment.id)
        .where(Attempt.id.in_([each for each in attempts if each]))
    )
    if by.officer_id in set(officers):
        raise RefusedError("own-lead")


def _keep(session: Session, row: LeadReview, tag: str, *, by: Actor, at: datetime) -> LeadReview:
    session.add(row)
    session.flush()
    record(
        session,
        tag,
        by=by,
        at=at,
        review=row.id,
        attempts=[each for each in (row.attempt_id, row.other_id) if each],
        conclusion=row.conclusion,
    )
    return row
