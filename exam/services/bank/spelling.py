"""The dictionaries of this machine: hunspell with those of Kazakh and Russian, where they are installed."""

import shutil
import subprocess
from collections.abc import Collection, Mapping, Sequence

from question_bank.checks.spelling import strange_words
from question_bank.items import LANGUAGES, ItemVersion

DICTIONARIES = {"kk": "kk_KZ", "ru": "ru_RU"}
SECONDS = 60
MOST_REMEMBERED = 50_000
HOW_TO_INSTALL = "install hunspell with the dictionaries hunspell-kk and hunspell-ru"


_remembered: dict[tuple[str, str], bool] = {}


class NoDictionaryError(Exception):
    """There is no dictionary of this language on the machine."""


def unknown_words(language: str, words: Sequence[str]) -> Collection[str]:
    """Return the words that the dictionary of a language does not know.

    Raises
    ------
    NoDictionaryError
        If hunspell or its dictionary is not installed.
    """
    program = shutil.which("hunspell")
    if program is None:
        raise NoDictionaryError(HOW_TO_INSTALL)
    done = subprocess.run(  # noqa: S603  no shell; the words go in as text
        [program, "-d", DICTIONARIES[language], "-i", "utf-8", "-l"],
        input="\n".join(words),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode or "Can't open" in done.stderr:
        raise NoDictionaryError(HOW_TO_INSTALL)
    return frozenset(done.stdout.split("\n")) & frozenset(words)


def strange_in(version: ItemVersion) -> Mapping[str, Sequence[str]]:
    """Return the words of a version that are in no dictionary, by language; none without dictionaries.

    Words are remembered, so that the preview of an item asks for what was typed since.
    """
    try:
        return {language: strange_words(version, language, _unknown_now) for language in LANGUAGES}
    except (NoDictionaryError, subprocess.TimeoutExpired):
        return {}


def _unknown_now(language: str, words: Sequence[str]) -> Collection[str]:
    new = [word for word in words if (language, word) not in _remembered]
    if new:
        unknown = unknown_words(language, new)
        if len(_remembered) > MOST_REMEMBERED:
            _remembered.clear()
        _remembered.update({(language, word): word in unknown for word in new})
    return frozenset(word for word in words if _remembered.get((language, word)))
