"""Citations of an act as items and amendments write them: "15-бап, 2-тармақ", "35–39-баптар".

A citation is a way down into an act, step by step. A step is one number or a range of them with its unit
(article, paragraph, chapter), or words where the act has no number.
"""

import re
from dataclasses import dataclass

NUMBER = r"\d+(?:-\d+)?"
STEP = re.compile(
    rf"(?P<first>{NUMBER})\)?\s*[–—]\s*(?P<last>{NUMBER})\)?[-\s]\s*(?P<units>[^\W\d_]+)"
    rf"|(?P<number>{NUMBER})\)?[-\s]\s*(?P<unit>[^\W\d_]+)"
    r"|(?P<word>[\w.-]*\w)"
)
PLURAL = re.compile(r"(?:тар|тер|лар|лер|дар|дер)$")
WIDEST = 2_000
WHOLE_PARTS = frozenset({"тарау", "бөлім"})
"""Units that hold articles, of which the bank does not know which."""

IN_RUSSIAN = {
    **dict.fromkeys(("статья", "статьи", "статей", "ст"), "бап"),
    **dict.fromkeys(("пункт", "пункта", "пункты", "п"), "тармақ"),
    **dict.fromkeys(("подпункт", "подпункта", "подпункты", "пп"), "тармақша"),
    **dict.fromkeys(("глава", "главы"), "тарау"),
    **dict.fromkeys(("приложение", "приложения"), "қосымша"),
}
TYPED = re.compile(rf"(?P<before>[^\W\d_]*)\.?\s*(?P<number>{NUMBER})\)?[-\s]*(?P<after>[^\W\d_]*)")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a citation.

    Attributes
    ----------
    unit : str
        In the singular, without case; the word itself where there is no number.
    numbers : frozenset of str
        Every number that is meant; empty for a word.
    """

    unit: str
    numbers: frozenset[str] = frozenset()

    def meets(self, other: "Step") -> bool:
        """Say whether two steps mean the same place, or ranges that have one in common."""
        if self.unit != other.unit or bool(self.numbers) != bool(other.numbers):
            return False
        return not self.numbers or bool(self.numbers & other.numbers)


def steps_of(citation: str) -> tuple[Step, ...]:
    """Return the steps of a citation, from the largest part of the act down."""
    return tuple(_step(found) for found in STEP.finditer(citation.casefold()))


def citation_within(citation: str, whole: str) -> bool:
    """Say whether `citation` is `whole`, a part of it, or of a range that has a place in common with it.

    "15-бап, 2-тармақ" is within "15-бап", "36-бап" within "35–39-баптар"; "151-бап" is not within "15-бап".
    """
    steps, beginning = steps_of(citation), steps_of(whole)
    if not beginning or len(beginning) > len(steps):
        return False
    return all(step.meets(other) for step, other in zip(steps, beginning, strict=False))


def names_its_place(citation: str) -> bool:
    """Say whether a citation is exact enough to compare: it has a number, and is no whole chapter."""
    steps = steps_of(citation)
    return any(step.numbers for step in steps) and steps[-1].unit not in WHOLE_PARTS


def citation_of(typed: str) -> str:
    """Return a citation as items write it: "статья 15, пункт 2", "ст. 15" or "15" become Kazakh ones."""
    return ", ".join(_part(part.strip()) for part in typed.split(",") if part.strip())


def _part(part: str) -> str:
    found = TYPED.fullmatch(part)
    if found is None or (found["before"] and found["after"]):
        return part
    unit = found["before"].casefold()
    if unit and unit not in IN_RUSSIAN:
        return part
    return f"{found['number']}-{IN_RUSSIAN.get(unit) or found['after'] or 'бап'}"


def _step(found: re.Match[str]) -> Step:
    if found["units"]:
        return Step(PLURAL.sub("", found["units"]), _range(found["first"], found["last"]))
    if found["unit"]:
        return Step(PLURAL.sub("", found["unit"]), frozenset({found["number"]}))
    return Step(found["word"])


def _range(first: str, last: str) -> frozenset[str]:
    if not (first.isdecimal() and last.isdecimal()) or int(last) - int(first) > WIDEST:
        return frozenset({first, last})
    return frozenset(map(str, range(int(first), int(last) + 1))) | {first, last}
