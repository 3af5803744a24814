"""The catalogs: every string of a page stands in Kazakh and in Russian, with the same places for facts."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

EXAM = Path(__file__).parent.parent / "exam"
CATALOGS = EXAM / "translations"
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2), "lazy_ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
PLACE = re.compile(r"%\((\w+)\)[sd]")


@cache
def extracted():
    found = extract_from_dir(EXAM, METHODS, keywords=KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


@cache
def catalog(language):
    with (CATALOGS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def named(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def worded(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture(scope="module", params=["kk", "ru"])
def language(request):
    return request.param


def test_every_string_is_translated(language):
    known = {named(m): m for m in catalog(language) if m.id}
    missing = [text for text in sorted(extracted()) if text not in known or not all(worded(known[text]))]
    assert not missing, f"run `make strings` and translate into {language}: {missing}"


def test_no_translation_is_a_guess_or_a_leftover(language):
    messages = [m for m in catalog(language) if m.id]
    assert not [m.id for m in messages if m.fuzzy]
    assert not [m.id for m in messages if named(m) not in extracted()]


def test_the_places_for_facts_are_the_same(language):
    for message in catalog(language):
        if message.id:
            source = message.id if isinstance(message.id, str) else message.id[-1]
            for text in worded(message):
                assert set(PLACE.findall(text)) <= set(PLACE.findall(source)), (source, text)


def test_no_latin_letter_hides_inside_a_cyrillic_word(language):
    mixed = re.compile(r"\b(?=\w*[а-яёәғқңөұүһі])(?=\w*[a-z])\w+\b", re.IGNORECASE)
    found = [
        hit
        for m in catalog(language)
        if m.id
        for text in worded(m)
        for hit in mixed.findall(PLACE.sub("", text))
    ]
    assert not found


def test_the_compiled_catalog_is_the_written_one(language):
    with (CATALOGS / language / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        compiled = {named(m): worded(m) for m in read_mo(file) if m.id}
    assert compiled == {named(m): worded(m) for m in catalog(language) if m.id and all(worded(m))}
