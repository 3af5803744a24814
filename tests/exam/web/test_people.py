"""The pages of the HR unit: who may not, what is refused, and the way of a staff list."""

import io

import pytest

from exam.rules.roles import Role
from exam.services import reference
from exam.storage.tables import Officer
from tests import factories as make
from tests.workbooks import ASAN, DANA, but, staff_list

PAGES = ("/people/", "/people/import", "/people/1", "/people/template.xlsx")


@pytest.fixture(autouse=True)
def regions(sqlite_database):
    with sqlite_database.writing() as session:
        reference.seed_regions(session)


def upload(content, name="list.xlsx", **more):
    return {"file": (io.BytesIO(content), name), **more}


def words(page):
    return " ".join(page.select_one("main").get_text(" ").split())


def count(app):
    with app.extensions["database"].reading() as session:
        return session.query(Officer).count()


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_turned_away(app, enter, address):
    enter(Role.EXAMINER).get(address, status=403)
    assert app.test_client().get(address).status_code == 302


def test_an_officer_of_another_region_is_not_there(app, enter):
    with app.extensions["database"].writing() as session:
        far = make.officer(session, region_code="ALA").id
    enter(Role.HR, region_code="AST").get(f"/people/{far}", status=404)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<html></html>", "бұл .xlsx түріндегі"),
        (b"", "файл бос"),
    ],
)
def test_what_is_no_list_is_refused_beside_its_field(app, enter, content, said):
    page = enter(Role.HR)
    page.get("/people/import")
    answer = page.post("/people/import", upload(content), status=422)
    assert said in answer.select_one("#file-errors").text.lower()
    assert answer.select_one("#error-summary a[href='#file']")
    assert count(app) == 0


def test_no_file_at_all_is_refused(app, enter):
    page = enter(Role.HR)
    page.get("/people/import")
    assert page.post("/people/import", {}, status=422).select_one("#file-errors li")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_problem_stands_on_the_page_with_its_cell(app, enter, language):
    page = enter(Role.HR, language=language)
    page.get("/people/import")
    wrong = but(ASAN, {"IIN": "1", "Sex": "x", "Region": "?"})
    answer = page.post("/people/import", upload(staff_list(wrong, DANA)), status=422)
    cells = [row.select_one("th").text for row in answer.select("tbody tr")]
    assert cells == ["A2", "D2", "I2"]
    assert count(app) == 0


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_list_is_looked_at_then_taken_in_and_its_officers_are_found(app, enter, language):
    page = enter(Role.HR, language=language)
    page.get("/people/")
    page.get("/people/import")
    page.post("/people/import", upload(staff_list(ASAN, DANA), only_look="y"), status=200)
    assert count(app) == 0
    page.post("/people/import", upload(staff_list(ASAN, DANA)))
    assert count(app) == 2
    page.get("/people/import")
    page.post("/people/import", upload(staff_list(but(ASAN, {"Rank": "полковник"}), DANA)))
    listed = page.get("/people/?q=серіков&sort=-unit&category=regional-5&region=AST")
    [link] = listed.select("tbody th a")
    assert "полковник" in words(page.get(link["href"]))


def test_markup_in_a_name_stays_text(app, enter):
    page = enter(Role.HR)
    page.get("/people/import")
    page.post("/people/import", upload(staff_list(but(ASAN, {"Post": "<b>бастық</b>"}))))
    assert "<b>бастық</b>" in words(page.get("/people/"))


def test_the_template_is_a_workbook(app, enter):
    page = enter(Role.HR)
    reply = page.client.get("/people/template.xlsx")
    assert reply.data.startswith(b"PK")
    assert "attachment" in reply.headers["Content-Disposition"]
