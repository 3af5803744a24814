"""Logistic regression for DIF against difR, a general optimiser and simulated truth."""

import numpy as np
import pytest
from scipy.optimize import minimize

from scoring import ScoringError, logistic_dif
from tests.scoring.fairness.test_dif import VERBAL, verbal

TOLD = VERBAL["logistic"]


def test_refuses_an_unknown_comparison():
    with pytest.raises(ScoringError, match="both, uniform, nonuniform, not 'udif'"):
        logistic_dif(*verbal(), kind="udif")


@pytest.mark.parametrize(("ours", "theirs"), [("both", "both"), ("uniform", "udif"), ("nonuniform", "nudif")])
def test_agrees_with_difr(ours, theirs):
    # difR 5.1: difLogistic(data, group = "Gender", focal.name = 1, type = )
    found = getattr(logistic_dif(*verbal()), ours)
    np.testing.assert_allclose(found.chi2, TOLD[theirs]["stat"], rtol=0, atol=1e-8)
    np.testing.assert_allclose(found.delta_r2, TOLD[theirs]["deltaR2_nagelkerke"], rtol=0, atol=1e-10)


def test_the_coefficients_are_the_maximum_of_the_likelihood_of_persons():
    X, male = verbal()
    score, y = X.sum(axis=1), X[:, 7]
    design = np.column_stack([np.ones(len(X)), score, male, score * male])

    def minus_loglik(beta):
        eta = design @ beta
        return np.logaddexp(0, eta).sum() - y @ eta

    found = logistic_dif(X, male).coefficients[7]
    reached = minimize(minus_loglik, found + 0.05, method="BFGS", options={"gtol": 1e-7})
    assert minus_loglik(found) <= reached.fun + 1e-9
    assert found == pytest.approx(reached.x, abs=1e-3)


def test_an_item_that_tells_nothing_has_no_figures():
    X, male = verbal()
    one_sided = np.where(male == 1, np.nan, X[:, 0])
    found = logistic_dif(np.c_[X, np.ones(len(X)), one_sided], male)
    assert np.isnan(found.both.chi2[-2:]).all()
    assert np.isnan(found.coefficients[-2:]).all()
    assert found.both.classes[-2:] == ("", "")
    assert np.isfinite(found.both.chi2[:-2]).all()


def test_groups_that_an_item_separates_have_the_limit_of_the_likelihood():
    """Ten all right and ten all wrong at one score: 2 * 20 log 2."""
    X = np.array([[1]] * 10 + [[0]] * 10)
    found = logistic_dif(X, [0] * 10 + [1] * 10, matching=np.zeros(20))
    assert found.uniform.chi2[0] == pytest.approx(40 * np.log(2), abs=1e-8)
    assert found.uniform.delta_r2[0] == pytest.approx(1, abs=1e-8)
    assert found.nonuniform.chi2[0] == pytest.approx(0, abs=1e-8)


def test_the_gain_does_not_vanish_with_many_persons():
    X, male = verbal()
    found = logistic_dif(np.tile(X, (60, 1)), np.tile(male, 60))
    np.testing.assert_allclose(found.both.delta_r2, logistic_dif(X, male).both.delta_r2, rtol=1e-8)


def test_purification_ends_with_the_items_it_flags():
    found = logistic_dif(*verbal(), purify=True, kind="uniform")
    assert found.purification.converged
    np.testing.assert_array_equal(found.uniform.pvalue < 0.05, ~found.purification.anchor)


def test_tells_uniform_from_nonuniform():
    rng = np.random.default_rng(1990)
    focal = np.repeat([0, 1], 4000)
    ability = rng.normal(size=8000)
    slope, shift = np.ones((8000, 30)), np.zeros((8000, 30))
    shift[focal == 1, 0] = 1.0
    slope[focal == 1, 1] = 0.3
    p = 1 / (1 + np.exp(-slope * ability[:, None] + shift))
    found = logistic_dif((rng.random(p.shape) < p).astype(np.uint8), focal)
    assert found.uniform.classes[0] in "BC"
    assert found.nonuniform.pvalue[1] < 1e-6
    assert found.nonuniform.pvalue[0] > 1e-3
    assert set(found.both.classes[2:]) == {"A"}
    assert (found.uniform.pvalue[2:] < 0.01).mean() < 0.15
