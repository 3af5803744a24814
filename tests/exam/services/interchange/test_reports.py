"""Reading a file of questions in a child process, and drafts into the bank of an installation."""

import io
import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from exam.services.bank.draft_loading import code_of, load_drafts
from exam.services.bank.item_pictures import shipped_png
from exam.services.bank.loading import add_items
from exam.services.interchange import asking
from exam.services.interchange.asking import READING, Limits
from exam.services.interchange.reports import read_file
from exam.services.interchange.template import template
from exam.storage.tables import ItemMove, ItemRow, ItemVersionRow, JournalEntry
from question_bank.interchange.drafts import Draft, DraftOption
from question_bank.interchange.items import draft_of
from question_bank.interchange.writing import write_file
from question_bank.items import Kind, Text
from question_bank.reading import shipped_bank
from tests.factories import NOON

GIFT = "::L-1::Хаттаманы кім жүргізеді? {=хатшы ~төраға}\n\nОйыңыз? {}\n"


def test_an_unknown_format_is_refused():
    assert read_file("f", GIFT.encode(), wanted="docx").problems[0].check == "format"


def test_a_format_that_the_file_is_not_in_is_refused():
    report = read_file("f.xml", b"<quiz/>", wanted="qti21")
    assert (report.drafts, report.problems[0].check) == ((), "format")


def test_a_file_that_is_too_large_never_reaches_the_child(monkeypatch):
    monkeypatch.setattr(asking, "CHILD", Path("/nowhere"))
    assert read_file("f", b"abc", limits=Limits(packed_bytes=2)).problems[0].check == "file-too-large"


def test_a_child_that_dies_is_one_problem(monkeypatch):
    monkeypatch.setattr(asking, "CHILD", Path("/nowhere"))
    report = read_file("f", b"abc")
    assert (report.refused, report.problems[0].check) == (True, "costs-too-much")


def test_too_many_at_once_are_told_to_wait(monkeypatch):
    monkeypatch.setattr(asking, "WAIT_SECONDS", 0.01)
    assert READING.acquire()
    assert READING.acquire()
    try:
        assert read_file("f", GIFT.encode()).problems[0].check == "busy"
    finally:
        READING.release()
        READING.release()
    assert read_file("f", GIFT.encode()).drafts


def test_a_file_is_read_under_its_bare_name():
    report = read_file("../../etc/f.gift", GIFT.encode())
    assert report.format == "gift"
    assert [draft.place for draft in report.drafts] == ["f.gift:1"]
    assert [problem.place for problem in report.problems] == ["f.gift:3"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_other_letters_are_read_and_noted(encoding):
    report = read_file("f.gift", GIFT.encode(encoding))
    assert report.drafts[0].stem.kk == "Хаттаманы кім жүргізеді?"
    assert [note.check for note in report.notes] == (["encoding"] if encoding == "utf-16" else [])


def draft(name="L-1", stem="Кім?"):
    return Draft(
        Kind.SINGLE,
        Text(stem, ""),
        (DraftOption(Text("а", ""), right=True), DraftOption(Text("ә", ""))),
        name=name,
    )


def test_drafts_enter_the_bank_once_and_as_drafts_only(database):
    with database.writing() as session:
        enter(session)


def enter(session):
    given = [draft(), draft(name="жай ат"), draft(name="", stem="Не?")]
    loaded = load_drafts(session, given, by="command line", at=NOON)
    assert loaded.written == ("L-1", code_of(given[1]), code_of(given[2]))
    assert set(session.scalars(sa.select(ItemRow.state))) == {"draft"}
    assert session.scalar(sa.select(sa.func.count(ItemVersionRow.id))) == 3
    assert set(session.scalars(sa.select(ItemMove.to_state))) == {"draft"}
    again = load_drafts(session, given, by="command line", at=NOON)
    assert (again.written, again.known) == ((), loaded.written)
    assert session.scalars(sa.select(JournalEntry.tag)).all() == ["bank:imported"]


def placed(name, stem, line, **more):
    return replace(draft(name, stem), place=f"f:{line}", **more)


def test_two_questions_under_one_code_are_not_merged_and_the_second_is_named(database):
    file = f"{GIFT}\n::L-1::Отырысты кім ашады? {{=төраға ~хатшы}}\n\n{GIFT.partition(chr(10))[0]}"
    report = read_file("f.gift", file.encode())
    found = [(note.check, note.item, note.place) for note in report.notes]
    assert found == [("code-twice", "L-1", "f.gift:5"), ("question-twice", "L-1", "f.gift:7")]
    assert "f.gift:1" in report.notes[0].message
    with database.writing() as session:
        loaded = load_drafts(session, report.drafts, by="command line", at=NOON)
        assert len(loaded.written) == len(set(loaded.written)) == 2
        assert loaded.written[0] == "L-1"
        again = load_drafts(session, report.drafts, by="command line", at=NOON)
        assert (again.written, again.known, again.problems) == ((), loaded.written, ())


def test_two_pictures_under_the_same_words_are_two_questions():
    one, other = (placed("", "Қайсы?", n, picture=f"{n}.png") for n in (1, 2))
    assert code_of(one) != code_of(other)


def test_another_question_under_a_code_of_the_bank_is_a_problem_and_the_bank_stays(database):
    with database.writing() as session:
        load_drafts(session, [draft()], by="command line", at=NOON)
        loaded = load_drafts(session, [placed("L-1", "Не?", 3)], by="command line", at=NOON)
        assert (loaded.written, loaded.known) == ((), ())
        assert [(each.item, each.check, each.place) for each in loaded.problems] == [
            ("L-1", "code-taken", "f:3")
        ]
        assert len(session.scalars(sa.select(ItemVersionRow)).all()) == 1


def test_an_enemy_or_a_picture_that_is_nowhere_is_left_out_and_noted(database):
    details = (("enemies", "L-2 L-9"), ("image", "nowhere.png"))
    given = [placed("L-1", "Кім?", 1, details=details), placed("L-2", "Не?", 2)]
    with database.writing() as session:
        loaded = load_drafts(session, given, by="command line", at=NOON)
        assert [(note.check, note.place) for note in loaded.notes] == [
            ("enemy-unknown", "f:1"), ("picture-unknown", "f:1")
        ]  # fmt: skip
        first = session.scalars(sa.select(ItemRow).where(ItemRow.code == "L-1")).one()
        assert (first.enemies, first.versions[0].content["image"]) == (["L-2"], "")


def test_a_category_that_names_no_area_is_noted_once_and_one_beside_an_area_is_not(sqlite_database):
    given = [
        placed("L-1", "Кім?", 1, category="Тақырып"),
        placed("L-2", "Не?", 2, category="Тақырып"),
        placed("L-3", "Қашан?", 3, category="law/police", details=(("area", "police"),)),
    ]
    with sqlite_database.writing() as session:
        loaded = load_drafts(session, given, by="command line", at=NOON)
    assert [(note.check, note.item, note.place) for note in loaded.notes] == [("category-lost", "L-1", "f:1")]
    assert "Тақырып" in loaded.notes[0].message


def test_a_shipped_item_that_comes_back_with_its_picture_is_the_same(database):
    items = [item for item in shipped_bank().items if item.version.image][:2]
    pictures = {item.version.image: shipped_png(item.version.image) for item in items}
    with database.writing() as session:
        add_items(session, items, author=None, at=NOON)
        for form in ("qti21", "xlsx"):
            report = read_file("f", write_file([draft_of(item) for item in items], form, pictures=pictures))
            loaded = load_drafts(session, report.drafts, report.pictures, by="command line", at=NOON)
            assert (len(loaded.known), loaded.problems, loaded.notes) == (2, (), ())


def test_files_of_a_folder_are_read_public_samples_too_where_they_are_at_hand(tmp_path):
    (tmp_path / "own.gift").write_text(GIFT, encoding="utf-8")
    named = os.environ.get("SYNAQ_SAMPLES")
    folders = [tmp_path, *([Path(named)] if named else [])]
    files = [
        file for folder in folders for file in folder.rglob("*") if file.suffix in {".gift", ".xml", ".zip"}
    ]
    for file in files:
        report = read_file(file.name, file.read_bytes())
        assert not report.refused, (file, report.problems)
        assert report.drafts or report.notes
    assert files


def test_a_zip_of_files_that_are_no_qti_is_refused_with_what_to_do():
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        package.writestr("a.gift", GIFT)
    report = read_file("bank.zip", kept.getvalue())
    assert (report.refused, report.problems[0].check) == (True, "package-of-others")


def test_a_second_sheet_that_holds_something_is_named_and_an_empty_one_is_not():
    book = load_workbook(io.BytesIO(template("kk")))
    for title, cell in (("Бос", ""), ("Қалғаны", "Тағы бір сұрақ")):
        book.create_sheet(title)["A1"] = cell
    kept = io.BytesIO()
    book.save(kept)
    found = [note.message for note in read_file("bank.xlsx", kept.getvalue()).notes]
    assert found == ["the sheet 'Қалғаны' is not read"]
