"""A psychometrician in a real browser: a panel is opened, a sheet filled with Enter, a cut comes out."""

import pytest
from playwright.sync_api import Page, expect

from exam.rules.roles import Role
from tests import factories as make
from tests.signing_in import sign_in
from tests.simulated_test import sat_test

pytestmark = pytest.mark.browser

JUDGES = "Ахметова Дана\nСеріков Асан"


@pytest.fixture
def panel(live_app, browser_page) -> Page:
    """The page of a panel of two judges on a form of four questions that sixty people sat."""
    with live_app.database.writing() as session:
        sat_test(session, 60, 4)
        login = make.account(session, Role.PSYCHOMETRICIAN).login
    sign_in(browser_page, live_app, login)
    browser_page.goto(live_app.url("/statistics/panels/new"))
    browser_page.fill("#purpose", "№ 12 бұйрық")
    browser_page.fill("#judges", JUDGES)
    browser_page.click("main form button[type=submit]")
    expect(browser_page.locator("main tbody th", has_text="Ахметова Дана")).to_be_visible()
    return browser_page


def fill_sheet(page: Page, live_app, judge: int, percents: list[str]) -> None:
    page.goto(live_app.url(f"/statistics/panels/1/judges/{judge}"))
    cells = page.locator("main input[name=percent]")
    expect(cells).to_have_count(len(percents))
    cells.first.focus()
    for percent in percents:
        page.keyboard.type(percent)
        page.keyboard.press("Enter")


def test_enter_goes_down_the_sheet_and_a_wrong_number_is_told(live_app, panel):
    fill_sheet(panel, live_app, 0, ["40", "500", "60", "70"])
    panel.click("main form button.btn-primary")
    expect(panel.locator(".error-summary li").first).to_be_visible()
    assert panel.locator("main input[name=percent]").first.input_value() == "40"


def test_two_sheets_give_a_cut_with_its_error(live_app, panel):
    for judge, percents in enumerate((["40", "50", "60", "70"], ["50", "60", "60", "80"])):
        fill_sheet(panel, live_app, judge, percents)
        panel.click("main form button.btn-primary")
        expect(panel).to_have_url(live_app.url("/statistics/panels/1"))
    panel.goto(live_app.url("/statistics/panels/1"))
    expect(panel.locator("main figure svg").first).to_be_visible()
    expect(panel.locator("main")).to_contain_text("2,4")
