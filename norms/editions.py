"""An edition of the norms: an act's tables, whom they cover, and how one passes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from norms.errors import UnknownExerciseError
from norms.exercises import Exercise, Wording
from norms.measures import Measure
from norms.pass_rules import Grade, PassRule

AS_PRINTED = "AS PRINTED"
"""A note that begins so marks a row which the act prints out of order: kept, and not judged by."""


class Sex(StrEnum):
    """As the staff list has it; never derived from another number."""

    MALE = "M"
    FEMALE = "F"


class Status(StrEnum):
    """Whether the act is in force."""

    IN_FORCE = "in-force"
    REPEALED = "repealed"


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Whole years, both ends included; an open end is None."""

    name: str = ""
    age_min: int | None = None
    age_max: int | None = None

    def covers(self, age: int) -> bool:
        """Say whether a person of `age` whole years belongs to the group."""
        return (self.age_min is None or self.age_min <= age) and (self.age_max is None or age <= self.age_max)

    def __str__(self) -> str:
        """Write the ages: ``23–29``, ``–22``, ``40–``; empty when every age belongs."""
        low, high = ("" if end is None else str(end) for end in (self.age_min, self.age_max))
        return f"{low}–{high}" if low or high else ""


@dataclass(frozen=True, slots=True)
class Row:
    """One limit of a table.

    Parameters
    ----------
    exercise : str
        Code of the exercise.
    sex : Sex
    group : AgeGroup
    grade : Grade
    limit : Measure
        What must be reached; equality reaches it.
    printed : str
        The limit as the act prints it.
    points : int, optional
        Where the act gives points.
    note : str
    line : int
        Line of the table's file.
    """

    exercise: str
    sex: Sex
    group: AgeGroup
    grade: Grade
    limit: Measure
    printed: str
    points: int | None = None
    note: str = ""
    line: int = 0

    @property
    def merit(self) -> tuple[int, Grade]:
        """What the row is worth: points first where there are any, then the grade."""
        return (self.points or 0, self.grade)

    @property
    def disputed(self) -> bool:
        """Whether the act prints the row out of order."""
        return self.note.startswith(AS_PRINTED)


@dataclass(frozen=True, slots=True)
class Bonus:
    """Points beyond the scale: `points` for every full `step` by which a result is better than `beyond`."""

    exercise: str
    beyond: Decimal
    step: Decimal
    points: int

    def earned(self, value: Decimal) -> int:
        """Count the bonus points of a result that is known to be at least as good as `beyond`."""
        return int(abs(value - self.beyond) // self.step) * self.points


@dataclass(frozen=True, slots=True)
class Act:
    """The act that an edition restates; `cited` names it with its annex."""

    number: str
    signed: date
    registration: str
    registered: date
    redaction: date
    annex: str
    cited: Wording


@dataclass(frozen=True, slots=True)
class Edition:
    """Norms by one act at one time.

    Parameters
    ----------
    code : str
    act : Act
    status : Status
    sample : bool
        True for what the program ships: it is shown as a sample wherever it is used.
    scope : Wording
        Whom the act covers.
    rule : PassRule
    rule_text : Wording
    exercises : tuple of Exercise
        In the order of a results sheet.
    rows : tuple of Row
    bonuses : tuple of Bonus
    warnings : tuple of str
        English sentences that go with every use.
    source : str
        Public address of the act.
    """

    code: str
    act: Act
    status: Status
    sample: bool
    scope: Wording
    rule: PassRule
    rule_text: Wording
    exercises: tuple[Exercise, ...]
    rows: tuple[Row, ...]
    bonuses: tuple[Bonus, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str = ""

    def exercise(self, code: str) -> Exercise:
        """Find an exercise.

        Raises
        ------
        UnknownExerciseError
            If the edition has no exercise with this code.
        """
        for exercise in self.exercises:
            if exercise.code == code:
                return exercise
        raise UnknownExerciseError(self.code, code, tuple(one.code for one in self.exercises))

    def rows_for(self, exercise: str, *, sex: Sex, age: int, disputed: bool = False) -> tuple[Row, ...]:
        """Give the rows by which a person is judged, or the disputed ones, the best first; empty for none."""
        rows = [
            row
            for row in self.rows
            if (row.exercise, row.sex, row.disputed) == (exercise, sex, disputed) and row.group.covers(age)
        ]
        return tuple(sorted(rows, key=lambda row: row.merit, reverse=True))

    def exercises_for(self, *, sex: Sex, age: int) -> tuple[Exercise, ...]:
        """Give the exercises that a person of this sex and age takes; empty when the act has no group."""
        return tuple(one for one in self.exercises if self.rows_for(one.code, sex=sex, age=age))
