"""Words that neither the dictionary of their language nor our own list of official terms and names knows.

The dictionary is asked through a function that is handed in: what reads it is no matter of this room.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from question_bank.items import LANGUAGES, Item, ItemVersion, Text
from question_bank.problems import Problem

Unknown = Callable[[str, Sequence[str]], Collection[str]]
"""Takes a language and words; returns those that its dictionary does not know."""

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LONGEST_ABBREVIATION = 5


def check_spelling(items: Sequence[Item], unknown: Unknown) -> Iterator[Problem]:
    """Find words that nobody knows, item by item; the dictionary is asked once for each language."""
    for language in LANGUAGES:
        written = {item.code: words_of(item.version, language) for item in items}
        strange = _strange(written, language, unknown)
        for code, words in written.items():
            for word in sorted(words & strange):
                yield Problem(code, "spelling", f"{word!r} is in no dictionary ({language})")


def strange_words(version: ItemVersion, language: str, unknown: Unknown) -> tuple[str, ...]:
    """Return the words of one version that nobody knows, in the order of the alphabet."""
    written = {version.item: words_of(version, language)}
    return tuple(sorted(_strange(written, language, unknown)))


def _strange(written: Mapping[str, frozenset[str]], language: str, unknown: Unknown) -> frozenset[str]:
    asked = sorted(frozenset().union(*written.values()) - own_words(language))
    known_small = {word for word in asked if word.lower() in own_words(language)}
    return frozenset(unknown(language, [word for word in asked if word not in known_small]))


def words_of(version: ItemVersion, language: str) -> frozenset[str]:
    """Return the words of everything a version says in one language; letters and abbreviations aside."""
    texts: tuple[Text, ...] = (version.stem, version.rationale, version.image_alt, *version.lefts)
    texts += tuple(option.text for option in version.options)
    found = (word for text in texts for word in WORD.findall(text.in_language(language)))
    return frozenset(word for word in found if len(word) > 1 and not _abbreviation(word))


def _abbreviation(word: str) -> bool:
    return word.isupper() and len(word) <= LONGEST_ABBREVIATION


@cache
def own_words(language: str) -> frozenset[str]:
    """Return our list of official terms, names and word forms that the dictionary of a language lacks."""
    file = resources.files("question_bank").joinpath("bank", f"words_{language}.txt")
    return frozenset(file.read_text(encoding="utf-8").split())
