"""A part begins: its threshold, its form, its clock, and the order that this candidate alone sees."""

import hmac
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.refusals import Refusal
from exam.rules.sitting import AttemptState, PartClock, Readiness, Window, may_start
from exam.services.campaign.thresholds import threshold_in_force
from exam.services.invigilator.sitting import parts_to_take
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.services.terminal.answering import TerminalPass
from exam.storage.tables import Admission, Attempt, Form, FormItem, Sitting, Threshold
from question_bank.presentation import personal_seed


def start_part(session: Session, by: TerminalPass, part: str, *, secret: bytes, at: datetime) -> int:
    """Begin a part: its clock runs from this moment. Return the number of the attempt.

    A second request for the part that runs already gives the same attempt.

    Raises
    ------
    NotFoundError
        If the pass is no longer the admission's.
    RefusedError
        What `exam.rules.sitting.may_start` says, ``sitting-not-open``, ``no-threshold`` or ``no-form``.
    """
    admission = session.get(
        Admission, by.admission_id, with_for_update={"of": Admission}, populate_existing=True
    )
    if admission is None or admission.binding != by.binding:
        raise NotFoundError("admission")
    sitting = session.get_one(
        Sitting, admission.sitting_id, with_for_update={"read": True, "of": Sitting}, populate_existing=True
    )
    running = _running(session, admission)
    if running is not None and running.part == part:
        return running.id
    if sitting.state != "open":
        raise RefusedError("sitting-not-open")
    due = parts_to_take(session, admission.enrolment_id)
    state = AttemptState.WAITING if part in due else AttemptState.CLOSED
    ready = _readiness(admission, earlier_part_over=running is None and due[:1] == (part,))
    refuse(may_start(state, _window(sitting), ready, at))
    return _begin(session, admission, part, secret=secret, at=at).id


def _running(session: Session, admission: Admission) -> Attempt | None:
    wanted = sa.select(Attempt).where(Attempt.admission_id == admission.id, Attempt.closed_at.is_(None))
    return session.scalar(wanted)


def refuse(refusal: Refusal | None) -> None:
    """Raise what a rule refused; do nothing where it did not."""
    if refusal is not None:
        raise RefusedError(refusal.code, **dict(refusal.facts))


def _window(sitting: Sitting) -> Window:
    schedule = sitting.schedule
    approved_by = None if schedule.approved_at is None else schedule.entered_by
    return Window(schedule.starts_at, schedule.ends_at, approved_by)


def _readiness(admission: Admission, *, earlier_part_over: bool) -> Readiness:
    return Readiness(
        identity_confirmed=admission.identity_confirmed_at is not None,
        language=admission.language,
        rules_accepted=admission.rules_accepted_at is not None,
        terminal_released=admission.binding > 0,
        earlier_part_over=earlier_part_over,
    )


def _begin(session: Session, admission: Admission, part: str, *, secret: bytes, at: datetime) -> Attempt:
    threshold = threshold_for(session, admission, part, at=at)
    form = choose_form(session, admission, threshold)
    clock = PartClock(at, minutes_for(threshold, admission) * 60)
    order = order_secret(secret, admission.enrolment.campaign_id)
    attempt = Attempt(
        admission_id=admission.id,
        enrolment_id=admission.enrolment_id,
        part=part,
        form_id=form.id,
        threshold_id=threshold.id,
        language=admission.language,
        seed=personal_seed(order, attempt=f"{admission.id}/{part}", form=form.digest).hex(),
        binding=admission.binding,
        questions=threshold.questions,
        started_at=at,
        deadline_at=clock.deadline,
        accept_until=clock.closes_at,
    )
    session.add(attempt)
    session.flush()
    record(
        session, "attempt:started", by="terminal", at=at, attempt=attempt.id, part=part, form=attempt.form_id
    )
    return attempt


def threshold_for(session: Session, admission: Admission, part: str, *, at: datetime) -> Threshold:
    """Return the threshold in force for the officer's post category today.

    Raises
    ------
    RefusedError
        ``no-threshold``.
    """
    enrolment = admission.enrolment
    category = enrolment.officer.post_category
    threshold = threshold_in_force(session, enrolment.campaign_id, part, category, day_of(at))
    if threshold is None:
        raise RefusedError("no-threshold", part=part)
    return threshold


def minutes_for(threshold: Threshold, admission: Admission) -> int:
    """Return the minutes that an officer has: the threshold's, and the share that was added for him."""
    return threshold.minutes + threshold.minutes * admission.extra_percent // 100


def choose_form(session: Session, admission: Admission, threshold: Threshold) -> Form:
    """Return the form for a seat: neighbours have different ones where the campaign has more than one.

    Raises
    ------
    RefusedError
        ``no-form`` when no sealed form has the blueprint and the number of questions of the threshold.
    """
    questions = (
        sa.select(sa.func.count()).where(FormItem.form_id == Form.id).correlate(Form).scalar_subquery()
    )
    fitting = session.scalars(
        sa.select(Form)
        .where(
            Form.campaign_id == threshold.campaign_id,
            Form.part == threshold.part,
            Form.blueprint == threshold.blueprint,
            Form.sealed_at.is_not(None),
            questions == threshold.questions,
        )
        .order_by(Form.number)
    ).all()
    if not fitting:
        raise RefusedError("no-form", part=threshold.part, questions=threshold.questions)
    return fitting[(admission.seat + admission.sitting_id) % len(fitting)]


def order_secret(secret: bytes, campaign_id: int) -> bytes:
    """Return the campaign's secret that personal orders follow from; an appeal recomputes them with it."""
    return hmac.digest(secret, f"synaq/order/{campaign_id}".encode(), "sha256")
