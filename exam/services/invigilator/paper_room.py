"""A room on paper: which sealed forms it uses, and a form with its key in the order of its paper.

Terminals may fail on the day. Then the same sealed forms are handed out on paper, inside the same approved
schedule, and every print leaves its entry.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.paper_fallback import PaperKind, PaperRoom, may_print
from exam.rules.regimes import Names
from exam.services.actors import Actor
from exam.services.bank.form_reading import read_form
from exam.services.bank.item_pictures import picture_png
from exam.services.invigilator.sitting import find_sitting, parts_to_take
from exam.services.journaling import record
from exam.services.terminal.starting import choose_form, refuse, threshold_for
from exam.storage.tables import Admission, Campaign, Enrolment, Sitting, Threshold
from question_bank.items import ItemVersion
from question_bank.presentation import ShownItem, shown


@dataclass(frozen=True, slots=True)
class RoomForm:
    """A sealed form that candidates of a room get."""

    id: int
    part: str
    number: int
    digest: str
    sample: bool


@dataclass(frozen=True, slots=True)
class SeatForms:
    """An officer at his seat with the numbers of his forms by part."""

    seat: int
    full_name: str
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class RoomForms:
    """A room with its schedule, the forms it uses and who gets which."""

    sitting_id: int
    campaign: Names
    place: str
    room: str
    state: str
    starts_at: datetime
    approver: str
    approver_post: str
    order: str
    forms: tuple[RoomForm, ...]
    seats: tuple[SeatForms, ...]


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question in its place on the paper; `png` is empty where it has no picture."""

    number: int
    seen: ShownItem
    version: ItemVersion
    png: bytes


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form as its paper has it."""

    form: RoomForm
    room: RoomForms
    questions: tuple[PaperQuestion, ...]


def read_room_forms(session: Session, sitting_id: int, *, by: Actor, at: datetime) -> RoomForms:
    """Return what the sheet of a room says; only a sitting of the actor's regions is found."""
    sitting = find_sitting(session, sitting_id, by=by)
    campaign = session.get_one(Campaign, sitting.campaign_id)
    admissions = session.scalars(
        sa.select(Admission).where(Admission.sitting_id == sitting.id).order_by(Admission.seat)
    ).all()
    forms: dict[int, RoomForm] = {}
    seats = [_seat(session, admission, forms, at) for admission in admissions]
    schedule = sitting.schedule
    return RoomForms(
        sitting_id=sitting.id,
        campaign=Names(campaign.name_kk, campaign.name_ru, campaign.name_ru),
        place=schedule.place,
        room=sitting.room,
        state=sitting.state,
        starts_at=schedule.starts_at,
        approver=schedule.approver_name or "",
        approver_post=schedule.approver_post or "",
        order=schedule.order or "",
        forms=tuple(sorted(forms.values(), key=lambda form: (form.part, form.number))),
        seats=tuple(seats),
    )


def _seat(session: Session, admission: Admission, forms: dict[int, RoomForm], at: datetime) -> SeatForms:
    given = [
        (attempt.form, session.get_one(Threshold, attempt.threshold_id)) for attempt in admission.attempts
    ]
    for part in parts_to_take(session, admission.enrolment_id):
        try:
            threshold = threshold_for(session, admission, part, at=at)
            given.append((choose_form(session, admission, threshold), threshold))
        except RefusedError:  # this part has no threshold or no sealed form yet
            continue
    for form, threshold in given:
        forms[form.id] = RoomForm(form.id, form.part, form.number, form.digest, threshold.sample)
    numbers = tuple((form.part, form.number) for form, _threshold in given)
    return SeatForms(admission.seat, admission.enrolment.officer.full_name, numbers)


def print_form(
    session: Session, sitting_id: int, form_id: int, kind: PaperKind, *, by: Actor, at: datetime
) -> PrintedForm:
    """Give a form of a room to the printer, and record it.

    Raises
    ------
    NotFoundError
        If the sitting lies elsewhere, or the room does not use the form.
    RefusedError
        What `exam.rules.paper_fallback.may_print` says.
    """
    sitting = find_sitting(session, sitting_id, by=by, lock=True)
    room = read_room_forms(session, sitting_id, by=by, at=at)
    form = next((each for each in room.forms if each.id == form_id), None)
    if form is None:
        raise NotFoundError("form")
    refuse(may_print(kind, _times(sitting), at, own_case=_is_in(session, by, sitting.campaign_id)))
    record(
        session,
        "form:printed",
        by=by,
        at=at,
        sitting=sitting.id,
        form=form.id,
        kind=kind.value,
        digest=form.digest,
    )
    return PrintedForm(form, room, _on_paper(session, form))


def print_room(session: Session, sitting_id: int, *, by: Actor, at: datetime) -> RoomForms:
    """Give the sheet of a room to the printer, and record it."""
    room = read_room_forms(session, sitting_id, by=by, at=at)
    if not room.approver:
        raise RefusedError("schedule_not_approved")
    record(
        session,
        "room:printed",
        by=by,
        at=at,
        sitting=sitting_id,
        digests=[each.digest for each in room.forms],
    )
    return room


def _times(sitting: Sitting) -> PaperRoom:
    schedule = sitting.schedule
    return PaperRoom(
        opens_at=schedule.starts_at,
        closes_at=schedule.ends_at,
        approved=schedule.approved_at is not None,
        closed=sitting.state == "closed",
    )


def _is_in(session: Session, by: Actor, campaign_id: int) -> bool:
    if by.officer_id is None:
        return False
    mine = sa.select(Enrolment.id).where(
        Enrolment.officer_id == by.officer_id, Enrolment.campaign_id == campaign_id
    )
    return session.scalar(mine) is not None


def _on_paper(session: Session, form: RoomForm) -> tuple[PaperQuestion, ...]:
    """Questions in the order of the form; options by a seed that everybody recomputes from the digest."""
    seed = hashlib.sha256(f"synaq/paper/1/{form.digest}".encode()).digest()
    return tuple(
        PaperQuestion(
            question.position + 1,
            shown(seed, question.version),
            question.version,
            picture_png(session, question.version.image),
        )
        for question in read_form(session, form.id)
    )
