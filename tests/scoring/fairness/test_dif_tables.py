"""Standardised differences and Breslow-Day against difR, and against their definitions."""

import numpy as np
import pytest
from scipy.optimize import brentq

from scoring import ScoringError, breslow_day, mantel_haenszel, standardization_dif
from tests.scoring.fairness.test_dif import VERBAL, slow_table, verbal


@pytest.mark.parametrize("anchor", [[True, False], np.zeros(24, dtype=bool)])
def test_refuses_an_anchor_that_is_none(anchor):
    with pytest.raises(ScoringError, match="a mask of 24 items"):
        breslow_day(*verbal(), anchor=anchor)


def test_the_standardised_difference_agrees_with_difr():
    # difR 5.1: difStd(data, group = "Gender", focal.name = 1)
    found = standardization_dif(*verbal())
    np.testing.assert_allclose(found.difference, VERBAL["standardisation"], atol=1e-14)


def test_the_standard_error_is_that_of_repeated_samples():
    rng = np.random.default_rng(1988)
    focal = np.repeat([0, 1], 400)
    level = np.tile([0, 1], 400)
    chance = np.array([[0.3, 0.7], [0.2, 0.8]])[focal, level]
    answers = (rng.random((800, 400)) < chance[:, None]).astype(np.uint8)
    found = standardization_dif(answers, focal, matching=level)
    assert found.difference.mean() == pytest.approx(0.0, abs=4e-3)
    assert found.se.mean() == pytest.approx(found.difference.std(), rel=0.1)


def test_classes_of_the_standardised_difference():
    focal = np.repeat([0, 1], 100)
    X = np.zeros((200, 4), dtype=np.uint8)
    X[:50] = 1
    for item, n_right in enumerate((46, 45, 40)):
        X[100 : 100 + n_right, item] = 1
    found = standardization_dif(X, focal, matching=np.zeros(200))
    assert found.difference[:3] == pytest.approx([-0.04, -0.05, -0.10])
    assert found.classes == ("A", "B", "C", "C")


def test_breslow_and_day_agree_with_difr():
    # difR 5.1: breslowDay(data, member), which rounds to four places
    found, told = breslow_day(*verbal()), VERBAL["breslow_day"]
    np.testing.assert_allclose(found.statistic, told["stat"], atol=5.1e-5)
    np.testing.assert_allclose(found.pvalue, told["p"], atol=5.1e-5)
    assert found.df.tolist() == told["df"]


@pytest.mark.parametrize("tarone", [False, True])
def test_the_expected_counts_have_the_common_odds_ratio(tarone):
    X, male = verbal()
    item, score = 5, X.sum(axis=1)
    ratio = mantel_haenszel(X, male).alpha[item]
    statistic = beyond = total = 0.0
    for a, b, c, d in slow_table(X, male, item, score):
        if min(a + b, c + d, a + c, b + d) == 0:
            continue

        def distance(x, a=a, b=b, c=c, d=d):
            return x * (d - a + x) - ratio * (a + b - x) * (a + c - x)

        x = brentq(distance, max(0, a - d), min(a + b, a + c), xtol=1e-14)
        variance = 1 / (1 / x + 1 / (a + b - x) + 1 / (a + c - x) + 1 / (d - a + x))
        statistic, beyond, total = statistic + (a - x) ** 2 / variance, beyond + a - x, total + variance
    if tarone:
        statistic -= beyond**2 / total
    assert breslow_day(X, male, tarone=tarone).statistic[item] == pytest.approx(statistic, rel=1e-9)


def test_an_item_without_a_common_odds_ratio_has_no_statistic():
    X, male = verbal()
    found = breslow_day(np.c_[X, np.ones(len(X))], male)
    assert np.isnan(found.statistic[-1])
    assert np.isnan(found.pvalue[-1])
    assert np.isfinite(found.statistic[:-1]).all()


def test_levels_of_one_group_only_say_nothing():
    X = [[1, 0], [0, 1], [1, 1], [0, 0]]
    found = standardization_dif(X, [0, 0, 1, 1])
    assert np.isnan(found.difference).all()
    assert found.classes == ("", "")
