"""The pages of a changed key: look, propose, confirm by another, turn down."""

import pytest
import sqlalchemy as sa

from exam.rules.roles import Role
from exam.storage.tables import KeyChangeRow, PartResult
from tests import examination_room as rooms
from tests.simulated_test import sat_test

LANGUAGES = ("kk", "ru", "en")
ROWS = [("1", "2", "0"), ("0", "2", "0"), ("0", "2", "3"), ("", "2", "0"), ("1", "0", "0")]
REKEY = {"mode": "rekey", "answers": "0", "reason": "кілт қате", "propose": "1"}


@pytest.fixture
def sat(sqlite_database):
    with sqlite_database.writing() as session:
        found = sat_test(session, responses=ROWS, n_items=3, cut=2)
        session.expunge_all()
        return found


def new(sat, place=0):
    return f"/statistics/rescoring/new/{sat.campaign.code}/{sat.version_ids[place]}"


def results(database):
    with database.reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(PartResult))


def proposed(enter, sat, language="kk"):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    page.get(new(sat))
    page.post(new(sat), REKEY)
    return page


@pytest.mark.parametrize("url", ["/statistics/rescoring/", "/statistics/rescoring/1"])
def test_a_stranger_is_turned_away(enter, url):
    enter(Role.ITEM_AUTHOR).get(url, status=403)


def test_an_approver_confirms_but_does_not_propose(enter, sat):
    enter(Role.ITEM_APPROVER).get(new(sat), status=403)
    enter(Role.ITEM_APPROVER).get("/statistics/rescoring/")


def test_what_is_not_there_is_not_found(enter, sat):
    page = enter(Role.PSYCHOMETRICIAN)
    page.get("/statistics/rescoring/99", status=404)
    page.get(f"/statistics/rescoring/new/no-such/{sat.version_ids[0]}", status=404)
    page.get(f"/statistics/rescoring/new/{sat.campaign.code}/999", status=404)


@pytest.mark.parametrize("act", ["confirm", "reject"])
def test_acts_are_not_done_by_an_address(enter, sat, act):
    proposed(enter, sat).get(f"/statistics/rescoring/1/{act}", status=405)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("missing", ["mode", "answers", "reason"])
def test_a_proposal_without_its_parts_is_refused_in_words(enter, sat, sqlite_database, language, missing):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    page.get(new(sat))
    given = {name: value for name, value in REKEY.items() if name != missing}
    answer = page.post(new(sat), given, status=409 if missing == "answers" else 422)
    assert answer.select_one(".error-summary li")
    with sqlite_database.reading() as session:
        assert not session.scalars(sa.select(KeyChangeRow)).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_looking_shows_every_change_and_writes_nothing(enter, sat, sqlite_database, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    page.get(new(sat))
    answer = page.post(new(sat), {**REKEY, "propose": "", "look": "1"}, status=200)
    table = answer.select("table")[-1]
    assert len(table.select("tbody tr")) == 4
    assert table.select_one("tbody th").text.startswith("Серіков")
    assert answer.select_one("input[name=propose], button[name=propose]")
    with sqlite_database.reading() as session:
        assert not session.scalars(sa.select(KeyChangeRow)).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_person_confirms_what_he_saw(enter, sat, sqlite_database, language):
    first = proposed(enter, sat, language)
    own = first.get("/statistics/rescoring/1")
    assert not own.select_one("input[name=seal]")
    first.post("/statistics/rescoring/1/confirm", {"seal": ""}, status=409)
    second = enter(Role.ITEM_APPROVER, language=language)
    assert second.get("/statistics/rescoring/").select_one("tbody th a")
    seal = second.get("/statistics/rescoring/1").select_one("input[name=seal]")["value"]
    before = results(sqlite_database)
    second.post("/statistics/rescoring/1/confirm", {"seal": "0" * 64}, status=409)
    assert results(sqlite_database) == before
    second.get("/statistics/rescoring/1")
    second.post("/statistics/rescoring/1/confirm", {"seal": seal})
    assert results(sqlite_database) == before + 4
    after = second.get("/statistics/rescoring/1")
    assert after.select_one(".chip.tone--passed")
    assert not after.select_one("input[name=seal]")
    item = first.get(f"/statistics/{sat.campaign.code}/legislation/items/{sat.version_ids[0]}")
    assert item.select_one(".choices__line--right").text.split()[0] == "A"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_is_turned_down_with_a_reason(enter, sat, sqlite_database, language):
    proposed(enter, sat, language)
    second = enter(Role.PSYCHOMETRICIAN, language=language)
    second.get("/statistics/rescoring/1")
    before = results(sqlite_database)
    assert second.post("/statistics/rescoring/1/reject", {"note": ""}, status=422).select_one(
        ".error-summary"
    )
    second.post("/statistics/rescoring/1/reject", {"note": "дұрыс еді"})
    assert "дұрыс еді" in second.get("/statistics/rescoring/1").text
    assert results(sqlite_database) == before


@pytest.mark.parametrize(
    ("place", "answer", "status"),
    [(1, "B, D", 200), (2, "c a b", 200), (4, "7", 200), (1, "B, ?", 409), (4, "seven", 409), (1, "", 409)],
)
def test_other_kinds_take_letters_or_a_number(enter, sqlite_database, place, answer, status):
    versions = rooms.questions("L")[:5]
    with sqlite_database.writing() as session:
        rows = [("1", "1,3", "2,0,1", "", "7"), ("1", "0,2", "0,1,2", "", "918273")]
        sat = sat_test(session, responses=rows, versions=versions, cut=1)
        session.expunge_all()
    page = enter(Role.PSYCHOMETRICIAN)
    page.get(new(sat, place))
    given = {"mode": "rekey", "answer": answer, "reason": "x", "look": "1"}
    found = page.post(new(sat, place), given, status=status)
    if status == 200:
        assert found.select("table tbody th")


def test_a_drop_says_whom_it_harms_and_what_would_harm_nobody(enter, sat):
    page = enter(Role.PSYCHOMETRICIAN, language="en")
    page.get(new(sat))
    dropped = page.post(new(sat), {"mode": "drop", "reason": "x", "look": "1"}, status=200)
    assert "The highest score falls from 3 to 2 points" in dropped.text
    assert "“everybody gets the points” harms nobody" in dropped.text
    assert "For information: under thresholds lowered in the same proportion" in dropped.text
    row = dropped.select("table")[-1].select_one("tbody tr").text
    assert "Below the threshold: 1 points, at least 2 are required." in row
    assert "2 / 2" in row
    other = page.post(new(sat), {"mode": "everyone", "reason": "x", "look": "1"}, status=200)
    assert "The highest score falls" not in other.text
