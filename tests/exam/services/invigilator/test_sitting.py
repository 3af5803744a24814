"""Sittings: none without an approved schedule, nobody out of turn, seats by lot, an end for everybody."""

from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.campaign.campaigns import exempt
from exam.services.invigilator import sitting as sittings
from exam.storage.tables import Admission, Attempt, Campaign, Enrolment, JournalEntry, PartResult, Sitting
from tests import examination_room as rooms
from tests import factories as make
from tests.factories import NOON


@pytest.fixture
def session(database):
    with database.writing() as opened:
        yield opened


@pytest.fixture
def invigilator(session):
    return make.actor(session, Role.INVIGILATOR, region_code="AST")


def planned(session, by, **schedule):
    under = make.schedule(session, make.campaign(session), **schedule)
    return sittings.plan_sitting(session, under.id, room="1", by=by, at=NOON)


def waiting(session, row, *, stage=3, **given):
    return make.enrolment(session, stage=stage, of=session.get_one(Campaign, row.campaign_id), **given).id


def admit(session, row, *who, by):
    return sittings.admit(session, row.id, who, chance=Random(1), by=by, at=NOON)


def refused(act):
    with pytest.raises(RefusedError) as caught:
        act()
    return caught.value.code


def test_no_sitting_without_an_approved_schedule(session, invigilator):
    assert refused(lambda: planned(session, invigilator, approved=False)) == "schedule_not_approved"
    assert not session.scalars(sa.select(Sitting)).all()


def test_no_sitting_under_a_schedule_of_norms(session, invigilator):
    with pytest.raises(NotFoundError):
        planned(session, invigilator, stage="norms")


def test_no_sitting_under_the_schedule_of_another_region(session):
    stranger = make.actor(session, Role.INVIGILATOR, region_code="ALA")
    with pytest.raises(NotFoundError):
        planned(session, stranger)


def test_no_sitting_when_the_schedule_is_over(session, invigilator):
    over = NOON - timedelta(hours=1)
    assert refused(lambda: planned(session, invigilator, ends_at=over)) == "schedule-over"


def test_a_room_has_a_name(session, invigilator):
    under = make.schedule(session, make.campaign(session))
    act = lambda: sittings.plan_sitting(session, under.id, room="  ", by=invigilator, at=NOON)  # noqa: E731
    assert refused(act) == "room-missing"


@pytest.mark.parametrize("stage", [1, 2, 4, 5])
def test_only_the_stage_of_tests_is_admitted(session, invigilator, stage):
    row = planned(session, invigilator)
    who = waiting(session, row, stage=stage)
    assert refused(lambda: admit(session, row, who, by=invigilator)) == "stage-not-test"


def test_who_is_exempt_is_not_admitted(session, invigilator):
    row = planned(session, invigilator)
    who = waiting(session, row)
    exempt(
        session,
        session.get_one(Enrolment, who),
        reason="pregnancy",
        until=date(2024, 12, 31),
        by=make.actor(session, Role.HR, region_code="AST"),
        at=NOON,
    )
    assert refused(lambda: admit(session, row, who, by=invigilator)) == "exempt"


def test_officers_of_another_region_or_campaign_are_not_there(session, invigilator):
    row = planned(session, invigilator)
    for who in (waiting(session, row, region_code="ALA"), make.enrolment(session, stage=3).id, 999):
        with pytest.raises(NotFoundError):
            admit(session, row, who, by=invigilator)


def test_nobody_admits_himself(session):
    who = make.enrolment(session, stage=3)
    himself = make.actor(session, Role.INVIGILATOR, region_code="AST", officer_id=who.officer_id)
    under = make.schedule(session, session.get_one(Campaign, who.campaign_id))
    row = sittings.plan_sitting(session, under.id, room="1", by=himself, at=NOON)
    assert refused(lambda: admit(session, row, who.id, by=himself)) == "own_case"


def test_nobody_sits_in_two_rooms_at_once(session, invigilator):
    row = planned(session, invigilator)
    who = waiting(session, row)
    admit(session, row, who, by=invigilator)
    second = sittings.plan_sitting(session, row.schedule_id, room="2", by=invigilator, at=NOON)
    assert refused(lambda: admit(session, second, who, by=invigilator)) == "admitted-already"


def test_who_has_both_results_is_not_admitted_again(session, invigilator):
    row = planned(session, invigilator)
    who = waiting(session, row)
    for kind in ("legislation", "logic"):
        make.part_result(session, session.get_one(Enrolment, who), kind)
    assert refused(lambda: admit(session, row, who, by=invigilator)) == "parts-taken"


def test_one_refusal_admits_nobody(database):
    with database.writing() as session:
        by = make.actor(session, Role.INVIGILATOR, region_code="AST")
        row = planned(session, by)
        good, bad, sitting_id = waiting(session, row), waiting(session, row, stage=2), row.id
    with pytest.raises(RefusedError), database.writing() as session:
        sittings.admit(session, sitting_id, [good, bad], chance=Random(1), by=by, at=NOON)
    with database.reading() as session:
        assert not session.scalars(sa.select(Admission)).all()


def test_seats_are_drawn_and_none_is_given_twice(session, invigilator):
    row = planned(session, invigilator)
    first = admit(session, row, *(waiting(session, row) for _ in range(6)), by=invigilator)
    second = admit(session, row, *(waiting(session, row) for _ in range(4)), by=invigilator)
    assert sorted(each.seat for each in first) == [1, 2, 3, 4, 5, 6]
    assert sorted(each.seat for each in second) == [7, 8, 9, 10]
    assert [each.seat for each in first] != [1, 2, 3, 4, 5, 6]


def test_an_empty_room_is_not_opened(session, invigilator):
    row = planned(session, invigilator)
    assert (
        refused(lambda: sittings.open_sitting(session, row.id, by=invigilator, at=NOON)) == "nobody-admitted"
    )


def test_a_sitting_is_opened_once_and_closed_once(session):
    room = rooms.room(session)
    by = room.invigilator
    assert (
        refused(lambda: sittings.open_sitting(session, room.sitting_id, by=by, at=NOON))
        == "sitting-not-planned"
    )
    sittings.close_sitting(session, room.sitting_id, by=by, at=NOON)
    assert (
        refused(lambda: sittings.close_sitting(session, room.sitting_id, by=by, at=NOON))
        == "sitting-not-open"
    )
    row = session.get_one(Sitting, room.sitting_id)
    who = waiting(session, row)
    assert refused(lambda: admit(session, row, who, by=by)) == "sitting-closed"


def test_closing_hands_in_what_runs_and_kills_the_codes(session):
    room = rooms.room(session, officers=2)
    rooms.lead_to_the_questions(session, room)
    rooms.code_for(session, room, 1)
    sittings.close_sitting(session, room.sitting_id, by=room.invigilator, at=NOON + timedelta(minutes=5))
    attempt = session.scalars(sa.select(Attempt)).one()
    assert (attempt.closed_by, attempt.closed_at) == ("invigilator", NOON + timedelta(minutes=5))
    assert session.scalars(sa.select(PartResult.kind)).all() == ["legislation"]
    assert session.get_one(Admission, room.admissions[1]).code_digest is None


def test_every_act_is_in_the_journal(session):
    room = rooms.room(session)
    sittings.close_sitting(session, room.sitting_id, by=room.invigilator, at=NOON)
    tags = session.scalars(sa.select(JournalEntry.tag).order_by(JournalEntry.id)).all()
    assert tags == ["sitting:planned", "admission:made", "sitting:opened", "sitting:closed"]
