"""Passes, receipts and the desk where answers come in."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.services.terminal import answering
from exam.services.terminal.answering import (
    Acknowledgement,
    AnswerDesk,
    GivenStep,
    Receipt,
    Step,
    TerminalPass,
    read_pass,
    sign_pass,
    sign_receipt,
    verify_receipt,
)
from tests import factories as make
from tests.factories import NOON

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
STEP = Step(7, 3, 12, "0,2")


@pytest.fixture
def seat(database):
    """The pass of a terminal and the attempt it may write to."""
    with database.writing() as session:
        campaign = make.campaign(session)
        sitting = make.sitting(session, make.schedule(session, campaign))
        row = make.attempt(
            session, make.admission(session, sitting, make.enrolment(session, of=campaign, stage=3))
        )
        return TerminalPass(row.admission_id, 0), row.id


@pytest.mark.parametrize(
    "text",
    [None, "", "x", "WzEsMF0", "WzEsMF0.", "WzEsMF0.AAAA", sign_pass(TerminalPass(1, 0), OTHER_KEY)],
)
def test_what_we_did_not_sign_is_no_pass(text):
    assert read_pass(text, KEY) is None


def test_no_letter_of_a_pass_can_be_changed():
    signed = sign_pass(TerminalPass(41, 2), KEY)
    for place, letter in enumerate(signed[:-1]):  # the last one holds unused bits
        for other in "A.z_":
            if other != letter:
                assert read_pass(signed[:place] + other + signed[place + 1 :], KEY) is None


@given(st.integers(1, 2**31 - 1), st.integers(0, 2**31 - 1))
def test_a_pass_comes_back_as_it_was_signed(admission_id, binding):
    assert read_pass(sign_pass(TerminalPass(admission_id, binding), KEY), KEY) == TerminalPass(
        admission_id, binding
    )


def test_a_receipt_is_hmac_over_the_canonical_step():
    """The second witness: OpenSSL over the same bytes.

    key=$(printf 'synaq receipt' | openssl dgst -sha256 -mac HMAC -macopt key:$(printf 'k%.0s' {1..32}) -r)
    printf 'synaq receipt 1\\n7\\n3\\n12\\n0,2\\n2024-05-14T07:00:00.000000+00:00' |
        openssl dgst -sha256 -mac HMAC -macopt hexkey:${key%% *} -r
    """
    signature = "02d9e679ecb2ad574dd1eeec17c64a39f48e35c79df6b498675af3acb79463cd"
    assert sign_receipt(STEP, NOON, KEY) == Receipt(7, 3, NOON, signature)


@pytest.mark.parametrize(
    "changed",
    [{"attempt_id": 8}, {"seq": 4}, {"position": 13}, {"response": "0,3"}, {"response": ""}],
)
def test_a_receipt_speaks_of_one_step_only(changed):
    receipt = sign_receipt(STEP, NOON, KEY)
    assert verify_receipt(receipt, STEP, KEY)
    assert not verify_receipt(receipt, replace(STEP, **changed), KEY)


def test_a_receipt_with_another_moment_or_key_is_not_ours():
    receipt = sign_receipt(STEP, NOON, KEY)
    assert not verify_receipt(replace(receipt, received_at=NOON + timedelta(microseconds=1)), STEP, KEY)
    assert not verify_receipt(replace(receipt, signature="0" * 64), STEP, KEY)
    assert not verify_receipt(receipt, STEP, OTHER_KEY)


def test_neighbouring_values_cannot_run_into_each_other():
    assert (
        sign_receipt(Step(1, 23, 4, "5"), NOON, KEY).signature
        != sign_receipt(Step(12, 3, 4, "5"), NOON, KEY).signature
    )


def test_the_moment_of_a_receipt_does_not_depend_on_the_zone_of_the_clock():
    in_astana = NOON.astimezone(timezone(timedelta(hours=5)))
    assert sign_receipt(STEP, in_astana, KEY) == sign_receipt(STEP, NOON, KEY)


def test_a_desk_keeps_signs_and_says_how_much_time_is_left(database, seat):
    by, attempt_id = seat
    desk = AnswerDesk(database, KEY)
    steps = (GivenStep(1, 0, "2"), GivenStep(2, 9, "1"))
    at = NOON + timedelta(seconds=9, microseconds=1)
    told = desk.keep(by, attempt_id, steps, at=at)
    assert told == Acknowledgement(
        (sign_receipt(Step(attempt_id, 1, 0, "2"), at, KEY),), ((2, "no_such_question"),), 30 * 60 - 9
    )
    again = desk.keep(by, attempt_id, steps[:1], at=NOON + timedelta(hours=2))
    assert again == Acknowledgement(told.receipts, (), 0)


def test_a_receipt_given_again_after_the_start_of_another_process_is_the_same(database, seat):
    by, attempt_id = seat
    at = datetime(2024, 5, 14, 7, 0, 1, 999_999, tzinfo=UTC)
    first = AnswerDesk(database, KEY).keep(by, attempt_id, (GivenStep(1, 0, "2"),), at=at)
    later = AnswerDesk(database, KEY).keep(
        by, attempt_id, (GivenStep(1, 0, "2"),), at=at + timedelta(minutes=1)
    )
    assert first.receipts == later.receipts


def test_a_foreign_attempt_is_refused_without_a_word_about_its_time(database, seat):
    by, attempt_id = seat
    told = AnswerDesk(database, KEY).keep(
        TerminalPass(by.admission_id + 1, 0), attempt_id, (GivenStep(1, 0, "2"),), at=NOON
    )
    assert told == Acknowledgement((), ((1, "not_yours"),), 0)


def test_a_desk_tells_without_making_anybody_wait(database, seat):
    by, attempt_id = seat
    told, over = [], threading.Event()

    def done(fate):
        told.append(fate)
        over.set()

    AnswerDesk(database, KEY).submit(by, attempt_id, (GivenStep(1, 0, "2"),), at=NOON, done=done)
    assert over.wait(10)
    [fate] = told
    assert fate.receipts == (sign_receipt(Step(attempt_id, 1, 0, "2"), NOON, KEY),)


def test_the_memory_of_passes_is_bounded_and_remembers_no_forgery(sqlite_database, monkeypatch):
    monkeypatch.setattr(answering, "REMEMBERED_PASSES", 3)
    desk = AnswerDesk(sqlite_database, KEY)
    for number in range(1, 9):
        one = TerminalPass(number, 0)
        assert desk.pass_of(sign_pass(one, KEY)) == desk.pass_of(sign_pass(one, KEY)) == one
        assert desk.pass_of(sign_pass(one, OTHER_KEY)) is None
        assert len(desk._passes) <= 3
    assert desk.pass_of(None) is None
