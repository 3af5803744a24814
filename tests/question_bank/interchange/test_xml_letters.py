"""XML whose letters are not those of its declaration: read by its bytes, and noted."""

import pytest

from question_bank.interchange.qti_package import read_package
from question_bank.interchange.reading import read_content
from tests.question_bank.interchange.test_qti import CHOICE, item

QUIZ = (
    "<quiz><question type='truefalse'><questiontext><text>{}</text></questiontext>"
    "<answer fraction='100'><text>true</text></answer><answer fraction='0'><text>false</text></answer>"
    "</question></quiz>"
)
KAZAKH, RUSSIAN = "Хаттаманы хатшы жүргізе ме?", "Протокол ведётся секретарём?"
DECLARED = '<?xml version="1.0" encoding="{}"?>\n'


def read(said, encoding, declared):
    text = (DECLARED.format(declared) if declared else "") + QUIZ.format(said)
    form, reading = read_content(text.encode(encoding), "f.xml")
    assert form == "moodle", reading.problems
    [draft] = reading.drafts
    assert said in (draft.stem.kk, draft.stem.ru)
    return [note.check for note in reading.notes]


@pytest.mark.parametrize(
    ("said", "encoding", "declared"),
    [
        (KAZAKH, "utf-16", "UTF-8"),
        (KAZAKH, "utf-16-le", "UTF-8"),
        (RUSSIAN, "cp1251", ""),
        (RUSSIAN, "cp1251", "UTF-8"),
        (KAZAKH, "utf-8", "windows-1251"),
        (KAZAKH, "utf-8", "UTF-16"),
    ],
)
def test_letters_that_are_not_as_declared_are_read_and_noted(said, encoding, declared):
    assert read(said, encoding, declared) == ["encoding"]


@pytest.mark.parametrize(
    ("said", "encoding", "declared"),
    [
        (KAZAKH, "utf-8", "UTF-8"), (KAZAKH, "utf-8", ""), (KAZAKH, "utf-8-sig", "utf-8"),
        (KAZAKH, "utf-16", "UTF-16"), (RUSSIAN, "cp1251", "windows-1251"), (RUSSIAN, "koi8-r", "KOI8-R"),
        (RUSSIAN, "iso8859-5", "ISO-8859-5"),
    ],
)  # fmt: skip
def test_letters_as_declared_are_no_note(said, encoding, declared):
    assert read(said, encoding, declared) == []


def test_the_documents_of_a_package_are_read_by_their_bytes_and_noted_each():
    manifest = DECLARED.format("UTF-8") + (
        "<manifest><resource type='imsqti_item_xmlv2p1' href='a.xml'/></manifest>"
    )
    asked = DECLARED.format("UTF-8") + item(CHOICE, "A")
    _, reading = read_package(
        {"imsmanifest.xml": manifest.encode("utf-16"), "a.xml": asked.encode("utf-16")}, "f"
    )
    assert [draft.stem.kk for draft in reading.drafts] == ["Кім?"]
    assert [(note.check, note.place) for note in reading.notes] == [
        ("encoding", "f/imsmanifest.xml"), ("encoding", "f/a.xml")
    ]  # fmt: skip


OLD = b"<questestinterop><assessment/></questestinterop>"


def manifest(*kinds):
    listed = "".join(f"<resource type='{kind}' href='a.xml'/>" for kind in kinds)
    return f"<manifest><resources>{listed}</resources></manifest>".encode()


@pytest.mark.parametrize(
    "kinds",
    [("imsqti_xmlv1p2",), ("imsqti_xmlv1p2/imscc_xmlv1p1/assessment",), ("webcontent", "imsqti_xmlv1p2")],
)
def test_a_package_in_qti_1_2_is_refused_with_what_to_do(kinds):
    form, reading = read_package({"imsmanifest.xml": manifest(*kinds), "a.xml": OLD}, "f.zip")
    [problem] = reading.problems
    assert (form, problem.check, problem.place) == ("", "qti-old", "f.zip")
    assert "QTI 1.2" in problem.message
    assert "QTI 2.1 or newer" in problem.message


def test_an_item_in_qti_1_2_beside_newer_ones_is_a_problem_of_its_own():
    entries = {
        "imsmanifest.xml": manifest("imsqti_item_xmlv2p1", "imsqti_xmlv1p2"),
        "a.xml": item(CHOICE, "A").encode(),
    }
    _, reading = read_package(entries, "f.zip")
    assert (len(reading.drafts), [each.check for each in reading.problems]) == (1, ["qti-old"])


def test_a_document_in_qti_1_2_is_refused_with_what_to_do():
    form, reading = read_content(OLD, "f.xml")
    assert (form, [each.check for each in reading.problems]) == ("", ["qti-old"])
