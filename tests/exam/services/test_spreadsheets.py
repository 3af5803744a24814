"""An untrusted workbook: hostile ones first, each refused with one code and at little cost."""

import random
import time
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from exam.errors import RefusedError
from exam.services import spreadsheets
from exam.services.spreadsheets import Kind, Limits, address, read_sheet
from tests import workbooks
from tests.workbooks import cell, package, saved, workbook

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


BARE_ROW = "<row><c><v>1</v></c></row>"


def many_rows(count):
    return package("".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, count + 1)))


HOSTILE = {
    "nothing": (lambda: b"", "sheet-empty"),
    "nothing but a sheet": (lambda: package(""), "sheet-empty"),
    "a page named .xlsx": (lambda: b"<html><body>staff</body></html>", "sheet-unreadable"),
    "a zip of something else": (workbooks.overlapping, "sheet-unreadable"),
    "an old or locked workbook": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "sheet-old-or-locked"),
    "600,000 rows in 90 KB": (lambda: package(BARE_ROW * 600_000), "sheet-packed-too-tightly"),
    "600,000 rows with numbers": (lambda: many_rows(600_000), "sheet-too-many-rows"),
    "a row too many": (lambda: many_rows(20_001), "sheet-too-many-rows"),
    "a size that lies": (lambda: package(cell("A1", "x"), size="A1:XFD1048576"), "sheet-too-many-rows"),
    "a width that lies": (lambda: package(cell("A1", "x"), size="A1:XFD2"), "sheet-too-many-columns"),
    "a far cell": (
        lambda: package(f'<row r="1048576">{cell("XFD1048576", "x")}</row>'),
        "sheet-too-many-rows",
    ),
    "entities": (
        lambda: package(f'<row r="1">{cell("A1", "&c;")}</row>', doctype=BOMB),
        "sheet-with-entities",
    ),
    "an entity from a file": (
        lambda: package(
            f'<row r="1">{cell("A1", "&f;")}</row>',
            doctype='<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>',
        ),
        "sheet-with-entities",
    ),
    "macros": (lambda: package("", **{"xl/vbaProject.bin": b"x"}), "sheet-with-macros"),
    "too many parts": (
        lambda: package("", **{f"xl/media/{n}.bin": b"x" for n in range(200)}),
        "sheet-too-many-parts",
    ),
    "a bomb beside the sheet": (
        lambda: package("", **{"xl/media/a.bin": b"\0" * 70 * 1024**2}),
        "sheet-packed-too-tightly",
    ),
    "broken XML": (lambda: package("<row"), "sheet-unreadable"),
    "cut off": (lambda: workbook([["x"]])[:-40], "sheet-unreadable"),
}


@pytest.mark.parametrize(("made", "code"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_is_refused_with_one_code_and_soon(made, code):
    content = made()
    began = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        read_sheet(content)
    assert refused.value.code == code
    assert code in spreadsheets.SHEET_REFUSALS
    assert time.monotonic() - began < 15


def test_the_hostile_workbooks_are_as_small_as_they_are_said_to_be():
    assert len(package(BARE_ROW * 600_000)) < 90_000
    assert len(workbooks.overlapping()) < 12_000
    assert len(package(cell("A1", "x"), size="A1:XFD1048576")) < 1_800


def test_what_is_larger_than_the_limit_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(spreadsheets, "CHILD", "/nowhere")
    with pytest.raises(RefusedError, match="sheet-file-too-large"):
        read_sheet(b"x" * 101, Limits(packed_bytes=100))


def test_a_workbook_that_takes_too_long_is_given_up():
    with pytest.raises(RefusedError, match="sheet-costs-too-much"):
        read_sheet(workbook([["x"]]), Limits(seconds=0))


def test_a_workbook_that_needs_too_much_memory_is_given_up():
    noise = random.Random(1).randbytes(3_000_000).hex()
    with pytest.raises(RefusedError, match="sheet-costs-too-much"):
        read_sheet(package(f'<row r="1">{cell("A1", noise)}</row>'), Limits(memory_bytes=30 * 1024**2))


def test_text_is_bounded_though_each_cell_is_small():
    with pytest.raises(RefusedError, match="sheet-too-much-text"):
        read_sheet(workbook([["x" * 60, "y" * 60]]), Limits(characters=100))


def test_no_more_are_opened_at_once_than_the_machine_bears(monkeypatch):
    monkeypatch.setattr(spreadsheets, "WAIT_SECONDS", 0.01)
    with spreadsheets.READING, spreadsheets.READING, pytest.raises(RefusedError, match="sheet-busy"):
        read_sheet(workbook([["x"]]))
    assert read_sheet(workbook([["x"]]))


def test_cells_come_with_their_kind_and_rows_with_their_number():
    [head, row] = read_sheet(
        workbook(
            [
                ["a", None, "c"],
                [],
                [
                    date(2020, 1, 10),
                    990101300003,
                    "=1+1",
                    True,
                    datetime.fromisoformat("2020-01-01T09:00:00"),
                    2.5,
                ],
            ]
        )
    )
    assert (head.number, row.number) == (1, 3)
    assert [each and each.text for each in head.cells] == ["a", None, "c"]
    assert [(each.kind, each.text) for each in row.cells] == [
        (Kind.DATE, "2020-01-10"),
        (Kind.NUMBER, "990101300003"),
        (Kind.FORMULA, ""),
        (Kind.LOGICAL, "True"),
        (Kind.MOMENT, "2020-01-01T09:00:00"),
        (Kind.NUMBER, "2.5"),
    ]


def test_the_first_sheet_that_is_shown_is_read():
    book = Workbook()
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    book.create_sheet("list").append(["shown"])
    book.active = 1
    [row] = read_sheet(saved(book))
    assert row.cells[0].text == "shown"


@pytest.mark.parametrize(
    ("place", "name"), [((0, 1), "A1"), ((25, 2), "Z2"), ((26, 3), "AA3"), ((701, 9), "ZZ9")]
)
def test_a_cell_is_named_as_on_the_sheet(place, name):
    assert address(*place) == name
