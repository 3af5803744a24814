"""Equating by response theory against SNSequate, and against what the words mean."""

import numpy as np
import pytest

from scoring import Items, ScoringError, irt_observed_score_equate, irt_true_score_equate
from scoring.equating.equivalent_groups import equipercentile_equate
from scoring.irt.grid import normal_log_weights, normal_nodes
from tests.scoring.equating.test_anchor_equating import KB


def form(which):
    told = KB["table_6_8"][which]
    return Items.from_difficulty(1.7 * np.array(told["a"]), told["b"], told["c"])


def expected_score(items, theta):
    return (items.c + (1 - items.c) / (1 + np.exp(-(theta * items.a + items.d)))).sum()


@pytest.mark.parametrize("a", [np.nan, 0.0, -1.0])
def test_refuses_items_without_a_rising_curve(a):
    good = Items.from_difficulty([1.0, 1.0], [0.0, 1.0])
    with pytest.raises(ScoringError, match="discrimination above 0"):
        irt_true_score_equate(good, Items.from_difficulty([1.0, a], [0.0, 1.0]))


@pytest.mark.parametrize(("theta", "weights"), [([0, 1], [1]), ([0, 1], [1, -1]), ([0, 1], [0, 0])])
def test_refuses_a_population_without_weights(theta, weights):
    with pytest.raises(ScoringError, match="needs a weight"):
        irt_observed_score_equate(form("x"), form("y"), theta, weights)


def test_true_scores_agree_with_snsequate():
    # SNSequate 1.3-5: irt.eq(method = "TS"); the table gives the parameters of the new form rounded to 1e-4
    found = irt_true_score_equate(form("x"), form("y")).equivalents
    np.testing.assert_allclose(found, KB["true_score"]["tau_y"], rtol=0, atol=3e-4)


def test_an_equivalent_is_the_true_score_at_the_same_ability():
    x, y = form("x"), form("y")
    found = irt_true_score_equate(x, y).equivalents
    for theta in (-1.5, 0.0, 1.2):
        score = expected_score(x, theta)
        below = int(score)
        low, high = found[below], found[below + 1]
        assert low <= expected_score(y, theta) <= high
    told = KB["true_score"]["theta_equivalent"][20]
    assert expected_score(x, told) == pytest.approx(20, abs=1e-3)
    assert found[20] == pytest.approx(expected_score(y, told), abs=1e-3)


def test_scores_below_chance_are_joined_to_0_by_a_line():
    x, y = form("x"), form("y")
    found = irt_true_score_equate(x, y).equivalents
    below = np.arange(37) < x.c.sum()
    np.testing.assert_allclose(found[below], np.arange(37)[below] * y.c.sum() / x.c.sum())
    assert below.sum() == 7
    assert found[-1] == 36


def test_forms_without_guessing_begin_at_0():
    x = Items.from_difficulty([1.0, 1.3, 0.7], [0.0, 0.5, -1.0])
    y = Items.from_difficulty([1.0, 1.3, 0.7, 1.1], [0.0, 0.5, -1.0, 0.2])
    found = irt_true_score_equate(x, y).equivalents
    assert found[[0, -1]].tolist() == [0, 4]
    assert (np.diff(found) > 0).all()
    np.testing.assert_allclose(irt_true_score_equate(x, x).equivalents, np.arange(4), atol=1e-10)


def test_equal_ranks_of_expected_scores_agree_with_snsequate():
    # SNSequate takes another equivalent at score 0, where the rank lies below that of every old score
    told = KB["observed_score"]
    found = equipercentile_equate(told["f_hat"], told["g_hat"]).equivalents
    np.testing.assert_allclose(found[1:], told["e_Y_x"][1:], rtol=0, atol=1e-6)


def test_observed_scores_are_those_of_simulated_persons():
    x, y = form("x"), form("y")
    nodes = normal_nodes()
    found = irt_observed_score_equate(x, y, nodes, np.exp(normal_log_weights(nodes))).equivalents
    rng = np.random.default_rng(36)
    theta = rng.normal(size=(40_000, 1))
    counts = []
    for items in (x, y):
        right = rng.random((40_000, 36)) < items.c + (1 - items.c) / (
            1 + np.exp(-(theta * items.a + items.d))
        )
        counts.append(np.bincount(right.sum(axis=1), minlength=37))
    simulated = equipercentile_equate(*counts).equivalents
    assert found[5:34] == pytest.approx(simulated[5:34], abs=0.2)
