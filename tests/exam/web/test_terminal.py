"""The terminal's pages: nobody passes a step that is not his turn, and every page is fit to be read."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.app import create_app
from exam.config import Config
from exam.services.invigilator import releasing
from exam.services.terminal.answering import PASS_COOKIE
from exam.storage.tables import Attempt, PartResult
from tests import examination_room as rooms
from tests.exam.web.page import Page
from tests.examination_room import SECRET


@pytest.fixture
def app(sqlite_database, clock, tmp_path):
    config = Config(tmp_path, "sqlite://", SECRET, cookie_secure=False)
    application = create_app(config, clock=clock, database=sqlite_database)
    application.testing = True
    return application


@pytest.fixture
def page(app):
    return Page(app.test_client())


@pytest.fixture
def room(sqlite_database):
    with sqlite_database.writing() as session:
        return rooms.room(session)


@pytest.fixture
def code(sqlite_database, room):
    with sqlite_database.writing() as session:
        return rooms.code_for(session, room)


def enter(page, code):
    page.get("/terminal/")
    page.post("/terminal/enter", {"code": code})
    return page.get("/terminal/")


def lead_to_the_questions(page, code, language="kk"):
    enter(page, code)
    page.post("/terminal/identity")
    page.post("/terminal/language", {"language": language})
    page.get("/terminal/", language=language)
    page.post("/terminal/rules", {"accepted": "y"}, language=language)
    page.get("/terminal/", language=language)
    page.post("/terminal/start/legislation", language=language)
    return page.get("/terminal/", language=language)


def heading(soup):
    return soup.h1.get_text(strip=True)


@pytest.mark.parametrize(
    "path", ["enter", "identity", "language", "rules", "start/logic", "submit/1", "leave"]
)
def test_what_changes_something_is_never_a_get(page, path):
    page.get(f"/terminal/{path}", status=405)


@pytest.mark.parametrize("path", ["identity", "language", "rules", "start/legislation", "submit/1"])
def test_without_a_code_every_act_is_refused(page, path):
    page.get("/terminal/")
    soup = page.post(f"/terminal/{path}", status=409)
    assert "бастау кодын" in soup.get_text()


def test_a_post_without_the_token_of_the_page_is_refused(page):
    page.get("/terminal/")
    page.csrf_token = "forged"
    page.post("/terminal/enter", {"code": "2222 2222"}, status=400)


@pytest.mark.parametrize("typed", ["", "2222 2222", "%00", "К" * 20])
def test_a_wrong_code_opens_nothing_and_says_so(page, room, typed):
    page.get("/terminal/")
    soup = page.post("/terminal/enter", {"code": typed}, status=401 if typed else 400)
    assert soup.select_one(".field__errors li")
    assert PASS_COOKIE not in str(page.client._cookies)


def test_after_five_wrong_codes_the_terminal_waits(page, room, code, clock):
    page.get("/terminal/")
    for _ in range(5):
        page.post("/terminal/enter", {"code": "2222 2222"}, status=401)
    page.post("/terminal/enter", {"code": code}, status=429)
    clock.forward(minutes=9)
    page.post("/terminal/enter", {"code": code}, status=429)


def test_a_step_cannot_be_left_out(page, code):
    enter(page, code)
    page.post("/terminal/rules", {"accepted": "y"}, status=409)
    page.post("/terminal/start/legislation", status=409)
    assert heading(page.get("/terminal/")) == "Бұл сіз бе?"


def test_the_second_part_does_not_come_first(page, code):
    lead_to_the_questions(page, code)
    page.post("/terminal/start/logic", status=409)


def test_a_released_terminal_is_told_so_and_loses_its_pass(page, code, sqlite_database, room, clock):
    lead_to_the_questions(page, code)
    with sqlite_database.writing() as session:
        releasing.release_terminal(
            session, room.admissions[0], reason="экран", secret=SECRET, by=room.invigilator, at=clock()
        )
    assert heading(page.get("/terminal/", status=403)) == "Бұл терминал босатылды"
    assert heading(page.get("/terminal/")) == "Аттестаттау тестілеуі"


def test_another_mans_part_is_not_there(page, sqlite_database, clock):
    with sqlite_database.writing() as session:
        both = rooms.room(session, officers=2)
        rooms.lead_to_the_questions(session, both, 1)
        (theirs,) = session.scalars(sa.select(Attempt.id))
        code = rooms.code_for(session, both)
    lead_to_the_questions(page, code)
    for attempt in (theirs, 99):
        page.post(f"/terminal/submit/{attempt}", status=404)
        page.get(f"/terminal/clock/{attempt}", status=404)
    with sqlite_database.reading() as session:
        assert session.get_one(Attempt, theirs).closed_at is None


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_way_to_the_questions(page, code, language, sqlite_database, clock):
    lead_to_the_questions(page, code, language)
    soup = page.get("/terminal/", language=language)
    questions = soup.select("[data-question]")
    assert len(questions) == 8
    assert sorted(int(each["data-position"]) for each in questions) == list(range(8))
    assert [each["data-kind"] for each in questions].count("single") == 4
    with sqlite_database.reading() as session:
        assert session.scalars(sa.select(Attempt)).one().language == language


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_pages_before_the_test_speak_three_languages(page, code, language):
    page.get(f"/language/{language}", status=302)
    assert page.get("/terminal/", language=language)
    page.post("/terminal/enter", {"code": code})
    page.get("/terminal/", language=language)
    page.post("/terminal/identity")
    page.get("/terminal/", language=language)
    page.post("/terminal/language", {}, status=400, language=language)


def test_answers_are_saved_and_shown_again_in_the_order_that_was_seen(page, code, sqlite_database):
    soup = lead_to_the_questions(page, code)
    paper = soup.select_one("[data-attempt]")
    reply = page.client.post(
        "/terminal/save",
        json={"attempt": int(paper["data-attempt"]), "steps": [[1, 0, "2"], [2, 5, "3"], [3, 5, ""]]},
        headers={"X-Synaq": "save"},
    )
    assert [seq for seq, _, _ in reply.json["saved"]] == [1, 2, 3]
    again = page.get("/terminal/")
    assert again.select_one("[data-position='0']")["data-response"] == "2"
    assert again.select_one("[data-position='5']")["data-response"] == ""
    assert again.select_one("[data-attempt]")["data-next-seq"] == "4"


def test_the_clock_is_the_servers(page, code, clock):
    paper = lead_to_the_questions(page, code).select_one("[data-attempt]")
    clock.forward(minutes=10)
    assert page.client.get(paper["data-clock-address"]).json == {"over": False, "seconds_left": 1200}


def test_a_terminal_that_believes_the_time_is_over_is_not_believed(page, code, clock):
    paper = lead_to_the_questions(page, code).select_one("[data-attempt]")
    clock.forward(minutes=29)
    page.post(f"/terminal/submit/{paper['data-attempt']}", {"automatic": "yes"})
    assert page.get("/terminal/").select_one("[data-attempt]")


def test_time_ends_a_part_although_nobody_hands_it_in(page, code, clock, sqlite_database):
    lead_to_the_questions(page, code)
    clock.forward(minutes=30, seconds=6)
    soup = page.get("/terminal/")
    assert heading(soup) == "Логикалық ойлау қабілеті"
    assert "Уақыт аяқталды." in soup.get_text()
    with sqlite_database.reading() as session:
        attempt = session.scalars(sa.select(Attempt)).one()
        assert (attempt.closed_by, attempt.closed_at) == ("time", attempt.started_at + timedelta(minutes=30))


def test_the_whole_way_to_the_end(page, code, sqlite_database):
    for part in ("legislation", "logic"):
        if part == "legislation":
            soup = lead_to_the_questions(page, code)
        else:
            page.post("/terminal/start/logic")
            soup = page.get("/terminal/")
        attempt = soup.select_one("[data-attempt]")["data-attempt"]
        page.post(f"/terminal/submit/{attempt}")
        page.post(f"/terminal/submit/{attempt}")
        end = page.get("/terminal/")
    assert heading(end) == "Тестілеу аяқталды"
    assert not re.search(r"шекті|өтті|өткен жоқ", end.get_text())
    with sqlite_database.reading() as session:
        assert len(session.scalars(sa.select(PartResult.id)).all()) == 2
    page.post("/terminal/leave")
    assert heading(page.get("/terminal/")) == "Аттестаттау тестілеуі"
