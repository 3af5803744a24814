"""What every kind of logic item has to say for itself."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import ClassVar, Generic, TypeVar

from question_bank.logic.values import Certificate, Text

P = TypeVar("P")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Wrong(Generic[C]):
    """A wrong choice and the error that leads to it."""

    choice: C
    error: str


@dataclass(frozen=True, slots=True)
class Draft(Generic[P, C]):
    """A problem, its intended answer and wrong answers, the most tempting first."""

    problem: P
    key: C
    wrong: tuple[Wrong[C], ...]


class Kind(ABC, Generic[P, C]):
    """A generator of problems of one kind, with its solver and its words."""

    code: ClassVar[str]
    most_alike: ClassVar[int] = 1  # how many items of one likeness a bank may hold

    @abstractmethod
    def draw(self, rng: Random) -> Draft[P, C] | None:
        """Draw a problem; None where the draw leads nowhere."""

    @abstractmethod
    def prove(self, problem: P, choices: Sequence[C]) -> Certificate:
        """Solve the problem anew and say which of `choices` hold."""

    @abstractmethod
    def stem(self, problem: P) -> Text:
        """Put the problem into words."""

    @abstractmethod
    def option(self, problem: P, choice: C) -> Text:
        """Put a choice into words."""

    @abstractmethod
    def rationale(self, problem: P, key: C) -> Text:
        """Say in a sentence why the key is right."""

    @abstractmethod
    def level(self, problem: P) -> int:
        """Predict the difficulty, 1 to 3, from the features of the problem."""

    def likeness(self, problem: P) -> object:
        """What two problems share that put the same puzzle in other words; by default everything."""
        return problem
