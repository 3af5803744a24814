"""Spelling: a planted mistake in each language, what is no word, and that the dictionary is asked once."""

from dataclasses import replace

import pytest

from question_bank.checks.spelling import check_spelling, own_words, words_of
from question_bank.items import Text
from tests.question_bank.builders import NUMERIC, law_item

KNOWN = {"kk": {"Хаттаманы", "кім", "жүргізеді"}, "ru": {"Кто", "ведёт", "протокол"}}


def lookup(asked):
    def unknown(language, words):
        asked.append(language)
        return [word for word in words if word not in KNOWN[language]]

    return unknown


def of(kk, ru):
    version = replace(NUMERIC, stem=Text(kk, ru), rationale=Text("", ""))
    return law_item(version=version)


def spelt(kk, ru):
    asked = []
    return [(each.check, each.message) for each in check_spelling([of(kk, ru)], lookup(asked))], asked


@pytest.mark.parametrize(
    ("kk", "ru", "word"),
    [
        ("Хатаманы кім жүргізеді?", "Кто ведёт протокол?", "Хатаманы"),
        ("Хаттаманы кім жүргізеді?", "Кто ведёт пратакол?", "пратакол"),
    ],
)
def test_a_misspelt_word_is_named(kk, ru, word):
    [(check, message)], _asked = spelt(kk, ru)
    assert check == "spelling"
    assert word in message


def test_words_that_are_known_are_no_finding_and_each_dictionary_is_asked_once():
    found, asked = spelt("Хаттаманы кім жүргізеді?", "Кто ведёт протокол?")
    assert found == []
    assert asked == ["kk", "ru"]


def test_our_own_terms_letters_and_abbreviations_are_no_finding():
    term = sorted(own_words("kk"), key=len)[-1]
    found, _asked = spelt(f"Хаттаманы кім {term} ІІМ 5 Ә?", "Кто ведёт протокол МВД?")
    assert found == []


def test_markup_and_numbers_are_no_words():
    assert words_of(of("**Хаттаманы** 12,5 x^2^", "").version, "kk") == {"Хаттаманы"}
