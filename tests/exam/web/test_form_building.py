"""The form builder: who may not, what is refused, from a blueprint to forms kept as they were shown."""

from urllib.parse import urlencode

import pytest
import sqlalchemy as sa

from exam.rules.roles import Role
from exam.services.bank.item_versions import write_move
from exam.storage.tables import Campaign, Form, ItemRow
from exam.web.form_building import relaxed_by
from question_bank.items import State
from question_bank.relaxations import Relaxation
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.stocked

ASKED = {"count": "2", "seed": "5", "day": "01.12.2026", "questions": "30", "minutes": "30"} | {
    f"area.{area}.{bound}": "6"
    for area in ("number_series", "letter_series", "syllogism", "ordering", "conditional")
    for bound in ("least", "most")
}


@pytest.fixture
def campaign(sqlite_database):
    with sqlite_database.writing() as session:
        return make.campaign(session).code


def address(campaign: str, **changed: str) -> str:
    return f"/forms/build/{campaign}/logic-30?{urlencode(ASKED | {'act': 'assemble'} | changed)}"


@pytest.mark.parametrize("role", [Role.ITEM_AUTHOR, Role.INVIGILATOR, Role.HR])
def test_a_stranger_is_turned_away(enter, campaign, role):
    page = enter(role)
    page.get(address(campaign), status=403)
    page.post("/forms/build/keep", {"parcel": "x"}, status=403)


@pytest.mark.parametrize("place", ["nowhere/logic-30", "{}/chess"])
def test_what_is_not_there_is_not_found(enter, campaign, place):
    enter(Role.PSYCHOMETRICIAN).get(f"/forms/build/{place.format(campaign)}", status=404)


@pytest.mark.parametrize(
    "changed",
    [
        {"count": "0"},
        {"count": "31"},
        {"count": "٢"},
        {"seed": "-1"},
        {"day": "31.02.2026"},
        {"questions": "501"},
        {"questions": "29"},
        {"area.syllogism.most": "5"},
        {"area.syllogism.least": "9999999999"},
        {"most_exposed": "0"},
        {"score_tolerance": "-1"},
        {"score_tolerance": "501"},
        {"score_tolerance": "a"},
        {"information_tolerance": "100,1"},
    ],
)
def test_a_wrong_figure_is_told_and_nothing_is_assembled(enter, campaign, changed):
    page = enter(Role.PSYCHOMETRICIAN).get(address(campaign, **changed), status=400)
    assert page.select(".error-summary li")
    assert not page.select("#result")


def test_what_was_not_shown_is_not_kept(enter, campaign, sqlite_database):
    page = enter(Role.PSYCHOMETRICIAN)
    page.get("/forms/")
    for parcel in ("", "eyJmb3JtcyI6W119.x", "." * 100_000):
        page.post("/forms/build/keep", {"parcel": parcel}, status=409)
    assert not kept(sqlite_database)


def test_what_was_shown_to_another_is_not_kept(enter, campaign, sqlite_database):
    parcel = enter(Role.PSYCHOMETRICIAN).get(address(campaign)).select_one("[name=parcel]")["value"]
    other = enter(Role.PSYCHOMETRICIAN)
    other.get(address(campaign))
    other.post("/forms/build/keep", {"parcel": parcel}, status=409)
    assert not kept(sqlite_database)


def test_forms_whose_question_left_the_pool_are_not_kept(enter, campaign, sqlite_database):
    page = enter(Role.PSYCHOMETRICIAN)
    shown = page.get(address(campaign))
    with sqlite_database.writing() as session:
        for row in session.scalars(sa.select(ItemRow).where(ItemRow.area == "syllogism")):
            write_move(session, row.versions[0], State.ACTIVE, State.SUSPENDED, note="test", by=None, at=NOON)
    page.post("/forms/build/keep", {"parcel": shown.select_one("[name=parcel]")["value"]}, status=409)
    assert not kept(sqlite_database)


def kept(database):
    with database.reading() as session:
        return session.scalars(sa.select(Form.digest).order_by(Form.number)).all()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_blueprint_is_shown_counted_assembled_and_kept_once(enter, campaign, sqlite_database, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    blank = page.get(f"/forms/build/{campaign}/logic-30?lang={language}")
    assert blank.select_one('[name="area.syllogism.least"]')["value"] == "6"
    counted = page.get(address(campaign, act="count"))
    assert not counted.select("#result")
    shown = page.get(address(campaign))
    assert len(shown.select("#result figure svg")) == 1
    assert not kept(sqlite_database)
    parcel = shown.select_one("[name=parcel]")["value"]
    page.post("/forms/build/keep", {"parcel": parcel})
    digests = kept(sqlite_database)
    assert len(set(digests)) == 2
    assert all(digest[:12] in shown.select_one("#result").get_text() for digest in digests)
    page.get("/forms/")
    page.post("/forms/build/keep", {"parcel": parcel}, status=409)
    assert kept(sqlite_database) == digests


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_would_have_to_give_is_told_in_words(enter, campaign, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    shown = page.get(address(campaign, count="12", most_exposed="1"))
    (line,) = shown.select(".panel ol li")
    assert line.get_text().endswith(
        {"kk": ": 1 нұсқаға өзгерту", "ru": ": изменить на 1 вариант", "en": ": by 1 form"}[language]
    )
    assert "72" in shown.select_one(".building").get_text()


def test_an_edited_blueprint_stays_with_its_forms_and_may_be_given_a_threshold(
    enter, campaign, sqlite_database
):
    page = enter(Role.PSYCHOMETRICIAN)
    shown = page.get(address(campaign, minutes="45"))
    page.post("/forms/build/keep", {"parcel": shown.select_one("[name=parcel]")["value"]})
    with sqlite_database.reading() as session:
        form_id, code, certificate = session.execute(
            sa.select(Form.id, Form.blueprint, Form.certificate).order_by(Form.id)
        ).first()
    assert code.startswith("logic-30-")
    assert certificate["blueprint"]["minutes"] == 45
    assert page.get(f"/forms/{form_id}").select("h2")
    edited = page.get(f"/forms/build/{campaign}/{code}")
    assert edited.select_one("[name=minutes]")["value"] == "45"
    hr = enter(Role.HR)
    assert hr.get(f"/campaign/{campaign}/thresholds").select(f'a[href*="{code}"]')


def test_forms_are_alike_in_information_once_a_threshold_says_where_to_look(enter, campaign, sqlite_database):
    page = enter(Role.PSYCHOMETRICIAN, language="en")
    wide = {"information_tolerance": "100", "score_tolerance": "30"}
    assert apart(page.get(address(campaign, **wide))) == "–"
    with sqlite_database.writing() as session:
        of = session.scalars(sa.select(Campaign)).one()
        make.threshold(session, of, "logic", questions=30, points=18, valid_from=NOON.date())
    assert float(apart(page.get(address(campaign, **wide)))) <= 100
    shown = page.get(address(campaign, information_tolerance="0.5"))
    assert float(apart(shown)) <= 0.5
    page.post("/forms/build/keep", {"parcel": shown.select_one("[name=parcel]")["value"]})
    with sqlite_database.reading() as session:
        certificate = session.scalars(sa.select(Form.certificate)).first()
    assert certificate["information_range"] <= 0.005
    assert certificate["blueprint"]["forms"]["information_tolerance"] == "0.005"


def apart(page) -> str:
    """By how many per cent information differs, as the certificate says."""
    (row,) = (row for row in page.select("#result tr") if "of information" in row.get_text())
    return row.select_one("td").get_text(strip=True)


def test_what_must_be_given_up_is_rounded_so_that_it_suffices(app):
    with app.test_request_context("/?lang=en"):
        assert relaxed_by(Relaxation("expected score", 0.0001)) == "by 0.01 points"
        assert relaxed_by(Relaxation("expected score", 0.15)) == "by 0.15 points"
        assert relaxed_by(Relaxation("information at the cut", 0.0203)) == "by 2.03 %"
