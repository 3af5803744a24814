"""Small programmes whose answers are seen at a glance: which of three things of 2, 3 and 4 weigh enough."""

import numpy as np
import pytest

from question_bank.linear_programme import Programme, Row

COSTS = np.array([2.0, 3.0, 5.0])


def weighing(least: float, most: float = np.inf, *, group: str = "weight") -> Programme:
    row = Row("weight", group, np.arange(3), np.array([2.0, 3.0, 4.0]), least, most)
    return Programme.of([row], 3, COSTS)


def solved(programme: Programme) -> list[float]:
    return programme.solved(gap=0.0, seconds=10).x.round(6).tolist()


def test_the_cheapest_whole_answer_is_found():
    assert solved(weighing(5)) == [1, 1, 0]


def test_what_cannot_weigh_enough_has_no_answer_whole_or_in_fractions():
    assert weighing(10).solved(gap=0.0, seconds=10).status == 2
    assert weighing(10).relaxed(seconds=10) is None


def test_in_fractions_it_costs_no_more_and_dear_columns_are_told():
    """4 of weight: all of the first and two thirds of the second, at 1 a unit each; the third costs 1.25."""
    found = weighing(4).relaxed(seconds=10)
    assert found.bound == pytest.approx(4)
    assert found.values @ np.array([2, 3, 4]) == pytest.approx(4)
    assert found.reduced_costs == pytest.approx([0, 0, 1])
    assert found.bound <= weighing(4).solved(gap=0.0, seconds=10).fun


@pytest.mark.parametrize(("least", "most"), [(4, 4), (3.5, 4.5), (-np.inf, 4)])
def test_rows_are_kept_on_both_sides_in_fractions_too(least, most):
    programme = weighing(least, most)
    weight = programme.relaxed(seconds=10).values @ np.array([2, 3, 4])
    assert least - 1e-9 <= weight <= most + 1e-9


def test_only_the_columns_that_are_allowed_are_chosen():
    assert solved(weighing(5).among(np.array([0, 2]))) == [1, 0, 1]
    assert solved(weighing(0)) == [0, 0, 0]


def test_a_group_that_is_left_aside_binds_no_more():
    other = Row("count", "count", np.arange(3), np.ones(3), 1, 1)
    both = Programme.of([*weighing(5).rows, other], 3, COSTS)
    assert both.solved(gap=0.0, seconds=10).status == 2
    assert solved(both.without(frozenset({"weight"}))) == [1, 0, 0]


def test_a_column_that_is_held_keeps_its_value():
    assert solved(weighing(5).holding(2, 1.0)) == [1, 0, 1]
    assert solved(weighing(5).holding(0, 0.0)) == [0, 1, 1]


def test_a_column_behind_the_chosen_ones_may_be_any_fraction():
    rows = [Row("half", "half", np.array([1]), np.ones(1), 0.5, np.inf)]
    assert solved(Programme.of(rows, 1, np.ones(2))) == [0, 0.5]
