"""Coefficients of reliability against psych, against their definitions, and where they are not defined."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import betaincinv

from scoring import (
    ScoringError,
    alpha_interval,
    compound_binomial_sem,
    conditional_sem,
    cronbach_alpha,
    kr20,
    kr21,
    moments_of,
    omega_total,
    reliability_of,
    sem,
)
from scoring.classical.reliability import best_split_half, one_factor_minres
from scoring.responses import as_responses


def test_refuses_formulas_of_kuder_and_richardson_for_points():
    for formula in (kr20, kr21):
        with pytest.raises(ScoringError, match="0 or 1"):
            formula([[2, 1], [0, 1]])


def test_refuses_a_confidence_that_is_none():
    with pytest.raises(ScoringError, match="between 0 and 1"):
        alpha_interval(0.8, 100, 10, confidence=95)


def test_refuses_an_error_at_each_score_without_its_parts():
    with pytest.raises(ScoringError, match="two items"):
        conditional_sem(1)
    with pytest.raises(ScoringError, match="Keats"):
        conditional_sem(5, method="keats")
    with pytest.raises(ScoringError, match="do not fit"):
        compound_binomial_sem([[1, 2]], [3])
    with pytest.raises(ScoringError, match="outside its range"):
        compound_binomial_sem([[1, 4]], [3, 3])


def test_agrees_with_psych_on_lsat6(lsat6, lsat6_figures):
    # R 4.2.2: psych::alpha, psych::guttman, psych::fa(nfactors = 1, fm = "minres"), version 2.2.9
    found, told = reliability_of(lsat6), lsat6_figures["classical"]
    for name, theirs, tolerance in (
        ("alpha", "alpha_cov", 1e-12),
        ("kr20", "kr20_popvar", 1e-12),
        ("kr21", "kr21_popvar", 1e-12),
        ("lambda2", "guttman_lambda2", 1e-12),
        ("lambda6", "guttman_lambda6", 1e-12),
        ("split_half", "split_half_odd_even_SB", 1e-12),
        ("sem", "SEM_alpha", 1e-12),
        ("omega_total", "omega_total_minres_1factor_cor", 1e-5),
    ):
        assert getattr(found, name) == pytest.approx(told[theirs], abs=tolerance), name
    assert (sem(lsat6), cronbach_alpha(lsat6)) == pytest.approx((found.sem, found.alpha), abs=1e-14)


def test_errors_at_each_score_agree_with_r_on_lsat6(lsat6, lsat6_figures):
    told = lsat6_figures["classical"]
    assert conditional_sem(5) == pytest.approx(told["csem_lord"]["value"], abs=1e-12)
    keats = conditional_sem(5, method="keats", reliability=cronbach_alpha(lsat6), kr21=kr21(lsat6))
    assert keats == pytest.approx(told["csem_keats_KR21corr"]["value"], abs=1e-12)


def test_one_area_is_the_binomial_error():
    scores = np.arange(6)[:, None]
    assert compound_binomial_sem(scores, [5]) == pytest.approx(conditional_sem(5))


def test_the_interval_of_alpha_follows_the_f_distribution():
    # the F quantile through the beta quantile: F = (b / a) x / (1 - x)
    n, k, alpha = 100, 20, 0.8
    a, b = (n - 1) / 2, (n - 1) * (k - 1) / 2
    x = betaincinv(a, b, [0.975, 0.025])
    expected = 1 - (1 - alpha) * (b / a) * x / (1 - x)
    assert alpha_interval(alpha, n, k) == pytest.approx(tuple(expected), abs=1e-10)


def test_one_factor_is_recovered_from_its_own_correlations():
    loadings = np.linspace(0.3, 0.9, 12)
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1)
    assert one_factor_minres(correlation) == pytest.approx(loadings, abs=1e-7)


points = arrays(
    np.uint8, st.tuples(st.integers(5, 30), st.integers(2, 7)), elements=st.integers(0, 1), fill=st.nothing()
)


@given(points)
@settings(max_examples=50, deadline=None)
def test_the_best_split_is_not_beaten_and_bounds_hold(x):
    found = reliability_of(x)
    if np.isnan(found.alpha):
        return
    covariance = moments_of(as_responses(x)).covariance
    off = covariance - np.diag(np.diag(covariance))
    splits = [np.array(signs) for signs in product([1, -1], repeat=x.shape[1])]
    best = max(1 - (np.trace(covariance) + s @ off @ s) / covariance.sum() for s in splits)
    assert found.lambda4 <= best + 1e-9
    assert found.lambda4 >= found.lambda1 - 1e-9
    assert found.lambda1 <= found.alpha + 1e-9 or found.alpha < 0
    assert found.alpha <= found.lambda2 + 1e-9
    assert found.alpha_low <= found.alpha_high


@pytest.mark.parametrize("seed", [0, 3, 5, 7])
def test_the_best_of_all_splits_of_nine_items_is_found(seed):
    rng = np.random.default_rng(seed)
    covariance = np.cov(rng.normal(size=(60, 1)) + rng.normal(size=(60, 9)), rowvar=False)
    off = covariance - np.diag(np.diag(covariance))
    splits = (np.array(signs) for signs in product([1, -1], repeat=9))
    best = max(1 - (np.trace(covariance) + s @ off @ s) / covariance.sum() for s in splits)
    assert best_split_half(covariance) == pytest.approx(best, abs=1e-9)


def test_lambda_1_and_5_agree_with_their_definitions(lsat6):
    covariance = np.cov(lsat6, rowvar=False)
    total = covariance.sum()
    first = 1 - np.trace(covariance) / total
    squares = [sum(covariance[i, j] ** 2 for i in range(5) if i != j) for j in range(5)]
    found = reliability_of(lsat6)
    assert found.lambda1 == pytest.approx(first, abs=1e-12)
    assert found.lambda5 == pytest.approx(first + 2 * np.sqrt(max(squares)) / total, abs=1e-12)


def test_the_best_split_is_found_where_halves_are_plain():
    true = np.array([[1, 0], [0, 1]] * 20)
    x = np.column_stack([true, true])  # items 1 = 3 and 2 = 4: the halves {1, 2} and {3, 4} are the same
    noisy = x.copy()
    noisy[0] = 1
    assert best_split_half(np.cov(noisy, rowvar=False)) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("x", [[[1, 0, 1]], [[1], [0], [1]], [[1, 1, 1], [1, 1, 1]], [[1, 0], [0, 1]]])
def test_what_is_not_defined_is_nan_and_no_error(x):
    found = reliability_of(x)
    for name in ("alpha", "alpha_low", "lambda2", "lambda4", "lambda6", "omega_total", "split_half"):
        assert np.isnan(getattr(found, name)), name


def test_omega_leaves_out_an_item_that_does_not_vary(lsat6):
    wider = np.column_stack([lsat6, np.ones(len(lsat6), dtype=np.uint8)])
    assert omega_total(wider) == pytest.approx(omega_total(lsat6), abs=1e-9)
    broken = np.column_stack([lsat6, np.full(len(lsat6), 0.1)])  # the mean of a thousand 0.1 is not 0.1
    assert omega_total(broken) == pytest.approx(omega_total(lsat6), abs=1e-9)
    assert reliability_of(broken).lambda6 == pytest.approx(reliability_of(lsat6).lambda6, abs=1e-9)
