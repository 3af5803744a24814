"""What a candidate does at his terminal, one step after the other, and where he stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.sitting import LANGUAGES
from exam.services.invigilator import start_codes
from exam.services.invigilator.sitting import parts_to_take
from exam.services.journaling import record
from exam.services.terminal.answering import TerminalPass
from exam.services.terminal.scoring_attempts import last_responses
from exam.services.terminal.starting import minutes_for, threshold_for
from exam.storage.tables import Admission, Attempt, AttemptResult

SITTING_OPEN = "open"
Step = Literal["identity", "language", "rules", "begin", "running", "done"]


@dataclass(frozen=True, slots=True)
class TakenPart:
    """A part that is over, as its candidate may know it: no score."""

    part: str
    answered: int
    questions: int
    closed_at: datetime
    closed_by: str
    control: str


@dataclass(frozen=True, slots=True)
class NextPart:
    """A part that may begin."""

    part: str
    questions: int
    minutes: int
    sample: bool


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a candidate stands: his next step, who he is, what he has behind him."""

    step: Step
    full_name: str
    rank: str
    post: str
    unit: str
    seat: int
    room: str
    language: str | None
    test_language: str
    taken: tuple[TakenPart, ...]
    upcoming: NextPart | None
    attempt_id: int | None


def enter_code(
    session: Session, code: str, *, secret: bytes, address: str, at: datetime
) -> TerminalPass | None:
    """Bind the terminal at `address` to the admission that `code` was drawn for; the code is used up.

    Returns
    -------
    TerminalPass or None
        None when the code is wrong, used or out of date; the caller commits either way, so that the try is
        counted.

    Raises
    ------
    RefusedError
        ``code-locked`` after five wrong codes from this terminal within ten minutes.
    """
    if start_codes.is_locked(session, address, at=at):
        raise RefusedError("code-locked", minutes=int(start_codes.LOCKED_FOR.total_seconds() // 60))
    admission = session.scalar(
        sa.select(Admission)
        .where(Admission.code_digest == start_codes.digest(code, secret))
        .with_for_update(of=Admission)
    )
    right = (
        admission is not None
        and admission.code_expires_at is not None
        and at <= admission.code_expires_at
        and admission.sitting.state == SITTING_OPEN
    )
    start_codes.count_try(session, address, right=right, at=at)
    if admission is None or not right:
        record(session, "terminal:refused", by="terminal", at=at, address=address)
        return None
    admission.code_digest = None
    bind(session, admission)
    record(session, "terminal:bound", by="terminal", at=at, admission=admission.id, address=address)
    return TerminalPass(admission.id, admission.binding)


def bind(session: Session, admission: Admission) -> None:
    """Raise the binding: every earlier terminal of this admission loses its right to write."""
    admission.binding += 1
    session.execute(
        sa.update(Attempt)
        .where(Attempt.admission_id == admission.id, Attempt.closed_at.is_(None))
        .values(binding=admission.binding)
    )
    session.flush()


def whereabouts(session: Session, by: TerminalPass, *, at: datetime) -> Whereabouts:
    """Say where the candidate of a terminal stands.

    Raises
    ------
    NotFoundError
        If the pass is no longer the admission's: the officer was released to another terminal.
    """
    admission = admission_of(session, by)
    officer, sitting = admission.enrolment.officer, admission.sitting
    running = next((each for each in admission.attempts if each.closed_at is None), None)
    upcoming = None if running else _upcoming(session, admission, at=at)
    return Whereabouts(
        step=_step(admission, running, upcoming),
        full_name=officer.full_name,
        rank=officer.rank,
        post=officer.post,
        unit=officer.unit,
        seat=admission.seat,
        room=sitting.room,
        language=admission.language,
        test_language=officer.test_language,
        taken=tuple(_taken(session, each) for each in admission.attempts if each.closed_at is not None),
        upcoming=upcoming,
        attempt_id=running.id if running else None,
    )


def admission_of(session: Session, by: TerminalPass) -> Admission:
    """Return the admission that a pass is for, or raise NotFoundError when it is for none any more."""
    admission = session.get(Admission, by.admission_id)
    if admission is None or admission.binding != by.binding:
        raise NotFoundError("admission")
    return admission


def _step(admission: Admission, running: Attempt | None, upcoming: NextPart | None) -> Step:
    if running is not None:
        return "running"
    if admission.sitting.state != SITTING_OPEN or upcoming is None:
        return "done"
    if admission.identity_confirmed_at is None:
        return "identity"
    if admission.language is None:
        return "language"
    return "rules" if admission.rules_accepted_at is None else "begin"


def _upcoming(session: Session, admission: Admission, *, at: datetime) -> NextPart | None:
    parts = parts_to_take(session, admission.enrolment_id)
    if not parts:
        return None
    threshold = threshold_for(session, admission, parts[0], at=at)
    return NextPart(parts[0], threshold.questions, minutes_for(threshold, admission), threshold.sample)


def _taken(session: Session, attempt: Attempt) -> TakenPart:
    if attempt.closed_at is None or attempt.closed_by is None:
        raise ValueError("the attempt still runs")
    newest = sa.select(AttemptResult.input_digest).where(AttemptResult.attempt_id == attempt.id)
    return TakenPart(
        part=attempt.part,
        answered=sum(response != "" for response in last_responses(session, attempt.id).values()),
        questions=attempt.questions,
        closed_at=attempt.closed_at,
        closed_by=attempt.closed_by,
        control=(session.scalar(newest.order_by(AttemptResult.id.desc()).limit(1)) or "")[:12],
    )


def confirm_identity(session: Session, by: TerminalPass, *, at: datetime) -> None:
    """Record that the candidate found himself in what the terminal shows."""
    admission = admission_of(session, by)
    if admission.identity_confirmed_at is None:
        admission.identity_confirmed_at = at
        record(session, "identity:confirmed", by="terminal", at=at, admission=admission.id)


def choose_language(session: Session, by: TerminalPass, language: str, *, at: datetime) -> None:
    """Choose the language of the test, once: Kazakh or Russian.

    Raises
    ------
    RefusedError
        ``language-unknown`` or ``identity_not_confirmed``.
    """
    admission = admission_of(session, by)
    if language not in LANGUAGES:
        raise RefusedError("language-unknown")
    if admission.identity_confirmed_at is None:
        raise RefusedError("identity_not_confirmed")
    if admission.attempts:
        raise RefusedError("already_started")
    admission.language = language
    record(session, "language:chosen", by="terminal", at=at, admission=admission.id, language=language)


def accept_rules(session: Session, by: TerminalPass, *, at: datetime) -> None:
    """Record that the candidate accepted the rules of the sitting.

    Raises
    ------
    RefusedError
        ``language_not_chosen``.
    """
    admission = admission_of(session, by)
    if admission.language is None:
        raise RefusedError("language_not_chosen")
    if admission.rules_accepted_at is None:
        admission.rules_accepted_at = at
        record(session, "rules:accepted", by="terminal", at=at, admission=admission.id)
