"""Items that ask nearly the same, found by the character n-grams that their stems share."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from question_bank.items import LANGUAGES, Item, Part
from question_bank.problems import Problem

WORD = re.compile(r"[^\W_]+")
LENGTH = 4
NEARLY = 0.8


def check_likeness(items: Sequence[Item]) -> Iterator[Problem]:
    """Find pairs that ask nearly the same in either language; declared enemies may.

    Logic items of one kind share their template by design, so among them only the same question counts.
    """
    law = [item for item in items if item.part is Part.LEGISLATION]
    for one, two, language, share in _near_pairs(law):
        if two.code not in one.enemies and one.code not in two.enemies:
            message = (
                f"asks nearly the same as {one.code} in {language} ({share:.0%} of the letters in common)"
            )
            yield Problem(two.code, "near-duplicate", message)
    yield from _same_questions([item for item in items if item.part is Part.LOGIC])


def n_grams(text: str) -> frozenset[str]:
    """Return the runs of four characters in `text`, without case and marks, word boundaries kept."""
    plain = " " + " ".join(WORD.findall(text.casefold())) + " "
    return frozenset(plain[start : start + LENGTH] for start in range(max(len(plain) - LENGTH + 1, 1)))


def _near_pairs(items: Sequence[Item]) -> Iterator[tuple[Item, Item, str, float]]:
    """Compare every two stems by the Jaccard index of their n-grams; each pair comes once."""
    found: dict[tuple[int, int], tuple[str, float]] = {}
    for language in LANGUAGES:
        grams = [n_grams(item.version.stem.in_language(language)) for item in items]
        for pair, share in _alike(grams):
            if pair not in found or found[pair][1] < share:
                found[pair] = (language, share)
    for (one, two), (language, share) in sorted(found.items()):
        yield items[one], items[two], language, share


def _alike(grams: Sequence[frozenset[str]]) -> Iterator[tuple[tuple[int, int], float]]:
    """Return the pairs whose Jaccard index is at least `NEARLY`, by a sparse product of n-gram counts."""
    if len(grams) < 2:
        return
    shared = _shared_counts(grams)
    sizes = np.array([len(each) for each in grams])
    for one, two, common in zip(shared.row, shared.col, shared.data, strict=True):
        share = common / (sizes[one] + sizes[two] - common)
        if one < two and share >= NEARLY:
            yield (int(one), int(two)), float(share)


def _shared_counts(grams: Sequence[frozenset[str]]) -> Any:
    from scipy.sparse import csr_array

    number: dict[str, int] = {}
    columns = [number.setdefault(gram, len(number)) for each in grams for gram in sorted(each)]
    starts = np.cumsum([0, *(len(each) for each in grams)])
    has = csr_array((np.ones(len(columns), dtype=np.int32), columns, starts), shape=(len(grams), len(number)))
    return (has @ has.T).tocoo()


def _same_questions(items: Sequence[Item]) -> Iterator[Problem]:
    """Find logic items that ask the same of the same options."""
    asked: dict[object, list[Item]] = defaultdict(list)
    for item in items:
        texts = item.version.texts[1:]
        asked[item.version.stem, item.version.image, frozenset(texts)].append(item)
    for same in asked.values():
        for one, two in combinations(same, 2):
            yield Problem(two.code, "near-duplicate", f"asks the same as {one.code}")
