"""The pages of the bank: who may not, what is refused, and an item from its first wording into use."""

import pytest
import sqlalchemy as sa

from exam.rules.roles import Role
from exam.services.bank_loading import add_items
from exam.storage.tables import ItemMove, ItemRow
from question_bank.items import State
from question_bank.reading import shipped_bank
from tests.factories import NOON

BANK_ROLES = (Role.ITEM_AUTHOR, Role.ITEM_APPROVER, Role.PSYCHOMETRICIAN)
PAGES = ("/bank/", "/bank/review", "/bank/1")


@pytest.fixture
def items(sqlite_database):
    """A few shipped items of each test, one of each kind; their ids by code."""
    shipped = shipped_bank().items
    chosen = {item.version.kind: item for item in shipped}.values()
    few = {item.code: item for item in (*shipped[:4], *shipped[-4:], *chosen)}
    with sqlite_database.writing() as session:
        rows = add_items(session, list(few.values()), author=None, at=NOON)
        return {row.code: row.id for row in rows}


def words(page):
    return " ".join(page.select_one("main").get_text(" ").split())


@pytest.mark.parametrize("address", PAGES)
def test_a_stranger_is_turned_away(app, enter, items, address):
    enter(Role.EXAMINER).get(address, status=403)
    assert app.test_client().get(address).status_code == 302


@pytest.mark.parametrize("address", ["/bank/99999", "/bank/1/versions/9"])
def test_what_is_not_there_is_not_found(enter, items, address):
    enter(Role.ITEM_AUTHOR).get(address, status=404)


def test_a_move_is_no_page(enter, items):
    enter(Role.ITEM_APPROVER).get("/bank/1/versions/1/move", status=405)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("role", BANK_ROLES)
def test_the_bank_is_searched_and_every_kind_of_item_is_read(enter, items, language, role):
    page = enter(role, language=language)
    assert len(page.get("/bank/").select("tbody tr")) == len(items)
    for number in items.values():
        page.get(f"/bank/{number}")
    page.get("/bank/review")


def test_an_act_of_another_role_is_refused_in_words(enter, items):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/1")
    answer = page.post("/bank/1/versions/1/move", {"to": "suspended", "note": "x"}, status=409)
    assert "басқа рөл" in words(answer)


def test_an_approver_suspends_an_item_and_the_note_stays(enter, items, sqlite_database):
    page = enter(Role.ITEM_APPROVER)
    page.get("/bank/1")
    page.post("/bank/1/versions/1/move", {"to": "suspended", "note": "бап өзгерді"})
    assert "бап өзгерді" in words(page.get("/bank/1"))
    with sqlite_database.reading() as session:
        assert session.get(ItemRow, 1).state == State.SUSPENDED
        assert session.scalars(sa.select(ItemMove.note).order_by(ItemMove.id.desc())).first() == "бап өзгерді"
