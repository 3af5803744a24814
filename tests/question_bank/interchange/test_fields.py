"""Fields of our own bank: what is not kept as it stood is told, in every format that carries them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.interchange.details import NAMES
from question_bank.interchange.fields import read_fields
from question_bank.interchange.gift import read_gift
from question_bank.interchange.items import item_of
from question_bank.interchange.moodle_xml import read_moodle
from question_bank.interchange.reading import read_content
from question_bank.interchange.xlsx_sheet import read_rows
from question_bank.items import Part
from tests.question_bank.interchange.test_qti import CHOICE, item

UNREAD = [
    ("valid_to", "31 желтоқсан", "end-unread"),
    ("valid_to", "31.02.2026", "end-unread"),
    ("valid_to", "2026-13-01", "end-unread"),
    ("valid_from", "01/07/2026", "day-unread"),
    ("redaction", "2026", "day-unread"),
    ("level", "4", "level-unread"),
    ("level", "қиын", "level-unread"),
    ("level", "1.5", "level-unread"),
    ("points", "0", "points-unread"),
    ("points", "101", "points-unread"),
    ("part", "history", "part-unknown"),
    ("grade", "D", "grade-unknown"),
    ("act", "K9999", "act-unknown"),
    ("area", "a" * 41, "field-cut"),
    ("fact", "F" * 17, "field-cut"),
]


@pytest.mark.parametrize(("name", "written", "check"), UNREAD)
def test_a_field_that_is_not_kept_as_it_stood_is_told(name, written, check):
    kept, unkept = read_fields({"act": "K2024-490", name: written})
    assert check in {each.check for each in unkept if each.name == name}
    assert kept.get(name, "") != written or check == "act-unknown"


def test_fields_of_a_source_without_an_act_are_told():
    _, [told] = read_fields({"article_kk": "1-бап", "valid_to": "31.12.2026"})
    assert (told.check, "valid_to" in told.message) == ("act-missing", True)


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=50)))
def test_what_was_read_is_read_again_without_a_change(given_fields):
    kept, _ = read_fields(given_fields)
    again, told = read_fields(kept)
    assert again == kept
    assert {each.check for each in told} <= {"act-unknown", "act-missing"}


@pytest.mark.parametrize("written", ["31.12.2026", "2026-12-31"])
@pytest.mark.parametrize("name", ["redaction", "valid_from", "valid_to"])
def test_a_day_is_read_in_both_spellings(name, written):
    kept, unkept = read_fields({"act": "CON2026", name: written})
    assert kept[name] == "2026-12-31"
    assert not [each for each in unkept if each.name == name]


@pytest.mark.parametrize(
    ("name", "written", "kept"),
    [
        ("level", "2.0", "2"), ("part", "Logic", "logic"), ("grade", "в", "B"), ("points", "100", "100"),
        ("enemies", "L-1, L-2; L-1", "L-1 L-2"),
    ],
)  # fmt: skip
def test_a_field_is_read_as_people_write_it(name, written, kept):
    assert read_fields({name: written}) == ({name: kept}, [])


TOLD = {"act": "NO-ACT", "valid_to": "жоқ", "level": "9", "article_kk": "3-бап", "redaction": "01.07.2026"}
EXPECTED = [("act-unknown", "act"), ("end-unread", "valid_to"), ("level-unread", "level")]


def of_sheet():
    head = ("code", "kind", "stem_kk", "option_A_kk", "option_B_kk", "key", *TOLD)
    row = ("L-1", "single", "Кім?", "ол", "мен", "A", *TOLD.values())
    return read_rows([(n, [("text", each) for each in cells]) for n, cells in ((1, head), (2, row))], "f")


def of_gift():
    tags = "\n".join(f"// [tag:synaq:{name}={value}]" for name, value in TOLD.items())
    return read_gift(f"{tags}\n::L-1::Кім? {{=ол ~мен}}", "f")


def of_moodle():
    tags = "".join(f"<tag><text>synaq:{name}={value}</text></tag>" for name, value in TOLD.items())
    answers = "<answer fraction='100'><text>ол</text></answer><answer fraction='0'><text>мен</text></answer>"
    return read_moodle(
        "<quiz><question type='multichoice'><name><text>L-1</text></name><questiontext><text>Кім?</text>"
        f"</questiontext>{answers}<tags>{tags}</tags></question></quiz>".encode(),
        "f",
    )


def of_qti():
    rows = "".join(f"<p label='synaq:{name}'>{value}</p>" for name, value in TOLD.items())
    text = item(f"<rubricBlock view='author'>{rows}</rubricBlock>{CHOICE}", "A")
    return read_content(text.replace("'Аты'", "'L-1'").encode(), "f")[1]


@pytest.mark.parametrize("reader", [of_sheet, of_gift, of_moodle, of_qti])
def test_every_format_notes_the_fields_of_a_question_and_keeps_the_rest(reader):
    reading = reader()
    assert sorted(each.check for each in reading.notes) == sorted(check for check, _ in EXPECTED)
    assert {each.item for each in reading.notes} == {"L-1"}
    [draft] = reading.drafts
    back = item_of(draft, "L-1")
    assert (back.part, back.level, back.act) == (Part.LEGISLATION, 1, "NO-ACT")
    assert back.version.source.redaction == date(2026, 7, 1)
    assert back.version.source.valid_to is None


def test_the_sheet_names_the_cell_of_each():
    assert [each.place for each in sorted(of_sheet().notes, key=lambda note: note.check)] == [
        "f:G2", "f:H2", "f:I2"
    ]  # fmt: skip


def test_a_tag_of_ours_that_stands_twice_or_says_nothing_is_noted():
    tags = ("synaq:level=1", "synaq:level=2", "synaq:fixed=x", "synaq:color=red")
    lines = "\n".join(f"// [tag:{tag}]" for tag in tags)
    reading = read_gift(f"{lines}\nКім? {{=ол ~мен}}", "f")
    assert [each.check for each in reading.notes] == ["tag"] * 3


def test_a_field_of_a_qti_item_that_is_not_ours_is_noted():
    text = item(f"<rubricBlock view='author'><p label='synaq:color'>қызыл</p></rubricBlock>{CHOICE}", "A")
    assert [each.check for each in read_content(text.encode(), "f")[1].notes] == ["tag"]


@pytest.mark.parametrize(
    ("column", "kind", "key"),
    [("tolerance", "single", "A"), ("left_A_kk", "single", "A"), ("feedback_C_kk", "single", "A"),
     ("option_C_kk", "numeric", "7")],
)  # fmt: skip
def test_a_cell_that_its_kind_of_question_has_no_place_for_is_noted(column, kind, key):
    head = ("code", "kind", "stem_kk", "option_A_kk", "option_B_kk", "key", column)
    row = ("L-1", kind, "Неше?", *(("", "") if kind == "numeric" else ("екі", "үш")), key, "5")
    cells = [(n, [("text", each) if each else None for each in line]) for n, line in ((1, head), (2, row))]
    reading = read_rows(cells, "f")
    assert not reading.problems
    assert [(each.check, each.place) for each in reading.notes] == [("cell-unused", "f:G2")]
