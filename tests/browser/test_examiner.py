"""The examiner on the track with a tablet: a heat is entered by one, lost and found, confirmed by another."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from exam.rules.roles import Role
from exam.services.examiner import heats
from exam.storage.tables import Account, Enrolment, Measurement, PartResult
from tests import factories as make
from tests.factories import NOON
from tests.signing_in import sign_in

PICTURES = Path(__file__).parent.parent.parent / "docs" / "img"
NAMES = ("Әбдіқадыров Айдос Нұрланұлы", "Серіков Асан Болатұлы", "Жұмағұлов Ерлан Қайратұлы")

pytestmark = pytest.mark.browser


@pytest.fixture
def track(live_app):
    """Three officers of 31 who have the 100 metres left; two examiners of their region."""
    with live_app.database.writing() as session:
        of = make.campaign(session)
        under = make.schedule(session, of, "norms")
        logins = [make.account(session, Role.EXAMINER, region_code="AST").login for _ in range(2)]
        by = make.actor(session, Role.EXAMINER, region_code="AST")
        people = [make.enrolment(session, of=of, stage=2, full_name=name) for name in NAMES]
        heat = heats.plan_heat(session, under.id, exercise="run100", starts_at=NOON, by=by, at=NOON)
        heats.put_on_the_start(session, heat, people, by=by, at=NOON)
        return {"logins": logins, "grid": live_app.url(f"/norms/heats/{heat.id}")}


def test_a_heat_is_entered_going_down_and_confirmed_by_another(live_app, tablet_page, track):
    page = tablet_page
    first, second = track["logins"]
    sign_in(page, live_app, first)
    page.goto(track["grid"])
    rows = page.locator(".grid__row")

    # a slip is told in the row, and nothing is stored
    page.locator(".grid__input").nth(0).fill("1,42")
    page.keyboard.press("Enter")
    expect(rows.nth(0).locator(".grid__problem")).to_contain_text("1,42")

    # Enter goes down; the verdict stands in the row with its act
    page.locator(".grid__input").nth(0).fill("14,2")
    page.keyboard.press("Enter")
    expect(rows.nth(0).locator(".tone--passed")).to_be_visible()
    expect(rows.nth(0)).to_contain_text("870")
    expect(page.locator(".grid__input").nth(1)).to_be_focused()
    page.keyboard.type("15,1")
    page.keyboard.press("Enter")
    expect(rows.nth(1).locator(".tone--failed")).to_be_visible()

    # without a network the result stays in its field
    page.context.set_offline(True)
    page.keyboard.type("14,8")
    page.keyboard.press("Enter")
    expect(rows.nth(2).locator(".grid__problem")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator(".grid__input").nth(2)).to_have_value("14,8")
    page.locator(".grid__input").nth(2).press("Enter")
    expect(rows.nth(2).locator(".tone--passed")).to_be_visible()

    # a correction asks for its reason and leaves what was there
    page.locator(".grid__input").nth(1).fill("15,0")
    page.locator(".grid__reason input").nth(1).fill("секундомер қайта қаралды")
    page.locator(".grid__reason input").nth(1).press("Enter")
    expect(rows.nth(1).locator(".tone--passed")).to_be_visible()
    if os.environ.get("SYNAQ_PICTURES") == "1":
        page.reload()
        page.screenshot(path=PICTURES / "grid.png")

    sign_in(page, live_app, second)
    page.goto(track["grid"])
    page.locator(".confirm summary").click()
    page.locator(".confirm__box button[type=submit]").click()
    expect(page.locator(".grid__row", has_text="расталды")).to_have_count(3)

    with live_app.database.reading() as session:
        assert session.query(Measurement).count() == 4
        assert session.query(PartResult).count() == 0  # two exercises are still to come
        assert {e.stage for e in session.query(Enrolment)} == {2}
        assert session.query(Account).count() > 0


def test_the_first_examiner_cannot_confirm_himself(live_app, tablet_page, track):
    page = tablet_page
    sign_in(page, live_app, track["logins"][0])
    page.goto(track["grid"])
    page.locator(".grid__input").nth(0).fill("14,2")
    page.keyboard.press("Enter")
    expect(page.locator(".grid__row").nth(0).locator(".tone--passed")).to_be_visible()
    page.reload()
    expect(page.locator(".grid__row").nth(0).locator("form[action$='/confirm']")).to_have_count(0)
