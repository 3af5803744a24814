"""Equating of different groups through an anchor, against the R package equate and by simulation."""

import json
from pathlib import Path

import numpy as np
import pytest

from scoring import (
    ScoringError,
    braun_holland_equate,
    chained_equipercentile_equate,
    chained_linear_equate,
    frequency_estimation_equate,
    joint_counts,
    levine_equate,
    loglinear_presmooth_joint,
    tucker_equate,
)

KB = json.loads((Path(__file__).parents[1] / "reference" / "kolen_brennan.json").read_text())
X, Y = np.array(KB["x"], dtype=float), np.array(KB["y"], dtype=float)


@pytest.mark.parametrize(
    ("x", "y", "complaint"),
    [
        (X[:, :5], Y, "the same anchor scores"),
        (X.sum(axis=1), Y, "tables of total by anchor"),
        (X * 0, Y, "not all 0"),
        (np.outer(X.sum(axis=1), [0, 1]), Y[:, :2] + 1, "vary in both groups"),
    ],
)
def test_refuses_tables_that_do_not_fit(x, y, complaint):
    with pytest.raises(ScoringError, match=complaint):
        tucker_equate(x, y)


@pytest.mark.parametrize("weight", [-0.1, 1.1, np.nan])
@pytest.mark.parametrize("method", [tucker_equate, frequency_estimation_equate])
def test_refuses_a_weight_outside_0_to_1(method, weight):
    with pytest.raises(ScoringError, match="lies from 0 to 1"):
        method(X, Y, weight=weight)


def test_levine_refuses_a_total_that_falls_with_the_anchor():
    with pytest.raises(ScoringError, match="rise with the anchor"):
        levine_equate(X[::-1], Y)


@pytest.mark.parametrize(
    ("found", "told"),
    [  # equate 2.0.9: equate(x, y, type = "linear", method = , ws = ); internal anchor
        (tucker_equate(X, Y), "tucker_linear_ws1"),
        (tucker_equate(X, Y, weight=0.5), "tucker_linear_ws.5"),
        (levine_equate(X, Y), "levine_observed_ws1"),
        (levine_equate(X, Y, true_scores=True), "levine_true"),
        (braun_holland_equate(X, Y), "braun_holland_ws1"),
        (chained_linear_equate(X, Y), "chained_linear"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_lines_agree_with_equate(found, told):
    np.testing.assert_allclose(found.equivalents, KB[told], rtol=0, atol=1e-10)
    assert found.slope == pytest.approx(found.equivalents[1] - found.equivalents[0])


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (frequency_estimation_equate(X, Y), "freq_estimation_equip_ws1"),
        (chained_equipercentile_equate(X, Y), "chained_equip"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_curves_agree_with_equate(found, told):
    np.testing.assert_allclose(found.equivalents, KB[told], rtol=0, atol=1e-6)


def test_smoothed_frequency_estimation_agrees_with_equate():
    smooth = [loglinear_presmooth_joint(counts, (6, 6)).expected for counts in (X, Y)]
    found = frequency_estimation_equate(*smooth).equivalents
    np.testing.assert_allclose(found, KB["smoothed_freq_estimation"]["yx"], rtol=0, atol=1e-5)


def test_an_external_anchor_has_slopes_of_its_own():
    inner, outer = levine_equate(X, Y), levine_equate(X, Y, anchor="external")
    assert abs(inner.equivalents - outer.equivalents).max() > 1e-3
    shares = X / X.sum(), Y / Y.sum()
    variances, covariances, anchors = [], [], []
    for share in shares:
        totals, v = np.arange(37.0), np.arange(13.0)
        totals -= totals @ share.sum(axis=1)
        v -= v @ share.sum(axis=0)
        variances.append(totals**2 @ share.sum(axis=1))
        anchors.append(v**2 @ share.sum(axis=0))
        covariances.append(totals @ share @ v)
    slope = [
        (variance + covariance) / (anchor + covariance)
        for variance, covariance, anchor in zip(variances, covariances, anchors, strict=True)
    ]
    found = levine_equate(X, Y, anchor="external", true_scores=True)
    assert found.slope == pytest.approx(slope[1] / slope[0], rel=1e-9)


def test_the_same_group_on_the_same_form_needs_no_change():
    for method in (tucker_equate, levine_equate, chained_linear_equate, braun_holland_equate):
        np.testing.assert_allclose(method(X, X).equivalents, np.arange(37), atol=1e-9)
    for curve in (frequency_estimation_equate, chained_equipercentile_equate):
        seen = X.sum(axis=1) > 0
        np.testing.assert_allclose(curve(X, X).equivalents[seen], np.arange(37)[seen], atol=1e-9)


def test_recovers_a_harder_form_taken_by_an_abler_group():
    """The new form is two points harder for everybody; its group is half a deviation abler."""
    rng = np.random.default_rng(77)

    def table(mean, harder):
        true = rng.normal(mean, 5, 60_000)
        anchor = np.clip(np.round(true * 0.4 + rng.normal(0, 1.2, true.size)), 0, 20)
        total = np.clip(np.round(true - harder + rng.normal(0, 2, true.size)), 0, 50)
        return joint_counts(total, anchor, 50, 20)

    x, y = table(27.5, 2), table(25, 0)
    for found in (
        levine_equate(x, y, anchor="external", true_scores=True),
        levine_equate(x, y, anchor="external"),
    ):
        assert found.equivalents[20:31] == pytest.approx(np.arange(20, 31) + 2, abs=0.2)
    for found in (tucker_equate(x, y), chained_linear_equate(x, y), frequency_estimation_equate(x, y)):
        assert found.equivalents[20:31] == pytest.approx(np.arange(20, 31) + 2, abs=0.9)
