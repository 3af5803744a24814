"""Neighbours, and the wrong answers that they share."""

import numpy as np
import pytest

from scoring import ResponseError, ResponseMatrix, ScoringError, neighbours, shared_errors


def test_refuses_one_seat_for_two():
    with pytest.raises(ScoringError, match="persons 1 and 3 have the same seat"):
        neighbours(["a", "b", "a"], [1, 1, 1], [2, 2, 2])


def test_refuses_seats_that_are_no_whole_numbers():
    with pytest.raises(ScoringError, match="whole numbers"):
        neighbours(["a"], [1.5], [1])


def test_refuses_responses_without_options():
    with pytest.raises(ResponseError, match="need the options"):
        shared_errors(ResponseMatrix.from_points([[0, 1], [1, 0]]), [[0, 1]])


def test_neighbours_sit_in_one_room_and_near():
    """Room a: 0 beside 1, 2 behind 1, 3 far off; room b: 4 where 0 sits in a."""
    found = neighbours(list("aaaab"), [1, 1, 2, 5, 1], [1, 2, 2, 5, 1])
    assert found.tolist() == [[0, 1], [0, 2], [1, 2]]
    assert neighbours(list("aaaab"), [1, 1, 2, 5, 1], [1, 2, 2, 5, 1], reach=4).tolist() == [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 3],
    ]


def test_nobody_has_no_neighbours():
    assert neighbours(["a"], [1], [1]).shape == (0, 2)


def test_by_hand():
    """Wrong answers to item 1 are B B C C (alike with 1/2), to item 2 B B B C (with 10/16)."""
    chosen = [["B", "B"], ["B", "B"], ["C", "B"], ["C", "C"], ["A", "A"]]
    found = shared_errors(ResponseMatrix.from_options(chosen, ["A", "A"]), [[0, 1], [0, 3], [0, 4]])
    assert found.both_wrong.tolist() == [2, 2, 0]
    assert found.same.tolist() == [2, 0, 0]
    assert found.expected == pytest.approx([1.125, 1.125, 0])
    assert found.pvalue == pytest.approx([0.5 * 0.625, 1, 1])


def test_a_blank_is_no_wrong_answer():
    found = shared_errors(ResponseMatrix.from_options([["", "B"], ["", "B"]], ["A", "A"]), [[0, 1]])
    assert found.both_wrong.tolist() == [1]


def test_chance_alone_is_seldom_unlikely_and_copying_is():
    rng = np.random.default_rng(41)
    chosen = rng.choice(list("ABCD"), size=(300, 60), p=[0.4, 0.3, 0.2, 0.1])
    chosen[1] = np.where(rng.random(60) < 0.6, chosen[0], chosen[1])
    matrix = ResponseMatrix.from_options(chosen, ["A"] * 60)
    pairs = [[i, j] for i in range(2, 100) for j in range(i + 1, 100)]
    honest = shared_errors(matrix, pairs)
    assert (honest.pvalue < 0.05).mean() < 0.06
    assert (honest.pvalue < 0.05).mean() > 0.02
    assert shared_errors(matrix, [[0, 1]]).pvalue[0] < 1e-3
