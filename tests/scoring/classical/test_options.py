"""Options and flags: counts by hand, correlations by the definition, and what a flag needs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    ItemKey,
    ResponseError,
    ResponseMatrix,
    flag_items,
    flag_test,
    item_analysis,
    option_analysis,
    option_curves,
)


def test_refuses_points_without_options():
    with pytest.raises(ResponseError, match="raw responses with a key"):
        option_analysis(ResponseMatrix.from_points([[1, 0]]))
    with pytest.raises(ResponseError, match="two groups"):
        option_curves(ResponseMatrix.from_options([["A"]], ["A"]), groups=1)


def test_counts_by_hand():
    matrix = ResponseMatrix.from_options([["A", "B"], ["A", "C"], ["B", "B"], ["", "B"]], ["A", "B"])
    first = option_analysis(matrix)[0]
    assert [(o.option, o.n, o.proportion, o.key, o.mean_score) for o in first] == [
        ("A", 2, 0.5, True, 1.5),
        ("B", 1, 0.25, False, 1.0),
    ]


@given(st.lists(st.lists(st.sampled_from("ABC "), min_size=4, max_size=4), min_size=3, max_size=25))
@settings(max_examples=60, deadline=None)
def test_correlations_agree_with_the_definition(rows):
    keys = [ItemKey.of("A"), ItemKey.of("A", "B"), ItemKey.partial({"A": 2, "C": 1}), ItemKey.of("B")]
    matrix = ResponseMatrix.from_options(rows, keys)
    total = matrix.points.sum(axis=1).astype(float)
    for j, options in enumerate(option_analysis(matrix)):
        rest = total - matrix.points[:, j]
        for option in options:
            chose = np.array([row[j] == option.option for row in rows], dtype=float)
            # the rest of a chooser is what is left beside the points of the option
            for value, found in ((total, option.item_total), (rest, option.item_rest)):
                if np.ptp(chose) == 0 or np.ptp(value) == 0:
                    assert np.isnan(found)
                else:
                    assert found == pytest.approx(np.corrcoef(chose, value)[0, 1], abs=1e-9)


def test_the_key_as_an_option_discriminates_as_its_item():
    rng = np.random.default_rng(4)
    rows = np.array(list("ABCD"))[rng.integers(0, 4, (200, 6))]
    matrix = ResponseMatrix.from_options(rows, list("ABCDAB"))
    found = item_analysis(matrix)
    for j, options in enumerate(option_analysis(matrix)):
        [key] = [option for option in options if option.key]
        assert key.item_rest == pytest.approx(found.item_rest[j], abs=1e-12)
        assert key.proportion == pytest.approx(found.difficulty[j], abs=1e-12)


def test_curves_rise_for_the_key_and_hold_everybody():
    rng = np.random.default_rng(5)
    able = rng.normal(size=(1000, 1))
    right = rng.random((1000, 10)) < 1 / (1 + np.exp(-2 * able))
    rows = np.where(right, "A", np.where(rng.random((1000, 10)) < 0.9, "B", ""))
    for curve in option_curves(ResponseMatrix.from_options(rows, ["A"] * 10)):
        assert curve.options == ("A", "B")
        assert curve.shares.sum(axis=0) == pytest.approx(np.ones(len(curve.sizes)))
        assert curve.sizes.sum() == 1000
        assert (np.diff(curve.mean_scores) > 0).all()
        assert curve.shares[0, -1] > curve.shares[0, 0] + 0.3


def miskeyed(n):
    """Ten items of which the third has the wrong key."""
    rng = np.random.default_rng(6)
    able = rng.normal(size=(n, 1))
    right = rng.random((n, 10)) < 1 / (1 + np.exp(-1.7 * able))
    rows = np.where(right, "A", np.array(list("BCD"))[rng.integers(0, 3, (n, 10))])
    return ResponseMatrix.from_options(rows, ["A", "A", "B", *["A"] * 7])


def test_a_wrong_key_is_flagged_with_the_option_that_the_able_choose():
    matrix = miskeyed(400)
    flags = flag_items(item_analysis(matrix), option_analysis(matrix))
    third = {flag.code: flag for flag in flags[2]}
    assert third["possible_miskey"].option == "A"
    assert "Crocker" in third["possible_miskey"].source
    assert {"negative_discrimination", "distractor_attracts_able", "alpha_rises_without"} <= set(third)
    assert not any(flag.code == "possible_miskey" for j in range(10) if j != 2 for flag in flags[j])


def test_fewer_than_a_hundred_persons_accuse_no_item():
    matrix = miskeyed(99)
    analysis = item_analysis(matrix)
    assert not any(flag_items(analysis, option_analysis(matrix)))
    assert flag_test(analysis) == ()


def codes(difficulty, n=1000):
    """Flags of one item with this difficulty beside five sound ones."""
    rng = np.random.default_rng(7)
    able = rng.normal(size=n)
    sound = (able[:, None] + rng.normal(size=(n, 5)) > 0).astype(int)
    item = (able + rng.normal(size=n) >= np.quantile(able + rng.normal(size=n), 1 - difficulty)).astype(int)
    return {flag.code for flag in flag_items(item_analysis(np.column_stack([item, sound])))[0]}


def test_difficulty_is_flagged_at_both_ends_and_not_between():
    assert "too_hard" in codes(0.1)
    assert "far_too_easy" in codes(0.98)
    assert "too_easy" in codes(0.925)
    assert codes(0.5) == set()


def test_an_item_without_variance_and_a_short_test_are_flagged():
    x = np.column_stack([np.ones(120, int), np.tile([0, 1], 60), np.repeat([0, 1], 60)])
    analysis = item_analysis(x)
    assert {flag.code for flag in flag_items(analysis)[0]} >= {"no_variance", "far_too_easy"}
    assert [flag.code for flag in flag_test(analysis)] == ["reliability_not_acceptable"]


def test_items_that_many_leave_out_or_do_not_reach_are_flagged():
    rows = [["A", "A", "A"]] * 80 + [["A", "", "B"]] * 10 + [["B", "A", ""]] * 40
    analysis = item_analysis(ResponseMatrix.from_options(rows, ["A"] * 3))
    assert "omitted_often" in {flag.code for flag in flag_items(analysis)[1]}
    assert "speeded" in {flag.code for flag in flag_test(analysis)}
