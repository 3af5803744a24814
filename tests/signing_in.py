"""Signing in in a browser, as a person does, in Kazakh."""

from playwright.sync_api import Page, expect

from tests import factories as make


def sign_in(page: Page, live_app, login: str) -> None:
    """Sign in, and sign out whoever was there before."""
    page.goto(live_app.url("/language/kk"))
    if page.locator(".person__name").count():
        page.locator(".person__name").click()
        with page.expect_navigation():
            page.locator("form[action$='/logout'] button[type=submit]").click()
    page.goto(live_app.url("/login"))
    page.fill("#login", login)
    page.fill("#password", make.PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator(".person__name")).to_be_visible()
