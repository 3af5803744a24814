"""Results of tests computed once more: from the recorded answers, the keys they name, the threshold."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError
from exam.services import grounds
from exam.services.statistics.changed_keys import ChangedKey, keys_in_force, keys_named
from exam.services.statistics.collected_answers import Question, questions_of
from exam.services.terminal.marking import Scored, mark
from exam.services.terminal.scoring_attempts import stored_responses
from exam.storage.tables import Attempt, AttemptResult, Form, KeyChangeAnswer, PartResult
from exam.storage.tables import Threshold as ThresholdRow

AT_ONCE = 500

Asked = Callable[[int, tuple[int, ...]], tuple[Question, ...]]


def verify_result(session: Session, result_id: int) -> bool:
    """Recompute the result of a test part from the journal; say whether it still follows from the rows.

    A rescored result is computed under the keys that it names, its forerunner under its own, so that
    every version of a result can be verified at any time.
    """
    result = session.get(PartResult, result_id)
    if result is None or result.attempt_id is None:
        raise NotFoundError("result")
    return _follows(session, result, _asked(session))


def checked_results(session: Session) -> Iterator[tuple[int, bool]]:
    """Yield the id of every test result, old versions included, and whether it follows from its rows."""
    asked = _asked(session)
    rows = session.scalars(
        sa.select(PartResult)
        .where(PartResult.attempt_id.is_not(None))
        .order_by(PartResult.id)
        .execution_options(yield_per=AT_ONCE)
    )
    for result in rows:
        yield result.id, _follows(session, result, asked)


def _asked(session: Session) -> Asked:
    """The questions of a form under some changed keys, read once for all who sat it under them."""

    @cache
    def asked(form_id: int, changes: tuple[int, ...]) -> tuple[Question, ...]:
        return questions_of(session, form_id, keys_named(session, changes))

    return asked


def _follows(session: Session, result: PartResult, asked: Asked) -> bool:
    attempt = session.get_one(Attempt, result.attempt_id)
    kept = session.scalars(
        sa.select(AttemptResult)
        .where(AttemptResult.attempt_id == attempt.id, AttemptResult.input_digest == result.input_digest)
        .order_by(AttemptResult.scoring_version)
        .limit(1)
    ).first()
    if kept is None:
        return False
    changes = _changes_of(session, kept, attempt.form_id)
    questions = asked(attempt.form_id, changes)
    threshold = session.get_one(ThresholdRow, attempt.threshold_id)
    again = mark(attempt, questions, stored_responses(session, attempt, questions), threshold)
    named_are_known = len(again.key_changes) == len(changes)
    return named_are_known and _in_time(session, changes, kept.scored_at) and _same(again, kept, result)


def _changes_of(session: Session, kept: AttemptResult, form_id: int) -> tuple[int, ...]:
    """The changed keys under which a row was scored; by its instant where it does not name them itself."""
    if kept.key_changes is not None:
        return tuple(kept.key_changes)
    campaign_id = session.get_one(Form, form_id).campaign_id
    keys: Mapping[int, ChangedKey] = (
        keys_in_force(session, campaign_id, until=kept.scored_at) if kept.scoring_version > 1 else {}
    )
    return tuple(each.changed.change_id or 0 for each in questions_of(session, form_id, keys) if each.changed)


def _in_time(session: Session, changes: tuple[int, ...], scored_at: datetime) -> bool:
    """Whether each of the keys had been confirmed when the result was scored."""
    later = sa.select(KeyChangeAnswer.key_change_id).where(
        KeyChangeAnswer.key_change_id.in_(changes), KeyChangeAnswer.answered_at > scored_at
    )
    return not changes or session.scalar(later.limit(1)) is None


def _same(again: Scored, kept: AttemptResult, result: PartResult) -> bool:
    told = (again.total, again.maximum, again.part.state.value, again.input_digest)
    return (
        told == (result.score, result.maximum, result.state, result.input_digest)
        and grounds.to_plain(again.part.grounds) == result.grounds
        and (list(again.responses), list(again.points), again.total)
        == (list(kept.responses), list(kept.points), kept.total)
    )
