"""Accounts on their pages: strangers and bad input first, then a life of an account in three languages."""

import pytest

from exam.rules.roles import Role
from exam.services import reference
from tests import factories as make

PAGES = ("/administrator/", "/administrator/new", "/administrator/1")


@pytest.fixture(autouse=True)
def regions(sqlite_database):
    with sqlite_database.writing() as session:
        reference.seed_regions(session)


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_turned_away(enter, address):
    enter(Role.AUDITOR).get(address, status=403)


@pytest.mark.parametrize("act", ["roles", "roles/1/revoke", "password", "disable"])
def test_an_act_is_not_a_page(enter, act):
    enter(Role.ADMINISTRATOR).get(f"/administrator/1/{act}", status=405)


def test_an_account_that_is_not_there_is_not_found(enter):
    page = enter(Role.ADMINISTRATOR)
    page.get("/administrator/999", status=404)
    page.get("/administrator/")
    page.post("/administrator/999/password", status=404)


@pytest.mark.parametrize(
    ("changed", "status", "place"),
    [
        ({"login": ""}, 422, "#login-errors"),
        ({"full_name": ""}, 422, "#full_name-errors"),
        ({"iin": "１２３"}, 422, "#iin-errors"),
        ({"iin": "990101300003\n1"}, 422, "#iin-errors"),
        ({"iin": "990101300003"}, 409, "#error-summary"),
        ({"login": "два слова"}, 409, "#error-summary"),
        ({"language": "de"}, 422, "#language-errors"),
    ],
)
def test_bad_input_is_answered_beside_its_field(enter, changed, status, place):
    page = enter(Role.ADMINISTRATOR)
    page.get("/administrator/new")
    given = {"login": "asan", "full_name": "Серіков Асан", "language": "kk", "iin": ""}
    answer = page.post("/administrator/new", given | changed, status=status)
    assert answer.select_one(f"{place} li")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_account_is_opened_given_roles_and_shut(app, enter, language):
    page = enter(Role.ADMINISTRATOR, language=language)
    page.get("/administrator/?q=a&role=hr")
    page.get("/administrator/new")
    given = {"login": "asan", "full_name": "Серіков Асан", "language": "kk"}
    shown = page.post("/administrator/new", given, status=200)
    login, password = (code.text for code in shown.select("dl code"))
    address = shown.select_one("main p a.btn")["href"]
    page.get(address)
    page.post(f"{address}/roles", {"role": "hr", "region": "AST"})
    page.post(f"{address}/roles", {"role": "auditor", "region": "AST"}, status=409)
    page.post(f"{address}/roles", {"role": "king", "region": ""}, status=422)
    held = page.get(address)
    [revoke] = [form["action"] for form in held.select("form[action$=revoke]")]
    page.post(revoke)
    page.get(address)
    fresh = page.post(f"{address}/password", status=200)
    assert password not in fresh.get_text()
    page.get(address)
    page.post(f"{address}/disable")
    assert not page.get(address).select("form[action$=disable]")
    stranger = app.test_client()
    stranger.get("/login")
    assert stranger.post("/login", data={"login": login, "password": password}).status_code in (400, 401)
    page.get("/administrator/")


def test_nobody_is_offered_to_change_himself(app, enter):
    page = enter(Role.ADMINISTRATOR)
    [link] = page.get("/administrator/").select("tbody th a")
    own = page.get(link["href"])
    assert not own.select("main form[method=post]")
    page.post(f"{link['href']}/disable", status=409)


def test_names_are_text(app, enter, sqlite_database):
    with sqlite_database.writing() as session:
        make.account(session, full_name="<i>Асан</i>")
    assert not enter(Role.ADMINISTRATOR).get("/administrator/").select("main i")
