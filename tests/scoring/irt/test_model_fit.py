"""Fit of models against mirt, against the definitions, and where the model holds or is broken."""

import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from scoring.errors import ResponseError, ScoringError
from scoring.irt import model_fit
from scoring.irt.ability import score_eap
from scoring.irt.calibration import fit_irt
from scoring.irt.grid import Items
from scoring.irt.model_fit import compare_models, m2, q3
from tests.scoring.simulation import patterns, simulate

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "irt_lsat6.json").read_text())


def test_m2_refuses_gaps_and_models_without_freedom(lsat6):
    X = simulate(500, 3).X
    with pytest.raises(ScoringError, match="no degree of freedom"):
        m2(X, fit_irt(X))
    gaps = lsat6.astype(float)
    gaps[0, 0] = np.nan
    with pytest.raises(ResponseError, match="every cell"):
        m2(gaps, fit_irt(gaps))


def test_comparison_refuses_what_is_not_nested(lsat6):
    narrow, wide = fit_irt(lsat6, "1pl"), fit_irt(lsat6, "2pl")
    with pytest.raises(ScoringError, match="then a wider one"):
        compare_models(wide, narrow)
    with pytest.raises(ScoringError, match="same answers"):
        compare_models(narrow, fit_irt(lsat6[:500], "2pl"))


@pytest.mark.parametrize("model", ["rasch", "2pl"])
def test_m2_agrees_with_mirt(lsat6, model):
    found, told = m2(lsat6, fit_irt(lsat6, model, tol=1e-8)), FIGURES[model]["M2"]
    assert found.df == told["df"]
    assert found.m2 == pytest.approx(told["M2"], abs=5e-5)
    assert found.pvalue == pytest.approx(told["p"], abs=5e-6)
    assert (found.rmsea, found.rmsea_low) == (told["RMSEA"], told["RMSEA_5"]) == (0, 0)
    # mirt divides by n here and by n - 1 in the estimate; n - 1 serves both of ours
    assert found.rmsea_high == pytest.approx(told["RMSEA_95"] * np.sqrt(1000 / 999), abs=1e-6)
    assert found.srmsr == pytest.approx(told["SRMSR"], abs=1e-6)
    assert (found.cfi, found.tli) == pytest.approx((told["CFI"], told["TLI"]), abs=1e-6)


@pytest.mark.parametrize(("model", "n"), [("2pl", 5), ("3pl", 8)])
def test_m2_is_the_quadratic_form_of_its_definition(model, n):
    # covariances from all 2^n patterns, derivatives by differences, projection by an orthogonal complement
    X = simulate(800, n, model, seed=7).X
    fit = fit_irt(X, model, tol=1e-8, prior_c=(6, 16) if model == "3pl" else None)
    nodes = np.linspace(-6, 6, 61)
    weights = np.exp(-0.5 * nodes**2) / np.exp(-0.5 * nodes**2).sum()
    rows = patterns(n).astype(float)
    first, second = np.triu_indices(n, 1)
    moments = np.hstack([rows, rows[:, first] * rows[:, second]])

    def expected(free):
        a, d, c = np.split(np.append(free, fit.c if model == "2pl" else []), 3)
        p = c + (1 - c) / (1 + np.exp(-(nodes[:, None] * a + d)))
        chance = np.array([weights @ np.prod(np.where(row, p, 1 - p), axis=1) for row in rows])
        return chance @ moments, (moments.T * chance) @ moments

    free = np.concatenate([fit.a, fit.d, *([fit.c] if model == "3pl" else [])])
    mean, square = expected(free)
    steps = np.eye(len(free)) * 1e-5
    slopes = np.array([(expected(free + h)[0] - expected(free - h)[0]) / 2e-5 for h in steps]).T
    complement = np.linalg.svd(slopes)[0][:, len(free) :]
    residual = complement.T @ (np.hstack([X, X[:, first] * X[:, second]]).mean(axis=0) - mean)
    covariance = complement.T @ (square - np.outer(mean, mean)) @ complement
    statistic = 800 * residual @ np.linalg.solve(covariance, residual)
    assert m2(X, fit).m2 == pytest.approx(statistic, rel=1e-6)


def test_m2_does_not_write_the_covariances_down():
    X = simulate(500, 80, seed=7).X
    fit = fit_irt(X, "2pl", tol=0.1, se="none")
    tracemalloc.start()
    assert m2(X, fit).df == 80 * 81 // 2 - 160
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * (80 * 81 // 2) ** 2 / 2


def test_m2_refuses_moments_that_depend_on_one_another(monkeypatch, lsat6):
    fit = fit_irt(lsat6, "1pl")
    monkeypatch.setattr(model_fit, "MOST_STEPS", 2)  # as where no number of steps is enough
    with pytest.raises(ScoringError, match="depend on others"):
        m2(lsat6, fit)


def test_m2_accepts_the_true_model_and_rejects_a_narrower_one():
    X = simulate(5000, 15, seed=3).X
    right, wrong = m2(X, fit_irt(X, "2pl", tol=1e-6)), m2(X, fit_irt(X, "1pl", tol=1e-6))
    assert right.pvalue > 0.01
    assert right.rmsea < 0.015
    assert wrong.pvalue < 1e-6
    assert wrong.rmsea_low <= wrong.rmsea <= wrong.rmsea_high
    assert wrong.cfi < right.cfi <= 1


@pytest.mark.parametrize("model", ["rasch", "2pl"])
def test_q3_agrees_with_mirt(lsat6, model):
    told = FIGURES[model]
    items = Items(np.array(told["a"], dtype=float), np.array(told["d"]), np.zeros(5))
    found = q3(lsat6, items, sd=told.get("latent_var", 1.0) ** 0.5)
    np.testing.assert_allclose(found[np.triu_indices(5, 1)], told["Q3_lower"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(np.diag(found), 1, atol=1e-12)


def test_q3_correlates_the_residuals_of_who_met_both_items():
    truth = simulate(400, 6, "3pl", seed=2)
    X = truth.X.astype(float)
    X[::4, 1], X[1::5, 3] = np.nan, np.nan
    items = Items.from_difficulty(truth.a, truth.b, truth.c)
    theta = score_eap(X, items).theta
    residual = X - (truth.c + (1 - truth.c) / (1 + np.exp(-truth.a * (theta[:, None] - truth.b))))
    both = ~np.isnan(residual[:, 1] + residual[:, 3])
    expected = np.corrcoef(residual[both, 1], residual[both, 3])[0, 1]
    assert q3(X, items)[1, 3] == pytest.approx(expected, abs=1e-12)


def test_q3_shows_two_items_that_hang_together():
    X = simulate(3000, 20, seed=5).X
    X[:1500, 4] = X[:1500, 9]
    found = q3(X, fit_irt(X))
    off = found[np.triu_indices(20, 1)]
    assert found[4, 9] == off.max()
    assert found[4, 9] - off.mean() > 0.2


def test_a_wider_model_is_needed_only_when_it_is_true():
    one, two = simulate(3000, 12, "1pl", seed=1).X, simulate(3000, 12, "2pl", seed=1).X
    needless = compare_models(fit_irt(one, "rasch", tol=1e-6), fit_irt(one, "2pl", tol=1e-6))
    needed = compare_models(fit_irt(two, "rasch", tol=1e-6), fit_irt(two, "2pl", tol=1e-6))
    assert needless.df == needed.df == 11
    assert needless.pvalue > 0.01
    assert needed.pvalue < 1e-10
