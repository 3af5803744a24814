"""The pages of a panel: opened, rated twice, limited, and proposed as a threshold."""

import pytest
import sqlalchemy as sa

from exam.rules.roles import Role
from exam.storage.tables import AngoffEstimate, JournalEntry, Threshold
from tests.simulated_test import sat_test

LANGUAGES = ("kk", "ru", "en")
JUDGES = "Ахметова Дана\nСеріков Асан\n"
PANELS = "/statistics/panels/"


@pytest.fixture
def sat(sqlite_database):
    with sqlite_database.writing() as session:
        found = sat_test(session, 60, 4)
        found.form.id  # noqa: B018  loaded before it leaves the session
        session.expunge_all()
        return found


def opened(enter, sat, language="kk"):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    page.get(PANELS + "new")
    page.post(PANELS + "new", {"form_id": sat.form.id, "purpose": "бұйрық", "judges": JUDGES})
    return page


def rate(page, place, percents, status=302):
    page.get(f"{PANELS}1/judges/{place}")
    return page.post(f"{PANELS}1/judges/{place}", {"percent": percents}, status=status)


@pytest.mark.parametrize("tail", ["", "new", "1", "1/judges/0", "1/judges/0/limits"])
def test_a_stranger_is_turned_away(enter, tail):
    enter(Role.ITEM_AUTHOR).get(PANELS + tail, status=403)


@pytest.mark.parametrize("tail", ["9", "1/judges/7", "1/judges/7/limits"])
def test_what_is_not_there_is_not_found(enter, sat, tail):
    opened(enter, sat).get(PANELS + tail, status=404)


@pytest.mark.parametrize("judges", ["", "Дана", "Дана\nдана", "\n".join(f"J{n}" for n in range(31))])
def test_a_panel_needs_different_judges(enter, sat, judges):
    page = enter(Role.PSYCHOMETRICIAN)
    page.get(PANELS + "new")
    data = {"form_id": sat.form.id, "purpose": "x", "judges": judges}
    page.post(PANELS + "new", data, status=409 if judges else 422)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_sheet_is_told_by_question_and_nothing_is_kept(enter, sat, sqlite_database, language):
    page = opened(enter, sat, language)
    for percents in (["50", "101", "x", ""], ["50"], ["-1", "1", "1", "1"], ["٥", "1", "1", "1"]):
        assert rate(page, 0, percents, 422).select(".error-summary li")
    with sqlite_database.reading() as session:
        assert not session.scalars(sa.select(AngoffEstimate)).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_rounds_converge_and_the_page_says_what_each_cut_would_mean(enter, sat, language):
    page = opened(enter, sat, language)
    assert page.get(PANELS).select("tbody a")
    assert not page.get(PANELS + "1").select("figure")
    rate(page, 0, ["90", "70", "50", "30"])
    page.get(PANELS + "1/judges/0", status=409)  # waits for the other
    rate(page, 1, ["60", "50", "40", "30"])
    page.get(PANELS + "1/judges/0")
    page.post(PANELS + "1/judges/0", {"pasted": "80\n60\n50\n30"})
    rate(page, 1, ["70", "60", "50", "30"])
    for place in (0, 1):
        page.get(f"{PANELS}1/judges/{place}/limits")
        given = {"least_cut": 1, "most_cut": 3, "least_failing": 10, "most_failing": 60}
        page.post(f"{PANELS}1/judges/{place}/limits", {**given, "most_cut": 9}, status=409)
        page.post(f"{PANELS}1/judges/{place}/limits", given)
    shown = page.get(PANELS + "1")
    assert shown.select_one("figure svg")
    rounds = shown.select("table")[1].select("tbody tr")
    assert [row.select("td")[-1].text for row in rounds] == ["3", "3"]  # means of 2.4, 1.8 and of 2.2, 2.1
    assert len(shown.select("table")[2].select("tbody tr")) == 6


def test_a_panel_is_proposed_through_the_two_approvers(enter, sat, sqlite_database):
    with sqlite_database.writing() as session:
        code = sat.campaign.code
        unready = f"/campaign/{code}/thresholds/new?blueprint={sat.form.blueprint}&panel="
    page = opened(enter, sat)
    page.get(unready + "1", status=404)
    for place in (0, 1):
        rate(page, place, ["90", "70", "50", "30"])
    link = page.get(PANELS + "1").select_one("a.btn-primary")["href"]
    form = page.get(link)
    assert form.select_one("#points")["value"] == "3"
    source = form.select_one("#source").text.strip()
    given = {"post_category": "", "questions": 4, "minutes": 30, "points": 3, "valid_from": "01.06.2030"}
    page.post(link, {**given, "source": source})
    page.get(unready + "99", status=404)
    enter(Role.CHAIR).get(link, status=404)
    with sqlite_database.reading() as session:
        row = session.scalars(sa.select(Threshold).order_by(Threshold.id.desc())).first()
        assert (row.points, row.approvals) == (3, [])
        told = session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "panel:proposed")).one()
        assert told.facts == {"panel": 1, "threshold": row.id, "rounds": 1}
