"""A picture travels inside the Moodle XML file; without its bytes none is promised."""

from base64 import b64encode
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


def asked_with(shown, name="a.png", more=""):
    file = f'<file name="{name}" encoding="base64">{b64encode(PNG).decode()}</file>'
    return read_moodle(
        f"""<quiz><question type="truefalse"><questiontext format="html"><text>
        <![CDATA[Қайсы? {shown}]]></text>{file}</questiontext>
        <answer fraction="100"><text>true</text></answer>
        <answer fraction="0"><text>false</text>{more}</answer></question></quiz>""".encode(),
        "f.xml",
    )


@pytest.mark.parametrize(
    "shown",
    [
        '<img src="http://127.0.0.1/a.png">',
        '<img src="@@PLUGINFILE@@/a.png"><img src="@@PLUGINFILE@@/b.png">',
        '<img alt="a.png">',
    ],
)
def test_a_place_of_another_picture_is_noted_and_nothing_is_silently_dropped(shown):
    assert [(note.check, note.message) for note in asked_with(shown).notes] == [
        ("markup", "<img> is not kept")
    ]


def test_a_picture_of_an_answer_is_not_that_of_the_question_and_is_noted():
    file = f'<file name="b.png" encoding="base64">{b64encode(b"other").decode()}</file>'
    reading = asked_with('<img src="@@PLUGINFILE@@/a.png">', more=file)
    assert [png for _, png in reading.pictures] == [PNG]
    assert [note.check for note in reading.notes] == ["pictures"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("a.png", '"@@PLUGINFILE@@/a.png"'),
        ("a.png", "@@PLUGINFILE@@/a.png"),
        ("белгі 1.png", '"@@PLUGINFILE@@/%D0%B1%D0%B5%D0%BB%D0%B3%D1%96%201.png"'),
        ("a&amp;b.png", "'@@PLUGINFILE@@/a&amp;b.png?time=17'"),
    ],
)
def test_the_place_of_the_picture_that_is_kept_is_found_however_it_is_written(name, source):
    reading = asked_with(f'<img width="5" src={source} alt="Төрт белгі">', name)
    assert (len(reading.pictures), reading.notes) == (1, ())
    assert reading.drafts[0].stem == Text("Қайсы?", "")
    assert reading.drafts[0].described == Text("Төрт белгі", "")
