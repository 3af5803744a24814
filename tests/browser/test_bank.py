"""The bank in a browser: an item is written, approved by another, found, and overtaken by an amendment."""

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from exam.rules.roles import Role
from tests import factories as make
from tests.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.stocked]

ACT = "decree-490-2024"
ASKED = "Аттестаттау отырысының хаттамасына кім қол қояды?"
OPTIONS = (("комиссия хатшысы", "секретарь комиссии"), ("комиссия төрағасы", "председатель комиссии"))


@pytest.fixture
def people(live_app) -> dict[Role, str]:
    """An author and an approver, with the shipped bank before them."""
    with live_app.database.writing() as session:
        return {role: make.account(session, role).login for role in (Role.ITEM_AUTHOR, Role.ITEM_APPROVER)}


def write(page: Page, live_app) -> None:
    """Type an item in both languages with its source, all but its key."""
    page.goto(live_app.url("/bank/new"))
    page.select_option("#topic", "T19")
    page.select_option("#kind", "single")
    page.fill("#stem_kk", ASKED)
    page.fill("#stem_ru", "Кто подписывает протокол заседания по аттестации?")
    for place, (kk, ru) in enumerate(OPTIONS):
        page.fill(f"#rows-{place}-kk", kk)
        page.fill(f"#rows-{place}-ru", ru)
    page.fill("#rationale_kk", "Хаттамаға төраға қол қояды.")
    page.fill("#rationale_ru", "Протокол подписывает председатель.")
    page.select_option("#act", ACT)
    page.fill("#article_kk", "Қағидалар, 15-тармақ")
    page.fill("#article_ru", "Правила, пункт 15")
    page.fill("#redaction", "28.02.2024")
    page.fill("#fact", "F-T19-015")
    page.select_option("#grade", "A")


def move(page: Page, to: str, note: str) -> None:
    asked = page.locator("details.confirm", has=page.locator(f"input[name=to][value={to}]"))
    asked.locator("summary").click()
    asked.locator("input[name=note]").fill(note)
    asked.locator("button[type=submit]").click()
    expect(page.locator(f"input[name=to][value={to}]")).to_have_count(0)


def test_an_item_without_a_key_is_refused_beside_its_options_and_nothing_typed_is_lost(
    live_app, browser_page, people
):
    sign_in(browser_page, live_app, people[Role.ITEM_AUTHOR])
    write(browser_page, live_app)
    browser_page.click("button[name=save]")
    expect(browser_page.locator("#rows-errors li")).to_be_visible()
    expect(browser_page.locator("#stem_kk")).to_have_value(ASKED)
    browser_page.goto(live_app.url("/bank/?state=draft"))
    expect(browser_page.locator("main")).not_to_contain_text(ASKED)


def test_an_item_is_seen_as_a_candidate_will_and_approved_by_another(live_app, browser_page, people):
    page = browser_page
    sign_in(page, live_app, people[Role.ITEM_AUTHOR])
    write(page, live_app)
    page.check("#rows-1-key")
    expect(page.locator("[data-preview-place] .choice")).to_have_count(4)  # in both languages
    page.click("button[name=send]")
    address = page.url
    expect(page.locator("main")).to_contain_text(ASKED)
    expect(page.locator("input[name=to][value=approved]")).to_have_count(0)

    sign_in(page, live_app, people[Role.ITEM_APPROVER])
    page.goto(live_app.url("/bank/review"))
    page.locator("main a", has_text="L-T19").first.click()
    expect(page).to_have_url(address)
    move(page, "approved", "490-Жарлықтың 15-тармағымен салыстырылды")
    move(page, "active", "пайдалануға берілді")

    page.goto(live_app.url("/bank/?q=хаттамасына кім қол қояды&state=active"))
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text(ASKED)


def test_a_chosen_picture_stands_in_the_preview_and_a_bad_one_is_refused_at_once(
    live_app, browser_page, people, tmp_path
):
    page = browser_page
    sign_in(page, live_app, people[Role.ITEM_AUTHOR])
    write(page, live_app)
    page.locator(".writing__picture summary").click()
    bad, good = tmp_path / "bad.png", tmp_path / "good.bmp"
    bad.write_bytes(b"<svg/>")
    Image.new("RGB", (300, 120), "navy").save(good)
    page.set_input_files("#picture", bad)
    expect(page.locator("#picture-errors li")).to_be_visible()
    page.set_input_files("#picture", good)
    expect(page.locator("#picture-errors li")).to_have_count(0)
    page.fill("#image_alt_kk", "Көк төртбұрыш")
    page.fill("#image_alt_ru", "Синий прямоугольник")
    expect(page.locator("[data-preview-place] img")).to_have_count(2)
    expect(page.locator("[data-preview-place] [lang=ru] img")).to_have_attribute("alt", "Синий прямоугольник")
    page.check("#rows-1-key")
    page.click("button[name=save]")
    expect(page.locator("img.both__picture")).to_be_visible()


def test_what_an_amendment_touches_is_seen_before_it_is_recorded(live_app, browser_page, people):
    page = browser_page
    sign_in(page, live_app, people[Role.ITEM_APPROVER])
    page.goto(live_app.url("/bank/amendments/new"))
    page.select_option("#act", ACT)
    page.fill("#in_force", "01.03.2024")
    page.fill("#ground", "2024 жылғы 1 наурыздағы № 1 Жарлық")
    page.locator("form[method=get] button[type=submit]").click()
    touched = page.locator("main tbody tr").count()
    assert touched > 20

    page.locator("form[action$='/amendments/'] button[type=submit]").click()
    expect(page.locator(".flash")).to_contain_text(str(touched))
    page.locator("main tbody a").first.click()
    expect(page.locator("main tbody")).to_contain_text("L-T19")
