from dataclasses import dataclass

import pytest

from norms.pass_rules import EveryAtLeast, FewUnsatisfactory, Grade, MeanPoints

FAIL, SAT, GOOD, BEST = Grade


@dataclass(frozen=True)
class Result:
    grade: Grade = Grade.EXCELLENT
    points: int | None = None


def graded(*grades):
    return [Result(grade) for grade in grades]


def pointed(*points):
    return [Result(points=one) for one in points]


@pytest.mark.parametrize(
    "rule", [EveryAtLeast(SAT), FewUnsatisfactory(1, GOOD), MeanPoints(mean=20, floor=20, below=1)]
)
def test_no_exercise_at_all_never_passes(rule):
    assert not rule.passes([])


@pytest.mark.parametrize(
    ("grades", "passed"),
    [
        ((SAT, SAT, SAT), True),
        ((BEST, BEST, FAIL), False),
        ((GOOD, SAT, BEST), True),
        ((FAIL, FAIL, FAIL), False),
    ],
)
def test_every_exercise_needs_the_grade(grades, passed):
    assert EveryAtLeast(SAT).passes(graded(*grades)) is passed


@pytest.mark.parametrize(
    ("grades", "passed"),
    [
        ((GOOD, GOOD, GOOD), True),
        ((FAIL, GOOD, BEST), True),
        ((FAIL, FAIL, BEST), False),
        ((FAIL, SAT, BEST), False),
        ((SAT, GOOD, BEST), False),  # to the letter: neither unsatisfactory nor good
    ],
)
def test_one_unsatisfactory_is_let_pass_when_the_rest_are_good(grades, passed):
    assert FewUnsatisfactory(1, GOOD).passes(graded(*grades)) is passed


@pytest.mark.parametrize(
    ("points", "passed"),
    [
        ((20, 20, 20), True),
        ((0, 30, 30), True),
        ((0, 29, 30), False),  # 59 / 3 is under 20
        ((0, 0, 100), False),  # the mean is 33, but two exercises are under 20
        ((19, 20, 21), True),
        ((19, 19, 100), False),
    ],
)
def test_the_mean_and_the_floor_both_count(points, passed):
    assert MeanPoints(mean=20, floor=20, below=1).passes(pointed(*points)) is passed


@pytest.mark.parametrize(("points", "meets"), [(None, False), (19, False), (20, True)])
def test_a_single_exercise_meets_the_floor_at_the_floor(points, meets):
    assert MeanPoints(mean=20, floor=20, below=1).meets(Result(points=points)) is meets
