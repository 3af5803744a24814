"""The dictionaries of this machine: hunspell with those of Kazakh and Russian, where they are installed."""

import shutil
import subprocess
from collections.abc import Collection, Sequence

DICTIONARIES = {"kk": "kk_KZ", "ru": "ru_RU"}
SECONDS = 60
HOW_TO_INSTALL = "install hunspell with the dictionaries hunspell-kk and hunspell-ru"


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
