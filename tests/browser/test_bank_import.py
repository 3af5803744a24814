"""An item author in a real browser: a file is sent, its report is read, its questions become drafts."""

import pytest
from playwright.sync_api import Page, expect

from exam.rules.roles import Role
from tests import factories as make
from tests.signing_in import sign_in

pytestmark = pytest.mark.browser

AIKEN = """Отырыс хаттамасын кім жүргізеді?
А) хатшы
Б) төраға
ЖАУАБЫ: А

Кім шешеді?
А) комиссия
Б) төраға
ЖАУАБЫ: А, Б
"""


@pytest.fixture
def author(live_app, browser_page) -> Page:
    """A page on which an item author has signed in, in Kazakh."""
    with live_app.database.writing() as session:
        login = make.account(session, Role.ITEM_AUTHOR).login
    sign_in(browser_page, live_app, login)
    return browser_page


def send(page: Page, live_app, content: str) -> None:
    page.goto(live_app.url("/bank/import"))
    page.set_input_files("#file", {"name": "s.txt", "mimeType": "text/plain", "buffer": content.encode()})
    page.click("main form[enctype] button[type=submit]")


def test_a_file_is_read_reported_and_only_then_taken_in(live_app, author):
    send(author, live_app, AIKEN)
    expect(author.locator("details.arrival[open] .choice")).to_have_count(2)
    expect(author.locator("main tbody tr th")).to_have_text(["s.txt:6"])
    author.click("form[action$=take] button[type=submit]")
    author.goto(live_app.url("/bank/?state=draft"))
    expect(author.locator("main")).to_contain_text("Отырыс хаттамасын кім жүргізеді?")
    expect(author.locator("main")).not_to_contain_text("Кім шешеді?")


def test_what_is_no_file_of_questions_is_refused_beside_its_field(live_app, author):
    send(author, live_app, "<html><body>1</body></html>")
    expect(author.locator("#file-errors li")).to_be_visible()
    expect(author).to_have_url(live_app.url("/bank/import"))
