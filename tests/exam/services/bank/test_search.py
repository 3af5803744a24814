"""A search finds what items say, not how they are stored."""

import pytest

from exam.services.bank.loading import add_items
from exam.services.bank.search import STRUCTURE, Wanted, search
from exam.services.local_days import day_of
from exam.storage.base import canonical
from question_bank.items import Text
from question_bank.plain import version_to_plain
from tests.factories import NOON
from tests.question_bank.builders import OF_EACH_KIND, law_item, single


@pytest.fixture
def bank(database):
    spoken = single("L-1", stem=Text("Тікелей order деген не?", "Что такое kk_ru?"))
    with database.writing() as session:
        add_items(session, [law_item("L-1", version=spoken), law_item("L-2")], author=None, at=NOON)
        yield session


def found(session, words):
    return [line.code for line in search(session, Wanted(words=words), on=day_of(NOON)).rows]


@pytest.mark.parametrize("word", ["stem", "options", "fixed", "certificate", "%", "/", '"', "null"])
def test_a_name_of_a_field_finds_nothing(bank, word):
    assert found(bank, word) == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("хаттаманы", ["L-2"]),
        ("ХАТТАМАНЫ протокол", ["L-2"]),
        ("order", ["L-1"]),
        ("kk", ["L-1"]),
        ("_", ["L-1"]),
        ("l-2", ["L-2"]),
        ("төраға", ["L-1", "L-2"]),
        ("", ["L-1", "L-2"]),
    ],
)
def test_words_of_either_language_and_codes_are_found(bank, words, codes):
    assert found(bank, words) == codes


@pytest.mark.parametrize("version", OF_EACH_KIND, ids=lambda version: version.kind)
def test_every_field_that_is_stored_is_known_to_the_search(version):
    written = canonical(version_to_plain(version))
    for name in STRUCTURE:
        written = written.replace(name, "")
    assert '":' not in written
