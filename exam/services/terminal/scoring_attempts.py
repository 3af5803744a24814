"""An attempt ends: its last answers are read from the journal, scored, and become the result of a part.

Everything that the result rests on goes into one digest, so that whoever doubts it can recompute it from the
rows: the form and its versions, the order that the candidate saw, his last answers, the keys that were
changed, the threshold.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.rules.sitting import PartClock, ended_at
from exam.services import grounds
from exam.services.actors import Actor
from exam.services.campaign.campaigns import INTERVIEW, TEST, advance_stage
from exam.services.journaling import record
from exam.services.statistics.changed_keys import keys_in_force
from exam.services.statistics.collected_answers import Question, questions_of
from exam.services.terminal.marking import SCORING_VERSION, Scored, mark
from exam.storage.tables import Attempt, AttemptResult, Enrolment, Form, PartResult, Step
from exam.storage.tables import Threshold as ThresholdRow
from question_bank.errors import MalformedResponseError
from question_bank.items import ItemVersion, Kind, read_response
from question_bank.presentation import option_order
from scoring.outcome import TEST_KINDS, PartState

How = Literal["candidate", "time", "invigilator"]


def clock_of(attempt: Attempt) -> PartClock:
    """Return the clock of an attempt as the rules know it, with everything that was added."""
    return PartClock(
        started_at=attempt.started_at,
        limit_seconds=int((attempt.deadline_at - attempt.started_at).total_seconds()),
        grace_seconds=int((attempt.accept_until - attempt.deadline_at).total_seconds()),
    )


def last_responses(session: Session, attempt_id: int) -> dict[int, str]:
    """Return the last response of every position that was ever answered; a cleared answer is empty."""
    newest = (
        sa.select(sa.func.max(Step.seq))
        .where(Step.attempt_id == attempt_id)
        .group_by(Step.position)
        .scalar_subquery()
    )
    rows = sa.select(Step.position, Step.response).where(Step.attempt_id == attempt_id, Step.seq.in_(newest))
    return {row.position: row.response for row in session.execute(rows)}


def stored_response(seed: bytes, version: ItemVersion, shown: str) -> str:
    """Translate a response in the order that the candidate saw into places of the stored version.

    A response that no question of this kind can have counts as none: the journal keeps what was sent.
    """
    try:
        read = read_response(version, shown)
    except MalformedResponseError:
        return ""
    if read is None or version.kind is Kind.NUMERIC:
        return shown
    order = option_order(seed, version)
    places = [order[int(place)] for place in shown.split(",")]
    return ",".join(str(place) for place in (sorted(places) if version.kind is Kind.MULTIPLE else places))


def stored_responses(session: Session, attempt: Attempt, questions: Sequence[Question]) -> tuple[str, ...]:
    """Return the last response to every question of the form, options named by their stored places."""
    answered = last_responses(session, attempt.id)
    seed = bytes.fromhex(attempt.seed)
    return tuple(
        stored_response(seed, question.version, answered.get(position, ""))
        for position, question in enumerate(questions)
    )


def score(session: Session, attempt: Attempt) -> Scored:
    """Score an attempt from its steps as they stand, under the keys that are in force now.

    Who sits after a key was changed is scored under the changed key, as all before him are.
    """
    campaign_id = session.get_one(Form, attempt.form_id).campaign_id
    questions = questions_of(session, attempt.form_id, keys_in_force(session, campaign_id))
    threshold = session.get_one(ThresholdRow, attempt.threshold_id)
    return mark(attempt, questions, stored_responses(session, attempt, questions), threshold)


def close_attempt(
    session: Session, attempt_id: int, *, how: How, by: Actor | str, at: datetime
) -> PartResult | None:
    """End an attempt, score it, keep the result of its part; go to the interview when both tests have one.

    Parameters
    ----------
    how : {"candidate", "time", "invigilator"}
        Who ended it.

    Returns
    -------
    PartResult or None
        None when the attempt was over already: then nothing is changed.
    """
    attempt = session.get(Attempt, attempt_id, with_for_update={"of": Attempt}, populate_existing=True)
    if attempt is None:
        raise NotFoundError("attempt")
    if attempt.closed_at is not None:
        return None
    attempt.closed_at, attempt.closed_by = ended_at(clock_of(attempt), at), how
    session.flush()
    scored = score(session, attempt)
    result = _keep(session, attempt, scored, by=by, at=at)
    record(
        session,
        "attempt:closed",
        by=by,
        at=at,
        attempt=attempt.id,
        part=attempt.part,
        how=how,
        answered=sum(response != "" for response in scored.responses),
        key_changes=list(scored.key_changes),
        input_digest=scored.input_digest,
    )
    _go_on(session, attempt.enrolment_id, by=by, at=at)
    return result


def _keep(session: Session, attempt: Attempt, scored: Scored, *, by: Actor | str, at: datetime) -> PartResult:
    session.add(
        AttemptResult(
            attempt_id=attempt.id,
            form_id=attempt.form_id,
            scoring_version=SCORING_VERSION,
            responses=list(scored.responses),
            points=list(scored.points),
            total=scored.total,
            key_changes=list(scored.key_changes),
            input_digest=scored.input_digest,
            scored_at=at,
        )
    )
    result = PartResult(
        enrolment_id=attempt.enrolment_id,
        kind=attempt.part,
        state=scored.part.state.value,
        grounds=grounds.to_plain(scored.part.grounds),
        score=scored.total,
        maximum=scored.maximum,
        threshold_id=attempt.threshold_id,
        attempt_id=attempt.id,
        input_digest=scored.input_digest,
        decided_at=at,
        decided_by=by if isinstance(by, str) else by.login,
    )
    session.add(result)
    session.flush()
    return result


def _go_on(session: Session, enrolment_id: int, *, by: Actor | str, at: datetime) -> None:
    enrolment = session.get_one(Enrolment, enrolment_id)
    judged = sa.select(PartResult.kind).where(
        PartResult.enrolment_id == enrolment_id, PartResult.state != PartState.NOT_TAKEN.value
    )
    kinds = set(session.scalars(judged))
    if enrolment.stage == TEST and {kind.value for kind in TEST_KINDS} <= kinds:
        advance_stage(session, enrolment, INTERVIEW, by=by, at=at)


def overdue(session: Session, *, at: datetime) -> list[int]:
    """Return the attempts whose time and grace are over and that nobody has closed."""
    late = sa.select(Attempt.id).where(Attempt.closed_at.is_(None), Attempt.accept_until < at)
    return list(session.scalars(late.order_by(Attempt.id)))


def close_overdue(session: Session, *, at: datetime) -> int:
    """Close every attempt whose time is over, although nobody asks; return how many."""
    late = overdue(session, at=at)
    return sum(close_attempt(session, each, how="time", by="clock", at=at) is not None for each in late)
