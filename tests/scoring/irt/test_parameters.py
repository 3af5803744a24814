"""The gradient of every model, with a second group, against differences of the log-likelihood."""

import numpy as np
import pytest

from scoring.irt.answers import gather
from scoring.irt.expectation import NodewiseExpectation
from scoring.irt.grid import Items, normal_nodes
from scoring.irt.maximization import BetaPrior
from scoring.irt.parameters import Marginal, OneParameter, ThreeParameters, TwoParameters
from tests.scoring.simulation import simulate


@pytest.mark.parametrize(
    "model", [OneParameter(), TwoParameters(), ThreeParameters(), ThreeParameters(BetaPrior(6, 16))]
)
def test_the_gradient_is_the_slope_of_the_value(model):
    truth = simulate(300, 5, "3pl", seed=2)
    groups = (np.arange(300) % 3 == 0).astype(np.intp)
    marginal = Marginal(model, NodewiseExpectation(gather(truth.X, groups), normal_nodes()), 2)
    free = marginal.start(Items(np.full(5, 1.1), -truth.b, np.full(5, 0.2)))
    free[-2:] = (0.4, np.log(1.3))
    found = marginal(free).gradient
    for i in range(len(free)):
        step = np.eye(len(free))[i] * 1e-5
        slope = (marginal(free + step).value - marginal(free - step).value) / 2e-5
        assert found[i] == pytest.approx(slope, abs=2e-5)


@pytest.mark.parametrize("model", [OneParameter(), TwoParameters(), ThreeParameters(BetaPrior(6, 16))])
def test_the_proposal_never_lies_lower(model):
    truth = simulate(300, 5, "3pl", seed=3)
    groups = (np.arange(300) % 2).astype(np.intp)
    marginal = Marginal(model, NodewiseExpectation(gather(truth.X, groups), normal_nodes()), 2)
    free = marginal.start(Items(np.full(5, 1.0), np.zeros(5), np.full(5, 0.2)))
    values = []
    for _ in range(25):
        here = marginal(free)
        values.append(here.value)
        free = here.proposal
    assert (np.diff(values) > -1e-8).all()
    assert values[-1] > values[0] + 1


def test_the_bounds_hold_the_asymptotes():
    marginal = Marginal(ThreeParameters(), NodewiseExpectation(gather(simulate(50, 3).X), normal_nodes()), 1)
    free = np.array([1, 1, 1, 0, 0, 0, -0.2, 0.3, 1.4], dtype=float)
    assert marginal.project(free)[6:].tolist() == [0.0, 0.3, 0.95]
