"""Linking constants against SNSequate and Kolen & Brennan; a known change of scale is found again."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import Items, ScoringError, haebara, mean_mean, mean_sigma, stocking_lord
from scoring.equating.linking import THETA
from tests.scoring.equating.test_anchor_equating import KB

METHODS = (mean_mean, mean_sigma, haebara, stocking_lord)


def form(which):
    """Items of a form; the parameters are for D = 1.7."""
    told = KB[f"pars_{which}"]
    return Items.from_difficulty(1.7 * np.array(told["a"]), told["b"], told["c"])


def common(which):
    return Items(*(values[2::3] for values in form(which)))


@pytest.mark.parametrize(
    ("new", "old", "complaint"),
    [
        (Items.from_difficulty([1, 1], [0, 1]), Items.from_difficulty([1], [0]), "come in pairs"),
        (Items.from_difficulty([np.nan], [0]), Items.from_difficulty([1], [0]), "no common item"),
        (Items.from_difficulty([-1], [0]), Items.from_difficulty([1], [0]), "above 0"),
    ],
)
def test_refuses_items_that_are_not_common(new, old, complaint):
    with pytest.raises(ScoringError, match=complaint):
        mean_mean(new, old)


def test_mean_sigma_refuses_items_of_one_difficulty():
    with pytest.raises(ScoringError, match="different difficulty"):
        mean_sigma(Items.from_difficulty([1, 2], [0, 0]), Items.from_difficulty([1, 2], [0, 1]))


@pytest.mark.parametrize(
    ("theta", "weights"),
    [([0], None), ([0, 1], [1]), ([0, np.nan], None), ([0, 1], [0, 0]), ([0, 1], [2, -1])],
)
def test_refuses_abilities_without_weights(theta, weights):
    with pytest.raises(ScoringError, match="abilities"):
        haebara(common("x"), common("y"), theta=theta, weights=weights)


@pytest.mark.parametrize(
    ("method", "told", "tolerance"),
    [
        (mean_mean, "mm", 1e-10),
        (mean_sigma, "ms", 1e-10),
        (haebara, "Haebara", 1e-5),
        (stocking_lord, "StockLord", 1e-5),
    ],
)
def test_agrees_with_snsequate(method, told, tolerance):
    # SNSequate 1.3-5: irt.link(parm, common = 3, 6, ..., 36, model = "3PL", icc = "logistic", D = 1.7)
    found = method(common("x"), common("y"))
    assert pytest.approx(KB["linking"][told], abs=tolerance) == (found.A, found.B)


def test_the_weights_change_the_constants_and_are_told():
    normal = np.exp(-0.5 * THETA**2)
    found = stocking_lord(common("x"), common("y"), weights=normal)
    assert pytest.approx((1.0908, -0.4963), abs=5e-5) == (found.A, found.B)
    assert found.weights.sum() == pytest.approx(1)
    np.testing.assert_allclose(found.weights, normal / normal.sum())
    assert pytest.approx(1.0693, abs=5e-5) == haebara(common("x"), common("y"), weights=normal).A


@pytest.mark.parametrize(("method", "of_test"), [(haebara, False), (stocking_lord, True)])
def test_no_constants_nearby_are_better(method, of_test):
    new, old = common("x"), common("y")
    found = method(new, old)

    def right(items):
        return items.c + (1 - items.c) / (1 + np.exp(-(np.multiply.outer(THETA, items.a) + items.d)))

    def criterion(A, B):
        moved = Items(new.a / A, new.d - new.a / A * B, new.c)
        apart = right(old) - right(moved)
        return (apart.sum(axis=1) ** 2).mean() if of_test else (apart**2).sum(axis=1).mean()

    assert found.criterion == pytest.approx(criterion(found.A, found.B), rel=1e-9)
    for step in (1e-4, -1e-4):
        assert criterion(found.A + step, found.B) > found.criterion
        assert criterion(found.A, found.B + step) > found.criterion


@pytest.mark.parametrize("method", METHODS)
@given(st.floats(0.4, 2.5), st.floats(-2, 2))
@settings(max_examples=25, deadline=None)
def test_a_known_change_of_scale_is_found_again(method, A, B):
    old = common("y")
    b = -old.d / old.a
    found = method(Items.from_difficulty(old.a * A, (b - B) / A, old.c), old)
    assert pytest.approx((A, B), abs=1e-6) == (found.A, found.B)


def test_moved_items_have_the_same_curves_at_moved_abilities():
    new = common("x")
    found = stocking_lord(new, common("y"))
    theta = np.array([-1.0, 0.0, 2.0])
    moved = found.items(new)
    before = np.multiply.outer(theta, new.a) + new.d
    after = np.multiply.outer(found.abilities(theta), moved.a) + moved.d
    np.testing.assert_allclose(after, before, atol=1e-12)


def test_items_without_parameters_are_left_out():
    new, old = common("x"), common("y")
    gap = new._replace(a=np.where(np.arange(12) == 4, np.nan, new.a))
    kept = np.arange(12) != 4
    found = mean_sigma(gap, old)
    expected = mean_sigma(Items(*(v[kept] for v in new)), Items(*(v[kept] for v in old)))
    assert (found.A, found.B) == (expected.A, expected.B)
