"""One person at the cut: ranges, sides, and the share that a simulation finds on the other side."""

import numpy as np
import pytest

from scoring import (
    BetaTrueScores,
    CutScoreError,
    ScoringError,
    misclassification_by_score,
    person_precision,
    precision_from_sem,
)

GROUP = BetaTrueScores(6, 4)


@pytest.mark.parametrize(("score", "cut"), [(5, 0), (5, 41), (-1, 20), (41, 20)])
def test_refuses_what_lies_outside_the_scores(score, cut):
    with pytest.raises((CutScoreError, ScoringError)):
        person_precision(score, cut, max_score=40, true_scores=GROUP, test_length=40)


def test_refuses_a_standard_error_that_is_none():
    with pytest.raises(ScoringError, match="above 0"):
        precision_from_sem(10, 20, float("nan"), max_score=40)


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
