"""How an item is worded: what gives the key away, what confuses, what the two languages do not share."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from question_bank.items import LANGUAGES, NOTHING, ChosenKey, Item, ItemVersion, Text
from question_bank.problems import Problem

WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[A-Za-z\u00C0-\u02AF]")
CYRILLIC = re.compile(r"[\u0400-\u052F]")
THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
DIGITS = re.compile(r"\d+")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|<!--|&(?:#\d+|[a-z]+);")
CATCH_ALL = {
    "kk": re.compile(
        r"(аталған|көрсетілген|келтірілген|жоғарыда)\w*\s+(\w+\s+)?(барлығы|бәрі)|"
        r"барлық\s+(жауап|нұсқа)\w*\s+дұрыс|дұрыс\s+(жауап|нұсқа)\w*\s+жоқ|ешқайсысы\s+(да\s+)?(дұрыс\s+)?емес",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"вс[её]\s+(вышеперечисленн|перечисленн|указанн)\w*|все\s+(ответы|варианты)\s+(верн|правильн)\w*|"
        r"ни\s+один\s+из\s+(перечисленн|указанн|ответ|вариант|них)\w*|(верного|правильного)\s+ответа\s+нет|"
        r"нет\s+(верного|правильного)\s+ответа",
        re.IGNORECASE,
    ),
}
ABSOLUTE = {
    "kk": re.compile(r"\b(әрқашан|әрдайым|ешқашан|мүлдем|міндетті\s+түрде\s+әрқашан)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(всегда|никогда|абсолютно|ни\s+при\s+каких)\b", re.IGNORECASE),
}
FACTOR, FAR = 1.6, 20


def check_wording(item: Item) -> Iterator[Problem]:
    """Find what a careful reader of one item would object to."""
    for check, find in CHECKS.items():
        for message in find(item.version):
            yield Problem(item.code, check, message)


def _missing_language(version: ItemVersion) -> Iterator[str]:
    if not version.bilingual:
        missing = "the rationale" if all(text.complete for text in version.texts) else "a text"
        yield f"{missing} is missing in Kazakh or in Russian"


def _mixed_letters(version: ItemVersion) -> Iterator[str]:
    """A Latin letter inside a Cyrillic word looks right and is found by no search."""
    for text in (*version.texts, version.rationale):
        for word in WORD.findall(unicodedata.normalize("NFC", f"{text.kk} {text.ru}")):
            if LATIN.search(word) and CYRILLIC.search(word):
                foreign = ", ".join(sorted(set(LATIN.findall(word))))
                yield f"the word {word!r} mixes Cyrillic with Latin letters ({foreign})"


def _raw_markup(version: ItemVersion) -> Iterator[str]:
    for text in (*version.texts, version.rationale):
        found = MARKUP.search(f"{text.kk} {text.ru}")
        if found:
            yield f"raw markup is shown to the candidate as it is: {found[0]!r}"


def _numbers_disagree(version: ItemVersion) -> Iterator[str]:
    for text in (*version.texts, version.rationale):
        kk, ru = numbers(text.kk), numbers(text.ru)
        if kk != ru:
            only = f"kk {_listed(kk - ru)}, ru {_listed(ru - kk)}"
            yield f"the languages disagree in numbers ({only}): {_beginning(text)!r}"


def _options_alike(version: ItemVersion) -> Iterator[str]:
    for language in LANGUAGES:
        seen = Counter(
            " ".join(option.text.in_language(language).casefold().split()) for option in version.options
        )
        for words, times in seen.items():
            if times > 1:
                yield f"{times} options say the same in {language}: {words!r}"


def _key_by_length(version: ItemVersion) -> Iterator[str]:
    """The longest option is right too often, and candidates know it.

    References
    ----------
    Haladyna, Downing, Rodriguez (2002), Applied Measurement in Education 15(3), 309-333, guideline 24.
    """
    if not isinstance(version.key, ChosenKey):
        return
    for language in LANGUAGES:
        lengths = [len(option.text.in_language(language)) for option in version.options]
        right = [lengths[place] for place in sorted(version.key.options)]
        wrong = [length for place, length in enumerate(lengths) if place not in version.key.options]
        if wrong and _stands_out(min(right), max(wrong)):
            yield f"the key is by far the longest in {language}: {min(right)} letters against {max(wrong)}"
        if wrong and _stands_out(min(wrong), max(right)):
            yield f"the key is by far the shortest in {language}: {max(right)} letters against {min(wrong)}"


def _stands_out(longer: int, shorter: int) -> bool:
    return longer >= FACTOR * shorter and longer - shorter >= FAR


def _all_of_the_above(version: ItemVersion) -> Iterator[str]:
    for option in version.options:
        for language, pattern in CATCH_ALL.items():
            if pattern.search(option.text.in_language(language)):
                yield f"an option covers the others: {option.text.in_language(language)!r}"


def _absolute_words(version: ItemVersion) -> Iterator[str]:
    """An absolute word in some of the options tells which of them are wrong."""
    for language, pattern in ABSOLUTE.items():
        texts = [option.text.in_language(language) for option in version.options]
        found = [match[0] for text in texts if (match := pattern.search(text))]
        if found and len(found) < len(version.options):
            yield f"an absolute word sets an option apart: {found[0]!r}"


def numbers(text: str) -> Counter[str]:
    """Count the numbers written in digits in `text`; a thousand may be written with a space."""
    return Counter(DIGITS.findall(THOUSANDS.sub("", text)))


def _listed(counted: Counter[str]) -> str:
    return " ".join(sorted(counted.elements())) or "–"


def _beginning(text: Text) -> str:
    return text.ru if len(text.ru) <= 60 else text.ru[:60] + "…"


def _picture_undescribed(version: ItemVersion) -> Iterator[str]:
    """Who cannot see the picture has its words only; a generated item says all of its picture in its stem."""
    if version.image and not version.certificate and version.image_alt == NOTHING:
        yield "nothing says in words what the picture shows"


CHECKS: dict[str, Callable[[ItemVersion], Iterator[str]]] = {
    "language-missing": _missing_language,
    "mixed-letters": _mixed_letters,
    "raw-markup": _raw_markup,
    "numbers-disagree": _numbers_disagree,
    "options-alike": _options_alike,
    "key-by-length": _key_by_length,
    "all-of-the-above": _all_of_the_above,
    "absolute-words": _absolute_words,
    "picture-undescribed": _picture_undescribed,
}
