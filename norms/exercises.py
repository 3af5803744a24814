"""An exercise: its names, its unit, which direction is better, and what a person can do in it."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from norms.measures import Measure, Unit, read_measure
from norms.problems import Problem


class Better(StrEnum):
    """Which direction of a result is the better one."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in Kazakh, Russian and English."""

    kk: str
    ru: str
    en: str

    def of(self, language: str) -> str:
        """Give the text in `language` (``kk``, ``ru`` or ``en``; a region such as ``kk_KZ`` is ignored)."""
        texts = {"kk": self.kk, "ru": self.ru, "en": self.en}
        return texts[language[:2]]


@dataclass(frozen=True, slots=True)
class Exercise:
    """What is measured.

    Parameters
    ----------
    code : str
        Stable word, such as ``run100``.
    name : Wording
    unit : Unit
    better : Better
    best, weakest : Decimal, optional
        The range in which a result is plausible, in the unit of `Measure.value`. A result better than `best`
        is impossible (a slip of the hand); one weaker than `weakest` happens and is only pointed out.
    """

    code: str
    name: Wording
    unit: Unit
    better: Better
    best: Decimal | None = None
    weakest: Decimal | None = None

    def meets(self, value: Decimal, limit: Decimal) -> bool:
        """Say whether `value` meets `limit`; equality meets it."""
        return value <= limit if self.better is Better.LOWER else value >= limit


def read_result(typed: str, exercise: Exercise) -> Measure | Problem:
    """Read what was typed for an exercise; an unreadable or impossible result is a problem.

    Returns
    -------
    Measure or Problem
        See `norms.measures.read_measure`; a readable result that no person can reach has the code
        ``impossible``. A weak but possible result is read: ask `doubt` whether to have it looked at again.
    """
    measure = read_measure(typed, exercise.unit)
    if isinstance(measure, Problem):
        return measure
    doubted = doubt(measure, exercise)
    return doubted if doubted and not doubted.warning else measure


def doubt(measure: Measure, exercise: Exercise) -> Problem | None:
    """Say what is implausible about a result.

    Returns
    -------
    Problem or None
        ``impossible`` for a result better than people reach; ``unusual``, a warning, for one so weak
        that it was more likely mistyped than measured.
    """
    if exercise.best is None or exercise.weakest is None:
        return None
    low, high = sorted((exercise.best, exercise.weakest))
    if low <= measure.value <= high:
        return None
    impossible = not exercise.meets(exercise.best, measure.value)
    facts = {
        "typed": str(measure),
        "exercise": exercise.name.en,
        "low": str(Measure(low, exercise.unit)),
        "high": str(Measure(high, exercise.unit)),
    }
    return Problem("impossible" if impossible else "unusual", facts, warning=not impossible)
