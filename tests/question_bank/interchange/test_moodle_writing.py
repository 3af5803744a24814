"""A picture travels inside the Moodle XML file; without its bytes none is promised."""

from dataclasses import replace

from question_bank.interchange.drafts import Draft, DraftOption
from question_bank.interchange.moodle_writing import write_moodle
from question_bank.interchange.moodle_xml import read_moodle
from question_bank.interchange.writing import write_file
from question_bank.items import Kind, Text

PNG = b"\x89PNG of a matrix"
DRAFT = Draft(
    kind=Kind.SINGLE,
    stem=Text("Қайсы?", "Какая?"),
    options=(DraftOption(Text("а", "а"), right=True), DraftOption(Text("б", "б"))),
    picture="a.png",
)


def test_without_its_bytes_no_file_is_written():
    assert "<file" not in write_moodle([DRAFT])


def test_a_picture_is_read_back_byte_for_byte():
    reading = read_moodle(write_moodle([DRAFT], pictures={"a.png": PNG}).encode(), "f.xml")
    assert [png for _, png in reading.pictures] == [PNG]


def test_the_picture_is_that_of_its_own_question():
    plain = replace(DRAFT, stem=Text("Кім?", "Кто?"), picture="")
    reading = read_moodle(write_moodle([plain, DRAFT], pictures={"a.png": PNG}).encode(), "f.xml")
    assert [bool(draft.picture) for draft in reading.drafts] == [False, True]


def test_an_item_of_the_bank_names_its_picture_among_its_details():
    kept = replace(DRAFT, picture="", details=(("image", "a.png"),))
    reading = read_moodle(write_file([kept], "moodle", pictures={"a.png": PNG}), "f.xml")
    assert [png for _, png in reading.pictures] == [PNG]
