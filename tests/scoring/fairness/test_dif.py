"""Mantel-Haenszel against difR, R and the definition; by hand; and where the truth is known."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring import ResponseMatrix, ScoringError, ets_classes, mantel_haenszel

VERBAL = json.loads((Path(__file__).parents[1] / "reference" / "verbal_aggression.json").read_text())


def verbal():
    """Verbal aggression of 316 persons; men are the focal group."""
    persons = np.array([[int(digit) for digit in person] for person in VERBAL["persons"]])
    return persons, np.array([int(digit) for digit in VERBAL["male"]])


@pytest.mark.parametrize(
    ("group", "options", "complaint"),
    [
        ([0, 1, 1], {"focal": 2}, "nobody is in the focal group 2; the groups are 0, 1"),
        ([1, 1, 1], {}, "nobody is in the reference group"),
        ([0, 1, 2], {}, "say which group is focal: 0, 1, 2"),
        (["kk", "ru", "kk"], {"focal": "kk", "reference": "kk"}, "are the same, kk"),
        (["kk", "ru", "kk"], {"focal": "kk", "reference": "en"}, "nobody is in the reference group en"),
        ([0, 1], {}, "3 persons need as many groups"),
        ("sex", {}, "carry no group 'sex'"),
        ([0, 1, 1], {"matching": [1, 2, np.nan]}, "one finite number for each person"),
    ],
)
def test_refuses_groups_that_cannot_be_compared(group, options, complaint):
    with pytest.raises(ScoringError, match=complaint):
        mantel_haenszel([[0, 1], [1, 0], [1, 1]], group, **options)


def test_refuses_items_with_more_than_one_point():
    with pytest.raises(ScoringError, match="0 or 1 point"):
        mantel_haenszel([[0, 2], [1, 0]], [0, 1])


@pytest.mark.parametrize(
    ("told", "options"),
    [("MH", {}), ("MH_no_continuity", {"correction": False}), ("MH_purified", {"purify": True})],
)
def test_agrees_with_difr(told, options):
    # difR 5.1: difMH(data, group = "Gender", focal.name = 1, correct = , purify = )
    X, male = verbal()
    found, expected = mantel_haenszel(X, male, **options), VERBAL[told]
    for ours, theirs in (
        (found.chi2, "MH_chisq"),
        (found.pvalue, "p"),
        (found.alpha, "alphaMH"),
        (found.delta, "deltaMH"),
        (found.se, "se_deltaMH"),
    ):
        np.testing.assert_allclose(ours, expected[theirs], rtol=1e-10, err_msg=theirs)
    assert list(found.ets_class) == expected["ets_class"]


def test_purification_takes_out_what_difr_takes_out():
    X, male = verbal()
    told = VERBAL["MH_purified"]
    found = mantel_haenszel(X, male, purify=True).purification
    assert (found.n_iter, found.converged) == (told["purification_iterations"], True)
    assert (np.flatnonzero(~found.anchor) + 1).tolist() == told["flagged_items_1based"]


def test_by_hand():
    """One level: 3 of 4 of the reference group are right, 1 of 3 of the focal group.

    alpha = (3 * 2 / 7) / (1 * 1 / 7) = 6; E = 4 * 4 / 7, V = 4 * 3 * 4 * 3 / (49 * 6) = 24 / 49.
    """
    X = [[1], [1], [1], [0], [1], [0], [0]]
    found = mantel_haenszel(X, [0, 0, 0, 0, 1, 1, 1], matching=np.zeros(7))
    assert found.alpha[0] == pytest.approx(6)
    assert found.delta[0] == pytest.approx(-2.35 * np.log(6))
    assert found.chi2[0] == pytest.approx((3 - 16 / 7 - 0.5) ** 2 / (24 / 49))


def test_the_correction_makes_a_small_chi_square_of_no_difference():
    X = np.array([[1], [1], [0], [0]] * 2)
    group = [0, 0, 0, 0, 1, 1, 1, 1]
    with_it = mantel_haenszel(X, group, matching=np.zeros(8)).chi2[0]
    assert with_it == pytest.approx(0.25 / (4 * 4 * 4 * 4 / (64 * 7)))
    assert mantel_haenszel(X, group, matching=np.zeros(8), correction=False).chi2[0] == 0


def slow_table(X, focal, item, score):
    """Counts of one item by level, from the definition; levels with one person are dropped."""
    for level in np.unique(score):
        here = score == level
        if here.sum() > 1:
            own, group = X[here, item], focal[here]
            yield [((own == x) & (group == g)).sum() for g in (0, 1) for x in (1, 0)]


def slow_statistics(X, focal, item, score):
    r = s = difference = variance = 0.0
    for a, b, c, d in slow_table(X, focal, item, score):
        n = a + b + c + d
        r, s = r + a * d / n, s + b * c / n
        difference += a - (a + b) * (a + c) / n
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1.0))
    chi2 = (abs(difference) - 0.5) ** 2 / variance if variance else np.nan
    return (r / s if s else np.inf if r else np.nan), chi2


ANSWERS = arrays(np.uint8, st.tuples(st.integers(4, 25), st.integers(1, 5)), elements=st.integers(0, 1))


@given(ANSWERS, st.data())
@settings(max_examples=60, deadline=None)
def test_adds_up_the_tables_of_the_definition(X, data):
    focal = data.draw(arrays(np.uint8, len(X), elements=st.integers(0, 1)))
    focal[:2] = 0, 1
    found = mantel_haenszel(X, focal)
    slow = [slow_statistics(X, focal, j, X.sum(axis=1)) for j in range(X.shape[1])]
    np.testing.assert_allclose(found.alpha, [alpha for alpha, _ in slow], rtol=1e-10)
    np.testing.assert_allclose(found.chi2, [chi2 for _, chi2 in slow], rtol=1e-10, atol=1e-12)


def test_a_studied_item_outside_the_anchor_still_counts_in_its_score():
    X, male = verbal()
    found = mantel_haenszel(X, male, purify=True)
    anchor = found.purification.anchor
    outside = int(np.flatnonzero(~anchor)[0])
    score = X[:, anchor].sum(axis=1) + X[:, outside]
    alpha, chi2 = slow_statistics(X, male, outside, score)
    assert (found.alpha[outside], found.chi2[outside]) == pytest.approx((alpha, chi2), rel=1e-10)


def test_who_was_not_given_an_item_is_left_out_of_it():
    X, male = verbal()
    holes = X.astype(float)
    holes[:40, 3] = np.nan
    score = np.nansum(holes, axis=1)
    alpha, chi2 = slow_statistics(X[40:], male[40:], 3, score[40:])
    found = mantel_haenszel(holes, male)
    assert (found.alpha[3], found.chi2[3]) == pytest.approx((alpha, chi2), rel=1e-10)


@given(st.permutations(range(24)), st.permutations(range(316)))
@settings(max_examples=8, deadline=None)
def test_the_order_of_persons_and_items_does_not_matter(items, persons):
    X, male = verbal()
    found, moved = mantel_haenszel(X, male), mantel_haenszel(X[persons][:, items], male[persons])
    np.testing.assert_allclose(moved.chi2, found.chi2[items], rtol=1e-12)


def test_exchanging_the_groups_turns_delta_around():
    X, male = verbal()
    one, other = mantel_haenszel(X, male, focal=1), mantel_haenszel(X, male, focal=0)
    np.testing.assert_allclose(one.delta, -other.delta, atol=1e-12)
    np.testing.assert_allclose(one.chi2, other.chi2, rtol=1e-12)


def test_a_constant_item_changes_nothing_and_has_no_figures():
    X, male = verbal()
    found = mantel_haenszel(np.c_[X, np.ones(len(X))], male)
    np.testing.assert_allclose(found.chi2[:-1], mantel_haenszel(X, male).chi2, rtol=1e-12)
    assert np.isnan([found.alpha[-1], found.delta[-1], found.chi2[-1], found.pvalue[-1]]).all()
    assert found.ets_class[-1] == ""


def test_persons_of_other_groups_are_left_out():
    X, male = verbal()
    group = np.where(np.arange(len(X)) % 5 == 0, "other", np.where(male == 1, "men", "women"))
    kept = group != "other"
    found = mantel_haenszel(X, group, focal="men", reference="women")
    np.testing.assert_allclose(found.chi2, mantel_haenszel(X[kept], male[kept]).chi2, rtol=1e-12)
    assert found.n_focal + found.n_reference == kept.sum()


def test_takes_a_group_that_the_responses_carry():
    X, male = verbal()
    matrix = ResponseMatrix.from_points(X, groups={"sex": male})
    np.testing.assert_array_equal(mantel_haenszel(matrix, "sex").chi2, mantel_haenszel(X, male).chi2)


@pytest.mark.parametrize(
    ("delta", "se", "pvalue", "expected"),
    [
        (0.99, 0.1, 0.0, "A"),
        (1.0, 0.1, 0.0, "B"),
        (1.4, 0.8, 0.07, "A"),  # 1.75 standard errors from 0
        (1.6, 0.8, 0.04, "B"),  # 2 from 0, but 0.75 from 1
        (1.5, 0.3, 0.0, "C"),
        (-1.5, 0.3, 0.0, "C"),
        (1.49, 0.1, 0.0, "B"),
        (np.inf, np.nan, 0.01, "C"),
        (-np.inf, np.nan, 0.2, "A"),
        (np.nan, np.nan, np.nan, ""),
    ],
)
def test_ets_classes(delta, se, pvalue, expected):
    assert ets_classes([delta], [se], [pvalue]) == (expected,)


def test_finds_the_items_that_were_made_harder_for_one_group():
    rng = np.random.default_rng(490)
    focal = np.repeat([0, 1], 3000)
    ability = rng.normal(0, 1, 6000) - 0.5 * focal
    difficulty = rng.normal(0, 0.8, 40)
    harder = np.zeros(40)
    harder[:4] = 0.8
    logit = ability[:, None] - difficulty - harder * focal[:, None]
    X = (rng.random(logit.shape) < 1 / (1 + np.exp(-logit))).astype(np.uint8)
    found = mantel_haenszel(X, focal, purify=True)
    assert found.delta[:4] == pytest.approx(-2.35 * harder[:4], abs=0.35)
    assert set(found.ets_class[:4]) <= {"B", "C"}
    assert set(found.ets_class[4:]) == {"A"}
    assert not found.purification.anchor[:4].any()
