"""Gain after an incident: nothing where nothing happened, much where answers were handed out."""

import numpy as np
import pytest

from scoring import Items, ScoringError, score_gain, score_wle
from tests.scoring.simulation import simulate

TRUTH = simulate(3000, 60, seed=21)
ITEMS = Items.from_difficulty(TRUTH.a, TRUTH.b)
AFTER = np.arange(60) >= 40


@pytest.mark.parametrize(
    "after", [np.arange(60) * 1.0, np.ones(59, dtype=bool), np.ones((2, 60), dtype=bool)]
)
def test_refuses_what_does_not_say_which_items_came_after(after):
    with pytest.raises(ScoringError, match="which items came after"):
        score_gain(TRUTH.X, ITEMS, after)


def test_refuses_items_that_do_not_match():
    with pytest.raises(ScoringError, match="parameters of 59"):
        score_gain(TRUTH.X, Items(*(v[:59] for v in ITEMS)), AFTER)


def test_is_standard_normal_when_nothing_happened():
    found = score_gain(TRUTH.X, ITEMS, AFTER)
    assert found.z.mean() == pytest.approx(0, abs=0.08)
    assert found.z.std() == pytest.approx(1, abs=0.08)
    assert (found.pvalue < 0.05).mean() == pytest.approx(0.05, abs=0.02)


def test_finds_who_got_the_answers():
    X = TRUTH.X.copy()
    weak = np.flatnonzero(TRUTH.theta < -0.5)[:20]
    X[np.ix_(weak, np.flatnonzero(AFTER))] = 1
    found = score_gain(X, ITEMS, AFTER)
    assert (found.pvalue[weak] < 1e-3).all()
    assert found.right_after[weak[0]] == 20


def test_by_hand_for_one_person():
    found = score_gain(TRUTH.X, ITEMS, AFTER)
    before = score_wle(TRUTH.X[:1, ~AFTER], Items(*(v[~AFTER] for v in ITEMS)))
    p = 1 / (1 + np.exp(-(ITEMS.a[AFTER] * before.theta[0] + ITEMS.d[AFTER])))
    slope = (ITEMS.a[AFTER] * p * (1 - p)).sum()
    spread = np.sqrt((p * (1 - p)).sum() + (slope * before.se[0]) ** 2)
    assert found.expected[0] == pytest.approx(p.sum(), abs=1e-5)
    assert found.z[0] == pytest.approx((TRUTH.X[0, AFTER].sum() - p.sum()) / spread, abs=1e-4)


def test_the_items_after_may_differ_between_persons():
    own = np.tile(AFTER, (3, 1))
    own[1] = np.arange(60) < 20
    found = score_gain(TRUTH.X[:3], ITEMS, own)
    np.testing.assert_allclose(found.z[0], score_gain(TRUTH.X[:3], ITEMS, AFTER).z[0])
    np.testing.assert_allclose(found.z[1], score_gain(TRUTH.X[:3], ITEMS, np.arange(60) < 20).z[1])


@pytest.mark.parametrize("n_before", [0, 4, 60])
def test_too_few_items_before_or_none_after_say_nothing(n_before):
    found = score_gain(TRUTH.X[:4], ITEMS, np.arange(60) >= n_before)
    assert np.isnan(found.z).all()
    assert np.isnan(found.pvalue).all()
    assert (found.n_before == n_before).all()


def test_items_without_parameters_are_left_out():
    gap = ITEMS._replace(a=np.where(np.arange(60) < 3, np.nan, ITEMS.a))
    found = score_gain(TRUTH.X[:5], gap, AFTER)
    assert (found.n_before == 37).all()
    short = score_gain(TRUTH.X[:5, 3:], Items(*(v[3:] for v in ITEMS)), AFTER[3:])
    np.testing.assert_allclose(found.z, short.z, atol=1e-8)
