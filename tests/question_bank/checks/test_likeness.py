"""Items that ask nearly the same are found, whichever language gives them away."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.checks.likeness import NEARLY, check_likeness, n_grams
from question_bank.items import Item, Text
from tests.question_bank.builders import law_item, logic_item, options, single

KK = "Аттестаттау комиссиясының хаттамасын отырыста кім жүргізеді?"
RU = "Кто ведёт протокол заседания аттестационной комиссии?"


def asking(code: str, kk: str, ru: str, **changes) -> Item:
    return law_item(code, version=single(code, stem=Text(kk, ru)), **changes)


@pytest.mark.parametrize(
    ("kk", "ru", "language"),
    [
        (KK, "Сколько человек в составе?", "kk"),
        ("Құрамда неше адам бар?", RU, "ru"),
        (KK.replace("сының", "сы"), "Другой вопрос об ином", "kk"),
        (KK.upper() + "!!", "Другой вопрос об ином", "kk"),
    ],
)
def test_a_near_duplicate_is_found_in_either_language(kk, ru, language):
    [problem] = check_likeness([asking("L-1", KK, RU), asking("L-2", kk, ru)])
    assert (problem.item, problem.check) == ("L-2", "near-duplicate")
    assert f"L-1 in {language}" in problem.message


def test_four_fifths_of_the_letters_are_enough():
    """ "абвг клмн" has 8 runs of four letters, two more with "о" behind it: 8 of 10 are shared."""
    items = [asking("L-1", "абвг клмн", "раз"), asking("L-2", "абвг клмн о", "два слова")]
    [problem] = check_likeness(items)
    assert "80%" in problem.message


def test_a_pair_that_is_alike_in_both_languages_is_named_once():
    assert len(list(check_likeness([asking("L-1", KK, RU), asking("L-2", KK, RU)]))) == 1


def test_different_questions_on_one_matter_are_left_in_peace():
    other = asking(
        "L-2", "Аттестаттау комиссиясының құрамын кім бекітеді?", "Кто утверждает состав комиссии?"
    )
    assert list(check_likeness([asking("L-1", KK, RU), other])) == []


@pytest.mark.parametrize("one", [True, False])
def test_declared_enemies_may_be_alike(one):
    items = [
        asking("L-1", KK, RU, enemies=frozenset({"L-2"} if one else ())),
        asking("L-2", KK, RU, enemies=frozenset(() if one else {"L-1"})),
    ]
    assert list(check_likeness(items)) == []


def test_logic_items_share_their_template_but_not_their_question():
    first = logic_item("G-1")
    other = options(("5", "5"), ("7", "7"), ("9", "9"), ("11", "11"))
    second = logic_item("G-2", version=replace(first.version, item="G-2", options=other))
    turned = tuple(reversed(first.version.options))
    third = logic_item("G-3", version=replace(first.version, item="G-3", options=turned))
    assert [(problem.item, problem.message) for problem in check_likeness([first, second, third])] == [
        ("G-3", "asks the same as G-1")
    ]


def test_a_bank_of_one_or_none_has_no_pairs():
    assert list(check_likeness([])) == list(check_likeness([law_item()])) == []


@given(st.lists(st.text("абв гд", min_size=1, max_size=14), min_size=2, max_size=6))
def test_the_sparse_product_finds_what_comparing_two_by_two_finds(stems):
    items = [asking(f"L-{n}", stem, f"{n}{n}{n}{n}{n}") for n, stem in enumerate(stems)]
    grams = [n_grams(stem) for stem in stems]
    expected = {
        f"L-{two}"
        for two in range(len(stems))
        for one in range(two)
        if len(grams[one] & grams[two]) / len(grams[one] | grams[two]) >= NEARLY
    }
    assert {problem.item for problem in check_likeness(items)} == expected


def test_n_grams_keep_the_borders_of_words_and_nothing_else():
    assert n_grams("Ант, ант!") == {" ант", "ант ", "нт а", "т ан"}
    assert n_grams("") == {"  "}
