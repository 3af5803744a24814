"""From results to a verdict, each with the ground on which it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from norms.editions import Act, AgeGroup, Edition, Row, Sex
from norms.errors import UnitMismatchError
from norms.exercises import Better, Exercise
from norms.measures import Measure
from norms.pass_rules import Grade


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a verdict is what it is: act, table, row, limit and comparison.

    `met` says how the result stands to the limit; `pass_limit` is what passing would have needed, and
    `disputed` is a row worth more that was
    reached too, but that the act prints out of order, so that it is not judged by.
    """

    edition: str
    act: Act
    exercise: Exercise
    sex: Sex
    age: int
    group: AgeGroup
    result: Measure
    limit: Measure
    printed: str
    met: bool
    pass_limit: Measure | None
    disputed: Row | None = None

    @property
    def comparison(self) -> str:
        """The sign between result and limit: ``≤`` or ``≥`` when met, ``>`` or ``<`` when not."""
        if self.exercise.better is Better.LOWER:
            return "≤" if self.met else ">"
        return "≥" if self.met else "<"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one result is worth.

    `limit` is the limit of the grade that was reached; when none was, the easiest of the table.
    """

    exercise: str
    passed: bool
    grade: Grade
    points: int | None
    ground: Ground

    @property
    def limit(self) -> Measure:
        """The limit of the row that decided."""
        return self.ground.limit


@dataclass(frozen=True, slots=True)
class NoRow:
    """The act has no limit for this person in this exercise; people decide what follows, never a guess.

    `instead` names the exercises that the act does hold for this sex and age, none when it has no such group.
    """

    edition: str
    exercise: str
    sex: Sex
    age: int
    instead: tuple[str, ...] = ()


def grade(edition: Edition, exercise: str, measure: Measure, *, sex: Sex, age: int) -> Verdict | NoRow:
    """Judge one result; equality meets a limit, and nothing is read between two rows.

    Parameters
    ----------
    edition : Edition
    exercise : str
        Code of the exercise.
    measure : Measure
        In the unit of the exercise.
    sex : Sex
    age : int
        Whole years on the day of the exercise, see `norms.ages.age_on`.

    Returns
    -------
    Verdict or NoRow

    Raises
    ------
    UnknownExerciseError
        If the edition has no such exercise for anybody.
    UnitMismatchError
        If the measure has another unit.
    """
    known = edition.exercise(exercise)
    if measure.unit is not known.unit:
        raise UnitMismatchError(measure.unit, known.unit)
    trial = _Trial(edition, known, measure, sex, age)
    rows = trial.rows()
    if not rows:
        held = edition.exercises_for(sex=sex, age=age)
        return NoRow(edition.code, exercise, sex, age, tuple(one.code for one in held))
    met = trial.best_met(rows)
    verdict = Verdict(
        exercise,
        passed=False,
        grade=met.grade if met else Grade.UNSATISFACTORY,
        points=None if rows[0].points is None else trial.points(met),
        ground=trial.ground(rows, met),
    )
    return replace(verdict, passed=edition.rule.meets(verdict))


@dataclass(frozen=True, slots=True)
class _Trial:
    """One result of one person before the rows of an edition."""

    edition: Edition
    exercise: Exercise
    measure: Measure
    sex: Sex
    age: int

    def rows(self, *, disputed: bool = False) -> tuple[Row, ...]:
        return self.edition.rows_for(self.exercise.code, sex=self.sex, age=self.age, disputed=disputed)

    def best_met(self, rows: tuple[Row, ...]) -> Row | None:
        """Find the first row that the result meets; rows come the best first."""
        return next((row for row in rows if self.exercise.meets(self.measure.value, row.limit.value)), None)

    def points(self, met: Row | None) -> int:
        """Count the points of the row that was met, and those beyond the scale."""
        bonus = sum(
            bonus.earned(self.measure.value)
            for bonus in self.edition.bonuses
            if bonus.exercise == self.exercise.code and self.exercise.meets(self.measure.value, bonus.beyond)
        )
        return (met.points or 0) + bonus if met else 0

    def ground(self, rows: tuple[Row, ...], met: Row | None) -> Ground:
        """Name the row that decided: the one that was met, else the easiest."""
        row = met or rows[-1]
        enough = [one for one in rows if self.edition.rule.meets(one)]
        promised = self.best_met(self.rows(disputed=True))
        return Ground(
            edition=self.edition.code,
            act=self.edition.act,
            exercise=self.exercise,
            sex=self.sex,
            age=self.age,
            group=row.group,
            result=self.measure,
            limit=row.limit,
            printed=row.printed,
            met=met is not None,
            pass_limit=enough[-1].limit if enough else None,
            disputed=promised if promised and (met is None or promised.merit > met.merit) else None,
        )


class NormsState(StrEnum):
    """How far the exercises of one person have come, and with what outcome."""

    PASSED = "passed"
    FAILED = "failed"
    INCOMPLETE = "incomplete"
    NO_ROW = "no-row"


@dataclass(frozen=True, slots=True)
class NormsVerdict:
    """What all results of one person are worth together.

    Parameters
    ----------
    edition : str
    state : NormsState
        ``incomplete`` while an exercise has no result, even if the rest already decides; ``no-row`` when the
        act has no group for the person, or a result stands in an exercise that the act does not hold for him.
    verdicts : tuple of Verdict
        In the order of the edition's exercises.
    missing : tuple of str
        Codes of the exercises that still have no result.
    without_row : tuple of NoRow
    """

    edition: str
    state: NormsState
    verdicts: tuple[Verdict, ...]
    missing: tuple[str, ...] = ()
    without_row: tuple[NoRow, ...] = ()

    @property
    def passed(self) -> bool | None:
        """True or False once the outcome stands, else None."""
        return {NormsState.PASSED: True, NormsState.FAILED: False}.get(self.state)


def evaluate(edition: Edition, results: Mapping[str, Measure], *, sex: Sex, age: int) -> NormsVerdict:
    """Judge the results of one person by the pass rule of the edition.

    Parameters
    ----------
    edition : Edition
    results : mapping of str to Measure
        By the code of the exercise; one that was not taken is left out.
    sex : Sex
    age : int
        Whole years on the day of the norms.

    Returns
    -------
    NormsVerdict

    Raises
    ------
    UnknownExerciseError, UnitMismatchError
        As `grade`.
    """
    judged = {code: grade(edition, code, measure, sex=sex, age=age) for code, measure in results.items()}
    held = tuple(one.code for one in edition.exercises_for(sex=sex, age=age))
    verdicts = tuple(one for code in held if isinstance(one := judged.get(code), Verdict))
    missing = tuple(code for code in held if code not in judged)
    without_row = tuple(one for one in judged.values() if isinstance(one, NoRow))
    if without_row or not held:
        state = NormsState.NO_ROW
    elif missing:
        state = NormsState.INCOMPLETE
    else:
        state = NormsState.PASSED if edition.rule.passes(verdicts) else NormsState.FAILED
    return NormsVerdict(edition.code, state, verdicts, missing, without_row)
