"""Reading a file of questions in a child process, and drafts into the bank of an installation."""

import io
import os
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from exam.services.bank.draft_loading import code_of, load_drafts
from exam.services.interchange import asking
from exam.services.interchange.asking import READING, Limits
from exam.services.interchange.reports import read_file
from exam.services.interchange.template import template
from exam.storage.tables import ItemMove, ItemRow, ItemVersionRow, JournalEntry
from question_bank.interchange.drafts import Draft, DraftOption
from question_bank.items import Kind, Text
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
