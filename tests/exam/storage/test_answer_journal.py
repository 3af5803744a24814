"""The answer journal on both engines: what it refuses, what it keeps, and when it tells."""

import threading
from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.storage import answer_journal
from exam.storage.answer_journal import AnswerJournal, JournalError
from exam.storage.settling import GivenStep, Parcel, Standing, settle
from exam.storage.tables import Attempt, Step
from tests import factories as make
from tests.factories import NOON

DEADLINE = NOON + timedelta(minutes=30)
END = DEADLINE + timedelta(seconds=5)


@pytest.fixture
def attempt(database):
    """A running attempt of four questions, until half past."""
    with database.writing() as session:
        campaign = make.campaign(session)
        sitting = make.sitting(session, make.schedule(session, campaign))
        row = make.attempt(
            session,
            make.admission(session, sitting, make.enrolment(session, of=campaign, stage=3)),
            binding=2,
        )
        return row.id, row.admission_id


@pytest.fixture
def journal(database):
    return AnswerJournal(database, idle_seconds=0.2)


def parcel(attempt, *steps, at=NOON, **changed):
    attempt_id, admission_id = attempt
    common = {"attempt_id": attempt_id, "admission_id": admission_id, "binding": 2}
    return Parcel(**common | changed, steps=tuple(GivenStep(*step) for step in steps), received_at=at)


def rows(database):
    with database.reading() as session:
        return [
            (row.seq, row.position, row.response, row.received_at)
            for row in session.scalars(sa.select(Step).order_by(Step.seq))
        ]


def close(database, attempt, *, by="invigilator"):
    with database.writing() as session:
        row = session.get_one(Attempt, attempt[0])
        row.closed_at, row.closed_by = NOON, by


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"attempt_id": 4_000_000}, "not_yours"),
        ({"admission_id": 4_000_000}, "not_yours"),
        ({"binding": 1}, "other_terminal"),
        ({"binding": 3}, "other_terminal"),
    ],
)
def test_a_foreign_terminal_is_refused_and_told_nothing(database, journal, attempt, changed, code):
    journal.keep(parcel(attempt, (1, 0, "2")))
    entered = journal.keep(parcel(attempt, (1, 0, "2"), (2, 1, "3"), **changed))
    assert entered.refused == ((1, code), (2, code))
    assert entered.kept == ()
    assert entered.deadline_at is None
    assert len(rows(database)) == 1


@pytest.mark.parametrize(
    ("by", "code"),
    [("candidate", "already_submitted"), ("invigilator", "already_closed"), ("time", "already_closed")],
)
def test_a_closed_attempt_takes_no_further_answer(database, journal, attempt, by, code):
    close(database, attempt, by=by)
    assert journal.keep(parcel(attempt, (1, 0, "2"))).refused == ((1, code),)
    assert rows(database) == []


@pytest.mark.parametrize(("late_by", "kept"), [(-1, 1), (0, 1), (1, 0)])
def test_the_last_moment_itself_is_in_time(database, journal, attempt, late_by, kept):
    at = END + timedelta(microseconds=late_by)
    entered = journal.keep(parcel(attempt, (1, 0, "2"), at=at))
    assert len(entered.kept) == len(rows(database)) == kept
    assert entered.refused == (() if kept else ((1, "time_over"),))


@pytest.mark.parametrize("position", [4, 5, 32767])
def test_a_place_outside_the_form_is_refused_and_the_rest_is_kept(database, journal, attempt, position):
    entered = journal.keep(parcel(attempt, (1, position, "2"), (2, 3, "1"), (3, 0, "")))
    assert entered.refused == ((1, "no_such_question"),)
    assert [row[0] for row in rows(database)] == [2, 3]


def test_the_same_step_is_kept_once_and_has_its_first_moment_for_ever(database, journal, attempt):
    first = journal.keep(parcel(attempt, (1, 0, "2")))
    again = journal.keep(parcel(attempt, (1, 0, "2"), at=NOON + timedelta(minutes=3)))
    close(database, attempt)
    after_the_end = journal.keep(parcel(attempt, (1, 0, "2"), at=END + timedelta(hours=1)))
    assert first.kept == again.kept == after_the_end.kept == ((GivenStep(1, 0, "2"), NOON),)
    assert rows(database) == [(1, 0, "2", NOON)]


@pytest.mark.parametrize("other", [(1, 0, "3"), (1, 1, "2"), (1, 0, "")])
def test_a_number_that_was_used_for_another_answer_is_a_conflict(database, journal, attempt, other):
    journal.keep(parcel(attempt, (1, 0, "2")))
    assert journal.keep(parcel(attempt, other)).refused == ((1, "conflict"),)
    assert rows(database) == [(1, 0, "2", NOON)]


def test_two_answers_of_one_number_in_one_parcel_keep_one(database, journal, attempt):
    entered = journal.keep(parcel(attempt, (1, 0, "2"), (1, 0, "3"), (1, 0, "2")))
    [(_, _, response, _)] = rows(database)
    assert {step.response for step, _ in entered.kept} == {response}
    assert entered.refused == ((1, "conflict"),) * (3 - len(entered.kept))


def test_an_answer_that_changes_is_a_further_step(database, journal, attempt):
    journal.keep(parcel(attempt, (1, 0, "2"), (2, 0, "3")))
    journal.keep(parcel(attempt, (3, 0, ""), at=NOON + timedelta(seconds=9)))
    assert [row[2] for row in rows(database)] == ["2", "3", ""]


def test_extra_time_and_a_new_binding_count_from_the_next_parcel(database, journal, attempt):
    late = END + timedelta(minutes=1)
    assert journal.keep(parcel(attempt, (1, 0, "2"), at=late)).refused == ((1, "time_over"),)
    with database.writing() as session:
        row = session.get_one(Attempt, attempt[0])
        row.accept_until, row.binding = END + timedelta(minutes=5), 3
    assert journal.keep(parcel(attempt, (1, 0, "2"), at=late)).refused == ((1, "other_terminal"),)
    assert journal.keep(parcel(attempt, (1, 0, "2"), at=late, binding=3)).refused == ()


def test_whatever_waits_is_one_group_and_each_hears_its_own_fate(database, attempt, monkeypatch):
    sizes, told = [], {}
    over, begun, enough = threading.Event(), threading.Event(), threading.Event()
    enter = answer_journal._enter

    def counted(book, parcels):
        sizes.append(len(parcels))
        begun.set()
        enough.wait(10)
        return enter(book, parcels)

    monkeypatch.setattr(answer_journal, "_enter", counted)
    journal = AnswerJournal(database, idle_seconds=0.2)

    def hear(seq, fate):
        told[seq] = fate
        if len(told) == 40:
            over.set()

    journal.submit(parcel(attempt, (1, 0, "2")), lambda fate: hear(1, fate))
    assert begun.wait(10)
    for seq in range(2, 41):
        journal.submit(parcel(attempt, (seq, seq % 5, str(seq))), lambda fate, seq=seq: hear(seq, fate))
    enough.set()
    assert over.wait(10)
    assert sizes == [1, 39]
    for seq, fate in told.items():
        assert fate.refused == (((seq, "no_such_question"),) if seq > 1 and seq % 5 == 4 else ())
    assert len(rows(database)) == 40 - 8


def test_nothing_is_told_before_the_commit(database, attempt, monkeypatch):
    """The fate reaches the caller only when another connection sees the row."""
    seen = []
    journal = AnswerJournal(
        database, idle_seconds=0.2, deliver=lambda tell: (seen.append(len(rows(database))), tell())
    )
    journal.keep(parcel(attempt, (1, 0, "2")))
    assert seen == [1]


def test_a_parcel_that_the_database_refuses_takes_no_other_with_it(database, attempt, monkeypatch):
    journal = AnswerJournal(database, idle_seconds=0.2)
    book = answer_journal.open_book(database)
    whole = parcel(attempt, (1, 0, "2"))
    poisoned = parcel(attempt, (2, 0, None))
    try:
        good, bad = answer_journal._enter(book, [whole, poisoned])
    finally:
        book.connection.close()
    assert good.kept == ((GivenStep(1, 0, "2"), NOON),)
    assert isinstance(bad, JournalError)
    assert len(rows(database)) == 1
    assert journal.keep(parcel(attempt, (3, 0, "2"))).refused == ()


def test_a_broken_database_is_told_to_all_who_wait_and_the_next_is_kept(database, attempt, monkeypatch):
    def broken(book, parcels):
        raise OSError("no space left")

    with monkeypatch.context() as patch:
        patch.setattr(answer_journal, "_enter", broken)
        journal = AnswerJournal(database, idle_seconds=0.2)
        with pytest.raises(JournalError, match="no space left"):
            journal.keep(parcel(attempt, (1, 0, "2")))
    assert journal.keep(parcel(attempt, (1, 0, "2"))).refused == ()


def test_a_writer_whose_news_nobody_takes_goes_on_writing(database, attempt):
    """As when the event loop of a process is closed while its last answers are written."""

    def closed(_tell):
        raise RuntimeError("Event loop is closed")

    journal = AnswerJournal(database, idle_seconds=0.2, deliver=closed)
    with pytest.raises(JournalError, match="in time"):
        journal.keep(parcel(attempt, (1, 0, "2")), seconds=0.1)
    with pytest.raises(JournalError, match="in time"):
        journal.keep(parcel(attempt, (2, 0, "2")), seconds=1)
    assert [row[0] for row in rows(database)] == [1, 2]


def test_too_many_who_wait_are_sent_away(database, journal, attempt, monkeypatch):
    monkeypatch.setattr(answer_journal, "MOST_WAITING", 0)
    with pytest.raises(JournalError, match="too many"):
        journal.keep(parcel(attempt, (1, 0, "2")))


def test_a_writer_that_has_nothing_to_do_leaves_and_another_comes(database, attempt):
    journal = AnswerJournal(database, idle_seconds=0.05)
    journal.keep(parcel(attempt, (1, 0, "2")))
    [writer] = [thread for thread in threading.enumerate() if thread.name == "answer-journal"][-1:]
    writer.join(10)
    assert not writer.is_alive()
    assert journal.keep(parcel(attempt, (2, 0, "3"))).refused == ()


def test_two_writers_that_repeat_each_other_keep_each_step_once(database, attempt):
    """As two processes do when terminals send again on another connection."""
    journals = [AnswerJournal(database, idle_seconds=0.2) for _ in range(2)]
    faults = []

    def send_all(journal, order):
        for seq in order:
            entered = journal.keep(parcel(attempt, (seq, seq % 4, str(seq))))
            if entered.refused:
                faults.append(entered)

    numbers = range(1, 41)
    threads = [
        threading.Thread(target=send_all, args=(journal, order))
        for journal in journals
        for order in (numbers, reversed(numbers))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert [row[0] for row in rows(database)] == [*numbers]


def test_nobody_closes_an_attempt_between_the_check_and_the_commit(database, attempt):
    """Each answer that was acknowledged is seen by whoever closes and then reads."""
    journal, kept, some = AnswerJournal(database, idle_seconds=0.2), set(), threading.Event()

    def answer():
        for seq in range(1, 2000):
            entered = journal.keep(parcel(attempt, (seq, 0, "1")))
            kept.update(step.seq for step, _ in entered.kept)
            if entered.refused:
                return
            if seq == 5:
                some.set()

    terminal = threading.Thread(target=answer)
    terminal.start()
    assert some.wait(10)
    with database.writing() as session:
        row = session.get_one(Attempt, attempt[0])
        row.closed_at, row.closed_by = NOON, "invigilator"
        session.flush()
        scored = set(session.scalars(sa.select(Step.seq)))
    terminal.join()
    assert kept == scored == {row[0] for row in rows(database)}


def test_an_attempt_that_changed_meanwhile_is_to_be_tried_again():
    standing = Standing(1, 0, 4, DEADLINE, END, None)
    entered = settle(Parcel(7, 1, 0, (GivenStep(1, 0, "2"),), NOON), standing, {})
    assert entered.refused == ((1, "try_again"),)
