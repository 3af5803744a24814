"""lz* and HT: against slow computations, and against what guessing and copying do to them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring import Items, ResponseError, ht, lz_star, score_map, score_mle
from tests.scoring.simulation import simulate


def slow_lz_star(row, theta, items, r0):
    """Snijders (2001), equations 5 to 8, item by item; `r0` is that of the estimating equation."""
    w_sum = c_top = c_bottom = 0.0
    parts = []
    for x, a, d, c in zip(row, *items, strict=True):
        p = c + (1 - c) / (1 + np.exp(-(a * theta + d)))
        slope = a * (p - c) * (1 - p) / (1 - c)
        w, r = np.log(p / (1 - p)), slope / (p * (1 - p))
        w_sum += (x - p) * w
        c_top, c_bottom = c_top + slope * w, c_bottom + slope * r
        parts.append((p, w, r))
    c_n = c_top / c_bottom
    tau = sum((w - c_n * r) ** 2 * p * (1 - p) for p, w, r in parts)
    return (w_sum + c_n * r0) / np.sqrt(tau)


@pytest.mark.parametrize("model", ["2pl", "3pl"])
def test_agrees_with_the_equations_of_snijders(model):
    truth = simulate(40, 30, model, seed=4)
    items = Items.from_difficulty(truth.a, truth.b, truth.c)
    modes = score_map(truth.X, items).theta
    found = lz_star(truth.X, items, theta=modes)
    for i in range(40):
        expected = slow_lz_star(truth.X[i], modes[i], items, -modes[i])
        assert found[i] == pytest.approx(expected, abs=1e-4)


def test_maximum_likelihood_needs_no_term_of_the_prior():
    truth = simulate(30, 30, seed=6)
    items = Items.from_difficulty(truth.a, truth.b)
    best = score_mle(truth.X, items).theta
    found = lz_star(truth.X, items, theta=best)
    known = np.flatnonzero(np.isfinite(best))
    assert found[known[0]] == pytest.approx(
        slow_lz_star(truth.X[known[0]], best[known[0]], items, 0.0), abs=1e-4
    )


def test_is_standard_normal_for_who_answers_by_the_model():
    truth = simulate(4000, 60, seed=12)
    found = lz_star(truth.X, Items.from_difficulty(truth.a, truth.b))
    assert found.mean() == pytest.approx(0, abs=0.1)
    assert found.std() == pytest.approx(1, abs=0.06)
    assert (found < -1.645).mean() == pytest.approx(0.05, abs=0.02)


def test_who_fails_the_easy_and_knows_the_hard_stands_out():
    truth = simulate(500, 60, seed=2)
    items = Items.from_difficulty(truth.a, truth.b)
    X = truth.X.copy()
    X[0] = truth.b > np.median(truth.b)
    assert lz_star(X, items)[0] < -5
    assert ht(X)[0] < -0.2
    assert ht(X)[0] == np.nanmin(ht(X))


def test_who_answered_nothing_has_no_fit():
    X = [[1, 0, 1], [np.nan, np.nan, np.nan]]
    found = lz_star(X, Items.from_difficulty([1, 1.2, 0.8], [0, 1, -1]))
    assert np.isfinite(found[0])
    assert np.isnan(found[1])


def test_items_without_parameters_and_without_answers_are_left_out():
    truth = simulate(20, 12, seed=3)
    items = Items.from_difficulty(truth.a, truth.b)
    gap = items._replace(a=np.where(np.arange(12) == 5, np.nan, items.a))
    kept = np.arange(12) != 5
    holes = np.where(kept, truth.X.astype(float), np.nan)
    short = lz_star(truth.X[:, kept], Items(*(v[kept] for v in items)))
    np.testing.assert_allclose(lz_star(truth.X, gap), short, atol=1e-10)
    np.testing.assert_allclose(lz_star(holes, items), short, atol=1e-6)


@pytest.mark.parametrize("X", [[[1, 0]], [[1, 2], [0, 1]], [[1, np.nan], [0, 1]]])
def test_ht_refuses_what_it_cannot_compare(X):
    with pytest.raises(ResponseError, match="HT compares"):
        ht(X)


@given(arrays(np.uint8, st.tuples(st.integers(2, 12), st.integers(2, 8)), elements=st.integers(0, 1)))
@settings(max_examples=60, deadline=None)
def test_ht_is_covariance_over_the_largest(X):
    found = ht(X)
    for i, row in enumerate(X):
        top = bottom = 0.0
        for j, other in enumerate(X):
            if i != j:
                one, two = row.mean(), other.mean()
                top += (row * other).mean() - one * two
                bottom += min(one, two) - one * two
        constant = row.all() or not row.any()
        if constant or bottom < 1e-12:
            assert np.isnan(found[i])
        else:
            assert found[i] == pytest.approx(top / bottom, abs=1e-9)


def test_ht_is_1_when_nobody_contradicts_anybody():
    X = np.tril(np.ones((5, 5), dtype=int))[:4]
    assert ht(X) == pytest.approx(np.ones(4))
