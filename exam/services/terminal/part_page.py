"""A running part as its candidate sees it, the time left, and handing it in."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.rules.sitting import AttemptState, may_submit, seconds_left
from exam.services.bank.form_reading import read_form
from exam.services.bank.item_pictures import picture_address
from exam.services.terminal.answering import TerminalPass
from exam.services.terminal.candidate import admission_of
from exam.services.terminal.scoring_attempts import clock_of, close_attempt, last_responses
from exam.services.terminal.starting import refuse
from exam.storage.tables import Attempt, Step
from question_bank.markdown import to_html, to_inline_html
from question_bank.presentation import ShownItem, question_order, shown


@dataclass(frozen=True, slots=True)
class Question:
    """A question in the candidate's order and language, as safe HTML; nothing in it tells of the key.

    Attributes
    ----------
    position : int
        The 0-based place in the form, under which answers are saved.
    options : tuple of str
        In the order shown; a response names them by that order.
    image : str
        A ``data:`` address, so that no file name tells which item it is; empty where there is none.
    image_alt : str
        What the picture shows, in words; empty where the stem says all of it.
    response : str
        The last one that was kept; empty where there is none.
    """

    position: int
    kind: str
    stem: str
    options: tuple[str, ...]
    lefts: tuple[str, ...]
    unit: str
    image: str
    image_alt: str
    response: str


@dataclass(frozen=True, slots=True)
class PartPage:
    """A whole part for its page.

    Attributes
    ----------
    next_seq : int
        Number of the first answer that this page may send.
    """

    attempt_id: int
    part: str
    language: str
    full_name: str
    seat: int
    questions: tuple[Question, ...]
    seconds_left: int
    next_seq: int


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """What the terminal asks now and then: extra time shows without a reload."""

    seconds_left: int
    over: bool


def part_page(session: Session, by: TerminalPass, *, at: datetime) -> PartPage:
    """Return the part that runs at a terminal.

    Raises
    ------
    NotFoundError
        If no part runs, or the pass is no longer the admission's.
    """
    admission = admission_of(session, by)
    attempt = next((each for each in admission.attempts if each.closed_at is None), None)
    if attempt is None:
        raise NotFoundError("attempt")
    newest = session.scalar(sa.select(sa.func.max(Step.seq)).where(Step.attempt_id == attempt.id))
    return PartPage(
        attempt_id=attempt.id,
        part=attempt.part,
        language=attempt.language,
        full_name=admission.enrolment.officer.full_name,
        seat=admission.seat,
        questions=_questions(session, attempt),
        seconds_left=seconds_left(clock_of(attempt), at),
        next_seq=1 if newest is None else newest + 1,
    )


def _questions(session: Session, attempt: Attempt) -> tuple[Question, ...]:
    seed = bytes.fromhex(attempt.seed)
    by_code = {question.version.item: question for question in read_form(session, attempt.form_id)}
    answered = last_responses(session, attempt.id)
    return tuple(
        as_asked(
            shown(seed, by_code[code].version),
            attempt.language,
            by_code[code].position,
            image=picture_address(session, by_code[code].version.image),
            response=answered.get(by_code[code].position, ""),
        )
        for code in question_order(seed, by_code)
    )


def as_asked(seen: ShownItem, language: str, position: int, *, image: str, response: str = "") -> Question:
    """Return a question in one language as its candidate sees it; `image` is the address of its picture."""
    return Question(
        position=position,
        kind=seen.kind.value,
        stem=to_html(seen.stem.in_language(language)),
        options=tuple(to_inline_html(option.text.in_language(language)) for option in seen.options),
        lefts=tuple(to_inline_html(left.in_language(language)) for left in seen.lefts),
        unit=to_inline_html(seen.unit.in_language(language)),
        image=image,
        image_alt=seen.image_alt.in_language(language),
        response=response,
    )


def time_left(session: Session, by: TerminalPass, attempt_id: int, *, at: datetime) -> TimeLeft:
    """Return the seconds until the deadline as the server counts them, and whether the part is over."""
    attempt = _attempt_of(session, by, attempt_id)
    return TimeLeft(seconds_left(clock_of(attempt), at), attempt.closed_at is not None)


def submit(
    session: Session, by: TerminalPass, attempt_id: int, *, at: datetime, automatic: bool = False
) -> bool:
    """Hand a part in; say whether it is over now.

    Parameters
    ----------
    automatic : bool
        The terminal believes that time is up. It is believed only when the server agrees: time may have been
        added since the page was made.

    Raises
    ------
    NotFoundError
        If the attempt is not this terminal's.
    RefusedError
        What `exam.rules.sitting.may_submit` says.
    """
    attempt = _attempt_of(session, by, attempt_id)
    if attempt.closed_at is not None:
        return True
    clock = clock_of(attempt)
    if automatic and seconds_left(clock, at) > 0:
        return False
    refuse(may_submit(AttemptState.OPEN, clock, at))
    close_attempt(session, attempt.id, how="time" if automatic else "candidate", by="terminal", at=at)
    return True


def _attempt_of(session: Session, by: TerminalPass, attempt_id: int) -> Attempt:
    admission = admission_of(session, by)
    attempt = session.get(Attempt, attempt_id)
    if attempt is None or attempt.admission_id != admission.id:
        raise NotFoundError("attempt")
    return attempt
