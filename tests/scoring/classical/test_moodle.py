"""Moodle's figures: its formulas as published, on LSAT section 6 and on marks with edges."""

import numpy as np
import pytest

from scoring import (
    ItemKey,
    ResponseMatrix,
    ScoringError,
    moodle_statistics,
    parse_key,
    random_guess_score,
    random_guess_scores,
)


def test_refuses_fewer_options_than_the_key_names():
    with pytest.raises(ScoringError, match="2 options of 1"):
        random_guess_score(ItemKey.of("A", "B"), 1)


def test_agrees_with_the_formulas_on_lsat6(lsat6, lsat6_figures):
    found, told = moodle_statistics(lsat6), lsat6_figures["moodle"]
    for ours, theirs in (
        (found.facility / 100, "facility"),
        (found.sd, "sd"),
        (found.discrimination_index, "discrimination_index"),
        (found.discriminative_efficiency, "discriminative_efficiency"),
        (found.effective_weight, "effective_weight"),
        (found.median, "median"),
        (found.standard_deviation, "standarddeviation"),
        (found.skewness, "skewness"),
        (found.kurtosis, "kurtosis"),
        (found.internal_consistency, "cic"),
        (found.error_ratio, "errorratio"),
        (found.standard_error, "standarderror"),
    ):
        np.testing.assert_allclose(ours, told[theirs], rtol=0, atol=1e-11, err_msg=theirs)


def test_weights_add_up_and_efficiency_is_full_for_sorted_marks():
    x = np.array([[0, 0, 1], [0.5, 2, 1], [1, 3, 1], [1, 4, 1]])
    found = moodle_statistics(ResponseMatrix.from_points(x, max_points=[1, 4, 1]))
    assert found.effective_weight.sum() == pytest.approx(100)
    assert found.intended_weight == pytest.approx([100 / 6, 400 / 6, 100 / 6])
    assert found.discriminative_efficiency[:2] == pytest.approx([100, 100])
    assert np.isnan(found.discrimination_index[2])
    assert found.facility == pytest.approx([62.5, 56.25, 100])


def test_an_item_that_lowers_the_spread_has_no_weight():
    x = np.array([[1, 0, 0], [1, 0, 0], [0, 1, 1], [0, 1, 1], [0, 1, 1]])
    found = moodle_statistics(x)
    assert np.isnan(found.effective_weight[0])
    assert found.effective_weight[1:] == pytest.approx([50, 50])


def test_an_item_without_marks_shows_nothing():
    found = moodle_statistics(ResponseMatrix.from_points([[0, 1], [0, 0]], max_points=[0, 1]))
    assert np.isnan([found.facility[0], found.sd[0], found.discrimination_index[0]]).all()
    assert found.effective_weight[0] == 0


@pytest.mark.parametrize("x", [[[1, 0]], [[1], [0]], [[1, 1], [1, 1]]])
def test_what_is_not_defined_is_nan_and_no_error(x):
    found = moodle_statistics(x)
    assert np.isnan([found.internal_consistency, found.skewness, found.error_ratio]).all()
    assert np.isfinite(found.facility).all()


def test_a_guess_earns_the_mean_credit_of_the_options():
    keys = [ItemKey.of("A"), ItemKey.of("A", "B"), ItemKey.partial({"A": 2, "B": 1}), parse_key("all")]
    assert random_guess_scores(keys, [4, 4, 4, 4]).tolist() == [25, 50, 37.5, 100]
    assert np.isnan(random_guess_score(parse_key("drop"), 4))
