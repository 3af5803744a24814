"""The M-step: gradients against differences, and a maximum where one is reported."""

import numpy as np
import pytest

from scoring.irt.expectation import Expected
from scoring.irt.grid import Items, normal_log_weights, normal_nodes
from scoring.irt.maximization import FLAT, BetaPrior, gradient, maximize_1pl, maximize_2pl, maximize_3pl

NODES = normal_nodes(31)


@pytest.fixture
def expected():
    """Expected answers of 1000 persons to five three-parameter items, slightly off any model."""
    rng = np.random.default_rng(7)
    items = Items.from_difficulty(rng.uniform(0.6, 2, 5), rng.normal(size=5), rng.uniform(0.1, 0.3, 5))
    seen = np.tile(1000 * np.exp(normal_log_weights(NODES)), (5, 1))
    p = items.c[:, None] + (1 - items.c[:, None]) / (
        1 + np.exp(-(np.outer(items.a, NODES) + items.d[:, None]))
    )
    return Expected(seen * np.clip(p + rng.normal(0, 0.01, p.shape), 0, 1), seen, seen[:1], 0.0)


def loglik(items, expected, prior=FLAT):
    p = items.c[:, None] + (1 - items.c[:, None]) / (
        1 + np.exp(-(np.outer(items.a, NODES) + items.d[:, None]))
    )
    value = (expected.right * np.log(p) + (expected.seen - expected.right) * np.log1p(-p)).sum()
    if prior is not FLAT:
        value += ((prior.alpha - 1) * np.log(items.c) + (prior.beta - 1) * np.log1p(-items.c)).sum()
    return value


@pytest.mark.parametrize("prior", [FLAT, BetaPrior(6, 16)])
def test_the_gradient_is_that_of_the_expected_log_likelihood(expected, prior):
    items = Items(np.linspace(0.5, 1.5, 5), np.linspace(-1, 1, 5), np.linspace(0.05, 0.4, 5))
    found = gradient(items, expected, NODES, prior)
    for parameter in range(3):
        for j in range(5):
            ends = []
            for h in (1e-6, -1e-6):
                moved = [values.copy() for values in items]
                moved[parameter][j] += h
                ends.append(loglik(Items(*moved), expected, prior))
            assert found[j, parameter] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-4)


@pytest.mark.parametrize("prior", [FLAT, BetaPrior(6, 16)])
def test_three_parameters_end_where_the_gradient_vanishes(expected, prior):
    items = Items(np.ones(5), np.zeros(5), np.full(5, 0.15))
    values = [loglik(items, expected, prior)]
    for _ in range(60):
        items = maximize_3pl(items, expected, NODES, prior=prior)
        values.append(loglik(items, expected, prior))
    assert (np.diff(values) > -1e-6).all()
    assert np.abs(gradient(items, expected, NODES, prior)).max() < 1e-4


def test_two_parameters_end_where_the_gradient_vanishes(expected):
    items = Items(np.ones(5), np.zeros(5), np.zeros(5))
    for _ in range(5):
        items = maximize_2pl(items, expected, NODES)
    assert np.abs(gradient(items, expected, NODES)[:, :2]).max() < 1e-8


def test_one_parameter_ends_where_its_gradient_vanishes(expected):
    items = Items(np.ones(5), np.zeros(5), np.zeros(5))
    for _ in range(5):
        items = maximize_1pl(items, expected, NODES)
    slope = gradient(items, expected, NODES)
    assert np.ptp(items.a) == 0
    assert abs(slope[:, 0].sum()) < 1e-8
    assert np.abs(slope[:, 1]).max() < 1e-8


def test_an_asymptote_that_wants_below_zero_stays_at_zero(expected):
    steep = Items(np.full(5, 1.5), np.linspace(-1, 1, 5), np.zeros(5))
    p = 1 / (1 + np.exp(-(np.outer(steep.a, NODES) + steep.d[:, None])))
    below = Expected(expected.seen * np.clip(p * 1.02 - 0.02, 0, 1), expected.seen, expected.persons, 0.0)
    items = Items(np.ones(5), np.zeros(5), np.full(5, 0.2))
    for _ in range(40):
        items = maximize_3pl(items, below, NODES)
    assert (items.c == 0).all()
    assert np.abs(gradient(items, below, NODES)).max() < 1e-3
