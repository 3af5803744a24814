"""The pages of the integrity list: the planted pair is found, looked at by two, and no result changes."""

import pytest
import sqlalchemy as sa

from exam.rules.roles import Role
from exam.storage.tables import LeadReview, PartResult
from tests.simulated_test import many_singles, sat_test, simulated

LANGUAGES = ("kk", "ru", "en")
SAID = {"conclusion": "inquiry", "note": "бірдей қате жауаптар"}


def address(sat, tail=""):
    return f"/statistics/{sat.campaign.code}/legislation/integrity/{tail}"


def pair(sat):
    return f"{sat.attempts[3]}-{sat.attempts[4]}"


@pytest.fixture
def sat(sqlite_database):
    """120 people; the fifth wrote the answers of the fourth down."""
    versions = many_singles(40)
    rows = simulated(versions, 120, seed=3)
    rows[4] = list(rows[3])
    with sqlite_database.writing() as session:
        found = sat_test(session, versions=versions, responses=rows)
        session.expunge_all()
        return found


@pytest.mark.parametrize("tail", ["", "1", "1-2"])
def test_a_stranger_is_turned_away(enter, sat, tail):
    enter(Role.ITEM_AUTHOR).get(address(sat, tail), status=403)


def test_an_auditor_concludes_nothing_and_agrees_to_nothing(enter, sat, sqlite_database):
    first = enter(Role.PSYCHOMETRICIAN)
    first.get(address(sat, pair(sat)))
    first.post(address(sat, pair(sat)), SAID)
    auditor = enter(Role.AUDITOR)
    auditor.get(address(sat, pair(sat)))
    auditor.post(address(sat, pair(sat)), SAID, status=403)
    auditor.post(address(sat, "reviews/1"), {"agreed_note": "x"}, status=403)
    with sqlite_database.reading() as session:
        [review] = session.scalars(sa.select(LeadReview))
        assert review.answers_id is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_auditor_reads_the_lists_without_a_form_or_a_way_into_the_statistics(enter, sat, language):
    page = enter(Role.AUDITOR, language=language)
    assert page.get("/auditor/integrity").select_one("tbody a")["href"] == address(sat)
    for tail in ("", pair(sat), str(sat.attempts[3])):
        read = page.get(address(sat, tail))
        assert not read.select("main form[method=post]")
        ways = [link["href"] for link in read.select("main a[href^='/statistics/']")]
        assert all("/integrity/" in way for way in ways)
    page.get(address(sat).removesuffix("integrity/").rstrip("/"), status=403)


@pytest.mark.parametrize("tail", ["x", "0", "999999", "1-999999", "1-1", "1-2-3", "?sitting=x", "?sitting=²"])
def test_what_is_not_of_this_test_is_not_found(enter, sat, tail):
    enter(Role.PSYCHOMETRICIAN).get(address(sat, tail), status=404)


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_few_people_are_told_so(enter, sqlite_database, language):
    with sqlite_database.writing() as session:
        few = sat_test(session, 30, 8)
        session.expunge_all()
    page = enter(Role.PSYCHOMETRICIAN, language=language).get(address(few))
    assert page.select_one(".note")
    assert not page.select("table, figure")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_planted_pair_is_the_first_lead(enter, sat, language):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    listed = page.get(address(sat))
    assert listed.select_one("tbody a")["href"] == address(sat, pair(sat))
    assert listed.select_one("figure svg")
    assert page.get(address(sat, f"?sitting={sat.sitting.id}")).select("tbody a")
    lead = page.get(address(sat, pair(sat)))
    assert len(lead.select(".evidence")) >= 1
    person = page.get(address(sat, str(sat.attempts[3])))
    assert person.select("dl.facts")


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_concludes_another_agrees_and_no_result_changes(enter, sat, sqlite_database, language):
    first = enter(Role.PSYCHOMETRICIAN, language=language)
    first.get(address(sat, pair(sat)))
    first.post(address(sat, pair(sat)), {"note": " "}, status=422)
    first.post(address(sat, pair(sat)), SAID)
    first.get(address(sat, pair(sat)))
    first.post(address(sat, "reviews/1"), {"agreed_note": "мен де"}, status=409)
    second = enter(Role.PSYCHOMETRICIAN, language=language)
    second.get(address(sat, pair(sat)))
    second.post(address(sat, "reviews/99"), {"agreed_note": "x"}, status=404)
    second.post(address(sat, "reviews/1"), {"agreed_note": "мен де көрдім"})
    second.get(address(sat, pair(sat)))
    second.get(address(sat))
    with sqlite_database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(LeadReview)) == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(PartResult)) == 120
