"""Files of questions on their pages: who may not, what is refused, the report, and the drafts that follow."""

import ast
import io
import re
from base64 import b64encode
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask_babel import force_locale
from PIL import Image

import exam.services.interchange
import question_bank.interchange
from exam.rules.roles import Role
from exam.services.bank import draft_loading
from exam.services.bank.loading import add_items
from exam.services.interchange import uploads
from exam.storage.tables import ItemPicture, ItemRow, ItemVersionRow, JournalEntry
from exam.web.wordings.interchange import LEFT_OUT, UNREAD
from question_bank.reading import shipped_bank
from tests.exam.web.test_bank import words
from tests.factories import NOON

GIFT = "::L-ONE::Хаттаманы кім жүргізеді? {=хатшы ~төраға ~мүше}\n\nОйыңыз? {}\n"
PAGES = ("/bank/import", "/bank/import/template.xlsx")


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (8, 8), "navy").save(kept, "PNG")
    return b64encode(kept.getvalue()).decode()


MOODLE = f"""<quiz><question type="multichoice"><name><text>P-ONE</text></name>
<questiontext format="html"><text><![CDATA[Что это? <img src="@@PLUGINFILE@@/a.png">]]></text>
<file name="a.png" encoding="base64">{picture()}</file></questiontext><single>true</single>
<answer fraction="100"><text>да</text></answer><answer fraction="0"><text>нет</text></answer>
</question></quiz>"""


def sent(text, name="questions.txt", **more):
    return {"file": (io.BytesIO(text.encode()), name), "wanted": "auto", **more}


def codes(app):
    with app.extensions["database"].reading() as session:
        return {row.code: row.state for row in session.scalars(sa.select(ItemRow))}


def look(page, text, name="questions.txt"):
    page.get("/bank/import")
    return page.post("/bank/import", sent(text, name), status=200)


def spoken(app, language):
    """Words as a page in the language has them."""
    stack = ExitStack()
    stack.enter_context(app.test_request_context())
    stack.enter_context(force_locale(language))
    return stack


def hidden(answer):
    return {
        field["name"]: field.get("value", "")
        for field in answer.select("form[action$=take] input[type=hidden]:not([name=csrf_token])")
    }


@pytest.mark.parametrize("address", PAGES)
def test_only_an_author_takes_files_in(app, enter, address):
    for role in (Role.ITEM_APPROVER, Role.PSYCHOMETRICIAN, Role.EXAMINER):
        enter(role).get(address, status=403)
    assert app.test_client().get(address).status_code == 302


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("text", ["", "<html><body>1</body></html>", "plain words"])
def test_a_file_that_holds_nothing_is_refused_beside_its_field(app, enter, language, text):
    page = enter(Role.ITEM_AUTHOR, language=language)
    page.get("/bank/import")
    answer = page.post("/bank/import", sent(text), status=422)
    assert answer.select_one("#file-errors li").text.strip()
    assert codes(app) == {}


@pytest.mark.parametrize("digest", ["0" * 64, "../../x", ""])
def test_what_was_not_sent_is_not_taken_in(app, enter, digest):
    page = enter(Role.ITEM_AUTHOR)
    look(page, GIFT)
    page.post("/bank/import/take", {"digest": digest, "wanted": "auto", "name": "x"}, status=404)
    assert codes(app) == {}


def test_the_file_of_another_author_is_not_taken_in(app, enter):
    kept = hidden(look(enter(Role.ITEM_AUTHOR), GIFT))
    other = enter(Role.ITEM_AUTHOR)
    other.get("/bank/import")
    other.post("/bank/import/take", kept, status=404)
    assert codes(app) == {}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_file_is_looked_at_and_only_then_taken_in_as_drafts(app, enter, language):
    page = enter(Role.ITEM_AUTHOR, language=language)
    answer = look(page, GIFT)
    assert "L-ONE" in words(answer)
    assert len(answer.select(".preview .choice")) == 3
    assert [row.select_one("th").text for row in answer.select("tbody tr")] == ["questions.txt:3"]
    assert codes(app) == {}
    kept = hidden(answer)
    page.post("/bank/import/take", kept)
    assert "L-ONE" in words(page.get("/bank/?state=draft"))
    assert codes(app) == {"L-ONE": "draft"}
    page.post("/bank/import/take", kept, status=404)
    again = look(page, GIFT)
    assert not again.select("button[type=submit].btn-primary")


TWICE = (
    "::L-ONE::Хаттаманы кім жүргізеді? {=хатшы ~төраға ~мүше}\n\n"
    "::L-ONE::Отырысты кім ашады? {=төраға ~хатшы}\n\n"
    "// [tag:synaq:enemies=L-ONE L-NONE] [tag:synaq:valid_to=жыл соңы] [tag:synaq:act=constitution-2026]\n"
    "::L-TWO::Неше мүше? {=бес ~алты}\n"
)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_is_not_kept_as_it_stood_is_said_before_anything_is_written(app, enter, language):
    page = enter(Role.ITEM_AUTHOR, language=language)
    answer = look(page, TWICE)
    said = words(answer)
    with spoken(app, language):
        for check in ("code-twice", "end-unread", "enemy-unknown"):
            assert str(LEFT_OUT[check]) in said
    page.post("/bank/import/take", hidden(answer))
    assert sorted(code[:4] for code in codes(app)) == ["IMP-", "L-ON", "L-TW"]
    with app.extensions["database"].reading() as session:
        assert session.scalars(sa.select(ItemRow.enemies).where(ItemRow.code == "L-TWO")).all() == [["L-ONE"]]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_another_question_under_a_code_of_the_bank_is_told_apart_from_the_same(app, enter, language):
    page = enter(Role.ITEM_AUTHOR, language=language)
    page.post("/bank/import/take", hidden(look(page, GIFT)))
    answer = look(page, GIFT.replace("=хатшы ~төраға", "~хатшы =төраға"))
    assert not answer.select("button[type=submit].btn-primary")
    with spoken(app, language):
        told = str(UNREAD["code-taken"])
    assert told in words(answer)
    assert told not in words(look(page, GIFT))
    page.post("/bank/import/take", hidden(answer))
    with app.extensions["database"].reading() as session:
        [version] = session.scalars(sa.select(ItemVersionRow))
        assert version.content["key"] == {"options": [0]}


def test_a_picture_comes_along_and_its_bytes_are_painted_anew(app, enter):
    page = enter(Role.ITEM_AUTHOR)
    answer = look(page, MOODLE, "quiz.xml")
    assert answer.select_one(".preview img")["src"].startswith("data:image/png;base64,")
    page.post("/bank/import/take", hidden(answer))
    with app.extensions["database"].reading() as session:
        [kept] = session.scalars(sa.select(ItemPicture))
        [version] = session.scalars(sa.select(ItemVersionRow))
        assert version.content["image"] == kept.name
        item_id = version.item_id
    shown = page.get(f"/bank/{item_id}")
    assert shown.select("img[src^='data:image/png']")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_empty_sheet_holds_no_question_and_a_filled_one_is_read(enter, language):
    page = enter(Role.ITEM_AUTHOR, language=language)
    reply = page.client.get("/bank/import/template.xlsx")
    assert reply.data.startswith(b"PK")
    page.get("/bank/import")
    file = (io.BytesIO(reply.data), "a.xlsx")
    answer = page.post("/bank/import", {"file": file, "wanted": "auto"}, status=200)
    assert [row.select_one("th").text for row in answer.select("tbody tr")] == ["a.xlsx"]
    assert not answer.select("button[type=submit].btn-primary")


@pytest.mark.parametrize("form", ["xlsx", "qti21", "moodle", "gift"])
def test_what_is_found_is_written_to_a_file_and_the_journal_says_so(app, enter, form):
    with app.extensions["database"].writing() as session:
        add_items(session, shipped_bank().items[:3], author=None, at=NOON)
    page = enter(Role.PSYCHOMETRICIAN)
    page.get("/bank/")
    reply = page.client.post("/bank/export?state=active", data={"form": form, "csrf_token": page.csrf_token})
    assert "attachment" in reply.headers["Content-Disposition"]
    assert reply.data
    with app.extensions["database"].reading() as session:
        [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "bank:exported"))
        assert entry.facts["form"] == form
        assert entry.facts["wanted"] == {"state": "active"}


def test_nothing_found_is_nothing_written(app, enter):
    with app.extensions["database"].writing() as session:
        add_items(session, shipped_bank().items[:1], author=None, at=NOON)
    page = enter(Role.PSYCHOMETRICIAN)
    page.get("/bank/")
    page.post("/bank/export?q=nowhere", {"form": "docx"}, status=404)
    page.post("/bank/export?q=nowhere", {"form": "gift"})
    assert page.get("/bank/?q=nowhere").select_one(".flash.tone--failed")


ERRORS, VALUES = {"PackageRefusedError", "UnreadableXmlError"}, {"Problem", "Unkept"}


def found_codes():
    """Every word for a finding that the readers of files use."""
    rooms = (*question_bank.interchange.__path__, *exam.services.interchange.__path__)
    files = [Path(draft_loading.__file__), *(path for room in rooms for path in Path(room).glob("*.py"))]
    for path in files:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = ast.unparse(call.func).rpartition(".")[2] if isinstance(call, ast.Call) else ""
            if name in {"refuse", "note", "refused", "_refused", "_said", *ERRORS, *VALUES}:
                told = [str(each.value) for each in call.args if isinstance(each, ast.Constant)]
                told = [each for each in told if each]
                yield from ((name, each) for each in told[:1] if re.fullmatch("[a-z0-9]+(-[a-z]+)*", each))


def test_every_finding_of_a_reader_has_words():
    found = set(found_codes())
    assert len(found) > 30
    words_for = {"note": LEFT_OUT, "Unkept": LEFT_OUT, "Problem": {**UNREAD, **LEFT_OUT}}
    wordless = sorted(code for name, code in found if code not in words_for.get(name, UNREAD))
    assert not wordless, f"give them words in exam/web/wordings/interchange.py: {wordless}"


def test_no_more_than_three_files_of_one_author_are_kept(tmp_path, app, enter):
    page = enter(Role.ITEM_AUTHOR)
    for number in range(5):
        look(page, GIFT.replace("L-ONE", f"L-{number}00"))
    assert len(list((tmp_path / uploads.FOLDER).iterdir())) == uploads.MOST_OF_ONE
