"""The commission in a real browser: a case is called in, voted on by name, decided, printed on one sheet."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from exam.storage.tables import Account
from tests.commission_story import WholeStory
from tests.signing_in import sign_in

PICTURES = Path(__file__).parent.parent.parent / "docs" / "img"

pytestmark = pytest.mark.browser


@pytest.fixture
def story(live_app):
    """A meeting that runs, with a restricted case on its agenda; logins by seat, the address of the case."""

    class Told:
        pass

    with live_app.database.writing() as session:
        narrated = WholeStory(session, failed=("logic",), others=32)
        narrated.open()
        told = Told()
        told.case = live_app.url(f"/commission/cases/{narrated.put().id}")
        told.logins = [session.get_one(Account, m.account_id).login for m in narrated.commission.members]
    return told


def press(page: Page, end_of_address: str) -> None:
    with page.expect_navigation():
        page.locator(f"form[action$='{end_of_address}'] button[type=submit]").click()


def sheets(page: Page) -> int:
    """On how many sheets of paper the page prints."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", prefer_css_page_size=True)))


def test_a_restricted_case_from_the_call_to_the_decision(live_app, browser_page, story):
    page, (chair, member, *_, secretary) = browser_page, story.logins

    # The secretary calls the officer in, keeps the reference of the recording and opens the vote.
    sign_in(page, live_app, secretary)
    page.goto(story.case)
    press(page, "/call")
    page.fill("#reference", "AV-12/2024")
    press(page, "/recording")
    press(page, "/vote/open")

    # Of five decisions three have a button, two are shown as closed with their ground.
    sign_in(page, live_app, chair)
    page.goto(story.case)
    assert page.locator("input[name=decision]").evaluate_all("fields => fields.map(f => f.value)") == [
        "3",
        "4",
        "5",
    ]
    expect(page.locator(".ribbon__decision--shut")).to_have_count(2)
    expect(page.locator(".ribbon__grounds")).to_contain_text("Логикалық ойлау қабілеті")
    expect(page.locator(".score-bar__interval--line")).to_have_count(2)
    page.check("input[name=decision][value='3']")
    press(page, "/vote")
    expect(page.locator(".flash")).to_be_visible()
    expect(page.locator("input[name=decision]")).to_have_count(0)

    sign_in(page, live_app, member)
    page.goto(story.case)
    page.check("input[name=decision][value='4']")
    press(page, "/vote")

    # Who has no terminal before him is asked by name.
    sign_in(page, live_app, secretary)
    page.goto(story.case)
    for field in page.locator(".roll-call select").all()[:4]:
        field.select_option("3")
    press(page, "/roll-call")
    if os.environ.get("SYNAQ_PICTURES"):
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / "case.png", full_page=True)

    # The grave act asks once and says what will happen.
    asking = page.locator("details.confirm", has=page.locator("form[action$='/decision']"))
    asking.locator("summary").click()
    expect(asking).to_contain_text("лауазымын төмендету ұсынылады")
    asking.locator("button[type=submit]").click()
    expect(page.locator(".decision")).to_contain_text("3-шешім")
    expect(page.locator("form[action$='/vote'], form[action$='/decision']")).to_have_count(0)
    assert sheets(page) == 1

    # The paper of the decision comes as a file.
    with page.expect_download() as coming:
        page.locator("a[href*='/papers/sheets/']").click()
    assert coming.value.suggested_filename.endswith(".pdf")


def test_escape_takes_back_nothing_but_the_question(live_app, browser_page, story):
    page = browser_page
    sign_in(page, live_app, story.logins[0])
    page.goto(story.case)
    asking = page.locator("details.confirm", has=page.locator("form[action$='/postpone']"))
    asking.locator("summary").click()
    expect(asking.locator("#reason")).to_be_visible()
    page.keyboard.press("Escape")
    expect(asking.locator("#reason")).to_be_hidden()
    expect(page.locator("form[action$='/call']")).to_be_visible()
