"""The invigilator's pages: nobody else opens them, no other region is there, each is fit to be read."""

import re

import pytest
import sqlalchemy as sa

from exam.app import create_app
from exam.config import Config
from exam.rules.roles import Role
from exam.storage.tables import Account, Admission, Incident, Sitting
from tests import examination_room as rooms
from tests import factories as make
from tests.exam.web.page import Page
from tests.examination_room import SECRET

GETS = ("/invigilator/", "/invigilator/sittings/{sitting}", "/invigilator/seats/{seat}")
POSTS = (
    "/invigilator/sittings",
    "/invigilator/sittings/{sitting}/admit",
    "/invigilator/sittings/{sitting}/open",
    "/invigilator/sittings/{sitting}/close",
    "/invigilator/sittings/{sitting}/codes",
    "/invigilator/sittings/{sitting}/incidents",
    "/invigilator/seats/{seat}/code",
    "/invigilator/seats/{seat}/release",
    "/invigilator/seats/{seat}/extra-time",
    "/invigilator/seats/{seat}/extra-time/1",
    "/invigilator/seats/{seat}/incidents",
)


@pytest.fixture
def app(sqlite_database, clock, tmp_path):
    config = Config(tmp_path, "sqlite://", SECRET, cookie_secure=False)
    application = create_app(config, clock=clock, database=sqlite_database)
    application.testing = True
    return application


@pytest.fixture
def room(sqlite_database):
    with sqlite_database.writing() as session:
        return rooms.room(session, officers=3)


def signed_in(app, login, language="kk"):
    page = Page(app.test_client(), language)
    page.get(f"/language/{language}", status=302)
    page.get("/login")
    page.post("/login", {"login": login, "password": make.PASSWORD})
    return page


@pytest.fixture
def page(app, room):
    return signed_in(app, room.invigilator.login)


def stranger(app, database, role=Role.EXAMINER, region="AST"):
    with database.writing() as session:
        login = make.account(session, role, region_code=region).login
    return signed_in(app, login)


def at(path, room):
    return path.format(sitting=room.sitting_id, seat=room.admissions[0])


@pytest.mark.parametrize("path", GETS)
def test_who_has_another_role_is_turned_away(app, room, sqlite_database, path):
    stranger(app, sqlite_database).get(at(path, room), status=403)


@pytest.mark.parametrize("path", POSTS)
def test_who_has_another_role_changes_nothing(app, room, sqlite_database, path):
    page = stranger(app, sqlite_database)
    page.get("/")
    page.post(at(path, room), status=403)


@pytest.mark.parametrize("path", GETS[1:])
def test_a_room_of_another_region_is_not_there(app, room, sqlite_database, path):
    stranger(app, sqlite_database, Role.INVIGILATOR, "ALA").get(at(path, room), status=404)


@pytest.mark.parametrize("path", POSTS[1:])
def test_nothing_is_done_in_a_room_of_another_region(app, room, sqlite_database, path):
    page = stranger(app, sqlite_database, Role.INVIGILATOR, "ALA")
    page.get("/invigilator/")
    data = {"reason": "x", "minutes": "5", "kind": "device", "note": "x", "enrolments": "1"}
    page.post(at(path, room), data, status=404)


@pytest.mark.parametrize("path", POSTS)
def test_what_changes_something_is_never_a_get(page, room, path):
    page.get(at(path, room), status=405)


def test_a_schedule_that_is_not_approved_is_not_offered(app, room, sqlite_database, page):
    with sqlite_database.writing() as session:
        campaign = make.campaign(session)
        draft = make.schedule(session, campaign, approved=False).id
    soup = page.get("/invigilator/")
    assert not soup.select(f"option[value='{draft}']")
    page.post("/invigilator/sittings", {"schedule": draft, "room": "2"}, status=400)


def test_a_form_that_is_not_filled_says_what_is_missing(page, room):
    seat = f"/invigilator/seats/{room.admissions[0]}"
    page.get(seat)
    for path in ("release", "incidents"):
        soup = page.post(f"{seat}/{path}", status=400)
        assert soup.select_one(".error-summary li")
    soup = page.post(f"{seat}/extra-time", {"minutes": "-5", "reason": "жарық"}, status=400)
    assert soup.select_one(".error-summary li")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_speaks_three_languages(app, room, sqlite_database, language, clock):
    with sqlite_database.writing() as session:
        rooms.lead_to_the_questions(session, room, at=clock())
        rooms.code_for(session, room, 1)
    page = signed_in(app, room.invigilator.login, language)
    page.get("/invigilator/")
    clock.forward(minutes=16)
    soup = page.get(f"/invigilator/sittings/{room.sitting_id}")
    assert len(soup.select(".seat--problem")) == 6  # three problems, on top and in their places
    for seat in room.admissions:
        page.get(f"/invigilator/seats/{seat}")
    page.post(f"/invigilator/sittings/{room.sitting_id}/codes", status=200)


def test_a_sitting_from_plan_to_close(app, room, sqlite_database, page):
    with sqlite_database.writing() as session:
        campaign = session.get_one(Sitting, room.sitting_id).campaign_id
        of = session.get_one(rooms.Campaign, campaign)
        make.enrolment(session, stage=3, of=of)
        schedule = session.get_one(Sitting, room.sitting_id).schedule_id
    page.get("/invigilator/")
    page.post("/invigilator/sittings", {"schedule": schedule, "room": "2-сынып"})
    planned = f"/invigilator/sittings/{room.sitting_id + 1}"
    soup = page.get(planned)
    (box,) = soup.select("input[name=enrolments]")
    page.post(f"{planned}/admit", {"enrolments": box["value"]})
    page.get(planned)
    page.post(f"{planned}/open")
    page.get(planned)
    slips = page.post(f"{planned}/codes", status=200)
    assert re.fullmatch(r"\w{4} \w{4}", slips.select_one(".slip__code").text)
    page.get(planned)
    page.post(f"{planned}/incidents", {"kind": "power", "note": "жарық сөнді"})
    assert "жарық сөнді" in page.get(planned).get_text()
    page.post(f"{planned}/close")
    assert "жабылған" in page.get(planned).get_text() or "жабылды" in page.get(planned).get_text()


def test_a_code_is_shown_once_and_kept_nowhere(page, room, sqlite_database):
    seat = f"/invigilator/seats/{room.admissions[0]}"
    page.get(seat)
    code = page.post(f"{seat}/code", status=200).select_one(".slip__code").text
    assert code not in page.get(seat).get_text()
    with sqlite_database.reading() as session:
        digest = session.get_one(Admission, room.admissions[0]).code_digest
        assert digest
        assert code.replace(" ", "") not in digest


def test_extra_time_takes_two(app, page, room, sqlite_database, clock):
    with sqlite_database.writing() as session:
        rooms.lead_to_the_questions(session, room, at=clock())
    seat = f"/invigilator/seats/{room.admissions[0]}"
    page.get(seat)
    page.post(f"{seat}/extra-time", {"minutes": "5", "reason": "жарық"})
    assert not page.get(seat).select("form[action*='extra-time']")
    with sqlite_database.reading() as session:
        asked = session.scalars(sa.select(Incident.id)).one()
    page.post(f"{seat}/extra-time/{asked}", status=409)
    second = signed_in(app, room.second.login)
    assert second.get(seat).select(f"form[action$='extra-time/{asked}']")
    second.post(f"{seat}/extra-time/{asked}")
    assert "35 мин" in second.get(seat).get_text()


def test_a_release_shows_a_new_code_and_leaves_its_reason(page, room, sqlite_database, clock):
    with sqlite_database.writing() as session:
        rooms.lead_to_the_questions(session, room, at=clock())
    seat = f"/invigilator/seats/{room.admissions[0]}"
    page.get(seat)
    soup = page.post(f"{seat}/release", {"reason": "экран өшті"}, status=200)
    assert soup.select_one(".slip__code")
    assert "экран өшті" in page.get(seat).get_text()


def test_the_hash_of_a_password_is_on_no_page(page, room, sqlite_database):
    with sqlite_database.reading() as session:
        kept = session.scalars(sa.select(Account.password_hash)).first()
    assert kept not in str(page.get(f"/invigilator/sittings/{room.sitting_id}"))
