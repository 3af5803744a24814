"""The page of a part: the candidate's own order without keys, and handing in by the server's clock."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError, RefusedError
from exam.services.invigilator import releasing
from exam.services.terminal import part_page
from exam.services.terminal.answering import TerminalPass
from exam.storage.tables import Attempt, AttemptResult, PartResult, Step
from question_bank.presentation import option_order, question_order
from tests import examination_room as rooms
from tests.exam.web.page import KEY_CANARY
from tests.examination_room import SECRET
from tests.factories import NOON

SECOND = timedelta(seconds=1)


@pytest.fixture
def room(database):
    with database.writing() as session:
        return rooms.room(session)


@pytest.fixture
def held(database, room):
    with database.writing() as session:
        return rooms.lead_to_the_questions(session, room)


def attempt_of(session):
    return session.scalars(sa.select(Attempt)).one()


def test_a_terminal_that_was_released_sees_and_does_nothing(database, room, held):
    with database.writing() as session:
        releasing.release_terminal(
            session, room.admissions[0], reason="экран", secret=SECRET, by=room.invigilator, at=NOON
        )
        attempt = attempt_of(session).id
        for act in (
            lambda: part_page.part_page(session, held, at=NOON),
            lambda: part_page.time_left(session, held, attempt, at=NOON),
            lambda: part_page.submit(session, held, attempt, at=NOON),
        ):
            with pytest.raises(NotFoundError):
                act()
        assert attempt_of(session).closed_at is None


def test_the_pass_of_nobody_opens_nothing(database, held):
    with database.reading() as session, pytest.raises(NotFoundError):
        part_page.part_page(session, TerminalPass(999, 1), at=NOON)


def test_after_the_grace_nothing_is_handed_in_by_hand(database, held):
    with database.writing() as session:
        attempt = attempt_of(session)
        with pytest.raises(RefusedError) as caught:
            part_page.submit(session, held, attempt.id, at=attempt.accept_until + SECOND)
        assert caught.value.code == "time_over"


@pytest.mark.parametrize(("seconds", "over"), [(-1, False), (0, True), (3, True)])
def test_the_terminals_word_that_time_is_over_is_checked(database, held, seconds, over):
    with database.writing() as session:
        attempt = attempt_of(session)
        at = attempt.deadline_at + seconds * SECOND
        assert part_page.submit(session, held, attempt.id, at=at, automatic=True) is over
        assert attempt.closed_by == ("time" if over else None)


def test_the_end_is_never_after_the_deadline(database, held):
    with database.writing() as session:
        attempt = attempt_of(session)
        part_page.submit(session, held, attempt.id, at=attempt.deadline_at + 4 * SECOND)
        assert attempt.closed_at == attempt.deadline_at


def test_a_part_handed_in_twice_has_one_result(database, held):
    with database.reading() as session:
        attempt = attempt_of(session).id

    def hand_in(_):
        with database.writing() as session:
            return part_page.submit(session, held, attempt, at=NOON + SECOND)

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(hand_in, range(12))) == [True] * 12
    with database.reading() as session:
        assert len(session.scalars(sa.select(PartResult)).all()) == 1
        assert len(session.scalars(sa.select(AttemptResult)).all()) == 1


def test_the_page_has_the_candidates_order_and_no_key(database, held):
    with database.reading() as session:
        attempt = attempt_of(session)
        seed = bytes.fromhex(attempt.seed)
        page = part_page.part_page(session, held, at=NOON)
    versions = {version.item: version for version in rooms.questions("L")}
    codes = question_order(seed, versions)
    assert [list(versions).index(code) for code in codes] == [each.position for each in page.questions]
    for code, question in zip(codes, page.questions, strict=True):
        order = option_order(seed, versions[code])
        assert question.options == tuple(versions[code].options[place].text.kk for place in order)
    assert KEY_CANARY not in repr(page)
    assert str(rooms.NUMBER) not in repr(page)


def test_what_was_answered_comes_back_with_the_next_number(database, held):
    with database.writing() as session:
        attempt = attempt_of(session)
        assert part_page.part_page(session, held, at=NOON).next_seq == 1
        for seq, response in [(1, "0"), (5, "2")]:
            rooms.answer(session, attempt.id, seq, 0, response)
        page = part_page.part_page(session, held, at=NOON)
        assert page.next_seq == 6
        assert {each.position: each.response for each in page.questions if each.response} == {0: "2"}
        assert session.scalar(sa.select(sa.func.count()).select_from(Step)) == 2


def test_a_picture_goes_without_its_name(database):
    version = replace(rooms.single("L-1"), image="images/G-matrix-001.png")
    with database.writing() as session:
        room = rooms.room(session, versions=[version], points=1)
        held = rooms.lead_to_the_questions(session, room)
        (question,) = part_page.part_page(session, held, at=NOON).questions
    assert question.image.startswith("data:image/png;base64,")
    assert "matrix" not in question.image
