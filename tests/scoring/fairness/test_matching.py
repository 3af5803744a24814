"""Who is compared: persons of two groups, and nobody whose group is unknown."""

import numpy as np
import pytest

from scoring import (
    ResponseMatrix,
    ScoringError,
    breslow_day,
    logistic_dif,
    lord_dif,
    mantel_haenszel,
    standardization_dif,
)
from scoring.fairness.matching import two_groups
from tests.scoring.simulation import simulate

METHODS = pytest.mark.parametrize(
    "method",
    [
        mantel_haenszel,
        lambda x, group, **about: mantel_haenszel(x, group, purify=True, **about),
        logistic_dif,
        lambda x, group, **about: logistic_dif(x, group, purify=True, **about),
        lord_dif,
        standardization_dif,
        breslow_day,
    ],
    ids=["mh", "mh purified", "logistic", "logistic purified", "lord", "standardisation", "breslow-day"],
)
NOBODY = pytest.mark.parametrize("none", [None, float("nan"), "", "  ", np.nan, "nan"], ids=repr)


@pytest.mark.parametrize("alpha", [5, 0, 1, -0.05, float("nan")])
@pytest.mark.parametrize("method", [mantel_haenszel, logistic_dif, lord_dif])
def test_refuses_a_level_of_significance_that_is_none(method, alpha):
    with pytest.raises(ScoringError, match="level of significance"):
        method([[0, 1], [1, 0], [1, 1]], [0, 1, 1], alpha=alpha)


def test_refuses_groups_of_which_nothing_is_known():
    x = [[0, 1], [1, 0], [1, 1]]
    with pytest.raises(ScoringError, match="none of 3 persons has a group"):
        mantel_haenszel(x, ["", None, float("nan")], focal="kk")
    with pytest.raises(ScoringError, match="nobody is in the reference group; the groups are kk"):
        mantel_haenszel(x, ["kk", "kk", ""], focal="kk")
    with pytest.raises(ScoringError, match="one label"):
        mantel_haenszel(x, [["kk"], ["ru"], ["ru"]], focal="kk")


def figures(found):
    names = ("alpha", "delta", "chi2", "pvalue", "difference", "statistic", "se", "coefficients")
    return [getattr(found, name) for name in names if hasattr(found, name)]


@METHODS
def test_who_has_no_group_is_left_out_and_counted(method):
    x = np.vstack([simulate(300, 8, seed=1).X, simulate(300, 8, seed=1, mean=-0.5).X])
    labels = ["ru"] * 300 + ["kk"] * 300
    strangers = simulate(40, 8, seed=3, mean=-2).X
    told = method(x, labels, focal="kk")
    assert told.n_left_out == 0
    for none in (None, float("nan"), "", "nan"):
        found = method(np.vstack([strangers, x]), [none] * 40 + labels, focal="kk")
        assert found.n_left_out == 40
        for ours, theirs in zip(figures(found), figures(told), strict=True):
            np.testing.assert_allclose(ours, theirs, atol=1e-9)


@NOBODY
def test_nothing_in_the_place_of_a_label_is_no_reference_group(none):
    groups = two_groups([[0, 1]] * 5, ["kk", "kk", none, "ru", "en"], focal="kk")
    assert (groups.n_focal, groups.n_reference, groups.n_left_out) == (2, 2, 1)
    assert groups.responses.n_persons == 4


def test_a_third_group_is_a_reference_unless_one_is_named():
    labels = np.array(["kk", "ru", "en", ""])
    assert two_groups([[0, 1]] * 4, labels, focal="kk").n_reference == 2
    named = two_groups([[0, 1]] * 4, labels, focal="kk", reference="ru")
    assert (named.n_reference, named.n_left_out) == (1, 2)


def test_numbers_and_the_groups_of_a_matrix_may_lack_some_as_well():
    x = [[0, 1], [1, 0], [1, 1]]
    assert two_groups(x, [0.0, 1.0, np.nan]).n_left_out == 1
    matrix = ResponseMatrix.from_points(x, groups={"sex": np.array(["f", None, "m"], dtype=object)})
    assert two_groups(matrix, "sex", focal="f").n_left_out == 1
