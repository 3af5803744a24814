"""Out and in again: what comes back is what went out, and the second file is the first byte for byte."""

import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from exam.services.interchange.reports import read_file
from question_bank.interchange.drafts import Draft, DraftOption, draft_from_plain, draft_to_plain, tidy
from question_bank.interchange.gift import read_gift
from question_bank.interchange.items import draft_of, item_of
from question_bank.interchange.moodle_xml import read_moodle
from question_bank.interchange.qti_package import read_package
from question_bank.interchange.writing import WRITTEN, write_file
from question_bank.interchange.xlsx_sheet import read_rows
from question_bank.items import Kind, State, Text
from question_bank.plain import version_to_plain
from question_bank.reading import shipped_bank
from tests.question_bank.builders import OF_EACH_KIND, law_item
from tests.question_bank.interchange.made_up import drafts

TRICKY = Draft(
    Kind.SINGLE,
    Text("Қайсысы {дұрыс} = #1?\n~екінші жол", "5 < 6 && \\n -> _x0041_"),
    (DraftOption(Text("=1+1", "+7"), right=True), DraftOption(Text("[html]<b>", "%50%x::y"))),
    name="=cmd|' /C calc'!A0",
    details=(("certificate", "100%25 [бір]\n%5B"),),
)


def entries(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def sheet_rows(content):
    sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return [
        (number, [("text", str(cell)) if cell is not None else None for cell in row])
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
    ]


READERS = {
    "gift": lambda content: read_gift(content.decode("utf-8"), "f"),
    "moodle": lambda content: read_moodle(content, "f"),
    "qti21": lambda content: read_package(entries(content), "f")[1],
    "xlsx": lambda content: read_rows(sheet_rows(content), "f"),
}


@pytest.mark.parametrize("form", WRITTEN)
@settings(max_examples=60, deadline=None)
@given(given_drafts=st.lists(drafts(), min_size=1, max_size=4))
@example(given_drafts=[TRICKY])
def test_what_is_written_is_read_back_and_written_the_same(form, given_drafts):
    content = write_file(given_drafts, form)
    reading = READERS[form](content)
    assert not reading.problems
    assert [draft.without_place() for draft in reading.drafts] == given_drafts
    assert write_file(reading.drafts, form) == content


@pytest.mark.parametrize("form", WRITTEN)
def test_the_shipped_bank_comes_back_from_every_format_with_every_field(form):
    items = shipped_bank().items[::40]
    report = read_file(f"bank.{form}", write_file([draft_of(item) for item in items], form))
    assert report.format == form
    assert not report.problems
    assert len(report.drafts) == len(items) > 20
    for item, draft in zip(items, report.drafts, strict=True):
        back = item_of(draft, draft.name)
        assert back.state is State.DRAFT
        assert (back.code, back.part, back.area, back.topic, back.level, back.fact) == (
            item.code, item.part, item.area, item.topic, item.level, item.fact
        )  # fmt: skip
        assert version_to_plain(back.version) == version_to_plain(item.version)


@pytest.mark.parametrize("version", OF_EACH_KIND, ids=lambda version: version.kind)
def test_an_item_of_each_kind_asks_the_same_after_the_journey(version):
    draft = draft_of(law_item(version=version))
    back = draft_of(item_of(draft, version.item))
    assert [each for each in back.details if each[0] != "state"] == [
        each for each in draft.details if each[0] != "state"
    ]
    assert (back.stem, back.options, back.lefts, back.answer, back.tolerance) == (
        draft.stem, draft.options, draft.lefts, draft.answer, draft.tolerance
    )  # fmt: skip


@given(drafts())
def test_a_draft_passes_through_json_unchanged(draft):
    assert draft_from_plain(draft_to_plain(draft)) == draft


@given(st.text())
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


def test_no_cell_of_the_sheet_is_a_formula():
    sheet = load_workbook(io.BytesIO(write_file([TRICKY], "xlsx"))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
