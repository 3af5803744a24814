"""What is wrong with a table of limits as a whole: order, doubles, missing grades, gaps and overlaps of ages.

A row with the note ``AS PRINTED`` is an official act's own disorder: it stays, and the finding is a warning.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise

from norms.editions import AgeGroup, Row, Sex
from norms.exercises import Exercise
from norms.pass_rules import Grade
from norms.problems import Problem
from norms.tables import read_table

YOUNGEST, OLDEST = 0, 150
"""Whole years that stand for an open end of an age group."""


def check_table(text: str, known: Mapping[str, Exercise]) -> tuple[Problem, ...]:
    """Read a table and give everything that is wrong with it, in the order of its lines.

    Parameters
    ----------
    text : str
        See `norms.tables.read_table`.
    known : mapping of str to Exercise

    Returns
    -------
    tuple of Problem
        Warnings included. The table as a whole is only judged when every line of it could be read: a line
        that is wrong would else look like a gap.
    """
    table = read_table(text, known)
    if table.problems:
        return table.problems
    return check_rows(table.rows, {one.code: one for one in table.exercises})


def check_rows(rows: Iterable[Row], exercises: Mapping[str, Exercise]) -> tuple[Problem, ...]:
    """Check rows against one another.

    Parameters
    ----------
    rows : iterable of Row
    exercises : mapping of str to Exercise
        Holds the exercise of each row.

    Returns
    -------
    tuple of Problem
        Sorted by line.
    """
    tables: dict[tuple[str, Sex], dict[tuple[int, int], list[Row]]] = {}
    for row in rows:
        tables.setdefault((row.exercise, row.sex), {}).setdefault(_ends(row.group), []).append(row)
    found: list[Problem] = []
    for (code, _), groups in tables.items():
        found += _points_mixed(code, [row for group in groups.values() for row in group])
        for group in groups.values():
            found += [
                *_doubles(code, group),
                *_disorder(exercises[code], group),
                *_missing_grades(code, group),
            ]
        found += [*_overlaps(code, groups), *_gaps(code, groups)]
    found += _missing_exercises(tables)
    return tuple(sorted(found, key=lambda problem: (problem.line or 0, problem.code)))


def _ends(group: AgeGroup) -> tuple[int, int]:
    low = YOUNGEST if group.age_min is None else group.age_min
    return low, OLDEST if group.age_max is None else group.age_max


def _merit(row: Row) -> str:
    return row.grade.word if row.points is None else f"{row.points} points"


def _points_mixed(code: str, rows: list[Row]) -> Iterator[Problem]:
    with_points = {row.points is not None for row in rows}
    if len(with_points) > 1:
        yield Problem("points-mixed", {"exercise": code}, rows[0].line, "points")


def _doubles(code: str, group: list[Row]) -> Iterator[Problem]:
    first: dict[str, Row] = {}
    for row in group:
        other = first.setdefault(_merit(row), row)
        if other is not row:
            facts = {"exercise": code, "merit": _merit(row), "other": str(other.line)}
            yield Problem("row-twice", facts, row.line, "grade", warning=row.disputed or other.disputed)


def _disorder(exercise: Exercise, group: list[Row]) -> Iterator[Problem]:
    """Compare neighbours by merit: what is worth more must be strictly harder."""
    for better, lesser in pairwise(sorted(group, key=lambda row: row.merit, reverse=True)):
        if better.merit == lesser.merit:
            continue
        if exercise.meets(lesser.limit.value, better.limit.value):
            facts = {
                "exercise": exercise.code,
                "merit": f"{_merit(better)} at {better.limit}",
                "lesser": f"{_merit(lesser)} at {lesser.limit}",
                "other": str(lesser.line),
            }
            disputed = better.disputed or lesser.disputed
            yield Problem("not-monotonic", facts, better.line, "threshold_as_printed", warning=disputed)


def _missing_grades(code: str, group: list[Row]) -> Iterator[Problem]:
    present = {row.grade for row in group}
    for grade in sorted(set(Grade) - {Grade.UNSATISFACTORY} - present):
        yield Problem("grade-missing", {"exercise": code, "grade": grade.word}, group[0].line, "grade")


def _overlaps(code: str, groups: Mapping[tuple[int, int], list[Row]]) -> Iterator[Problem]:
    for (one, these), (two, those) in combinations(sorted(groups.items(), key=lambda item: item[0]), 2):
        low, high = max(one[0], two[0]), min(one[1], two[1])
        if low <= high:
            facts = {"exercise": code, "low": str(low), "high": str(high), "other": str(these[0].line)}
            yield Problem("ages-overlap", facts, those[0].line, "age_min")


def _gaps(code: str, groups: Mapping[tuple[int, int], list[Row]]) -> Iterator[Problem]:
    covered = None
    for (low, high), rows in sorted(groups.items(), key=lambda item: item[0]):
        if covered is not None and low > covered + 1:
            facts = {"exercise": code, "low": str(covered + 1), "high": str(low - 1)}
            yield Problem("ages-gap", facts, rows[0].line, "age_min")
        covered = high if covered is None else max(covered, high)


def _missing_exercises(
    tables: Mapping[tuple[str, Sex], Mapping[tuple[int, int], list[Row]]],
) -> Iterator[Problem]:
    """Warn where an age has fewer exercises than most: one may have been forgotten."""
    for sex in Sex:
        groups = [
            (ends, rows[0]) for (_, of), table in tables.items() if of is sex for ends, rows in table.items()
        ]
        starts = sorted({ends[0] for ends, _ in groups})
        held = {age: sum(low <= age <= high for (low, high), _ in groups) for age in starts}
        usual = Counter(held.values()).most_common(1)[0][0] if held else 0
        for age, count in held.items():
            if count < usual:
                line = min(row.line for ends, row in groups if ends[0] == age)
                facts = {"count": str(count), "sex": sex.value, "age": str(age), "usual": str(usual)}
                yield Problem("exercise-missing-for-age", facts, line, "exercise", warning=True)
