"""Panels of judges: refusals, small examples by hand, and what a cut would mean."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import (
    StandardSettingError,
    angoff,
    angoff_rounds,
    bookmark,
    borderline_group,
    impact_table,
    threshold_points,
)

RATINGS = [[0.6, 0.8, 0.4], [0.5, 0.9, 0.4], [0.7, 0.7, 0.7]]


@pytest.mark.parametrize(
    ("ratings", "complaint"),
    [
        ([[0.5, 0.5]], "two judges"),
        ([[0.5, 1.2], [0.5, 0.5]], "judge 1 has no rating from 0 to 1 for item 2"),
        ([[0.5, 0.5], [0.5, float("nan")]], "judge 2 has no rating from 0 to 1 for item 2"),
    ],
)
def test_refuses_ratings_that_are_not_complete(ratings, complaint):
    with pytest.raises(StandardSettingError, match=complaint):
        angoff(ratings)


def test_refuses_rounds_of_different_panels():
    with pytest.raises(StandardSettingError, match="same judges"):
        angoff_rounds([RATINGS, RATINGS[:2]])
    with pytest.raises(StandardSettingError, match="at least one round"):
        angoff_rounds([])


@pytest.mark.parametrize(
    ("a", "placements", "probability", "complaint"),
    [
        ([1, 1], [3], 0.67, "between 1 and 2"),
        ([1, 1], [0], 0.67, "between 1 and 2"),
        ([1, 0], [1], 0.67, "discrimination"),
        ([1, 1], [1], 1.0, "probability"),
    ],
)
def test_refuses_a_bookmark_outside_the_booklet(a, placements, probability, complaint):
    with pytest.raises(StandardSettingError, match=complaint):
        bookmark(a, [0, 1], placements, response_probability=probability)


def test_refuses_a_group_without_persons_and_groups_that_do_not_fit():
    with pytest.raises(StandardSettingError, match="nobody"):
        borderline_group([])
    with pytest.raises(StandardSettingError, match="2 groups for 3 persons"):
        impact_table([1, 2, 3], [2], ["kk", "ru"])


def test_a_small_panel_by_hand():
    found = angoff(RATINGS, difficulty=[0.6, 0.9, 0.3])
    assert found.judge_cuts == pytest.approx([1.8, 1.8, 2.1])
    assert found.cut == pytest.approx(1.9)
    assert found.sd == pytest.approx(np.sqrt(0.03))
    assert found.se == pytest.approx(0.1)
    assert found.severity == pytest.approx([-0.1, -0.1, 0.2])
    assert found.with_difficulty[0] == pytest.approx(1.0)
    assert np.isnan(found.with_difficulty[2])
    assert np.isnan(found.agreement[2])
    assert found.item_means == pytest.approx([0.6, 0.8, 0.5])


def test_items_that_count_more_weigh_more():
    assert angoff(RATINGS, max_points=[2, 1, 1]).cut == pytest.approx(1.9 + 0.6)


def test_judges_and_items_as_samples_agree_with_variance_components_from_the_definition():
    rng = np.random.default_rng(3)
    x = np.clip(
        0.6 + rng.normal(0, 0.1, (8, 1)) + rng.normal(0, 0.15, (1, 30)) + rng.normal(0, 0.05, (8, 30)), 0, 1
    )
    mean_square = {
        "judge": 30 * x.mean(axis=1).var(ddof=1),
        "item": 8 * x.mean(axis=0).var(ddof=1),
        "rest": sum(
            (x[p, i] - x[p].mean() - x[:, i].mean() + x.mean()) ** 2 for p in range(8) for i in range(30)
        )
        / (7 * 29),
    }
    judge = (mean_square["judge"] - mean_square["rest"]) / 30
    item = (mean_square["item"] - mean_square["rest"]) / 8
    expected = 30 * np.sqrt(judge / 8 + item / 30 + mean_square["rest"] / 240)
    assert angoff(x).se_judges_items == pytest.approx(expected)


def test_a_second_round_shows_who_moved():
    second = [[0.6, 0.8, 0.5], [0.5, 0.9, 0.5], [0.6, 0.7, 0.6]]
    rounds, movement = angoff_rounds([RATINGS, second])
    assert movement == pytest.approx(np.array([[0.1, 0.1, -0.2]]))
    assert rounds[1].sd < rounds[0].sd


def test_bookmarks_stand_where_items_are_mastered():
    found = bookmark([1.0, 2.0, 1.0], [1.0, -1.0, 0.0], [2, 2, 3], response_probability=2 / 3)
    assert found.order.tolist() == [1, 2, 0]
    assert found.locations == pytest.approx([1 + np.log(2), -1 + np.log(2) / 2, np.log(2)])
    assert found.theta == pytest.approx(np.log(2))
    assert found.score == pytest.approx(
        1 / (1 + np.exp(1 - np.log(2))) + 1 / (1 + np.exp(-2 * (np.log(2) + 1))) + 2 / 3
    )


def test_the_median_of_the_borderline_group_has_an_exact_interval():
    found = borderline_group(np.arange(1, 21))  # Conover: order statistics 6 and 15 cover 95.9 %
    assert (found.cut, found.low, found.high, found.n) == (10.5, 6, 15, 20)
    small = borderline_group([7, 9])
    assert (small.cut, small.low, small.high) == (8, 7, 9)


def test_the_impact_of_a_cut_by_group():
    rows = impact_table([1, 2, 3, 4], [2, 4], ["kk", "ru", "kk", "ru"])
    assert [(row.n_passed, row.pass_rate) for row in rows] == [(3, 0.75), (1, 0.25)]
    assert rows[0].by_group == (("kk", 2, 0.5), ("ru", 2, 1.0))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.integers(0, 50))
def test_a_higher_cut_never_passes_more(scores, cut):
    lower, higher = impact_table(scores, [cut, cut + 1])
    assert higher.n_passed <= lower.n_passed


def test_a_cut_becomes_the_fewest_whole_points_that_reach_it():
    assert [threshold_points(cut) for cut in (19.2, 20.0, 20.0000000001)] == [20, 20, 20]
