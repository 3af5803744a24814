"""Accuracy and consistency of a cut against betafunctions, cacIRT and the formulas; and by simulation."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    BetaTrueScores,
    CutScoreError,
    ScoringError,
    fit_true_scores,
    hanson_brennan,
    huynh,
    lee_classification,
    livingston_lewis,
    rudner_classification,
    score_distribution,
    subkoviak,
)

FIGURES = json.loads((Path(__file__).parents[1] / "reference" / "decision_consistency.json").read_text())
SETS = pytest.mark.parametrize("told", [FIGURES["example"], FIGURES["science"]], ids=["example", "science"])


def scores_of(told):
    return np.repeat(np.arange(told["max_score"] + 1), told["frequencies"])


@pytest.mark.parametrize("cut", [0, -1, 33, float("nan")])
def test_refuses_a_cut_outside_the_scores(cut):
    with pytest.raises(CutScoreError):
        livingston_lewis([1, 5, 30], 0.8, cut, max_score=32)


@pytest.mark.parametrize(
    ("scores", "reliability", "complaint"),
    [
        ([5], 0.8, "two persons"),
        ([5, 40], 0.8, "outside 0 to 32"),
        ([5, 5, 5], 0.8, "do not vary"),
        ([5, 9, 12], 1.0, "between 0 and 1"),
        ([5, 9, 12], -0.2, "between 0 and 1"),
        ([5, 9, 12], float("nan"), "between 0 and 1"),
        ([0, 32, 0, 32], 0.9, "too short"),
    ],
)
def test_refuses_scores_from_which_nothing_follows(scores, reliability, complaint):
    with pytest.raises(ScoringError, match=complaint):
        livingston_lewis(scores, reliability, 16, max_score=32)


def test_refuses_flat_true_scores():
    with pytest.raises(ScoringError, match="do not vary"):
        fit_true_scores((0.5, 0.25, 0.125, 0.0625))


@SETS
@pytest.mark.parametrize(("tag", "parameters"), [("LL_4P", 4), ("LL_2P", 2)])
def test_livingston_and_lewis_agree_with_betafunctions(told, tag, parameters):
    # betafunctions 1.9.0: LL.CA(x, reliability, cut, 0, max, true.model = "4P" or "2P")
    found = livingston_lewis(
        scores_of(told), told["reliability"], told["cut"], max_score=told["max_score"], parameters=parameters
    )
    assert found.test_length == pytest.approx(told["effective_test_length"], abs=1e-8)
    for name in ("alpha", "beta", "low", "high"):
        assert getattr(found.true_scores, name) == pytest.approx(told[tag][name], abs=1e-8), name
    for name in ("accuracy", "consistency", "kappa"):
        assert getattr(found, name) == pytest.approx(told[tag][name], abs=1e-5), name


@SETS
def test_hanson_and_brennan_agree_with_betafunctions(told):
    # betafunctions 1.9.0: HB.CA(...). Its integrals of the help page's example add up to 1.00006.
    found = hanson_brennan(scores_of(told), told["reliability"], told["cut"], n_items=told["max_score"])
    for name in ("alpha", "beta", "low", "high"):
        assert getattr(found.true_scores, name) == pytest.approx(told["HB"][name], abs=1e-8), name
    for name, tolerance in (("accuracy", 1e-5), ("consistency", 2e-4), ("kappa", 3e-4)):
        assert getattr(found, name) == pytest.approx(told["HB"][name], abs=tolerance), name


@SETS
def test_subkoviak_agrees_with_the_formula_in_r(told):
    found = subkoviak(scores_of(told), told["reliability"], told["cut"], n_items=told["max_score"])
    expected = told["subkoviak_alpha"]["p0"], told["subkoviak_alpha"]["kappa"]
    assert (found.consistency, found.kappa) == pytest.approx(expected, abs=1e-10)


def test_huynh_agrees_with_the_formula_in_r():
    told = FIGURES["science"]
    found = huynh(scores_of(told), told["cut"], n_items=told["max_score"])
    assert (found.consistency, found.kappa) == pytest.approx(
        (told["huynh"]["p0"], told["huynh"]["kappa"]), abs=1e-10
    )
    assert np.isnan(found.accuracy)


def test_lee_agrees_with_cacirt():
    # cacIRT 1.4: class.Lee(cut, ip, quadrature), D = 1.7
    told = FIGURES["kolen_brennan"]
    a, b, c = (np.array(told[name]) for name in "abc")
    right = c + (1 - c) / (1 + np.exp(-1.7 * a * (np.array(told["nodes"])[:, None] - b)))
    found = lee_classification(right, told["weights"], told["cut"])
    assert (found.accuracy, found.consistency) == pytest.approx(
        (told["accuracy"], told["consistency"]), abs=1e-10
    )


def test_rudner_agrees_with_cacirt_given_its_standard_errors():
    # cacIRT 1.4: class.Rud(0, ip, quadrature). Its information divides by 1 - c^2, where that of the 3PL
    # (Lord 1980, page 73) has (1 - c)^2; with the errors that follow, the classification is the same.
    told = FIGURES["kolen_brennan"]
    theta = np.array(told["nodes"])
    a, b, c = (np.array(told[name]) for name in "abc")
    right = c + (1 - c) / (1 + np.exp(-1.7 * a * (theta[:, None] - b)))
    information = ((1.7 * a) ** 2 * (1 - right) / right * (right - c) ** 2 / (1 - c**2)).sum(axis=1)
    found = rudner_classification(theta, 1 / np.sqrt(information), 0.0, weights=told["weights"])
    expected = told["rudner"]["accuracy"], told["rudner"]["consistency"]
    assert (found.accuracy, found.consistency) == pytest.approx(expected, abs=1e-10)


def test_the_number_right_of_two_items_by_hand():
    assert score_distribution([[0.5, 0.2]])[0] == pytest.approx([0.4, 0.5, 0.1])


def test_an_expected_number_right_at_the_cut_should_pass():
    found = lee_classification([[0.5, 0.5]], [1], 1)
    assert (found.accuracy, found.false_fail) == pytest.approx((0.75, 0.25))


def test_refuses_what_are_no_probabilities_or_weights():
    with pytest.raises(ScoringError, match="between 0 and 1"):
        score_distribution([[0.5, 1.2]])
    with pytest.raises(ScoringError, match="as many weights"):
        lee_classification([[0.5]], [1, 1], 1)
    with pytest.raises(CutScoreError):
        lee_classification([[0.5]], [1], 2)
    with pytest.raises(ScoringError, match="above 0"):
        rudner_classification([0.0], [0.0], 0.0)


def test_a_person_at_the_cut_is_classified_by_a_coin():
    found = rudner_classification([0.0, 0.0], [0.3, 0.5], 0.0)
    assert (found.accuracy, found.consistency, found.kappa) == pytest.approx((0.5, 0.5, 0.0))


def test_recovers_a_simulated_truth():
    rng = np.random.default_rng(20240228)
    n_items, cut = 40, 24
    true = rng.beta(6, 4, size=40_000)
    one, other = rng.binomial(n_items, true), rng.binomial(n_items, true)
    reliability = np.corrcoef(one, other)[0, 1]
    found = livingston_lewis(one, reliability, cut, max_score=n_items)
    assert found.accuracy == pytest.approx(((one >= cut) == (true >= cut / n_items)).mean(), abs=0.01)
    assert found.consistency == pytest.approx(((one >= cut) == (other >= cut)).mean(), abs=0.01)
    assert found.pass_rate == pytest.approx((one >= cut).mean(), abs=0.01)


@given(st.floats(0.2, 30), st.floats(0.2, 30), st.floats(0, 0.4), st.floats(0.6, 1), st.floats(0.05, 0.95))
@settings(max_examples=60, deadline=None)
def test_the_nodes_hold_the_whole_distribution_and_its_mean(alpha, beta, low, high, cut):
    model = BetaTrueScores(alpha, beta, low, high, 4)
    parts = [model.nodes(0, cut), model.nodes(cut, 1)]
    assert sum(weight.sum() for _, weight in parts) == pytest.approx(1, abs=1e-6)
    assert sum(true @ weight for true, weight in parts) == pytest.approx(model.mean, abs=1e-6)


@given(st.floats(1, 20), st.floats(1, 20), st.floats(0.05, 0.3), st.floats(0.7, 0.95))
@settings(max_examples=60, deadline=None)
def test_four_moments_give_back_their_distribution(alpha, beta, low, high):
    a = np.arange(4)
    raw = np.concatenate([[1], np.cumprod((alpha + a) / (alpha + beta + a))])  # E(t^k) on [0, 1]
    width = high - low
    m1, m2, m3, m4 = (
        sum(binomial * low ** (r - i) * width**i * raw[i] for i, binomial in enumerate(row))
        for r, row in ((1, (1, 1)), (2, (1, 2, 1)), (3, (1, 3, 3, 1)), (4, (1, 4, 6, 4, 1)))
    )
    found = fit_true_scores((m1, m2, m3, m4))
    if found.n_parameters == 4:
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-3)
        assert found.mean == pytest.approx(m1, abs=1e-9)
    else:
        assert found.mean == pytest.approx(m1, abs=1e-9)
