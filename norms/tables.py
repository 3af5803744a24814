"""A table of limits as text in, rows and all problems out."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from norms.editions import AgeGroup, Row, Sex
from norms.exercises import Better, Exercise, Wording
from norms.measures import Measure, Unit, read_measure
from norms.pass_rules import GRADES, Grade
from norms.problems import Problem

REQUIRED = ("sex", "exercise", "grade", "threshold_as_printed")
LONGEST = 2000
"""Characters a line may have."""
_WHOLE = re.compile(r"[0-9]{1,3}")
_Found = TypeVar("_Found")
_REST = "rest"


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds: its rows, the exercises it names, and every problem with its line."""

    rows: tuple[Row, ...]
    exercises: tuple[Exercise, ...]
    problems: tuple[Problem, ...]


def read_table(text: str, known: Mapping[str, Exercise]) -> Table:
    """Read a comma-separated table of limits.

    Lines that begin with ``#`` are remarks. Columns in any order: ``sex`` (M, F), ``exercise`` (code),
    ``grade`` (excellent, good, satisfactory), ``threshold_as_printed``; and where the act has them
    ``age_group``, ``age_min``, ``age_max`` (whole years, inclusive, empty when open), ``points``,
    ``threshold_normalised`` (seconds or a count), ``note``. An exercise that is not in `known` needs ``unit``
    and ``better``, and may have ``exercise_kk``, ``exercise_ru``, ``exercise_en``.

    Parameters
    ----------
    text : str
    known : mapping of str to Exercise

    Returns
    -------
    Table
        Rows of the lines without a problem; no exception for anything a person can put into the file.
    """
    numbered = [
        (number, line)
        for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1)
        if line.strip() and not line.startswith("#")
    ]
    if not numbered:
        return Table((), (), (Problem("no-rows"),))
    endless = [number for number, line in numbered if len(line) > LONGEST]
    if endless:
        return Table((), (), tuple(Problem("line-too-long", {"most": str(LONGEST)}, one) for one in endless))
    header, *body = numbered
    columns = [name.strip() for name in next(csv.reader([header[1]]))]
    problems = _header_problems(columns, header[0])
    if problems:
        return Table((), (), tuple(problems))
    lines = [_Line(number, columns, line, dict(known)) for number, line in body]
    return _gathered(lines)


def _header_problems(columns: list[str], line: int) -> list[Problem]:
    missing = [Problem("column-missing", {"name": name}, line) for name in REQUIRED if name not in columns]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    return missing + [Problem("column-twice", {"name": name}, line) for name in twice]


def _gathered(lines: "Iterable[_Line]") -> Table:
    rows: list[Row] = []
    problems: list[Problem] = []
    exercises: dict[str, tuple[Exercise, int]] = {}
    for line in lines:
        row, exercise = line.read()
        if exercise is not None:
            first, other = exercises.setdefault(exercise.code, (exercise, line.number))
            if (first.unit, first.better) != (exercise.unit, exercise.better):
                line.report("exercise-differs", "exercise", typed=exercise.code, other=str(other))
        problems += line.problems
        if row is not None and not line.problems:
            rows.append(row)
    if not rows and not problems:
        problems.append(Problem("no-rows"))
    return Table(tuple(rows), tuple(one for one, _ in exercises.values()), tuple(problems))


@dataclass(slots=True)
class _Line:
    """One line on its way to a row; problems gather as its cells are read."""

    number: int
    columns: list[str]
    text: str
    known: dict[str, Exercise]
    problems: list[Problem] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)

    def report(self, code: str, column: str, **facts: str) -> None:
        self.problems.append(Problem(code, facts, self.number, column))

    def read(self) -> tuple[Row | None, Exercise | None]:
        values = next(csv.reader([self.text]))
        if len(values) > len(self.columns):
            self.report("cells-too-many", _REST)
            return None, None
        self.cells = {name: value.strip() for name, value in zip(self.columns, values, strict=False)}
        sex = self._choice("sex", Sex, "sex-unknown")
        grade = self._choice("grade", _tabled_grade, "grade-unknown")
        exercise = self._exercise()
        group, points = self._group(), self._points()
        limit = self._limit(exercise) if exercise else None
        if sex is None or grade is None or exercise is None or limit is None:
            return None, exercise
        printed, note = self._cell("threshold_as_printed"), self._cell("note")
        row = Row(exercise.code, sex, group, grade, limit, printed, points, note, self.number)
        return row, exercise

    def _cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def _choice(self, column: str, of: Callable[[str], _Found], code: str, **facts: str) -> _Found | None:
        try:
            return of(self._cell(column))
        except (ValueError, KeyError):
            self.report(code, column, typed=repr(self._cell(column)), **facts)
            return None

    def _exercise(self) -> Exercise | None:
        code, unit, better = self._cell("exercise"), self._cell("unit"), self._cell("better")
        known = self.known.get(code)
        if known and unit in ("", known.unit) and better in ("", known.better):
            return known
        if not code or not (unit and better):
            self.report("exercise-unknown", "exercise", typed=repr(code))
            return None
        read_unit = self._choice("unit", Unit, "unit-unknown", expected=", ".join(Unit))
        read_better = self._choice("better", Better, "direction-unknown")
        if read_unit is None or read_better is None:
            return None
        ru = self._cell("exercise_ru") or code
        name = Wording(self._cell("exercise_kk") or ru, ru, self._cell("exercise_en") or code)
        return Exercise(code, name, read_unit, read_better)

    def _group(self) -> AgeGroup:
        low, high = self._whole("age_min", "age-not-whole"), self._whole("age_max", "age-not-whole")
        if low is not None and high is not None and low > high:
            self.report("ages-reversed", "age_min", low=str(low), high=str(high))
        return AgeGroup(self._cell("age_group"), low, high)

    def _points(self) -> int | None:
        return self._whole("points", "points-not-whole")

    def _whole(self, column: str, code: str) -> int | None:
        typed = self._cell(column)
        if not typed:
            return None
        if not _WHOLE.fullmatch(typed):
            self.report(code, column, typed=repr(typed))
            return None
        return int(typed)

    def _limit(self, exercise: Exercise) -> Measure | None:
        limit = read_measure(self._cell("threshold_as_printed"), exercise.unit)
        if isinstance(limit, Problem):
            self.report(limit.code, "threshold_as_printed", **limit.facts)
            return None
        normalised = self._cell("threshold_normalised")
        unit = Unit.SECONDS if exercise.unit is Unit.MINUTES else exercise.unit
        if normalised:
            again = read_measure(normalised, unit)
            if isinstance(again, Problem) or again.value != limit.value:
                facts = {"typed": str(limit), "meant": f"{limit.value:f}", "normalised": normalised}
                self.report("normalised-differs", "threshold_normalised", **facts)
        return limit


def _tabled_grade(word: str) -> Grade:
    grade = GRADES[word]
    if grade is Grade.UNSATISFACTORY:
        raise ValueError("an unsatisfactory result has no limit of its own")
    return grade
