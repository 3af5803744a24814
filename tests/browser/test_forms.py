"""A psychometrician in a real browser: forms are counted, assembled, looked at, and only then kept."""

import pytest
from playwright.sync_api import Page, expect

from exam.rules.roles import Role
from tests import factories as make
from tests.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.stocked]


@pytest.fixture
def builder(live_app, browser_page) -> Page:
    """The form builder of the shipped logic blueprint, in Kazakh."""
    with live_app.database.writing() as session:
        code = make.campaign(session).code
        login = make.account(session, Role.PSYCHOMETRICIAN).login
    sign_in(browser_page, live_app, login)
    browser_page.goto(live_app.url(f"/forms/build/{code}/logic-30"))
    return browser_page


def test_more_than_the_bank_has_is_told_and_nothing_is_offered_to_keep(builder):
    builder.fill("#questions", "500")
    builder.click("button[value=assemble]")
    expect(builder.locator("form[action$=keep] button")).to_have_count(0)
    expect(builder.locator("main")).to_contain_text("435")


def test_forms_are_assembled_shown_with_their_certificate_and_kept(live_app, builder):
    builder.click("button[value=assemble]")
    expect(builder.locator("main figure svg")).to_be_visible()
    expect(builder.locator(".tone--passed").first).to_be_visible()
    builder.click("form[action$=keep] button[type=submit]")
    expect(builder.locator("main tbody a")).not_to_have_count(0)
