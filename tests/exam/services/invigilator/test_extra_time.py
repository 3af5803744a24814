"""Extra time is an act of two people, and what happens in a room is written down."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.invigilator import extra_time
from exam.services.terminal.scoring_attempts import close_attempt
from exam.storage.tables import Account, Attempt, Enrolment, Incident
from tests import examination_room as rooms
from tests import factories as make
from tests.factories import NOON


@pytest.fixture
def session(database):
    with database.writing() as opened:
        yield opened


@pytest.fixture
def room(session):
    return rooms.room(session, officers=2)


@pytest.fixture
def attempt(session, room):
    rooms.lead_to_the_questions(session, room)
    return session.scalars(sa.select(Attempt)).one()


def ask(session, room, minutes=10, reason="жарық", by=None, place=0, at=NOON):
    extra_time.ask_extra_time(
        session, room.admissions[place], minutes=minutes, reason=reason, by=by or room.invigilator, at=at
    )
    return session.scalars(sa.select(sa.func.max(Incident.id))).one()


def grant(session, incident, by, at=NOON):
    extra_time.grant_extra_time(session, incident, by=by, at=at)


def refused(act):
    with pytest.raises(RefusedError) as caught:
        act()
    return caught.value.code


@pytest.mark.parametrize(
    ("minutes", "reason", "code"),
    [(0, "x", "extra_not_positive"), (-5, "x", "extra_not_positive"), (5, " ", "reason_missing")],
)
def test_time_is_asked_for_in_whole_and_with_a_reason(session, room, attempt, minutes, reason, code):
    assert refused(lambda: ask(session, room, minutes, reason)) == code


def test_no_time_where_no_part_runs(session, room, attempt):
    assert refused(lambda: ask(session, room, place=1)) == "part_over"


def test_who_asked_does_not_grant(session, room, attempt):
    asked = ask(session, room)
    assert refused(lambda: grant(session, asked, room.invigilator)) == "same_person"
    assert attempt.deadline_at == NOON + timedelta(minutes=30)


def test_nobody_gives_himself_time(session, room, attempt):
    officer = session.get_one(Enrolment, attempt.enrolment_id).officer_id
    himself = make.actor(session, Role.INVIGILATOR, region_code="AST", officer_id=officer)
    assert refused(lambda: ask(session, room, by=himself)) == "own_case"
    asked = ask(session, room)
    assert refused(lambda: grant(session, asked, himself)) == "own_case"


def test_time_of_another_region_is_not_there(session, room, attempt):
    stranger = make.actor(session, Role.INVIGILATOR, region_code="ALA")
    asked = ask(session, room)
    for act in (lambda: grant(session, asked, stranger), lambda: ask(session, room, by=stranger)):
        with pytest.raises(NotFoundError):
            act()


def test_time_is_granted_once(session, room, attempt):
    asked = ask(session, room)
    grant(session, asked, room.second)
    assert refused(lambda: grant(session, asked, room.second)) == "extra-granted-already"


def test_time_is_not_asked_for_twice_at_once(session, room, attempt):
    ask(session, room)
    assert refused(lambda: ask(session, room)) == "extra-asked-already"


def test_no_time_after_the_end(session, room, attempt):
    asked = ask(session, room)
    late = attempt.accept_until + timedelta(microseconds=1)
    assert refused(lambda: grant(session, asked, room.second, at=late)) == "part_over"
    close_attempt(session, attempt.id, how="candidate", by="terminal", at=NOON)
    assert refused(lambda: grant(session, asked, room.second)) == "part_over"


def test_no_more_than_half_an_hour_altogether(session, room, attempt):
    assert refused(lambda: ask(session, room, 31)) == "extra_over_cap"
    grant(session, ask(session, room, 20), room.second)
    assert refused(lambda: ask(session, room, 11)) == "extra_over_cap"
    grant(session, ask(session, room, 10), room.second)
    assert extra_time.added_seconds(session, attempt.id) == 30 * 60


def test_granted_time_moves_the_end_and_both_people_stay_on_record(session, room, attempt):
    asked = ask(session, room, 10)
    assert extra_time.seats_that_ask(session, room.sitting_id) == {room.admissions[0]}
    grant(session, asked, room.second)
    assert attempt.deadline_at == NOON + timedelta(minutes=40)
    assert attempt.accept_until == NOON + timedelta(minutes=40, seconds=5)
    rows = session.execute(
        sa.select(Incident.kind, Incident.answers_id, Account.login)
        .join(Account, Account.id == Incident.by)
        .order_by(Incident.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        ("extra_time_asked", None, room.invigilator.login),
        ("extra_time_granted", asked, room.second.login),
    ]
    assert not extra_time.requests_for(session, room.admissions[0])
    assert not extra_time.seats_that_ask(session, room.sitting_id)


def note(session, room, **given):
    common = {"kind": "device", "note": "тінтуір", "by": room.invigilator, "at": NOON}
    extra_time.note_incident(session, room.sitting_id, **common | given)


def test_an_incident_has_a_known_kind_and_words(session, room):
    assert refused(lambda: note(session, room, kind="extra_time_granted")) == "incident-kind-unknown"
    assert refused(lambda: note(session, room, note=" ")) == "reason_missing"


def test_a_seat_of_another_room_has_no_incident_here(session, room):
    row = session.get_one(rooms.Admission, room.admissions[0])
    second = rooms.sittings.plan_sitting(
        session, row.sitting.schedule_id, room="2", by=room.invigilator, at=NOON
    )
    with pytest.raises(NotFoundError):
        extra_time.note_incident(
            session,
            second.id,
            kind="device",
            note="x",
            admission_id=row.id,
            by=room.invigilator,
            at=NOON,
        )


def test_an_incident_names_the_part_it_touched(session, room, attempt):
    note(session, room, admission_id=room.admissions[0])
    note(session, room)
    rows = session.execute(sa.select(Incident.admission_id, Incident.attempt_id).order_by(Incident.id)).all()
    assert [tuple(row) for row in rows] == [(room.admissions[0], attempt.id), (None, None)]
