"""Standard errors against mirt, against differences of the log-likelihood, and against repetition."""

import json
from pathlib import Path

import numpy as np
import pytest

from scoring.irt.calibration import fit_irt
from tests.scoring.simulation import simulate, slow_loglik

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "irt_lsat6.json").read_text())


def test_there_are_none_unless_asked_for(lsat6):
    assert np.isnan(fit_irt(lsat6).se_a).all()


@pytest.mark.parametrize("model", ["1pl", "2pl"])
def test_observed_information_agrees_with_oakes_in_mirt(lsat6, model):
    told, found = FIGURES[model], fit_irt(lsat6, model, tol=1e-7, se="observed")
    np.testing.assert_allclose(found.se_a, told["se_a"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(found.se_d, told["se_d"], rtol=0, atol=1e-6)


def test_rasch_errors_are_those_of_the_intercepts(lsat6):
    told, found = FIGURES["rasch"], fit_irt(lsat6, "rasch", tol=1e-7, se="observed")
    np.testing.assert_allclose(found.se_d, told["se_d"], rtol=0, atol=1e-6)
    np.testing.assert_array_equal(found.se_b, found.se_d)
    assert np.isnan(found.se_a).all()


def test_three_parameters_with_gaps_agree_with_second_differences():
    X = simulate(400, 4, "3pl", seed=8).X.astype(float)
    X[::6, 1] = np.nan
    found = fit_irt(X, "3pl", tol=1e-7, gradient_tol=1e-5, prior_c=(8, 26), se="observed")
    point = np.concatenate([found.a, found.d, found.c])

    def posterior(free):
        a, d, c = np.split(free, 3)
        return slow_loglik(X, a, d, c) + (7 * np.log(c) + 25 * np.log1p(-c)).sum()

    h = 2e-3
    steps = np.eye(12) * h
    hessian = np.empty((12, 12))
    for i in range(12):
        for j in range(i + 1):
            ends = [posterior(point + u * steps[i] + v * steps[j]) * u * v for u in (1, -1) for v in (1, -1)]
            hessian[i, j] = hessian[j, i] = sum(ends) / (4 * h * h)
    errors = np.sqrt(np.diag(np.linalg.inv(-hessian)))
    np.testing.assert_allclose(np.concatenate([found.se_a, found.se_d, found.se_c]), errors, rtol=2e-3)


def test_the_two_estimates_meet_in_many_persons():
    X = simulate(30000, 10, seed=2).X
    observed, product = (fit_irt(X, tol=1e-5, se=se) for se in ("observed", "cross-product"))
    np.testing.assert_allclose(product.se_a, observed.se_a, rtol=0.03)
    np.testing.assert_allclose(product.se_b, observed.se_b, rtol=0.03)


def test_estimates_of_repeated_samples_scatter_by_their_standard_error():
    fits = [fit_irt(simulate_again(k), tol=1e-4, se="observed") for k in range(60)]
    for name in ("a", "b"):
        scatter = np.std([getattr(fit, name) for fit in fits], axis=0, ddof=1)
        told = np.sqrt(np.mean([getattr(fit, f"se_{name}") ** 2 for fit in fits], axis=0))
        assert np.mean(scatter / told) == pytest.approx(1.0, abs=0.12)


def simulate_again(seed):
    truth = simulate(1, 8, seed=21)
    rng = np.random.default_rng(seed)
    p = 1 / (1 + np.exp(-truth.a * (rng.normal(size=(1500, 1)) - truth.b)))
    return (rng.random(p.shape) < p).astype(np.uint8)


def test_an_asymptote_on_its_bound_has_no_error():
    X = simulate(1000, 5, "1pl", seed=3).X
    found = fit_irt(X, "3pl", tol=1e-5, se="observed")
    assert (found.c == 0).any()
    assert np.isnan(found.se_c[found.c == 0]).all()
    assert np.isfinite(found.se_a[found.c == 0]).all()
