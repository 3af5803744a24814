"""A candidate's way in a real Chromium: from the slip to the end of both parts, through a lost network."""

import os
import re
from pathlib import Path

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from exam.services.invigilator import extra_time, releasing
from exam.services.terminal.answering import PASS_COOKIE, TerminalPass, sign_pass
from exam.services.terminal.scoring_attempts import last_responses
from exam.storage.tables import Attempt, PartResult, Step
from question_bank.items import Part
from question_bank.reading import shipped_bank
from tests import examination_room as rooms
from tests.browser.conftest import LiveApp
from tests.examination_room import SECRET

pytestmark = pytest.mark.browser
OVERFLOWS = """() => document.documentElement.scrollHeight > window.innerHeight
    || document.documentElement.scrollWidth > window.innerWidth"""
PICTURES = Path(__file__).parents[2] / "docs" / "img"


@pytest.fixture
def room(live_app: LiveApp) -> rooms.Room:
    with live_app.database.writing() as session:
        return rooms.room(session)


@pytest.fixture
def at_the_questions(live_app: LiveApp, room: rooms.Room, browser_page: Page) -> Page:
    """The candidate has come to the questions of the first part."""
    with live_app.database.writing() as session:
        held = rooms.lead_to_the_questions(session, room, at=live_app.clock())
    come_back(browser_page, live_app, held)
    return browser_page


def come_back(page: Page, live_app: LiveApp, held: TerminalPass) -> None:
    """Open the questions at a terminal that has its pass already."""
    cookie = {"name": PASS_COOKIE, "value": sign_pass(held, SECRET), "url": live_app.url("/terminal/")}
    page.context.add_cookies([cookie])
    page.goto(live_app.url("/terminal/"))
    ready(page)


def enter(page: Page, live_app: LiveApp, code: str) -> None:
    page.goto(live_app.url("/terminal/"))
    page.get_by_label("Бастау коды").fill(code.lower())
    go_on(page)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Жалғастыру").click()


def begin(page: Page) -> None:
    page.get_by_role("button", name="Бастау", exact=True).click()
    ready(page)


def ready(page: Page) -> None:
    """Wait until the scripts of the page listen."""
    expect(page.locator(".paper[data-ready]")).to_be_visible()


def question_of(page: Page, kind: str, nth: int = 0) -> int:
    """Open a question of a kind through the navigator; return its position in the form."""
    ready(page)
    question = page.locator(f"[data-kind={kind}]").nth(nth)
    page.locator(f"[data-go='{question.get_attribute('data-question')}']").click()
    expect(question).to_be_visible()
    return int(question.get_attribute("data-position") or "")


def shown(page: Page):
    return page.locator("[data-question]:not([hidden])")


def saved(page: Page) -> None:
    """Wait until the server has acknowledged everything."""
    expect(page.locator("[data-saved=all]")).to_be_visible()


def kept(live_app: LiveApp) -> dict[int, str]:
    with live_app.database.reading() as session:
        newest = session.scalar(sa.select(sa.func.max(Attempt.id)))
        return last_responses(session, newest)


def hand_in(page: Page) -> None:
    page.get_by_role("button", name="Бөлікті тапсыру").click()
    page.get_by_role("button", name="Тапсыру", exact=True).click()


def picture(page: Page, name: str) -> None:
    if os.environ.get("SYNAQ_PICTURES") == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / name)


def test_every_kind_of_question_is_answered_by_mouse_and_keyboard(at_the_questions, live_app):
    page = at_the_questions
    given = {}

    given[question_of(page, "single")] = "2"
    page.keyboard.press("c")
    place = question_of(page, "multiple")
    shown(page).locator(".choice").nth(3).click()
    page.keyboard.press("1")
    given[place] = "0,3"
    place = question_of(page, "numeric")
    page.keyboard.press("1")  # brings the cursor into the field
    page.keyboard.type("12,5")
    given[place] = "12,5"
    place = question_of(page, "matching")
    for select, option in zip(shown(page).locator("select").all(), "201", strict=True):
        select.select_option(option)
    given[place] = "2,0,1"
    place = question_of(page, "ordering")
    for select, rank in zip(shown(page).locator("select").all(), "120", strict=True):
        select.select_option(index=int(rank) + 1)  # option 0 is second, 1 is third, 2 is first
    given[place] = "2,0,1"

    expect(page.locator("[data-count]")).to_have_text("5")
    saved(page)
    assert kept(live_app) == given


def test_arrows_move_letters_choose_and_f_flags(at_the_questions):
    page = at_the_questions
    expect(shown(page)).to_have_attribute("data-question", "1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(shown(page)).to_have_attribute("data-question", "2")
    page.keyboard.press("f")
    expect(page.locator("[data-go='2']")).to_have_attribute("aria-label", re.compile("белгіленген"))
    page.reload()
    expect(page.locator("[data-go='2']")).to_have_attribute("aria-label", re.compile("белгіленген"))


def test_up_and_down_reach_an_option_and_space_chooses_it(at_the_questions, live_app):
    page = at_the_questions
    place = question_of(page, "single")
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(page.locator("[data-count]")).to_have_text("0")
    page.keyboard.press("Space")
    expect(page.locator("[data-count]")).to_have_text("1")
    saved(page)
    assert kept(live_app) == {place: "1"}


def test_a_place_that_is_taken_is_swapped(at_the_questions):
    page = at_the_questions
    question_of(page, "ordering")
    first, second = shown(page).locator("select").nth(0), shown(page).locator("select").nth(1)
    first.select_option(index=1)
    second.select_option(index=2)
    second.select_option(index=1)
    expect(first).to_have_value("1")


def test_a_reload_shows_what_was_answered(at_the_questions):
    page = at_the_questions
    question_of(page, "single")
    page.keyboard.press("2")
    question_of(page, "ordering")
    for select, rank in zip(shown(page).locator("select").all(), "201", strict=True):
        select.select_option(index=int(rank) + 1)
    saved(page)
    page.reload()
    expect(page.locator("[data-count]")).to_have_text("2")
    question_of(page, "single")
    expect(shown(page).locator("input:checked")).to_have_value("1")
    question_of(page, "ordering")
    assert [select.input_value() for select in shown(page).locator("select").all()] == ["2", "0", "1"]


def test_a_cleared_answer_is_no_answer(at_the_questions, live_app):
    page = at_the_questions
    place = question_of(page, "multiple")
    page.keyboard.press("1")
    saved(page)
    page.keyboard.press("1")
    expect(page.locator("[data-count]")).to_have_text("0")
    saved(page)
    assert kept(live_app) == {place: ""}


def test_answers_outlive_a_lost_network_and_a_reload(at_the_questions, live_app):
    page = at_the_questions
    place = question_of(page, "single")
    page.context.set_offline(True)
    page.keyboard.press("d")
    expect(page.locator("[data-bar=lost]")).to_be_visible()
    expect(page.locator("[data-saved=kept]")).to_be_visible()
    expect(shown(page).locator("input:checked")).to_have_value("3")
    assert kept(live_app) == {}
    page.context.set_offline(False)
    saved(page)
    expect(page.locator("[data-bar=lost]")).to_be_hidden()
    assert kept(live_app) == {place: "3"}


def test_answers_given_while_the_server_was_away_are_sent_after_a_reload(at_the_questions, live_app):
    page = at_the_questions
    place = question_of(page, "single")
    page.route("**/terminal/save", lambda route: route.abort())
    shown(page).locator("label.choice").first.click()
    expect(shown(page).locator("input").first).to_be_checked()
    expect(page.locator("[data-bar=lost]")).to_be_visible()
    page.unroute("**/terminal/save")
    page.reload()
    saved(page)
    assert kept(live_app) == {place: "0"}


def test_saved_is_said_only_with_the_receipt(at_the_questions):
    page = at_the_questions
    waiting = []
    page.route("**/terminal/save", lambda route: waiting.append(route))
    question_of(page, "single")
    page.keyboard.press("b")
    expect(page.locator("[data-saved=sending]")).to_be_visible()
    expect(page.locator("[data-saved=all]")).to_be_hidden()
    expect(shown(page).locator("input:checked")).to_have_value("1")
    waiting[0].continue_()
    saved(page)


def test_nothing_is_handed_in_before_everything_is_saved(at_the_questions, live_app):
    page = at_the_questions
    question_of(page, "single")
    page.route("**/terminal/save", lambda route: route.abort())
    page.keyboard.press("a")
    page.get_by_role("button", name="Бөлікті тапсыру").click()
    expect(page.get_by_role("button", name="Тапсыру", exact=True)).to_be_disabled()
    expect(page.locator("[data-some-unsent]")).to_be_visible()
    page.unroute("**/terminal/save")
    expect(page.get_by_role("button", name="Тапсыру", exact=True)).to_be_enabled()


def test_the_question_before_handing_in_names_what_is_open(at_the_questions):
    page = at_the_questions
    question_of(page, "single")
    page.keyboard.press("a")
    saved(page)
    page.get_by_role("button", name="Бөлікті тапсыру").click()
    expect(page.locator("[data-open-count]")).to_have_text("7")
    page.get_by_role("button", name="Сұрақтарға оралу").click()
    expect(page.locator(".paper")).to_be_visible()


def test_extra_time_shows_without_a_reload(at_the_questions, live_app, room):
    page = at_the_questions
    with live_app.database.writing() as session:
        seat, at = room.admissions[0], live_app.clock()
        extra_time.ask_extra_time(session, seat, minutes=10, reason="жарық", by=room.invigilator, at=at)
        (asked,) = extra_time.requests_for(session, seat)
        extra_time.grant_extra_time(session, asked.incident_id, by=room.second, at=at)
    question_of(page, "single")
    page.keyboard.press("a")
    expect(page.locator("[data-bar=added]")).to_be_visible()
    expect(page.locator("[data-face]")).to_have_text(re.compile("^(39|40):"))


def test_the_last_minutes_are_announced_and_time_hands_in(at_the_questions, live_app):
    page = at_the_questions
    place = question_of(page, "single")
    live_app.clock.forward(minutes=25, seconds=10)
    page.keyboard.press("a")
    expect(page.locator("[data-bar=five]")).to_be_visible()
    live_app.clock.forward(minutes=4, seconds=0)
    page.keyboard.press("b")
    expect(page.locator("[data-bar=one]")).to_be_visible()
    live_app.clock.forward(seconds=46)
    page.keyboard.press("c")
    expect(page.get_by_role("heading", name="Логикалық ойлау қабілеті")).to_be_visible(timeout=20_000)
    with live_app.database.reading() as session:
        attempt = session.scalars(sa.select(Attempt)).one()
        assert (attempt.closed_by, attempt.closed_at) == ("time", attempt.deadline_at)
        assert last_responses(session, attempt.id) == {place: "2"}


def test_a_released_terminal_takes_no_further_answer(at_the_questions, live_app, room):
    page = at_the_questions
    question_of(page, "single")
    page.keyboard.press("a")
    saved(page)
    with live_app.database.writing() as session:
        slip = releasing.release_terminal(
            session,
            room.admissions[0],
            reason="экран",
            secret=SECRET,
            by=room.invigilator,
            at=live_app.clock(),
        )
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Бұл терминал босатылды")).to_be_visible()

    # On the other terminal everything that was acknowledged is there.
    other = page.context.browser.new_context().new_page()
    enter(other, live_app, slip.code)
    question_of(other, "single")
    expect(shown(other).locator("input:checked")).to_have_value("0")
    other.keyboard.press("d")
    saved(other)
    other.context.close()
    with live_app.database.reading() as session:
        assert session.scalars(sa.select(Step.response).order_by(Step.seq)).all() == ["0", "3"]


def test_the_window_opened_last_is_the_one_that_writes(at_the_questions, live_app):
    page = at_the_questions
    second = page.context.new_page()
    second.goto(live_app.url("/terminal/"))
    expect(page.get_by_role("heading", name="Тестілеу басқа терезеде ашық")).to_be_visible()
    question_of(second, "single")
    second.keyboard.press("a")
    saved(second)


def test_the_shipped_questions_need_no_scrolling(browser_page, live_app):
    page = browser_page
    legislation = [each.version for each in shipped_bank().items if each.part is Part.LEGISLATION]
    with live_app.database.writing() as session:
        room = rooms.room(session, versions=legislation[:60])
        held = rooms.lead_to_the_questions(session, room, at=live_app.clock())
    come_back(page, live_app, held)
    for number in range(1, 24):
        page.locator(f"[data-go='{number}']").click()
        assert not page.evaluate(OVERFLOWS), f"question {number} has to be scrolled"
        page.keyboard.press("abcd"[number % 4])
        if number % 7 == 5:
            page.keyboard.press("f")
    saved(page)
    picture(page, "terminal.png")
    for number in range(24, 61):
        page.locator(f"[data-go='{number}']").click()
        assert not page.evaluate(OVERFLOWS), f"question {number} has to be scrolled"


def test_the_whole_way_from_the_slip_to_both_results(browser_page, live_app, room):
    page = browser_page
    with live_app.database.writing() as session:
        code = rooms.code_for(session, room)
    enter(page, live_app, code)
    page.get_by_role("button", name="Иә, бұл менмін").click()
    page.get_by_label("Қазақша").check()
    go_on(page)
    page.get_by_label("Қағидалармен таныстым").check()
    go_on(page)
    begin(page)
    hand_in(page)
    expect(page.get_by_role("heading", name="Логикалық ойлау қабілеті")).to_be_visible()
    begin(page)
    page.keyboard.press("1")
    saved(page)
    hand_in(page)
    expect(page.get_by_role("heading", name="Тестілеу аяқталды")).to_be_visible()
    with live_app.database.reading() as session:
        assert set(session.scalars(sa.select(PartResult.kind))) == {"legislation", "logic"}
    assert page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('synaq/'))") == []
