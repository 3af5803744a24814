"""The board tells of every seat what its officer does, and names what needs somebody."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError
from exam.rules.roles import Role
from exam.services.invigilator import extra_time, releasing, room_board, seat_page
from exam.services.invigilator import sitting as sittings
from exam.services.terminal.scoring_attempts import close_attempt
from exam.storage.tables import Attempt, Campaign, Sitting, ThresholdApproval
from tests import examination_room as rooms
from tests import factories as make
from tests.examination_room import SECRET
from tests.factories import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(database):
    with database.writing() as opened:
        yield opened


@pytest.fixture
def room(session):
    return rooms.room(session, officers=3)


def seat(session, room, place=0, at=NOON):
    shown = room_board.board(session, room.sitting_id, by=room.invigilator, at=at)
    return next(each for each in shown.seats if each.admission_id == room.admissions[place])


def test_a_room_of_another_region_is_not_shown(session, room):
    stranger = make.actor(session, Role.INVIGILATOR, region_code="ALA")
    for read in (room_board.board, room_board.shortcomings):
        with pytest.raises(NotFoundError):
            read(session, room.sitting_id, by=stranger, at=NOON)
    with pytest.raises(NotFoundError):
        room_board.waiting_officers(session, room.sitting_id, by=stranger)
    with pytest.raises(NotFoundError):
        seat_page.seat_page(session, room.admissions[0], by=stranger, at=NOON)
    assert room_board.sittings_of(session, by=stranger) == []


def test_a_seat_through_its_day(session, room):
    assert seat(session, room).state == "waiting"
    rooms.code_for(session, room)
    assert seat(session, room).state == "code"
    rooms.lead_to_the_questions(session, room)
    assert (seat(session, room).state, seat(session, room).part) == ("running", "legislation")
    attempt = session.scalars(sa.select(Attempt)).one()
    close_attempt(session, attempt.id, how="candidate", by="terminal", at=NOON)
    assert seat(session, room).state == "between"
    make.part_result(session, attempt.admission.enrolment, "logic")
    assert seat(session, room).state == "done"


def test_the_last_answer_of_a_position_counts_and_time_runs(session, room):
    rooms.lead_to_the_questions(session, room)
    attempt = session.scalars(sa.select(Attempt)).one()
    for seq, position, response in [(1, 0, "1"), (2, 3, "2"), (3, 0, "")]:
        rooms.answer(session, attempt.id, seq, position, response)
    shown = seat(session, room, at=NOON + 2 * MINUTE)
    assert (shown.answered, shown.questions, shown.seconds_left) == (1, 8, 28 * 60)


def test_problems_are_named(session, room):
    assert seat(session, room, at=NOON + 15 * MINUTE).problem is None
    assert seat(session, room, at=NOON + 16 * MINUTE).problem == "absent"
    rooms.code_for(session, room)
    assert seat(session, room, at=NOON + 11 * MINUTE).problem == "code_expired"
    rooms.lead_to_the_questions(session, room)
    assert seat(session, room, at=NOON + 4 * MINUTE).problem is None
    assert (seat(session, room, at=NOON + 5 * MINUTE)).problem == "quiet"
    releasing.release_terminal(
        session, room.admissions[0], reason="экран", secret=SECRET, by=room.invigilator, at=NOON
    )
    assert seat(session, room).problem == "released"
    extra_time.ask_extra_time(
        session, room.admissions[0], minutes=5, reason="экран", by=room.invigilator, at=NOON
    )
    assert seat(session, room).problem == "asks_for_time"
    asked = seat_page.seat_page(session, room.admissions[0], by=room.invigilator, at=NOON)
    assert {each.incident_id for each in asked.requests} <= asked.mine
    assert not seat_page.seat_page(session, room.admissions[0], by=room.second, at=NOON).mine


def test_a_closed_room_has_no_problems(session, room):
    sittings.close_sitting(session, room.sitting_id, by=room.invigilator, at=NOON)
    shown = room_board.board(session, room.sitting_id, by=room.invigilator, at=NOON + 60 * MINUTE)
    assert shown.problems == ()


def test_who_waits_for_a_seat(session, room):
    campaign = session.get_one(Campaign, room.campaign_id)
    who = make.enrolment(session, stage=3, of=campaign)
    make.enrolment(session, stage=2, of=campaign)
    make.enrolment(session, stage=3, of=campaign, region_code="ALA")
    found = room_board.waiting_officers(session, room.sitting_id, by=room.invigilator)
    assert [each.enrolment_id for each in found] == [who.id]


def test_what_is_missing_is_said_before_anybody_sits_down(session, room):
    assert not room_board.shortcomings(session, room.sitting_id, by=room.invigilator, at=NOON)
    campaign = session.get_one(Campaign, room.campaign_id)
    make.threshold(session, campaign, "logic", questions=30, valid_from=NOON.date())
    (missing,) = room_board.shortcomings(session, room.sitting_id, by=room.invigilator, at=NOON)
    assert (missing.code, missing.facts["part"]) == ("no-form", "logic")
    assert session.scalar(sa.select(sa.func.count()).select_from(ThresholdApproval)) == 6


def test_sittings_that_run_stand_first(session, room):
    row = session.get_one(Sitting, room.sitting_id)
    later = sittings.plan_sitting(session, row.schedule_id, room="2", by=room.invigilator, at=NOON)
    lines = room_board.sittings_of(session, by=room.invigilator)
    assert [(line.id, line.admitted) for line in lines] == [(room.sitting_id, 3), (later.id, 0)]
