"""GIFT: what is not read and why, with its line; then each kind of answer."""

from decimal import Decimal

import pytest

from question_bank.interchange.gift import read_gift
from question_bank.items import Kind, Text


def read(text):
    return read_gift(text, "f.gift")


def only(text):
    reading = read(text)
    assert not reading.problems
    [draft] = reading.drafts
    return draft


REFUSED = {
    "a text without answers": ("Жай мәтін.", "no-answer"),
    "an essay": ("Ойыңызды жазыңыз. {}", "essay"),
    "an answer typed as text": ("Астана қай қала? {=Астана =Нұр-Сұлтан}", "short-answer"),
    "braces that do not close": ("Кім? {=Ол ~Мен", "braces"),
    "two pairs of braces": ("Кім? {=Ол ~Мен} және {=а ~ә}", "braces"),
    "no sign": ("Кім? {Ол}", "no-sign"),
    "no right option": ("Кім? {~Ол ~Мен}", "key-missing"),
    "two right options": ("Кім? {=Ол =Мен ~Сен}", "key-several"),
    "one option": ("Кім? {~%100%Ол}", "options-missing"),
    "options alike": ("Кім? {=Ол ~Ол}", "options-alike"),
    "an empty option": ("Кім? {=Ол ~}", "option-missing"),
    "no stem": ("{=Ол ~Мен}", "stem-missing"),
    "no number": ("Неше? {#екі}", "number"),
    "a range backwards": ("Неше? {#5..3}", "number"),
    "no fully right number": ("Неше? {#=%50%3}", "key-several"),
}


@pytest.mark.parametrize(("text", "check"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_ours_is_a_problem_at_its_line(text, check):
    reading = read(f"// түсініктеме\n\nБасқа? {{=а ~ә}}\n\n{text}\n")
    assert [draft.stem.kk for draft in reading.drafts] == ["Басқа?"]
    assert [(each.check, each.place) for each in reading.problems] == [(check, "f.gift:5")]


def test_a_choice_with_title_feedback_and_category():
    draft = only(
        "$CATEGORY: заң/құқық\n\n::Т1::Кім жүргізеді? {\n =хатшы#Дұрыс\n ~төраға\n ~мүше####3-бап\n}"
    )
    assert (draft.kind, draft.name, draft.category, draft.place) == (
        Kind.SINGLE, "Т1", "заң/құқық", "f.gift:3"
    )  # fmt: skip
    assert [(each.text.kk, each.right) for each in draft.options] == [
        ("хатшы", True), ("төраға", False), ("мүше", False)
    ]  # fmt: skip
    assert (draft.options[0].feedback.kk, draft.feedback.kk) == ("Дұрыс", "3-бап")


def test_escaped_signs_are_text():
    draft = only(r"Таңба \{ қайсы\: \= \~ \# \} \\? {=\~ ~\=\n\# ~\ }")
    assert draft.stem.kk == "Таңба { қайсы: = ~ # } \\?"
    assert [each.text.kk for each in draft.options] == ["~", "=\n#", "\\"]


def test_a_gap_stands_where_the_answers_stood():
    assert only("Хаттаманы {=хатшы ~төраға} жүргізеді.").stem.kk == "Хаттаманы _____ жүргізеді."


@pytest.mark.parametrize(
    ("written", "right"), [("T", 0), ("TRUE", 0), ("true", 0), ("F", 1), ("FALSE#жоқ", 1)]
)
def test_true_or_false_is_a_choice_of_two_in_both_languages(written, right):
    draft = only(f"Солай ма? {{{written}}}")
    assert draft.right == (right,)
    assert [each.text.ru for each in draft.options] == ["Верно", "Неверно"]


def test_equal_shares_make_a_multiple_choice():
    reading = read("Қайсылары? {~%50%а ~%50%ә ~б}")
    assert (reading.drafts[0].kind, reading.drafts[0].right) == (Kind.MULTIPLE, (0, 1))
    assert not reading.notes


@pytest.mark.parametrize("text", ["Қайсы? {=а ~%50%ә ~б}", "Қайсылары? {~%70%а ~%30%ә ~%-100%б}"])
def test_a_part_of_the_points_is_noted(text):
    reading = read(text)
    assert len(reading.drafts) == 1
    assert [each.check for each in reading.notes] == ["partial-credit"]


@pytest.mark.parametrize(
    ("written", "value", "tolerance"),
    [
        ("#5", "5", "0"),
        ("#5:0.5", "5", "0.5"),
        ("#-2,5", "-2.5", "0"),
        ("#1..4", "2.5", "1.5"),
        ("#=7:1", "7", "1"),
    ],
)
def test_a_number_with_its_tolerance(written, value, tolerance):
    draft = only(f"Неше? {{{written}}}")
    assert (draft.answer, draft.tolerance) == (Decimal(value), Decimal(tolerance))


def test_pairs_and_a_right_side_too_many():
    draft = only("Сәйкестендір: {=а -> 1 =ә -> 2 = -> 3}")
    assert draft.kind is Kind.MATCHING
    assert [left.kk for left in draft.lefts] == ["а", "ә"] or [left.ru for left in draft.lefts] == ["а", "ә"]
    assert len(draft.options) == 3


def test_an_order():
    draft = only("Ретімен: {>ALL VERTICAL\nбір\nекі\nүш}")
    assert (draft.kind, [each.text.kk for each in draft.options]) == (Kind.ORDERING, ["бір", "екі", "үш"])


def test_a_text_in_two_languages_is_taken_apart():
    draft = only(
        '[html]<span lang\\="kk" class\\="multilang">Кім <b>ол</b>?</span>'
        '<span lang\\="ru" class\\="multilang">Кто?</span> {=1 ~2}'
    )
    assert draft.stem == Text("Кім **ол**?", "Кто?")


def test_a_category_without_questions_and_a_foreign_tag_are_noted():
    reading = read("$CATEGORY: бос\n\n$CATEGORY: екі\n// [id:7] [tag:оңай]\nКім? {=а ~ә}")
    assert [(each.check, each.place) for each in reading.notes] == [
        ("category", "f.gift:1"), ("id-number", "f.gift:4"), ("tag", "f.gift:5")
    ]  # fmt: skip
