"""Log-linear smoothing against glm, and the moments it has to keep."""

import numpy as np
import pytest

from scoring import ScoringError, loglinear_presmooth, loglinear_presmooth_joint
from tests.scoring.equating.test_anchor_equating import KB
from tests.scoring.equating.test_equivalent_groups import ACT, X, Y


@pytest.mark.parametrize("degree", [0, 3, 40])
def test_refuses_more_moments_than_scores_that_somebody_has(degree):
    with pytest.raises(ScoringError, match="from 3 scores that somebody has, 1 to 2 moments"):
        loglinear_presmooth([0, 3, 4, 0, 5], degree)


@pytest.mark.parametrize("counts", [[[1, 2]], [1, -1, 4], [1, np.inf, 3]])
def test_refuses_what_are_no_counts(counts):
    with pytest.raises(ScoringError, match="finite and not negative"):
        loglinear_presmooth(counts, 1)


def test_agrees_with_equate():
    # equate 2.0.9: presmoothing(x, smooth = "loglinear", degrees = 6)
    for counts, told in ((X, "px"), (Y, "py")):
        found = loglinear_presmooth(counts, 6).expected
        np.testing.assert_allclose(found, ACT["loglinear6"][told], rtol=0, atol=1e-6)


def test_the_fit_of_each_degree_agrees_with_glm():
    # equate 2.0.9: presmoothing(x, degrees = 8, stepup = TRUE, compare = TRUE)
    told = ACT["loglinear_x"]
    for place, degree in enumerate(range(1, 9)):
        found = loglinear_presmooth(X, degree)
        assert found.deviance == pytest.approx(told["Resid. Dev"][place], abs=1e-6)
        assert found.df == told["Resid. Df"][place]
        assert found.aic == pytest.approx(told["AIC"][place], abs=1e-6)
        assert found.bic == pytest.approx(told["BIC"][place], abs=1e-6)


@pytest.mark.parametrize("degree", [1, 4, 7])
def test_keeps_the_moments_and_no_others(degree):
    scores = np.arange(len(X)) / len(X)
    found = loglinear_presmooth(X, degree).expected
    kept = [scores**k @ found == pytest.approx(scores**k @ X, rel=1e-9) for k in range(degree + 2)]
    assert kept == [True] * (degree + 1) + [False]


def test_one_moment_less_than_scores_gives_the_counts_back():
    counts = np.array([3.0, 9, 4, 7])
    np.testing.assert_allclose(loglinear_presmooth(counts, 3).expected, counts, rtol=1e-6)


def test_a_joint_distribution_keeps_margins_and_correlation():
    counts = np.array(KB["x"], dtype=float)
    found = loglinear_presmooth_joint(counts, (4, 3)).expected
    totals, anchors = np.arange(37) / 37, np.arange(13) / 13
    for k in range(5):
        assert found.sum(axis=1) @ totals**k == pytest.approx(counts.sum(axis=1) @ totals**k, rel=1e-8)
    for k in range(4):
        assert found.sum(axis=0) @ anchors**k == pytest.approx(counts.sum(axis=0) @ anchors**k, rel=1e-8)
    assert totals @ found @ anchors == pytest.approx(totals @ counts @ anchors, rel=1e-8)
    assert totals**2 @ found @ anchors != pytest.approx(totals**2 @ counts @ anchors, rel=1e-8)
    more = loglinear_presmooth_joint(counts, (4, 3), [(1, 1), (2, 1)]).expected
    assert totals**2 @ more @ anchors == pytest.approx(totals**2 @ counts @ anchors, rel=1e-8)


def test_scores_that_nobody_has_at_the_ends_get_a_small_share():
    counts = np.array([0, 0, 4, 10, 20, 10, 4, 0])
    found = loglinear_presmooth(counts, 2).expected
    assert (found > 0).all()
    assert found[7] < 4
