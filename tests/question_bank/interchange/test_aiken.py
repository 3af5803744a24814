"""Aiken: what is not read and why, with its line; then what is."""

import pytest

from question_bank.interchange.aiken import read_aiken
from question_bank.interchange.reading import read_content
from question_bank.items import Kind

GOOD = "Кім жүргізеді?\nA) хатшы\nB. төраға\nANSWER: A\n"


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Кім?\nA) хатшы\nB) төраға\n", "answer-missing"),
        ("Кім?\nA) хатшы\nB) төраға\nANSWER: C\n", "key-out-of-range"),
        ("Кім?\nA) хатшы\nB) төраға\nANSWER:\n", "key-out-of-range"),
        ("Кім?\nA) хатшы\nC) төраға\nANSWER: A\n", "letters"),
        ("Кім?\nA) хатшы\nANSWER: A\n", "options-missing"),
        ("A) хатшы\nB) төраға\nANSWER: A\n", "letters"),
        ("Кім?\nA) хатшы\nB) төраға\nANSWER: A, B\n", "key-several"),
        ("Кім?\nA) хатшы\nB) төраға\nANSWER: A\nANSWER: B\n", "key-several"),
        ("Кім?\nA) хатшы\nB) төраға\nANSWER: төраға\n", "key-out-of-range"),
        ("Кім?\na) хатшы\nb) төраға\nANSWER: A\n", "key-out-of-range"),
        ("Кім?\nA) хатшы\nB) төраға\nКім?\nA) хатшы\nB) төраға\nANSWER: A\n", "letters"),
        ("Кім?\n", "answer-missing"),
    ],
)
def test_what_is_not_a_question_is_a_problem_at_its_line(text, check):
    reading = read_aiken(f"{GOOD}\n{text}\n{GOOD}", "f.txt")
    assert [(each.check, each.place) for each in reading.problems] == [(check, "f.txt:6")]
    assert len(reading.drafts) == 2 or check == "answer-missing"


def test_a_question_is_read_with_either_sign_after_the_letter():
    [draft] = read_aiken(GOOD.replace("\n", "\r\n"), "f.txt").drafts
    assert (draft.kind, draft.stem.kk, draft.right, draft.place) == (
        Kind.SINGLE,
        "Кім жүргізеді?",
        (0,),
        "f.txt:1",
    )
    assert [each.text.kk for each in draft.options] == ["хатшы", "төраға"]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Кім?\nA)хатшы\nB)төраға\nANSWER: B)\n", 1),
        ("Кім?\nА) хатшы\nВ) төраға\nС) мүше\nANSWER: С\n", 2),
        ("Кім?\nА) хатшы\nБ) төраға\nВ) мүше\nГ) сарапшы\nОТВЕТ: в.\n", 2),
        ("Кім?\nA) хатшы\nБ) төраға\nB) мүше\nЖАУАБЫ: B\n", 2),
        ("А. С. Пушкин?\nA) хатшы\nB) төраға\nC) мүше\nANSWER: В\n", 1),
        ("Кім?\n\nA) хатшы\n\nB) төраға\n\nANSWER: B\n", 1),
    ],
    ids=["no blank", "look-alikes", "Cyrillic order", "both keyboards", "initials", "empty lines"],
)
def test_a_question_is_read_as_a_keyboard_of_kazakhstan_writes_it(text, right):
    form, reading = read_content(f"{text}\n{GOOD}".encode(), "f.txt")
    assert (form, reading.problems) == ("aiken", ())
    assert [draft.right for draft in reading.drafts] == [(right,), (0,)]


def test_text_that_looks_like_markup_stays_text():
    [draft] = read_aiken("Не бұл: <b> & <i>?\nA) тег\nB) сөз\nANSWER: a\nFEEDBACK: иә\n", "f.txt").drafts
    assert draft.stem.kk + draft.stem.ru == "Не бұл: <b> & <i>?"
    assert draft.feedback.kk + draft.feedback.ru == "иә"
