"""Calibration against published figures, against mirt, against the definition, and against a known truth."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from scoring.blas_threads import one_blas_thread
from scoring.errors import ResponseError, ScoringError
from scoring.irt.calibration import fit_irt
from scoring.irt.information import irf
from scoring.responses import ResponseMatrix
from tests.scoring.simulation import simulate, slow_loglik

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "irt_lsat6.json").read_text())


@pytest.mark.parametrize(
    ("X", "model", "complaint"),
    [
        (np.zeros(5), "2pl", "persons x items"),
        ([[0, 2], [1, 0]], "2pl", "person 1, item 2: 2 is neither 0, 1 nor missing"),
        ([[0.0, 1.0], [0.5, 0.0]], "2pl", "person 2, item 1: 0.5"),
        ([["A", "B"]], "2pl", "are 0, 1 or missing"),
        (np.ones((50, 5)), "2pl", "needs 3 items with both right and wrong answers; there are 0"),
        (np.full((50, 5), np.nan), "1pl", "there are 0"),
        ([[0, 1, 0], [1, 0, 1]], "2pl", "at least 10 persons; there are 2"),
        ([[0], [1]] * 20, "1pl", "needs 2 items"),
        ([[0, 1], [1, 0]] * 20, "3pl", "needs 3 items"),
        ([[0, 1], [1, 0]] * 20, "4pl", "one of rasch, 1pl, 2pl, 3pl"),
    ],
)
def test_refuses_what_cannot_be_calibrated(X, model, complaint):
    with pytest.raises(ScoringError, match=complaint):
        fit_irt(X, model)


def test_refuses_groups_of_another_number_of_persons(lsat6):
    with pytest.raises(ScoringError, match="one label for each of 1000 persons"):
        fit_irt(lsat6, groups=["kk", "ru"])


def test_refuses_points_other_than_one():
    with pytest.raises(ResponseError, match="0 or 1 point"):
        fit_irt(ResponseMatrix.from_points([[0, 2, 1], [1, 0, 1]] * 10))


def test_one_common_discrimination_is_the_published_one(lsat6):
    # Rizopoulos (2006), J. Stat. Softw. 17(5), section 4.1
    told, found = FIGURES["published"], fit_irt(lsat6, "1pl", tol=1e-6)
    np.testing.assert_allclose(found.b, told["b"], rtol=0, atol=5e-5)
    np.testing.assert_allclose(found.a, told["a"], rtol=0, atol=5e-5)
    assert found.loglik == pytest.approx(told["loglik"], abs=5e-4)


@pytest.mark.parametrize("model", ["1pl", "2pl"])
def test_agrees_with_mirt_on_lsat6(lsat6, model):
    told, found = FIGURES[model], fit_irt(lsat6, model, tol=1e-6)
    assert found.loglik >= told["logLik"] - 1e-8
    for ours, theirs in ((found.a, "a"), (found.d, "d"), (found.b, "b")):
        np.testing.assert_allclose(ours, told[theirs], rtol=0, atol=2e-5, err_msg=theirs)
    assert (found.aic, found.bic) == pytest.approx((told["AIC"], told["BIC"]), abs=1e-6)


def test_rasch_is_one_common_discrimination_on_another_scale(lsat6):
    told, found = FIGURES["rasch"], fit_irt(lsat6, "rasch", tol=1e-6)
    assert (found.a == 1.0).all()
    np.testing.assert_allclose(found.d, told["d"], rtol=0, atol=1e-5)
    assert found.latent_sd[0] ** 2 == pytest.approx(told["latent_var"], abs=1e-5)
    assert found.loglik == pytest.approx(told["logLik"], abs=1e-6)


@pytest.mark.parametrize("model", ["1pl", "2pl", "3pl"])
def test_the_log_likelihood_is_that_of_the_definition(model):
    X = simulate(200, 8, "3pl").X.astype(float)
    X[::7, 2] = np.nan
    X[3::11, 5] = np.nan
    found = fit_irt(X, model, tol=1e-3)
    assert found.loglik == pytest.approx(slow_loglik(X, found.a, found.d, found.c), abs=1e-8)


def test_three_parameters_reach_what_another_optimiser_reaches():
    X = simulate(1500, 8, "3pl", seed=4).X
    nodes = np.linspace(-6, 6, 61)

    def minus_loglik(free):
        a, d, c = np.split(free, 3)
        s = 1 / (1 + np.exp(-(np.outer(a, nodes) + d[:, None])))
        p = np.clip(c[:, None] + (1 - c[:, None]) * s, 1e-12, 1 - 1e-12)
        log_joint = X @ np.log(p) + (1.0 - X) @ np.log1p(-p) - 0.5 * nodes**2
        log_person = np.logaddexp.reduce(log_joint, axis=1)
        posterior = np.exp(log_joint - log_person[:, None])
        residual = (X.T @ posterior - posterior.sum(axis=0) * p) / p
        slope = [(residual * s) @ nodes, (residual * s).sum(axis=1), residual.sum(axis=1) / (1 - c)]
        norm = np.log(np.exp(-0.5 * nodes**2).sum())
        return norm * len(X) - log_person.sum(), -np.concatenate(slope)

    found = fit_irt(X, "3pl", tol=1e-6, gradient_tol=1e-4)
    start = np.concatenate([np.ones(8), np.zeros(8), np.full(8, 0.2)])
    bounds = [(0.05, 10)] * 8 + [(-10, 10)] * 8 + [(0, 0.9)] * 8
    with one_blas_thread():
        other = minimize(
            minus_loglik, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 300}
        )
    value, slope = minus_loglik(np.concatenate([found.a, found.d, found.c]))
    assert value == pytest.approx(-found.loglik, abs=1e-7)
    assert value <= other.fun + 1e-4
    inside = np.concatenate([np.ones(16, dtype=bool), found.c > 0])
    assert np.linalg.norm(slope[inside]) == pytest.approx(found.grad_norm, abs=1e-6)
    assert found.converged
    assert found.grad_norm < 1e-3


@pytest.mark.parametrize(
    ("model", "n_persons", "of_a", "of_b"),
    [("1pl", 5000, 0.05, 0.15), ("2pl", 8000, 0.17, 0.2)],
)
def test_finds_a_simulated_truth(model, n_persons, of_a, of_b):
    truth = simulate(n_persons, 30, model, seed=11)
    found = fit_irt(truth.X, model, tol=1e-5)
    assert found.converged
    np.testing.assert_allclose(found.a, truth.a, rtol=0, atol=of_a)
    np.testing.assert_allclose(found.b, truth.b, rtol=0, atol=of_b)
    assert not found.c.any()


def test_finds_the_curves_of_three_parameters_where_the_persons_are():
    # single parameters are badly determined together; the curves they draw are not
    truth = simulate(20000, 30, "3pl", seed=11)
    found = fit_irt(truth.X, "3pl", tol=1e-5)
    theta = np.linspace(-2, 2, 41)
    drawn, true = (irf(theta, items.a, items.b, items.c) for items in (found, truth))
    assert np.abs(drawn - true).max() < 0.05
    assert np.sqrt(np.mean((drawn - true) ** 2)) < 0.01


def test_forms_with_common_items_are_calibrated_on_one_scale():
    truth = simulate(6000, 30, seed=5)
    X = truth.X.astype(float)
    X[:3000, 20:] = np.nan
    X[3000:, :10] = np.nan
    found = fit_irt(X, "2pl", tol=1e-5)
    np.testing.assert_allclose(found.b, truth.b, rtol=0, atol=0.35)
    assert np.corrcoef(found.b, truth.b)[0, 1] > 0.995


def test_groups_of_different_ability_share_the_scale_of_the_first():
    first, second = simulate(4000, 20, seed=6), simulate(4000, 20, seed=6, mean=0.8, sd=1.3)
    found = fit_irt(np.concatenate([first.X, second.X]), groups=["a"] * 4000 + ["b"] * 4000, tol=1e-5)
    assert found.latent_mean == pytest.approx([0, 0.8], abs=0.08)
    assert found.latent_sd == pytest.approx([1, 1.3], abs=0.08)
    np.testing.assert_allclose(found.b, first.b, rtol=0, atol=0.2)


def test_gaps_by_form_and_gaps_person_by_person_give_the_same(monkeypatch):
    X = simulate(600, 12, seed=9).X.astype(float)
    X[:300, 8:] = np.nan
    X[300:, :4] = np.nan
    by_form = fit_irt(X, "2pl", tol=1e-6)
    monkeypatch.setattr("scoring.irt.answers.FEWEST_CELLS_SCATTERED", 0)
    by_person = fit_irt(X, "2pl", tol=1e-6)
    assert by_person.loglik == pytest.approx(by_form.loglik, abs=1e-7)
    np.testing.assert_allclose(by_person.a, by_form.a, atol=1e-5)


def test_an_item_that_all_answer_alike_has_no_parameters_and_changes_nothing(lsat6):
    plain = fit_irt(lsat6, tol=1e-5)
    wider = fit_irt(np.insert(lsat6, 2, 1, axis=1), tol=1e-5)
    assert np.isnan([wider.a[2], wider.b[2], wider.d[2]]).all()
    np.testing.assert_allclose(np.delete(wider.a, 2), plain.a, atol=1e-10)
    assert wider.loglik == pytest.approx(plain.loglik, abs=1e-8)


@pytest.mark.parametrize("model", ["rasch", "1pl", "2pl", "3pl"])
def test_items_that_are_copies_of_one_another_have_steep_curves_that_rise(model):
    X = np.repeat(np.random.default_rng(0).integers(0, 2, (200, 1)), 5, axis=1)
    found = fit_irt(X, model, max_iter=300, se="observed")
    assert (found.a > 0).all()
    assert found.loglik <= 200 * np.log(0.5) + 2.0
    assert found.loglik > -145


def test_who_answered_nothing_changes_only_the_count():
    X = simulate(400, 6).X.astype(float)
    silent = np.vstack([X, np.full((3, 6), np.nan)])
    plain, with_silent = fit_irt(X, tol=1e-6), fit_irt(silent, tol=1e-6)
    assert with_silent.n_persons == plain.n_persons == 400
    assert with_silent.loglik == pytest.approx(plain.loglik, abs=1e-8)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), model=st.sampled_from(["1pl", "2pl"]))
def test_the_order_of_persons_and_items_changes_nothing(seed, model):
    X = simulate(300, 7, seed=3).X
    rng = np.random.default_rng(seed)
    persons, items = rng.permutation(300), rng.permutation(7)
    plain, shuffled = fit_irt(X, model, tol=1e-7), fit_irt(X[persons][:, items], model, tol=1e-7)
    assert shuffled.loglik == pytest.approx(plain.loglik, abs=1e-8)
    np.testing.assert_allclose(shuffled.b, plain.b[items], atol=1e-4)


@pytest.mark.parametrize("kind", [bool, np.int64, np.float32, "masked"])
def test_the_kind_of_numbers_changes_nothing(lsat6, kind):
    X = np.ma.masked_array(lsat6, mask=np.zeros_like(lsat6)) if kind == "masked" else lsat6.astype(kind)
    assert fit_irt(X, "1pl").loglik == fit_irt(lsat6, "1pl").loglik


def test_minus_one_and_nan_and_255_are_missing():
    X = simulate(200, 5).X
    X[::9, 1] = 255
    signed, real = X.astype(np.int16), X.astype(float)
    signed[X == 255], real[X == 255] = -1, np.nan
    assert fit_irt(signed).loglik == fit_irt(real).loglik == fit_irt(X).loglik


def test_a_response_matrix_counts_omissions_as_wrong_and_unmet_items_as_missing():
    points = simulate(200, 5).X.astype(float)
    points[::9, 1] = np.nan
    X = np.where(np.isnan(points), 255, points).astype(np.uint8)
    assert fit_irt(ResponseMatrix.from_points(points)).loglik == fit_irt(X).loglik


def test_a_prior_draws_the_lower_asymptotes_to_itself():
    X = simulate(800, 15, "3pl", seed=2).X
    free, drawn = fit_irt(X, "3pl", tol=1e-5), fit_irt(X, "3pl", tol=1e-5, prior_c=(60, 180))
    assert np.abs(drawn.c - 0.25).max() < 0.1 < np.abs(free.c - 0.25).max()
    assert drawn.loglik < free.loglik
    assert drawn.loglik == pytest.approx(slow_loglik(X, drawn.a, drawn.d, drawn.c), abs=1e-7)
    assert drawn.grad_norm < 0.1


def test_the_better_of_two_climbs_is_taken(monkeypatch):
    X = simulate(300, 6, "3pl", seed=31).X
    both = fit_irt(X, "3pl", max_iter=300)
    monkeypatch.setattr("scoring.irt.calibration.SEVERAL_STARTS_UP_TO", 0)
    one = fit_irt(X, "3pl", max_iter=300)
    assert both.loglik > one.loglik + 0.5
    assert both.loglik == pytest.approx(slow_loglik(X, both.a, both.d, both.c), abs=1e-7)


def test_reports_every_pass_and_says_when_it_did_not_finish(lsat6):
    seen = []
    found = fit_irt(lsat6, tol=1e-8, max_iter=4, progress=lambda *pass_: seen.append(pass_))
    assert [n for n, _, _ in seen] == [1, 2, 3, 4]
    assert not found.converged
    assert found.n_iter == 4


def test_a_tighter_tolerance_is_nearer_to_the_maximum(lsat6):
    loose, tight = fit_irt(lsat6, tol=1e-2), fit_irt(lsat6, tol=1e-7)
    assert tight.grad_norm < 1e-3 < loose.grad_norm
    assert tight.loglik > loose.loglik
    assert tight.n_iter > loose.n_iter
