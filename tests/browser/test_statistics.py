"""The psychometrician goes from the list to a report, to a form and to a question; nothing is cut off."""

import pytest
from playwright.sync_api import expect

from exam.rules.roles import Role
from tests import factories as make
from tests.signing_in import sign_in
from tests.simulated_test import sat_test

pytestmark = pytest.mark.browser


@pytest.fixture
def login(live_app):
    with live_app.database.writing() as session:
        sat_test(session, 120, 8)
        return make.account(session, Role.PSYCHOMETRICIAN).login


def test_from_the_list_to_a_form_and_a_question(live_app, browser_page, login):
    page = browser_page
    sign_in(page, live_app, login)

    page.goto(live_app.url("/statistics/"))
    page.locator("tbody th a").first.click()
    page.locator("tbody th a").first.click()
    expect(page.locator("figure.plot")).to_have_count(5)
    page.locator("main summary").first.click()
    expect(page.locator("details[open] table").first).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"

    page.locator("tbody th a:has(code)").first.click()
    expect(page.locator(".choices__line--right")).to_be_visible()
