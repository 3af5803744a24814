"""Abilities against mirt, against the definitions, and where no estimate exists."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ResponseError
from scoring.irt import ability
from scoring.irt.ability import score_eap, score_eapsum, score_map, score_mle, score_wle
from scoring.irt.calibration import fit_irt
from scoring.irt.grid import Items
from tests.scoring.simulation import patterns, simulate

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "irt_lsat6.json").read_text())
METHODS = {"EAP": score_eap, "MAP": score_map, "ML": score_mle, "WLE": score_wle}


def items_of(model):
    told = FIGURES[model]
    return Items(np.array(told["a"], dtype=float), np.array(told["d"]), np.zeros(5))


def test_refuses_answers_and_items_that_do_not_match(lsat6):
    with pytest.raises(ResponseError, match="answers to 4 items and parameters of 5"):
        score_eap(lsat6[:, :4], items_of("2pl"))
    with pytest.raises(ResponseError, match="no item has parameters"):
        score_eap(lsat6, Items(*np.full((3, 5), np.nan)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("model", ["rasch", "2pl"])
def test_agrees_with_mirt(method, model):
    told = FIGURES[model]["scores"]
    X = [[int(digit) for digit in pattern] for pattern in told["pattern"]]
    prior = {"sd": FIGURES[model].get("latent_var", 1.0) ** 0.5} if method in ("EAP", "MAP") else {}
    found = METHODS[method](X, items_of(model), **prior)
    theta, se = (np.array(told[method][name], dtype=float) for name in ("theta", "se"))
    finite = np.isfinite(theta)  # mirt stops at 1e-5 or so of the maximum
    np.testing.assert_allclose(found.theta[finite], theta[finite], rtol=0, atol=5e-6)
    np.testing.assert_allclose(found.se[finite], se[finite], rtol=0, atol=1e-4)
    assert np.isinf(found.theta[~finite]).all()


@pytest.mark.parametrize("model", ["rasch", "2pl"])
def test_ability_by_raw_score_agrees_with_mirt(model):
    sd = FIGURES[model].get("latent_var", 1.0) ** 0.5
    found, told = score_eapsum(items_of(model), sd=sd), FIGURES[model]["EAPsum"]
    np.testing.assert_allclose(found.theta, told["theta"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(found.se, told["se"], rtol=0, atol=1e-6)
    assert found.probability.sum() == pytest.approx(1, abs=1e-12)


def test_ability_by_raw_score_is_the_mean_over_its_patterns():
    items = Items.from_difficulty([0.7, 1.3, 1.1], [-0.5, 0.2, 1.0], [0.2, 0.0, 0.1])
    nodes = np.linspace(-6, 6, 61)
    weights = np.exp(-0.5 * nodes**2)
    p = items.c + (1 - items.c) / (1 + np.exp(-(nodes[:, None] * items.a + items.d)))
    table = score_eapsum(items)
    for score in range(4):
        rows = [row for row in patterns(3) if row.sum() == score]
        joint = weights * sum(np.prod(np.where(row, p, 1 - p), axis=1) for row in rows)
        assert table.theta[score] == pytest.approx(joint @ nodes / joint.sum(), abs=1e-12)
        assert table.probability[score] == pytest.approx(joint.sum() / weights.sum(), abs=1e-12)


def test_the_posterior_mean_is_that_of_the_definition():
    truth = simulate(40, 9, "3pl", seed=2)
    X = truth.X.astype(float)
    X[:20, 3] = np.nan
    nodes = np.linspace(-6, 6, 61)
    p = truth.c + (1 - truth.c) / (1 + np.exp(-truth.a * (nodes[:, None] - truth.b)))
    found = score_eap(X, Items.from_difficulty(truth.a, truth.b, truth.c), mean=0.3, sd=1.2)
    for row, theta, se in zip(X, *found, strict=True):
        met = ~np.isnan(row)
        weights = np.exp(-0.5 * ((nodes - 0.3) / 1.2) ** 2)
        weights = weights * np.prod(np.where(row[met] == 1, p[:, met], 1 - p[:, met]), axis=1)
        mean = weights @ nodes / weights.sum()
        assert theta == pytest.approx(mean, abs=1e-10)
        assert se == pytest.approx(np.sqrt(weights @ (nodes - mean) ** 2 / weights.sum()), abs=1e-10)


@pytest.mark.parametrize("method", ["MAP", "ML", "WLE"])
def test_estimates_are_where_their_objective_is_highest(method):
    truth = simulate(1, 9, "3pl", seed=5)
    X = patterns(9)
    items = Items.from_difficulty(truth.a, truth.b, truth.c if method != "WLE" else 0.0 * truth.c)
    found = METHODS[method](X, items)
    grid = np.linspace(-12, 12, 4801)
    p = items.c + (1 - items.c) / (1 + np.exp(-(grid[:, None] * items.a + items.d)))
    value = X @ np.log(p).T + (1.0 - X) @ np.log1p(-p).T
    if method == "MAP":
        value -= 0.5 * grid**2
    if method == "WLE":  # for two parameters Warm's estimate maximises the likelihood times sqrt(I)
        value += 0.5 * np.log((p * (1 - p)) @ items.a**2)
    best = grid[value.argmax(axis=1)]
    inside = np.abs(best) < 11.9
    np.testing.assert_allclose(found.theta[inside], best[inside], atol=3e-3)
    assert inside.sum() > 350
    assert np.isinf(found.theta[~inside]).all()


@pytest.mark.parametrize("method", METHODS)
def test_the_table_gives_what_the_iteration_gives(method, monkeypatch):
    truth = simulate(20000, 20, seed=3)
    items = Items.from_difficulty(truth.a, truth.b)
    by_table = METHODS[method](truth.X, items)
    monkeypatch.setattr(ability, "TABLE_FROM", 10**9)
    monkeypatch.setattr("scoring.irt.ability_tables.TABLE_SIZE", 10**9)
    one_by_one = METHODS[method](truth.X[:2000], items)
    finite = np.isfinite(one_by_one.theta)
    np.testing.assert_array_equal(np.isfinite(by_table.theta[:2000]), finite)
    np.testing.assert_allclose(by_table.theta[:2000][finite], one_by_one.theta[finite], atol=1e-8)
    np.testing.assert_allclose(by_table.se[:2000][finite], one_by_one.se[finite], atol=2e-6)


def test_all_right_and_all_wrong_have_no_finite_likelihood_estimate():
    items = Items.from_difficulty([1, 1.2, 0.8], [0, 1, -1])
    X = [[1, 1, 1], [0, 0, 0], [1, 0, 1]]
    found = score_mle(X, items)
    assert found.theta[:2].tolist() == [np.inf, -np.inf]
    assert np.isinf(found.se[:2]).all()
    assert np.isfinite(found.theta[2])
    assert np.isfinite(score_wle(X, items).theta).all()


def test_who_answered_nothing_gets_the_prior_or_no_estimate():
    items = Items.from_difficulty([1, 1.2, 0.8], [0, 1, -1])
    X = [[np.nan] * 3, [1, 0, np.nan]]
    eap, ml = score_eap(X, items, sd=1.5), score_mle(X, items)
    assert eap.theta[0] == pytest.approx(0, abs=1e-12)
    assert eap.se[0] == pytest.approx(1.5, abs=1e-3)
    assert score_map(X, items, mean=0.4).theta[0] == pytest.approx(0.4, abs=1e-9)
    assert np.isnan(ml.theta[0])
    assert np.isfinite(ml.theta[1])


def test_abilities_are_found_again_and_their_errors_are_honest():
    truth = simulate(20000, 60, seed=8)
    for method in METHODS.values():
        found = method(truth.X, Items.from_difficulty(truth.a, truth.b))
        finite = np.isfinite(found.theta)
        z = (found.theta - truth.theta)[finite] / found.se[finite]
        assert abs(z.mean()) < 0.06
        assert z.std() == pytest.approx(1, abs=0.08)


def test_an_item_without_parameters_is_left_out(lsat6):
    fit = fit_irt(np.insert(lsat6, 0, 1, axis=1), tol=1e-6)
    with_constant = score_eap(np.insert(lsat6, 0, 1, axis=1), fit)
    plain = score_eap(lsat6, fit_irt(lsat6, tol=1e-6))
    np.testing.assert_allclose(with_constant.theta, plain.theta, atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_one_more_right_answer_never_lowers_an_estimate(seed):
    rng = np.random.default_rng(seed)
    items = Items.from_difficulty(rng.uniform(0.3, 2, 6), rng.normal(size=6), rng.uniform(0, 0.3, 6))
    row = rng.integers(0, 2, 6)
    j = rng.integers(6)
    X = np.array([row, row])
    X[:, j] = (0, 1)
    low, high = score_eap(X, items).theta
    assert high > low


def test_the_prior_is_that_of_the_calibration_unless_told_otherwise(lsat6):
    fit = fit_irt(lsat6, "rasch")
    for score in (score_eap, score_map):
        ours, told = score(lsat6, fit), score(lsat6, fit, sd=float(fit.latent_sd[0]))
        np.testing.assert_array_equal(ours.theta, told.theta)
        assert np.ptp(score(lsat6, fit, sd=1.0).theta) > np.ptp(ours.theta)
