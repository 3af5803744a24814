"""Conditional Rasch against eRm and psychotools, by hand, and against a known truth."""

import json
from pathlib import Path

import numpy as np
import pytest

from scoring.errors import ScoringError
from scoring.irt.ability import score_mle
from scoring.irt.grid import Items
from scoring.irt.rasch_cml import fit_rasch_cml
from tests.scoring.simulation import simulate

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "irt_lsat6.json").read_text())


def test_refuses_a_single_telling_item():
    with pytest.raises(ScoringError, match="two items"):
        fit_rasch_cml([[1, 0], [1, 1], [1, 0]])


def test_refuses_items_that_no_person_connects():
    X = np.full((200, 4), np.nan)
    X[:100, :2], X[100:, 2:] = np.tile([[0, 1], [1, 0]], (50, 1)), np.tile([[0, 1], [1, 0]], (50, 1))
    with pytest.raises(ScoringError, match="fall apart"):
        fit_rasch_cml(X)


def test_refuses_gaps_that_differ_for_every_person():
    X = simulate(300, 12).X.astype(float)
    X[np.random.default_rng(1).random(X.shape) < 0.3] = np.nan
    with pytest.raises(ScoringError, match="needs forms"):
        fit_rasch_cml(X)


def test_two_items_by_hand():
    # 30 persons only the first right, 10 only the second: the odds are 3, whatever the others did
    X = [[1, 0]] * 30 + [[0, 1]] * 10 + [[1, 1]] * 5 + [[0, 0]] * 5
    found = fit_rasch_cml(X)
    assert found.b[1] - found.b[0] == pytest.approx(np.log(3), abs=1e-12)
    assert found.n_persons == 40
    assert found.loglik == pytest.approx(30 * np.log(0.75) + 10 * np.log(0.25), abs=1e-10)
    assert found.se[0] == pytest.approx(np.sqrt(1 / 30 + 1 / 10) / 2, abs=1e-12)


def test_agrees_with_psychotools_and_erm(lsat6):
    found, relative, erm = fit_rasch_cml(lsat6), FIGURES["psychotools"], FIGURES["eRm"]
    assert found.loglik == pytest.approx(relative["loglik"], abs=1e-9)
    np.testing.assert_allclose(found.b[1:] - found.b[0], relative["difficulty_rel_first"], rtol=0, atol=1e-6)
    np.testing.assert_allclose(found.b, -np.array(erm["beta_easiness"]), rtol=0, atol=1e-5)  # eRm stops early
    np.testing.assert_allclose(found.se, erm["se"], rtol=0, atol=1e-5)


def test_persons_then_agree_with_erm(lsat6):
    told = FIGURES["eRm_person_ml"]
    found = fit_rasch_cml(lsat6)
    X = np.tril(np.ones((6, 5), dtype=np.uint8), -1)
    theta = score_mle(X, Items.from_difficulty(1.0, found.b)).theta
    np.testing.assert_allclose(theta[1:5], told["theta"][1:5], rtol=0, atol=1e-4)


def test_finds_a_simulated_truth_whatever_the_abilities_are():
    truth = simulate(6000, 40, "1pl", seed=4, mean=1.5, sd=2.0)
    found = fit_rasch_cml(truth.X)
    z = (found.b - (truth.b - truth.b.mean())) / found.se
    assert found.converged
    assert np.abs(z).max() < 4
    assert z.std() == pytest.approx(1, abs=0.3)


def test_forms_with_common_items_share_a_scale():
    truth = simulate(6000, 24, "1pl", seed=6)
    X = truth.X.astype(float)
    X[:3000, 16:], X[3000:, :8] = np.nan, np.nan
    found = fit_rasch_cml(X)
    assert np.abs((found.b - (truth.b - truth.b.mean())) / found.se).max() < 4


def test_a_constant_item_has_no_difficulty_and_changes_nothing(lsat6):
    found = fit_rasch_cml(np.insert(lsat6, 1, 0, axis=1))
    assert np.isnan([found.b[1], found.se[1]]).all()
    np.testing.assert_allclose(np.delete(found.b, 1), fit_rasch_cml(lsat6).b, atol=1e-10)
