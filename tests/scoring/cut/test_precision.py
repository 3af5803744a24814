"""One person at the cut: ranges, sides, and the share that a simulation finds on the other side."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    BetaTrueScores,
    CutScoreError,
    ScoringError,
    cronbach_alpha,
    misclassification_by_score,
    person_precision,
    precision_from_sem,
    true_score_interval,
)

GROUP = BetaTrueScores(6, 4)


@pytest.mark.parametrize(("score", "cut"), [(5, 0), (5, 41), (-1, 20), (41, 20)])
def test_refuses_what_lies_outside_the_scores(score, cut):
    with pytest.raises((CutScoreError, ScoringError)):
        person_precision(score, cut, max_score=40, true_scores=GROUP, test_length=40)


def test_refuses_a_standard_error_that_is_none():
    with pytest.raises(ScoringError, match="above 0"):
        precision_from_sem(10, 20, float("nan"), max_score=40)


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"score": 41}, "outside 0 to 40"),
        ({"score": float("nan")}, "outside 0 to 40"),
        ({"cut": 0}, "not above 0"),
        ({"confidence": 95}, "between 0 and 1"),
        ({"scores": [1, 2, 41]}, "from 0 to 40"),
        ({"scores": [[1, 2]]}, "a list of numbers"),
        ({"scores": ["1", "2"]}, "have to be numbers"),
        ({"scores": [1.0, float("nan")]}, "from 0 to 40"),
        ({"n_items": 0}, "at least one item"),
    ],
)
def test_refuses_an_interval_from_what_is_no_score_or_no_group(changed, complaint):
    with pytest.raises(ScoringError, match=complaint):
        true_score_interval(**{"score": 20, "cut": 24, "max_score": 40} | changed)


def test_the_posterior_of_a_beta_is_a_beta():
    # beta(6, 4) and 30 right of 40: beta(36, 14), by conjugacy
    found = person_precision(30, 24, max_score=40, true_scores=GROUP, test_length=40)
    assert found.passed
    assert found.expected == pytest.approx(40 * 36 / 50, abs=1e-6)
    rng = np.random.default_rng(1)
    drawn = rng.beta(36, 14, size=200_000)
    assert found.other_side == pytest.approx((drawn < 0.6).mean(), abs=0.002)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(drawn, [0.025, 0.975]) * 40), abs=0.1)


def test_finds_the_share_on_the_other_side_in_a_simulation():
    rng = np.random.default_rng(2)
    true = rng.beta(6, 4, size=300_000)
    score = rng.binomial(40, true)
    shares = misclassification_by_score(24, max_score=40, true_scores=GROUP, test_length=40)
    for at in (20, 23, 24, 28):
        wrong = (true[score == at] >= 0.6) != (at >= 24)
        assert shares[at] == pytest.approx(wrong.mean(), abs=0.02)


def test_the_table_and_the_person_agree_and_doubt_is_largest_at_the_cut():
    shares = misclassification_by_score(24, max_score=40, true_scores=GROUP, test_length=40)
    one = [
        person_precision(s, 24, max_score=40, true_scores=GROUP, test_length=40).other_side for s in range(41)
    ]
    assert shares == pytest.approx(one, abs=1e-12)
    assert (np.diff(shares[:24]) >= 0).all()
    assert (np.diff(shares[24:]) <= 0).all()


def test_a_standard_error_alone_gives_a_normal_interval_within_the_scale():
    found = precision_from_sem(39, 36, 3, max_score=40)
    assert (found.low, found.high) == pytest.approx((39 - 1.959964 * 3, 40))
    assert found.other_side == pytest.approx(0.158655, abs=1e-6)
    assert found.passed
    assert precision_from_sem(36, 36, 3, max_score=40).other_side == pytest.approx(0.5)


def test_without_a_group_the_interval_is_that_of_wilson():
    # 8 of 10: Wilson (1927); binomtest(8, 10).proportion_ci(method="wilson") of scipy
    found = true_score_interval(8, 6, max_score=10)
    assert found.method == "binomial"
    assert (found.low / 10, found.high / 10) == pytest.approx((0.490162, 0.943318), abs=1e-6)
    assert found.other_side == pytest.approx(0.098353, abs=1e-6)  # 1 - pnorm(0.2 / sqrt(0.6 * 0.4 / 10))


def test_the_items_and_not_the_points_count_where_an_item_earns_several():
    by_points = true_score_interval(60, 50, max_score=100)
    by_items = true_score_interval(60, 50, max_score=100, n_items=25)
    assert by_items.high - by_items.low > 1.8 * (by_points.high - by_points.low)


def test_a_group_too_small_or_too_strange_to_lean_on_still_gives_an_interval():
    few = true_score_interval(20, 24, max_score=40, scores=[10, 20, 30], reliability=0.9)
    flat = true_score_interval(20, 24, max_score=40, scores=[20] * 50, reliability=float("nan"))
    assert few.method == flat.method == "binomial"
    assert (few.low, few.high) == (flat.low, flat.high)
    ends = np.repeat([0, 40], 25)  # a reliability of .9 of such scores leaves a test of less than three items
    assert true_score_interval(40, 40, max_score=40, scores=ends, reliability=0.9).method == "binomial"


@pytest.mark.parametrize("score", [0, 40])
def test_a_score_at_the_end_of_the_scale_lies_in_its_interval(score):
    for group in ((), np.arange(5, 40)):
        found = true_score_interval(score, 40, max_score=40, scores=group, reliability=0.6)
        assert found.low <= score <= found.high
        assert found.high > found.low


@given(
    st.lists(st.integers(0, 40), min_size=0, max_size=60),
    st.floats(-1, 1.5) | st.just(float("nan")),
    st.integers(0, 40),
    st.integers(1, 40),
)
@settings(max_examples=150, deadline=None)
def test_every_score_lies_in_its_interval_whatever_the_group(scores, reliability, score, cut):
    found = true_score_interval(score, cut, max_score=40, scores=scores, reliability=reliability)
    assert 0 <= found.low <= score <= found.high <= 40
    assert 0 <= found.other_side <= 1


@pytest.mark.parametrize(("n_persons", "n_groups"), [(15, 130), (39, 50), (200, 10)])
@pytest.mark.parametrize("all_alike", [True, False], ids=["items alike", "items of all difficulties"])
def test_the_interval_holds_the_true_score_as_often_as_it_says(n_persons, n_groups, all_alike):
    rng = np.random.default_rng(n_persons)
    held, told, happened = [], [], []
    for _ in range(n_groups):
        if all_alike:
            right = np.repeat(rng.beta(6, 4, size=(n_persons, 1)), 40, axis=1)
        else:
            right = 1 / (1 + np.exp(-1.2 * (rng.normal(size=(n_persons, 1)) - rng.normal(size=40))))
        x = rng.random(right.shape) < right
        scores, true = x.sum(axis=1), right.sum(axis=1)
        alpha = cronbach_alpha(x)
        for score, truth in zip(scores, true, strict=True):
            found = true_score_interval(score, 24, max_score=40, scores=scores, reliability=alpha)
            held.append(found.low <= truth <= found.high)
            told.append(found.other_side)
            happened.append((truth >= 24) != found.passed)
    assert 0.935 <= np.mean(held) <= 0.985
    assert np.mean(told) == pytest.approx(np.mean(happened), abs=0.025)
