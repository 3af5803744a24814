"""Equating of equivalent groups against the R package equate, by hand, and by simulation."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring import (
    ScoringError,
    equating_error,
    equipercentile_equate,
    joint_counts,
    linear_equate,
    loglinear_presmooth,
    mean_equate,
    percentile_ranks,
    score_counts,
)

ACT = json.loads((Path(__file__).parents[1] / "reference" / "act_mathematics.json").read_text())
X, Y = np.array(ACT["x"], dtype=float), np.array(ACT["y"], dtype=float)

COUNTS = arrays(np.float64, st.integers(2, 12), elements=st.integers(1, 30).map(float))


@pytest.mark.parametrize(
    ("scores", "complaint"),
    [([], "at least one person"), ([1.5], "whole scores"), ([-1], "outside 0 to 5"), ([6], "outside 0 to 5")],
)
def test_refuses_what_are_no_scores(scores, complaint):
    with pytest.raises(ScoringError, match=complaint):
        score_counts(scores, 5)


def test_refuses_totals_and_anchors_that_do_not_pair_up():
    with pytest.raises(ScoringError, match="2 totals and 1 anchor scores"):
        joint_counts([1, 2], [1], 2, 1)


@pytest.mark.parametrize("counts", [[0, 0], [1, -1], [1, np.nan], [[1, 2]]])
def test_refuses_what_are_no_counts(counts):
    with pytest.raises(ScoringError, match="not negative, finite, in one row"):
        mean_equate(counts, [1, 1])


def test_refuses_to_stretch_scores_that_do_not_vary():
    with pytest.raises(ScoringError, match="scores that vary"):
        linear_equate([0, 5], [2, 3])


def test_mean_and_line_agree_with_equate():
    # equate 2.0.9: equate(x, y, type = "mean" | "linear")
    np.testing.assert_allclose(mean_equate(X, Y).equivalents, ACT["mean"], rtol=0, atol=1e-10)
    np.testing.assert_allclose(linear_equate(X, Y).equivalents, ACT["linear"], rtol=0, atol=1e-10)


def test_equal_percentile_ranks_agree_with_equate():
    # equate 2.0.9: equate(x, y, type = "equipercentile")
    found = equipercentile_equate(X, Y).equivalents
    np.testing.assert_allclose(found, ACT["equipercentile"], rtol=0, atol=1e-6)
    told = ACT["loglinear6"]
    smooth = [loglinear_presmooth(counts, 6).expected for counts in (X, Y)]
    np.testing.assert_allclose(equipercentile_equate(*smooth).equivalents, told["yx"], rtol=0, atol=1e-5)


def test_equal_percentile_ranks_by_hand():
    """Ranks of x are 1/4 and 3/4; on y they lie at -0.5 + 1/4 * 4 and -0.5 + 3/4 * 4."""
    found = equipercentile_equate([5, 5], [1, 1, 1, 1])
    assert found.equivalents == pytest.approx([0.5, 2.5])
    assert np.isnan(found.slope)


def test_scores_that_nobody_has_are_jumped_over():
    found = equipercentile_equate([2, 2, 0], [2, 0, 2])
    assert found.equivalents == pytest.approx([0.0, 2.0, 2.5])
    assert equipercentile_equate([0, 4], [4, 0]).equivalents[0] == -0.5


@given(COUNTS)
@settings(max_examples=60, deadline=None)
def test_a_form_is_equated_to_itself_by_the_identity(counts):
    scores = np.arange(len(counts))
    np.testing.assert_allclose(equipercentile_equate(counts, counts).equivalents, scores, atol=1e-9)
    np.testing.assert_allclose(linear_equate(counts, counts).equivalents, scores, atol=1e-9)


@given(COUNTS, COUNTS)
@settings(max_examples=60, deadline=None)
def test_equivalents_rise_and_stay_within_half_a_point_of_the_form(x, y):
    found = equipercentile_equate(x, y).equivalents
    assert (np.diff(found) > 0).all()
    assert found[0] >= -0.5
    assert found[-1] <= len(y) - 0.5


@given(COUNTS, COUNTS)
@settings(max_examples=60, deadline=None)
def test_the_line_gives_mean_and_deviation_of_the_old_form(x, y):
    found = linear_equate(x, y).equivalents
    moved = np.repeat(found, x.astype(int))
    old = np.repeat(np.arange(len(y)), y.astype(int))
    assert moved.mean() == pytest.approx(old.mean())
    assert moved.std(ddof=1) == pytest.approx(old.std(ddof=1))


def test_percentile_ranks_count_half_of_those_at_the_score():
    assert percentile_ranks([1, 2, 1]) == pytest.approx([0.125, 0.5, 0.875])


def test_the_bootstrap_finds_the_standard_errors_of_equate():
    # equate 2.0.9 has the analytic standard error of linear equating
    found = equating_error(linear_equate, X, Y, n_replicates=800, rng=np.random.default_rng(16))
    np.testing.assert_allclose(found.se, ACT["linear_se"], rtol=0.2)
    np.testing.assert_allclose(found.bias, 0, atol=0.05)


def test_the_bootstrap_of_equal_ranks_lies_near_the_analytic_error():
    found = equating_error(equipercentile_equate, X, Y, n_replicates=300, rng=np.random.default_rng(5))
    middle = slice(8, 36)
    ratio = found.se[middle] / np.array(ACT["equipercentile_se"])[middle]
    assert np.median(ratio) == pytest.approx(1, abs=0.2)


def test_the_bootstrap_repeats_with_its_generator():
    one, other = (
        equating_error(mean_equate, X, Y, n_replicates=20, rng=np.random.default_rng(1)).se for _ in range(2)
    )
    np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    ("x", "n_replicates", "complaint"),
    [([1.0, 2.0], 1, "at least 2"), ([0.5, 1.2], 5, "too many samples"), ([1.0, 0.0], 5, "vary")],
)
def test_the_bootstrap_refuses(x, n_replicates, complaint):
    with pytest.raises(ScoringError, match=complaint):
        equating_error(linear_equate, x, [3.0, 4.0], n_replicates=n_replicates, rng=np.random.default_rng(1))


def test_a_sample_that_cannot_be_equated_is_drawn_again():
    found = equating_error(linear_equate, [1, 3], [2, 2], n_replicates=50, rng=np.random.default_rng(3))
    assert found.n_replicates == 50
    assert np.isfinite(found.se).all()


def test_the_bootstrap_says_how_far_it_is():
    seen, rng = [], np.random.default_rng(3)
    equating_error(
        linear_equate, [1, 3], [2, 2], n_replicates=4, rng=rng, progress=lambda *done: seen.append(done)
    )
    assert [n for n, _ in seen][-1] == 4
    assert {of for _, of in seen} == {4}
    assert seen == sorted(set(seen))
