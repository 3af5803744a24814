"""Our own sheet: every problem at its cell."""

import pytest

from question_bank.interchange.xlsx_sheet import read_rows
from question_bank.items import Kind, Text

HEAD = (
    "code",
    "kind",
    "stem_kk",
    "stem_ru",
    "option_A_kk",
    "option_A_ru",
    "option_B_kk",
    "option_B_ru",
    "key",
    "tolerance",
)
GOOD = ("L-1", "single", "Кім?", "Кто?", "ол", "он", "мен", "я", "A", "")


def read(*rows, head=HEAD):
    cells = [[("text", str(cell)) if cell != "" else None for cell in row] for row in (head, *rows)]
    return read_rows(list(enumerate(cells, start=1)), "f.xlsx")


def but(**changes):
    return tuple(changes.get(name, given) for name, given in zip(HEAD, GOOD, strict=True))


@pytest.mark.parametrize(
    ("changes", "place", "check"),
    [
        ({"kind": "essay"}, "B3", "kind"),
        ({"kind": ""}, "B3", "kind"),
        ({"key": "C"}, "I3", "key-out-of-range"),
        ({"key": "AB"}, "I3", "key-out-of-range"),
        ({"key": ""}, "C3", "key-missing"),
        ({"key": "A, B"}, "C3", "key-several"),
        ({"stem_kk": "", "stem_ru": ""}, "C3", "stem-missing"),
        ({"option_A_kk": "", "option_A_ru": ""}, "C3", "option-missing"),
        ({"option_B_kk": "ол", "option_B_ru": "он"}, "C3", "options-alike"),
        ({"kind": "numeric", "key": "он екі"}, "I3", "number"),
        ({"kind": "numeric", "key": "12", "tolerance": "-1"}, "J3", "number"),
        ({"kind": "ordering", "key": "A"}, "I3", "key"),
        ({"kind": "matching", "key": ""}, "C3", "pairs-missing"),
    ],
)
def test_a_wrong_row_is_a_problem_at_its_cell_and_the_others_are_read(changes, place, check):
    reading = read(GOOD, but(**changes), but(code="L-3"))
    assert [draft.name for draft in reading.drafts] == ["L-1", "L-3"]
    assert [(each.item, each.check, each.place) for each in reading.problems] == [
        ("L-1", check, f"f.xlsx:{place}")
    ]


@pytest.mark.parametrize("kind", ["formula", "error", "moment"])
def test_a_cell_that_is_no_text_is_a_problem(kind):
    cells = [[("text", name) for name in HEAD], [(kind, "x"), *[("text", cell) for cell in GOOD[1:9]]]]
    reading = read_rows(list(enumerate(cells, start=1)), "f.xlsx")
    assert [(each.check, each.place) for each in reading.problems] == [("cell", "f.xlsx:A2")]


@pytest.mark.parametrize("head", [("a", "b"), HEAD[:2], tuple(name for name in HEAD if name != "key")])
def test_a_sheet_without_the_columns_is_one_problem(head):
    assert [each.check for each in read(GOOD, head=head).problems] == ["columns"]


def test_an_unknown_column_is_noted():
    reading = read((*GOOD, "x"), head=(*HEAD, "color"))
    assert next((each.check, each.place) for each in reading.notes) == ("column", "f.xlsx:K1")
    assert len(reading.drafts) == 1


def test_a_row_gives_both_languages_and_a_cyrillic_letter_as_key():
    [draft] = read(but(key="В")).drafts
    assert (draft.kind, draft.stem, draft.right) == (Kind.SINGLE, Text("Кім?", "Кто?"), (1,))
