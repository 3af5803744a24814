from decimal import Decimal

import pytest

from norms.exercises import Better, Exercise, Wording, doubt, read_result
from norms.loading import known_exercises
from norms.measures import Measure, Unit
from norms.problems import Problem

SPRINT = known_exercises()["run100"]


@pytest.mark.parametrize(
    ("exercise", "typed"),
    [
        ("run100", "1,42"),
        ("run60", "6,2"),
        ("pullups", "101"),
        ("ksu", "121"),
        ("run3000", "3,25"),
        ("run1000", "2,09"),
    ],
)
def test_what_nobody_can_do_is_refused(exercise, typed):
    problem = read_result(typed, known_exercises()[exercise])
    assert isinstance(problem, Problem)
    assert problem.code == "impossible"
    assert not problem.warning


def test_an_unreadable_result_keeps_its_problem():
    assert read_result("14,2,", SPRINT).code == "not-a-number"


def test_a_result_that_is_too_good_names_the_range():
    assert read_result("1.42", SPRINT).text == (
        "1,42 is beyond what a person can do in 100 m run: 9,5 to 45 is possible"
    )


def test_a_very_slow_result_is_read_and_only_pointed_out():
    measure = read_result("142", SPRINT)
    assert measure == Measure(Decimal(142), Unit.SECONDS)
    assert doubt(measure, SPRINT).code == "unusual"
    assert doubt(measure, SPRINT).warning


@pytest.mark.parametrize("typed", ["9,5", "45"])
def test_the_ends_of_the_range_are_plausible(typed):
    assert doubt(read_result(typed, SPRINT), SPRINT) is None


def test_an_exercise_without_a_range_is_not_doubted():
    unknown = Exercise("throw", Wording("a", "b", "c"), Unit.CENTIMETRES, Better.HIGHER)
    assert doubt(Measure(Decimal(9000), Unit.CENTIMETRES), unknown) is None


@pytest.mark.parametrize(
    ("better", "value", "met"),
    [
        ("lower", "12.39", True),
        ("lower", "12.40", True),
        ("lower", "12.41", False),
        ("higher", "12.39", False),
        ("higher", "12.40", True),
        ("higher", "12.41", True),
    ],
)
def test_the_limit_itself_is_met(better, value, met):
    exercise = Exercise("x", Wording("a", "b", "c"), Unit.SECONDS, Better(better))
    assert exercise.meets(Decimal(value), Decimal("12.4")) is met


def test_names_stand_in_three_languages():
    assert SPRINT.name.of("kk") == "100 метрге жүгіру"
    assert SPRINT.name.of("ru_KZ") == "бег на 100 метров"
    assert SPRINT.name.of("en") == "100 m run"
