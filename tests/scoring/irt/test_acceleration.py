"""The climb on maps whose end is known."""

import numpy as np
import pytest

from scoring.irt.acceleration import Evaluation, ascend

TARGET = np.array([1.0, -2.0, 0.5])
RATES = np.array([0.95, 0.7, 0.2])


def slow_map(x):
    """A linear map to TARGET; its objective grows towards it."""
    gap = TARGET - x
    return Evaluation(-float(gap @ gap), x + (1 - RATES) * gap, 2 * gap)


def test_says_when_it_did_not_arrive():
    ascent = ascend(slow_map, np.zeros(3), tol=1e-12, max_iter=2, memory=0)
    assert not ascent.converged
    assert ascent.n_iter == 2


def test_reaches_the_fixed_point_in_a_few_steps_where_plain_steps_take_hundreds():
    plain = ascend(slow_map, np.zeros(3), tol=1e-9, memory=0)
    mixed = ascend(slow_map, np.zeros(3), tol=1e-9)
    np.testing.assert_allclose(mixed.point, TARGET, atol=1e-7)
    np.testing.assert_allclose(plain.point, TARGET, atol=1e-7)
    assert mixed.n_iter < 12 < 200 < plain.n_iter


def test_value_and_gradient_belong_to_the_point():
    ascent = ascend(slow_map, np.zeros(3), tol=1e-3)
    told = slow_map(ascent.point)
    assert ascent.value == told.value
    np.testing.assert_array_equal(ascent.gradient, told.gradient)


def test_waits_for_the_gradient_too():
    loose = ascend(slow_map, np.zeros(3), tol=1e-1)
    strict = ascend(slow_map, np.zeros(3), tol=1e-1, gradient_tol=1e-6)
    assert np.linalg.norm(strict.gradient) < 1e-6 < np.linalg.norm(loose.gradient)


def test_goes_back_to_the_plain_step_when_the_objective_falls():
    def treacherous(x):
        here = slow_map(x)
        fell = np.abs(x - TARGET).max() < 0.3 and not treacherous.warned
        treacherous.warned |= bool(fell)
        return Evaluation(-1e9, here.proposal, here.gradient) if fell else here

    treacherous.warned = False
    ascent = ascend(treacherous, np.zeros(3), tol=1e-9)
    assert treacherous.warned
    np.testing.assert_allclose(ascent.point, TARGET, atol=1e-7)


def test_begins_afresh_after_a_fall():
    visited = []

    def falls_once(x):
        visited.append(x)
        here = slow_map(x)
        return Evaluation(-1e9, here.proposal, here.gradient) if len(visited) == 4 else here

    ascend(falls_once, np.zeros(3), tol=1e-9, max_iter=8)
    np.testing.assert_allclose(visited[4], slow_map(visited[2]).proposal)
    np.testing.assert_allclose(visited[5], slow_map(visited[4]).proposal)


def test_stays_inside_its_bounds():
    visited = []

    def watched(x):
        visited.append(x)
        here = slow_map(x)
        return Evaluation(here.value, np.clip(here.proposal, -1.5, 1.5), here.gradient)

    ascend(watched, np.zeros(3), tol=1e-9, max_iter=50, project=lambda x: np.clip(x, -1.5, 1.5))
    assert min(x.min() for x in visited) >= -1.5


def test_reports_each_evaluation():
    seen = []
    ascend(slow_map, np.zeros(3), tol=1e-6, report=lambda *told: seen.append(told))
    numbers, values, steps = zip(*seen, strict=True)
    assert list(numbers) == list(range(1, len(seen) + 1))
    assert values[-1] == pytest.approx(0, abs=1e-9)
    assert steps[-1] < 1e-6
