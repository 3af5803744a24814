"""Which language a question is in, where its file does not say so: decided question by question.

A question with a letter that only Kazakh has is Kazakh, whichever of its texts has it: an option need not.
Only where words of Russian form outnumber the words with such letters more than three to one is it a Russian
question that names something Kazakh. Without such letters, a word or an ending that only Russian has makes it
Russian. A question that has neither is taken to be in the language of most other questions of its file. What
was supposed, or has words of both, is noted.
"""

import re
from collections.abc import Iterable

KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
WORD = re.compile("[а-яёәғқңөұүһі]+")
SIGNS = re.compile("[ёъщ]")
WORDS = {
    *("из", "для", "или", "при", "что", "кто", "это", "где", "когда", "если", "как", "чем", "какой", "какая"),
    *("какое", "какие", "каком", "какую", "сколько", "почему", "является", "являются", "может", "должен"),
    *("следует", "только", "после", "более", "быть", "было", "нет", "они", "она", "его", "их"),
}
ENDINGS = (
    *("ый", "ого", "его", "ому", "ему", "ыми", "ими", "ется", "ится", "ются", "ятся", "ться", "ать", "ять"),
    *("ить", "еть", "ость", "ения", "ение", "ание", "ении", "ании", "ует", "ают", "яют", "ах", "ях"),
    *("ая", "ое", "ые", "ую", "ской", "ский", "ских"),
)
STEM = 3
OUTNUMBERED = 3
LOOKED_AT = 100_000


def language_of(text: str) -> str:
    """Return ``"kk"``, ``"ru"``, or nothing for a text that has no sign of either."""
    kazakh, russian = _counted(text)
    if russian > OUTNUMBERED * kazakh:
        return "ru"
    return "kk" if KAZAKH.search(text) else ""


def usual_language(texts: Iterable[str]) -> str:
    """Return the language of most texts; ``"ru"`` where none has a sign, or both have as many."""
    told = [language_of(text) for text in texts]
    return "kk" if told.count("kk") > told.count("ru") else "ru"


def looks_mixed(text: str) -> bool:
    """Say whether words of Russian form stand beside words with Kazakh letters, and are more of them."""
    kazakh, russian = _counted(text)
    return 0 < kazakh < russian


def _counted(text: str) -> tuple[int, int]:
    """Count words with a Kazakh letter and words of Russian form; a single letter is no word."""
    words = [word for word in WORD.findall(text[:LOOKED_AT].lower()) if len(word) > 1]
    kazakh = [bool(KAZAKH.search(word)) for word in words]
    russian = sum(_looks_russian(word) for word, other in zip(words, kazakh, strict=True) if not other)
    return sum(kazakh), russian


def _looks_russian(word: str) -> bool:
    if word in WORDS or SIGNS.search(word):
        return True
    return any(word.endswith(end) and len(word) >= len(end) + STEM for end in ENDINGS)
