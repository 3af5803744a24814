"""The dictionaries of the machine, and the shipped bank through them."""

import shutil

import pytest

from exam.services.bank.spelling import NoDictionaryError, unknown_words
from question_bank.checks.spelling import check_spelling
from question_bank.reading import shipped_bank


def test_without_hunspell_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(NoDictionaryError, match="hunspell-kk"):
        unknown_words("kk", ["хаттама"])


@pytest.mark.parametrize(
    ("language", "right", "wrong"), [("kk", "адам", "адаммм"), ("ru", "протокол", "пратакол")]
)
def test_the_dictionary_knows_a_word_from_a_mistake(language, right, wrong):
    assert set(unknown_words(language, [right, wrong])) == {wrong}


def test_every_word_of_the_shipped_bank_is_known():
    assert list(check_spelling(shipped_bank().items, unknown_words)) == []
