"""A picture travels inside the Moodle XML file; without its bytes none is promised."""

from dataclasses import replace
from html import escape

import pytest

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


def test_what_a_picture_shows_is_said_where_moodle_shows_it_and_read_back():
    details = (("image_alt_kk", "Төрт [белгі]"), ("image_alt_ru", "Четыре знака"))
    written = write_moodle([replace(DRAFT, details=details)], pictures={"a.png": PNG})
    assert "![Төрт белгі / Четыре знака](@@PLUGINFILE@@/a.png)" in written
    [draft] = read_moodle(written.encode(), "f.xml").drafts
    assert (draft.details, draft.stem) == (details, DRAFT.stem)


HTML = '<p>Какой знак?</p><img src="@@PLUGINFILE@@/a.png" alt="Знак &quot;стоп&quot;">'
MARKDOWN = 'Какой знак?\n\n![Знак "стоп"](@@PLUGINFILE@@/a.png)'


@pytest.mark.parametrize(("form", "shown"), [("html", escape(HTML)), ("markdown", MARKDOWN)])
def test_what_a_stranger_says_of_a_picture_is_kept_and_not_noted(form, shown):
    asked = write_moodle([replace(DRAFT, stem=Text("", "Какой знак?"))], pictures={"a.png": PNG})
    begun, ended = asked.index("<questiontext"), asked.index("<file")
    asked = f'{asked[:begun]}<questiontext format="{form}"><text>{shown}</text>{asked[ended:]}'
    reading = read_moodle(asked.encode(), "f.xml")
    assert reading.drafts[0].described == Text("", 'Знак "стоп"')
    assert reading.drafts[0].stem == Text("", "Какой знак?")
    assert not reading.notes
