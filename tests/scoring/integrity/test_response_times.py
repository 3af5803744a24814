"""Rapid guessing by time thresholds."""

from dataclasses import replace

import numpy as np
import pytest

from scoring import Missing, ResponseError, ResponseMatrix, ScoringError, rapid_guessing

SECONDS = np.array([[60, 200], [2, 300], [88, 9.5]], dtype=np.float32)
TIMED = ResponseMatrix.from_points([[1, 1], [0, 0], [1, 1]], seconds=SECONDS)


def test_refuses_responses_without_times_or_with_negative_ones():
    with pytest.raises(ResponseError, match="needs the seconds"):
        rapid_guessing(ResponseMatrix.from_points([[1, 0]]))
    with pytest.raises(ResponseError, match="cannot be negative"):
        rapid_guessing(replace(TIMED, seconds=-SECONDS))


@pytest.mark.parametrize("thresholds", [[1], [1, -1], [[1, 1]]])
def test_refuses_thresholds_that_do_not_fit(thresholds):
    with pytest.raises(ScoringError, match="as many thresholds"):
        rapid_guessing(TIMED, thresholds)


def test_the_threshold_is_a_tenth_of_the_mean_and_at_most_ten_seconds():
    found = rapid_guessing(TIMED)
    assert found.thresholds == pytest.approx([5, 10])
    assert found.rapid.tolist() == [[False, False], [True, False], [False, True]]
    assert found.effort == pytest.approx([1, 0.5, 0.5])
    assert found.little_effort.tolist() == [False, True, True]
    assert found.right_when_rapid.tolist() == [0, 1]
    assert found.right_otherwise.tolist() == [1, 0.5]


def test_an_answer_at_the_threshold_is_not_rapid():
    assert not rapid_guessing(TIMED, [2, 9.5]).rapid.any()
    assert np.isnan(rapid_guessing(TIMED, [2, 9.5]).right_when_rapid).all()


def test_a_tenth_of_rapid_answers_is_still_effort():
    seconds = np.full((2, 10), 50, dtype=np.float32)
    seconds[0, 0] = 1
    seconds[1, :2] = 1
    timed = ResponseMatrix.from_points(np.ones((2, 10)), seconds=seconds)
    assert rapid_guessing(timed, np.full(10, 5.0)).little_effort.tolist() == [False, True]


def test_blanks_and_cells_without_a_time_do_not_count():
    seconds = np.array([[50, np.nan], [1, 40]], dtype=np.float32)
    missing = np.array([[0, 0], [Missing.OMITTED, 0]], dtype=np.uint8)
    found = rapid_guessing(ResponseMatrix.from_points([[1, 1], [0, 1]], missing=missing, seconds=seconds))
    assert found.thresholds == pytest.approx([5, 4])
    assert not found.rapid.any()


def test_who_has_no_times_has_no_effort_figure():
    seconds = np.array([[np.nan, np.nan], [30, 40]], dtype=np.float32)
    found = rapid_guessing(ResponseMatrix.from_points([[1, 1], [0, 1]], seconds=seconds))
    assert np.isnan(found.effort[0])
    assert not found.little_effort[0]
