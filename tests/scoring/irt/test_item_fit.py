"""Fit of items against mirt, against the definition, and where the model holds or is broken."""

import json
from pathlib import Path

import numpy as np
import pytest

from scoring.errors import ResponseError
from scoring.irt.ability import score_eap
from scoring.irt.calibration import fit_irt
from scoring.irt.grid import Items
from scoring.irt.item_fit import infit_outfit, join_sparse, q1, s_x2
from tests.scoring.simulation import patterns, simulate

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "irt_lsat6.json").read_text())


def items_of(model):
    told = FIGURES[model]
    return Items(np.array(told["a"], dtype=float), np.array(told["d"]), np.zeros(5))


def test_refuses_gaps_and_items_that_do_not_match(lsat6):
    X = lsat6.astype(float)
    X[3, 2] = np.nan
    with pytest.raises(ResponseError, match="every cell"):
        s_x2(X, items_of("2pl"))
    with pytest.raises(ResponseError, match="parameters of 5"):
        q1(lsat6[:, :3], items_of("2pl"))
    with pytest.raises(ResponseError, match="no parameters"):
        infit_outfit(lsat6, items_of("2pl")._replace(a=np.array([1, 1, np.nan, 1, 1])))


def test_s_x2_agrees_with_mirt(lsat6):
    found, told = s_x2(lsat6, items_of("2pl")), FIGURES["2pl"]["itemfit"]
    np.testing.assert_allclose(found.statistic, told["S_X2"], rtol=0, atol=1e-10)
    np.testing.assert_array_equal(found.df, told["df.S_X2"])
    np.testing.assert_allclose(found.pvalue, told["p.S_X2"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(found.rmsea, told["RMSEA.S_X2"], rtol=0, atol=1e-10)


def test_s_x2_expects_what_the_patterns_of_a_score_expect():
    truth = simulate(3000, 4, "3pl", seed=3)
    items = Items.from_difficulty(truth.a, truth.b, truth.c)
    nodes = np.linspace(-6, 6, 61)
    weights = np.exp(-0.5 * nodes**2)
    rows = patterns(4)
    p = items.c + (1 - items.c) / (1 + np.exp(-(nodes[:, None] * items.a + items.d)))
    chance = np.array([weights @ np.prod(np.where(row, p, 1 - p), axis=1) for row in rows])
    total, scores = 0.0, truth.X.sum(axis=1)
    for score in (1, 2, 3):
        of_score = rows.sum(axis=1) == score
        share = chance[of_score] @ rows[of_score, 0] / chance[of_score].sum()
        n, right = (scores == score).sum(), truth.X[scores == score, 0].sum()
        total += (right - n * share) ** 2 / (n * share * (1 - share))
    assert s_x2(truth.X, items, n_parameters=0).statistic[0] == pytest.approx(total, abs=1e-9)


def test_sparse_scores_are_joined_from_the_ends_and_then_inside():
    table = np.array(
        [[1, 0, 0.5, 9], [2, 0, 0.7, 9], [3, 0, 5, 9], [4, 0, 0.2, 9], [5, 0, 6, 9], [6, 0, 9, 0.1]]
    )
    joined = join_sparse(table, 1.0)
    np.testing.assert_allclose(joined[:, 0], [3, 3, 15])
    assert (joined[:, 2:] >= 1).all()
    np.testing.assert_allclose(joined.sum(axis=0), table.sum(axis=0))


@pytest.mark.parametrize("model", ["rasch", "2pl"])
def test_mean_squares_agree_with_mirt(lsat6, model):
    sd = FIGURES[model].get("latent_var", 1.0) ** 0.5
    found, told = infit_outfit(lsat6, items_of(model), sd=sd), FIGURES[model]["itemfit"]
    for ours, theirs in (
        (found.infit, "infit"),
        (found.outfit, "outfit"),
        (found.z_infit, "z.infit"),
        (found.z_outfit, "z.outfit"),
    ):
        np.testing.assert_allclose(ours, told[theirs], rtol=0, atol=1e-6, err_msg=theirs)


def test_outfit_is_the_mean_squared_residual_of_who_met_the_item():
    truth = simulate(300, 6, seed=1)
    X = truth.X.astype(float)
    X[::3, 2] = np.nan
    items = Items.from_difficulty(truth.a, truth.b)
    theta = score_eap(X, items).theta
    p = 1 / (1 + np.exp(-truth.a[2] * (theta - truth.b[2])))
    expected = np.nanmean((X[:, 2] - p) ** 2 / (p * (1 - p)))
    assert infit_outfit(X, items).outfit[2] == pytest.approx(expected, abs=1e-12)


def test_where_the_model_holds_few_items_are_rejected_and_a_broken_one_is():
    truth = simulate(4000, 40, seed=12)
    X = truth.X.copy()
    middling = np.abs(truth.theta) < 0.7
    X[middling, 7] = 1 - X[middling, 7]  # not monotone any more
    fit = fit_irt(X, tol=1e-5)
    for statistic in (s_x2, q1):
        found = statistic(X, fit)
        others = np.delete(found.pvalue, 7)
        assert found.pvalue[7] < 1e-8
        assert (others < 0.01).mean() < 0.15
        assert found.rmsea[7] > 3 * np.delete(found.rmsea, 7).max()
