"""From steps to the result of a part: what counts, what is recomputed, what closes by itself."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.services import grounds
from exam.services.terminal import candidate
from exam.services.terminal.answering import TerminalPass
from exam.services.terminal.scoring_attempts import (
    close_attempt,
    close_overdue,
    last_responses,
    score,
    stored_response,
)
from exam.services.terminal.starting import start_part
from exam.storage.tables import Attempt, AttemptResult, Enrolment, JournalEntry, PartResult
from question_bank.items import right_response
from question_bank.presentation import option_order
from tests import examination_room as rooms
from tests.examination_room import SECRET, answer
from tests.factories import NOON

SEED = bytes(range(32))
VERSIONS = {version.kind.value: version for version in rooms.questions("L")[:5]}


def started(session, in_room, part="legislation", at=NOON, seat=0):
    """The officer has done everything that comes before a part, and it runs."""
    who = rooms.seat_of(session, in_room.admissions[seat])
    if who.binding == 0:
        held = candidate.enter_code(
            session, rooms.code_for(session, in_room, seat), secret=SECRET, address="10.0.0.1", at=at
        )
        candidate.confirm_identity(session, held, at=at)
        candidate.choose_language(session, held, "kk", at=at)
        candidate.accept_rules(session, held, at=at)
    held = TerminalPass(who.id, who.binding)
    return session.get_one(Attempt, start_part(session, held, part, secret=SECRET, at=at))


def as_shown(seed, version, response):
    """The key of a version as the candidate with `seed` would give it."""
    if version.kind.value == "numeric":
        return response
    order = option_order(seed, version)
    return ",".join(str(order.index(int(place))) for place in response.split(","))


def answer_all_right(session, attempt, versions):
    for position, version in enumerate(versions):
        shown = as_shown(bytes.fromhex(attempt.seed), version, right_response(version))
        answer(session, attempt.id, position + 1, position, shown)


@pytest.mark.parametrize("shown", ["9", "0,0", "0,9", "x", "-", "1,2,3,4,5", "12,5,1"])
@pytest.mark.parametrize("kind", ["single", "ordering", "matching"])
def test_a_response_that_the_question_cannot_have_counts_as_none(kind, shown):
    assert stored_response(SEED, VERSIONS[kind], shown) == ""


@pytest.mark.parametrize("kind", VERSIONS)
def test_the_order_that_was_shown_is_undone(kind):
    version = VERSIONS[kind]
    right = right_response(version)
    assert stored_response(SEED, version, as_shown(SEED, version, right)) == right


def test_an_attempt_that_is_over_is_not_scored_again(database):
    with database.writing() as session:
        attempt = started(session, rooms.room(session))
        first = close_attempt(session, attempt.id, how="candidate", by="terminal", at=NOON)
        assert close_attempt(session, attempt.id, how="time", by="clock", at=NOON) is None
        assert session.scalars(sa.select(PartResult.id)).all() == [first.id]
        assert attempt.closed_by == "candidate"


def test_an_empty_paper_has_no_point(database):
    with database.writing() as session:
        attempt = started(session, rooms.room(session))
        result = close_attempt(session, attempt.id, how="candidate", by="terminal", at=NOON)
        assert (result.state, result.score, result.maximum) == ("failed", 0, 8)


def test_the_last_answer_counts_and_a_cleared_one_does_not(database):
    with database.writing() as session:
        attempt = started(session, rooms.room(session))
        for seq, position, response in [(1, 0, "1"), (2, 5, "3"), (7, 0, "2"), (9, 5, "")]:
            answer(session, attempt.id, seq, position, response)
        assert last_responses(session, attempt.id) == {0: "2", 5: ""}


def test_a_wholly_right_paper_has_every_point(database):
    with database.writing() as session:
        attempt = started(session, rooms.room(session, points=8))
        answer_all_right(session, attempt, rooms.questions("L"))
        result = close_attempt(session, attempt.id, how="candidate", by="terminal", at=NOON)
        kept = session.scalars(sa.select(AttemptResult)).one()
        assert (result.state, result.score) == ("passed", 8)
        assert kept.points == [1] * 8
        assert kept.responses == [right_response(version) for version in rooms.questions("L")]


def test_the_grounds_name_score_limits_source_and_sample(database):
    with database.writing() as session:
        in_room = rooms.room(session, points=2, minimum_by_area={"police": 2}, source="үлгі")
        attempt = started(session, in_room)
        right = rooms.questions("L")
        for position in (0, 2, 3):  # two of constitution, one of police
            shown = as_shown(bytes.fromhex(attempt.seed), right[position], right_response(right[position]))
            answer(session, attempt.id, position + 1, position, shown)
        result = close_attempt(session, attempt.id, how="candidate", by="terminal", at=NOON)
        assert result.state == "failed"
        assert [(g.code, dict(g.facts)) for g in grounds.from_plain(result.grounds)] == [
            ("test_score", {"points": "3", "maximum": "8"}),
            ("threshold_met", {"points": "3", "limit": "2"}),
            ("area_missed", {"area": "police", "points": "1", "limit": "2"}),
            ("threshold_source", {"source": "үлгі"}),
            ("threshold_is_sample", {}),
        ]


def test_the_digest_speaks_of_everything_the_result_rests_on(database):
    with database.writing() as session:
        attempt = started(session, rooms.room(session))
        before = score(session, attempt).input_digest
        with session.no_autoflush:
            attempt.seed = "00" * 32
            assert score(session, attempt).input_digest != before
            session.refresh(attempt)
        answer(session, attempt.id, 1, 0, "1")
        assert score(session, attempt).input_digest != before


def test_an_overdue_part_is_closed_although_nobody_asks(database):
    with database.writing() as session:
        attempt = started(session, rooms.room(session))
        until = attempt.accept_until
        assert close_overdue(session, at=until) == 0
        assert close_overdue(session, at=until + timedelta(microseconds=1)) == 1
        assert (attempt.closed_by, attempt.closed_at) == ("time", attempt.deadline_at)
        assert close_overdue(session, at=until + timedelta(hours=1)) == 0


def test_both_results_lead_to_the_interview(database):
    with database.writing() as session:
        in_room = rooms.room(session)
        enrolment = session.get_one(Enrolment, in_room.enrolments[0])
        close_attempt(session, started(session, in_room).id, how="candidate", by="terminal", at=NOON)
        assert enrolment.stage == 3
        logic = started(session, in_room, "logic")
        close_attempt(session, logic.id, how="candidate", by="terminal", at=NOON)
        assert enrolment.stage == 4
        tags = session.scalars(sa.select(JournalEntry.tag).order_by(JournalEntry.id.desc()).limit(2)).all()
        assert tags == ["enrolment:stage", "attempt:closed"]
