"""Speededness: how far persons came."""

import numpy as np
import pytest

from scoring import ResponseError, ResponseMatrix, speededness


def test_refuses_persons_who_took_different_items():
    with pytest.raises(ResponseError, match="one form"):
        speededness(ResponseMatrix.from_points([[1, np.nan], [0, 1]]))


def test_names_who_came_how_far():
    rows = [["A"] * 4] * 4 + [["A", "B", "A", ""]] + [["A", "", "", ""]]
    found = speededness(ResponseMatrix.from_options(rows, ["A"] * 4))
    assert found.completed == pytest.approx(4 / 6)
    assert found.reached_three_quarters == pytest.approx(5 / 6)
    assert found.not_reached == pytest.approx([0, 1 / 6, 1 / 6, 2 / 6])
    assert found.items_reached_by_80 == 0.75
    assert not found.unspeeded
    unreached, short = np.array([0, 0, 0, 0, 1, 3]), np.array([0, 0, 0, 0, 2, 3])
    assert found.speed_variance_ratio == pytest.approx(unreached.var() / short.var())


def test_a_test_that_all_finish_is_unspeeded():
    found = speededness(ResponseMatrix.from_points([[1, 0], [1, 0]]))
    assert found.unspeeded
    assert found.completed == 1
    assert np.isnan(found.speed_variance_ratio)
