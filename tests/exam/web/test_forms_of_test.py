"""The pages of the forms: who may not, what is refused, from the blueprint to a sealed form."""

import pytest

from exam.rules.roles import Role
from exam.services.bank import forms_of_test
from exam.storage.tables import Form
from tests import factories as make
from tests.factories import NOON

pytestmark = pytest.mark.stocked

PAGES = ("/forms/", "/forms/1")


@pytest.fixture
def forms(sqlite_database):
    """Two parallel forms of the logic test in a campaign, not sealed."""
    with sqlite_database.writing() as session:
        blueprint = forms_of_test.find_blueprint("logic-30")
        of = make.campaign(session)
        made = forms_of_test.assemble_forms(session, of, blueprint, count=2, seed=7, by="test", at=NOON)
        return [form.id for form in made]


def words(page):
    return " ".join(page.select_one("main").get_text(" ").split())


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("role", [Role.ITEM_AUTHOR, Role.ITEM_APPROVER, Role.INVIGILATOR])
def test_a_stranger_is_turned_away(enter, address, role):
    enter(role).get(address, status=403)


def test_a_form_that_is_not_there_is_not_found(enter):
    enter(Role.PSYCHOMETRICIAN).get("/forms/77", status=404)


def test_sealing_is_no_page(enter):
    enter(Role.PSYCHOMETRICIAN).get("/forms/1/seal", status=405)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_without_a_campaign_the_page_says_so(enter, language):
    assert not enter(Role.PSYCHOMETRICIAN, language=language).get("/forms/").select("table")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_forms_are_listed_read_and_sealed_once(enter, forms, language, sqlite_database):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    assert len(page.get("/forms/").select("tbody tr")) == 2
    form = page.get(f"/forms/{forms[0]}")
    assert len(form.select("td.bank-stem")) == 30
    page.post(f"/forms/{forms[0]}/seal")
    assert not page.get(f"/forms/{forms[0]}").select("form[action$='/seal']")
    page.get(f"/forms/{forms[1]}")
    page.post(f"/forms/{forms[0]}/seal", status=409)
    with sqlite_database.reading() as session:
        assert session.get(Form, forms[0]).sealed_at == NOON
