"""The pages of the bank: who may not, what is refused, and an item from its first wording into use."""

import io
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from PIL import Image

from exam.rules.roles import Role
from exam.services.bank.loading import add_items
from exam.storage.tables import ItemMove, ItemPicture, ItemRow
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


TYPED = {
    "topic": "T18",
    "level": "1",
    "kind": "single",
    "stem_kk": "Сыйлықты неше күнде тапсыру керек?",
    "stem_ru": "За сколько дней нужно сдать подарок?",
    "rows-0-kk": "7 күн",
    "rows-0-ru": "7 дней",
    "rows-0-key": "y",
    "rows-1-kk": "30 күн",
    "rows-1-ru": "30 дней",
    "rationale_kk": "Заңның 15-бабы",
    "rationale_ru": "Статья 15 закона",
    "act": "constitution-1995",
    "article_kk": "12-бап",
    "article_ru": "статья 12",
    "fact": "F-T18-001",
    "grade": "B",
    "note": "түзету",
}


@pytest.mark.parametrize("address", ["/bank/new", "/bank/1/edit"])
@pytest.mark.parametrize("role", [Role.ITEM_APPROVER, Role.PSYCHOMETRICIAN])
def test_only_an_author_writes(enter, items, role, address):
    enter(role).get(address, status=403)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"stem_kk": ""}, "stem_kk"),
        ({"rows-1-key": "y"}, "rows"),
        ({"rows-0-kk": "ұ" * 601}, "rows"),
        ({"kind": "numeric", "answer": "он"}, "answer"),
        ({"kind": "numeric", "answer": ""}, "answer"),
        ({"redaction": "31.02.2024"}, "redaction"),
        ({"enemies": "L-T99-001"}, "enemies"),
    ],
)
def test_a_slip_is_told_beside_its_field_and_nothing_is_written(enter, items, sqlite_database, wrong, field):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/new")
    answer = page.post("/bank/new", TYPED | wrong, status=422)
    assert answer.select_one(f"#{field}-errors li")
    assert answer.select_one(f"#error-summary a[href='#{field}']")
    with sqlite_database.reading() as session:
        assert session.query(ItemRow).count() == len(items)


def test_sending_to_review_without_a_note_writes_nothing(enter, items, sqlite_database):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/1/edit")
    page.post("/bank/1/edit", TYPED | {"note": "", "seen": "1", "send": "1"}, status=422)
    with sqlite_database.reading() as session:
        assert len(session.get(ItemRow, 1).versions) == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_item_goes_from_its_author_over_an_approver_into_use(enter, items, language):
    author, approver = (enter(role, language=language) for role in (Role.ITEM_AUTHOR, Role.ITEM_APPROVER))
    author.get("/bank/new")
    author.post("/bank/new", TYPED | {"send": "1"})
    number = len(items) + 1
    author.get(f"/bank/{number}/edit", status=409)
    approver.get(f"/bank/{number}")
    for state in ("approved", "active"):
        approver.post(f"/bank/{number}/versions/1/move", {"to": state, "note": "дұрыс"})
    author.get(f"/bank/{number}/edit")
    author.post(f"/bank/{number}/edit", TYPED | {"stem_kk": "Неше күнде?", "note": "қысқа", "seen": "1"})
    shown = author.get(f"/bank/{number}")
    assert shown.select_one("ins").text == "Неше күнде?"
    author.get(f"/bank/{number}/versions/1")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_kind_of_item_opens_in_the_editor_as_it_was_written(enter, items, language):
    page = enter(Role.ITEM_AUTHOR, language=language)
    for number in items.values():
        form = page.get(f"/bank/{number}/edit").select_one("form.writing")
        fields = {f["name"]: f.get("value", "") for f in form.select("input[type=text], input[type=hidden]")}
        fields |= {f["name"]: f.text.removeprefix("\n") for f in form.select("textarea")}
        fields |= {f["name"]: f.select_one("[selected]")["value"] for f in form.select("select")}
        fields |= {f["name"]: "y" for f in form.select("[type=checkbox][checked]")}
        answer = page.post(f"/bank/{number}/edit", fields | {"note": "бос"}, status=422)
        assert answer.select_one("#note-errors li"), (number, answer.select("#error-summary"), fields)


def test_the_preview_shows_both_languages_and_no_key(enter, items):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/new")
    token = {"csrf_token": page.csrf_token}
    shown = page.client.post("/bank/preview", data=TYPED | token).text
    assert "7 дней" in shown
    assert "7 күн" in shown
    assert "checked" not in shown
    unkeyed = page.client.post("/bank/preview", data=TYPED | token | {"rows-0-key": ""}).text
    assert "Дәл бір дұрыс" in unkeyed
    assert page.client.post("/bank/preview", data=token | {"kind": "essay"}).status_code == 404


def test_the_preview_names_words_that_no_dictionary_knows(enter, items):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/new")
    typed = TYPED | {"csrf_token": page.csrf_token, "stem_kk": "Сыйлыққққты кімге тапсыру керек?"}
    shown = page.client.post("/bank/preview", data=typed).text
    assert "Сыйлыққққты" in shown
    assert "Қазақ тілінің сөздігінде жоқ" in shown
    assert "Орыс тілінің" not in shown


def painting(form: str = "PNG") -> tuple[io.BytesIO, str]:
    kept = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(kept, form)
    return io.BytesIO(kept.getvalue()), f"sign.{form.lower()}"


DESCRIBED = {"image_alt_kk": "Көк төртбұрыш", "image_alt_ru": "Синий прямоугольник"}


def test_only_an_author_sends_a_picture(enter, items, sqlite_database):
    page = enter(Role.ITEM_APPROVER)
    page.get("/bank/1")
    page.post("/bank/picture", {"picture": painting()}, status=403)
    with sqlite_database.reading() as session:
        assert session.query(ItemPicture).count() == 0


@pytest.mark.parametrize("sent", [{}, {"picture": (io.BytesIO(b"<svg/>"), "x.png")}])
def test_what_is_no_picture_is_refused_in_words(enter, items, sent):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/new")
    reply = page.client.post("/bank/picture", data={"csrf_token": page.csrf_token, **sent})
    assert reply.status_code == 422
    assert set(reply.json) == {"fault"}
    assert reply.json["fault"]


def test_a_file_that_is_no_picture_is_told_beside_its_field_and_nothing_is_written(
    enter, items, sqlite_database
):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/new")
    answer = page.post("/bank/new", TYPED | {"picture": (io.BytesIO(b"GIF89a<?php"), "x.gif")}, status=422)
    assert answer.select_one("#picture-errors li")
    assert answer.select_one("#stem_kk").text.strip() == TYPED["stem_kk"]
    with sqlite_database.reading() as session:
        assert session.query(ItemRow).count() == len(items)


@pytest.mark.parametrize("name", ["0" * 24 + ".png", "../../instance/synaq.db", "images/none.png"])
def test_a_picture_that_was_never_sent_is_not_named(enter, items, sqlite_database, name):
    page = enter(Role.ITEM_AUTHOR)
    page.get("/bank/new")
    answer = page.post("/bank/new", TYPED | {"image": name}, status=422)
    assert answer.select_one("#picture-errors li")
    with sqlite_database.reading() as session:
        assert session.query(ItemRow).count() == len(items)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_picture_with_its_words_is_saved_shown_and_taken_away(enter, items, sqlite_database, language):
    page = enter(Role.ITEM_AUTHOR, language=language)
    page.get("/bank/new")
    page.post("/bank/new", TYPED | DESCRIBED | {"picture": painting("JPEG")})
    number = len(items) + 1
    shown = page.get(f"/bank/{number}").select_one("main")
    assert shown.select_one("img.both__picture")["src"].startswith("data:image/png;base64,")
    assert DESCRIBED["image_alt_ru"] in shown.text
    form = page.get(f"/bank/{number}/edit").select_one("form.writing")
    kept = form.select_one("input[name=image]")["value"]
    seen = page.client.post(
        "/bank/preview", data=TYPED | DESCRIBED | {"image": kept, "csrf_token": page.csrf_token}
    ).text
    assert f'alt="{DESCRIBED["image_alt_kk"]}"' in seen
    page.post(
        f"/bank/{number}/edit",
        TYPED | DESCRIBED | {"image": kept, "without_picture": "y", "seen": "1", "note": "артық"},
    )
    with sqlite_database.reading() as session:
        first, second = (version.content for version in session.get(ItemRow, number).versions)
        assert (first["image"], second["image"]) == (kept, "")
        assert "image_alt" not in second


CHANGE = {"act": "constitution-1995", "in_force": "01.05.2024", "articles": "4-бап", "ground": "№ 1 Заң"}


@pytest.mark.parametrize("role", [Role.ITEM_AUTHOR, Role.PSYCHOMETRICIAN])
def test_only_an_approver_records_a_change_of_an_act(enter, role):
    page = enter(role)
    page.get("/bank/amendments/")
    page.get("/bank/amendments/new", status=403)
    page.post("/bank/amendments/", CHANGE, status=403)


@pytest.mark.parametrize(
    "wrong", [{"act": "none"}, {"in_force": ""}, {"ground": ""}, {"in_force": "1.13.2024"}]
)
def test_a_change_with_a_slip_touches_nothing(enter, items, wrong):
    page = enter(Role.ITEM_APPROVER)
    query = "&".join(f"{name}={value}" for name, value in (CHANGE | wrong).items())
    assert page.get(f"/bank/amendments/new?{query}", status=422).select("#error-summary")
    page.get("/bank/amendments/new")
    page.post("/bank/amendments/", CHANGE | wrong, status=422)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_article_that_no_item_cites_is_told_beside_its_field(enter, items, language):
    page = enter(Role.ITEM_APPROVER, language=language)
    wrong = CHANGE | {"articles": "4-бап\n999-бап"}
    query = urlencode(wrong)
    looked = page.get(f"/bank/amendments/new?{query}", status=422)
    assert "999-бап" in looked.select_one("#articles-errors li").text
    assert not looked.select("form[method=post][action$='/amendments/']")
    page.get("/bank/amendments/new")
    assert page.post("/bank/amendments/", wrong, status=422).select_one("#articles-errors li")
    assert CHANGE["ground"] not in words(page.get("/bank/amendments/"))


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_change_is_looked_at_then_recorded_and_its_items_go_to_review(enter, items, language):
    page = enter(Role.ITEM_APPROVER, language=language)
    page.get("/bank/amendments/new")
    query = "&".join(f"{name}={value}" for name, value in CHANGE.items())
    looked = page.get(f"/bank/amendments/new?{query}")
    touched, unsure = ({a.text for a in table.select("tbody a")} for table in looked.select("main table"))
    assert touched
    assert unsure
    assert not touched & unsure
    assert not page.get("/bank/review").select("tbody a")
    hidden = {f["name"]: f["value"] for f in looked.select("form[method=post] input[type=hidden]")}
    page.post("/bank/amendments/", hidden)
    assert CHANGE["ground"] in words(page.get("/bank/amendments/"))
    assert {a.text for a in page.get("/bank/review").select("tbody a")} == touched
    overtaken = page.get(f"/bank/{items[min(touched)]}")
    assert overtaken.select("main .flash.tone--restricted")
    assert not overtaken.select("input[name=to][value=approved]")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("part", ["legislation", "logic"])
def test_coverage_tells_in_a_table_what_its_picture_shows(enter, items, language, part):
    page = enter(Role.PSYCHOMETRICIAN, language=language)
    shown = page.get(f"/bank/coverage?part={part}")
    drawn = sum(code.startswith("L" if part == "legislation" else "G") for code in items)
    totals = [
        int(row.select("td")[-1].text) for row in shown.select_one("figure ~ div table").select("tbody tr")
    ]
    assert sum(totals) == drawn
    assert shown.select_one("figure svg[role=img]")["aria-label"]


def test_a_part_that_does_not_exist_covers_nothing(enter):
    enter(Role.PSYCHOMETRICIAN).get("/bank/coverage?part=chess", status=404)


@pytest.mark.parametrize("part", ["legislation", "logic"])
def test_an_empty_bank_covers_nothing(enter, part):
    enter(Role.PSYCHOMETRICIAN).get(f"/bank/coverage?part={part}")
