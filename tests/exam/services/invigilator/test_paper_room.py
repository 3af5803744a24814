"""A room on paper: what is refused, what the sheet says, and the key in the order of its paper."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError, RefusedError
from exam.rules.paper_fallback import PREPARATION, PaperKind
from exam.services.bank.form_reading import read_form
from exam.services.invigilator import paper_room
from exam.services.invigilator import sitting as sittings
from exam.storage.tables import JournalEntry, Schedule
from tests import examination_room as rooms
from tests.factories import NOON


@pytest.fixture
def room(database):
    with database.writing() as session:
        return rooms.room(session, officers=3)


def forms_of(session, room, at=NOON):
    return paper_room.read_room_forms(session, room.sitting_id, by=room.invigilator, at=at).forms


def printing(session, room, kind=PaperKind.QUESTIONS, at=NOON):
    form = forms_of(session, room, at)[0]
    return paper_room.print_form(session, room.sitting_id, form.id, kind, by=room.invigilator, at=at)


def refused(act):
    with pytest.raises(RefusedError) as refusal:
        act()
    return refusal.value.code


def test_a_form_that_the_room_does_not_use_is_not_there(database, room):
    with database.writing() as session, pytest.raises(NotFoundError):
        paper_room.print_form(
            session, room.sitting_id, 9999, PaperKind.QUESTIONS, by=room.invigilator, at=NOON
        )


def test_questions_are_printed_within_the_schedule_only(database, room):
    with database.writing() as session:
        schedule = session.scalars(sa.select(Schedule).where(Schedule.stage == "test")).one()
        early, late = schedule.starts_at - PREPARATION * 2, schedule.ends_at + timedelta(minutes=1)
        assert refused(lambda: printing(session, room, at=early)) == "too_early"
        assert refused(lambda: printing(session, room, at=late)) == "paper_too_late"
        assert not session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "form:printed")).all()


def test_the_key_waits_for_the_end_of_the_sitting_and_the_questions_end_with_it(database, room):
    with database.writing() as session:
        assert refused(lambda: printing(session, room, PaperKind.KEY)) == "key_before_the_end"
        sittings.close_sitting(session, room.sitting_id, by=room.invigilator, at=NOON)
        assert refused(lambda: printing(session, room)) == "paper_room_closed"
        assert printing(session, room, PaperKind.KEY).questions


def test_the_sheet_names_every_seat_with_its_forms(database, room):
    with database.writing() as session:
        found = paper_room.print_room(session, room.sitting_id, by=room.invigilator, at=NOON)
        assert [seat.seat for seat in found.seats] == [1, 2, 3]
        numbers = {(form.part, form.number) for form in found.forms}
        assert all(set(seat.numbers) <= numbers for seat in found.seats)
        assert all(len(form.digest) == 64 for form in found.forms)
        [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "room:printed"))
        assert entry.facts["digests"] == [form.digest for form in found.forms]


def test_the_paper_keeps_the_order_of_the_form_and_every_print_is_recorded(database, room):
    with database.writing() as session:
        printed = printing(session, room)
        again = printing(session, room)
        assert printed == again
        stored = [each.version.item for each in read_form(session, printed.form.id)]
        assert [question.version.item for question in printed.questions] == stored
        entries = session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "form:printed")).all()
        assert [entry.facts["kind"] for entry in entries] == ["questions", "questions"]
