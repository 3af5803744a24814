"""The three ways in which the acts make one outcome of several exercises."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class Grade(IntEnum):
    """A grade by the five-point habit of the acts; a larger number is better."""

    UNSATISFACTORY = 2
    SATISFACTORY = 3
    GOOD = 4
    EXCELLENT = 5

    @property
    def word(self) -> str:
        """The word that tables and programs use, such as ``good``."""
        return self.name.lower()


GRADES = {grade.word: grade for grade in Grade}


class Graded(Protocol):
    """What a rule looks at."""

    @property
    def grade(self) -> Grade:
        """The grade of the exercise."""

    @property
    def points(self) -> int | None:
        """The points of the exercise; None where the act gives none."""


class PassRule(Protocol):
    """How a single exercise and how all of them together pass."""

    def meets(self, graded: Graded) -> bool:
        """Say whether a single exercise reaches what the rule asks of each."""

    def passes(self, graded: Sequence[Graded]) -> bool:
        """Say whether the exercises together pass; none at all never pass."""


@dataclass(frozen=True, slots=True)
class EveryAtLeast:
    """Every exercise has at least `grade` (MIA Order 870/2016)."""

    grade: Grade

    def meets(self, graded: Graded) -> bool:
        return graded.grade >= self.grade

    def passes(self, graded: Sequence[Graded]) -> bool:
        return bool(graded) and all(self.meets(one) for one in graded)


@dataclass(frozen=True, slots=True)
class FewUnsatisfactory:
    """At most `unsatisfactory` exercises are unsatisfactory, and the rest have at least `grade`.

    Read to the letter of MIA Order 77/2016, annex 8: with `grade` good, a satisfactory exercise is neither
    unsatisfactory nor good, so a single one fails where a single unsatisfactory one passes.
    """

    unsatisfactory: int
    grade: Grade

    def meets(self, graded: Graded) -> bool:
        return graded.grade >= self.grade

    def passes(self, graded: Sequence[Graded]) -> bool:
        rest = [one for one in graded if one.grade > Grade.UNSATISFACTORY]
        few = len(graded) - len(rest) <= self.unsatisfactory
        return bool(graded) and few and all(self.meets(one) for one in rest)


@dataclass(frozen=True, slots=True)
class MeanPoints:
    """The mean is at least `mean` points, and at most `below` exercises have fewer than `floor`.

    Source: MIA Order 77/2016, point 22. A result outside the scale counts as 0 points.
    """

    mean: int
    floor: int
    below: int

    def meets(self, graded: Graded) -> bool:
        return (graded.points or 0) >= self.floor

    def passes(self, graded: Sequence[Graded]) -> bool:
        total = sum(one.points or 0 for one in graded)
        under = sum(not self.meets(one) for one in graded)
        return bool(graded) and total >= self.mean * len(graded) and under <= self.below
