"""Information against its definition, reliabilities against mirt."""

import json
from pathlib import Path

import numpy as np
import pytest

from scoring.irt import information
from scoring.irt.ability import score_eap
from scoring.irt.grid import Items
from scoring.irt.information import (
    empirical_reliability,
    expected_score,
    irf,
    item_information,
    marginal_reliability,
)

TOLD = json.loads((Path(__file__).parents[1] / "reference" / "irt_lsat6.json").read_text())["2pl"]


def test_the_curve_passes_half_way_between_asymptote_and_one_at_its_difficulty():
    assert irf(0.7, 1.3, 0.7, 0.2) == pytest.approx([0.6], abs=1e-15)
    assert irf([-400.0, 400.0], [2.0], [0.0], [0.25]).ravel() == pytest.approx([0.25, 1.0])


@pytest.mark.parametrize("c", [0.0, 0.25])
def test_item_information_is_the_squared_slope_over_the_variance(c):
    theta, h = np.linspace(-3, 3, 13), 1e-5
    slope = (irf(theta + h, 1.4, 0.3, c) - irf(theta - h, 1.4, 0.3, c)) / (2 * h)
    p = irf(theta, 1.4, 0.3, c)
    np.testing.assert_allclose(item_information(theta, 1.4, 0.3, c), slope**2 / (p * (1 - p)), rtol=1e-8)


def test_information_of_a_rasch_item_is_a_quarter_at_its_difficulty_and_nothing_far_away():
    assert item_information(1.0, 1.0, 1.0) == pytest.approx([0.25])
    assert item_information([-800.0, 800.0], 1.0, 0.0).ravel() == pytest.approx([0.0, 0.0])


def test_a_test_is_the_sum_of_its_items():
    a, b, c = [1.0, 0.8, 1.5], [0.0, -1.0, 1.0], [0.0, 0.2, 0.25]
    theta = np.array([[-1.0, 0.0], [0.5, 2.0]])
    singly = [(item_information(theta, *item), irf(theta, *item)) for item in zip(a, b, c, strict=True)]
    np.testing.assert_allclose(
        information.test_information(theta, a, b, c), sum(i for i, _ in singly)[..., 0]
    )
    np.testing.assert_allclose(expected_score(theta, a, b, c), sum(p for _, p in singly)[..., 0])


def test_reliabilities_agree_with_mirt(lsat6):
    assert marginal_reliability(TOLD["a"], TOLD["b"]) == pytest.approx(TOLD["marginal_rxx"], abs=1e-9)
    found = score_eap(lsat6, Items(np.array(TOLD["a"]), np.array(TOLD["d"]), np.zeros(5)))
    assert empirical_reliability(*found) == pytest.approx(TOLD["empirical_rxx_EAP"], abs=1e-8)
