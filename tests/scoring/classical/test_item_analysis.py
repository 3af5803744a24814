"""Item analysis against R and psych, against the definitions, and where nothing is defined."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm

from scoring import ResponseError, ResponseMatrix, item_analysis, upper_lower_index

BY_HAND = np.array([[1, 1], [1, 1], [1, 0], [0, 1], [0, 0], [0, 0]])  # phi = (2*2 - 1*1) / 9


@pytest.mark.parametrize(
    ("points", "complaint"),
    [
        (np.zeros(5), "persons and items"),
        (np.zeros((0, 3)), "persons and items"),
        ([[1, -1]], "negative"),
        ([[1.0, np.inf]], "finite"),
        ([["A", "B"]], "have to be numbers"),
    ],
)
def test_refuses_what_are_no_points(points, complaint):
    with pytest.raises(ResponseError, match=complaint):
        item_analysis(points)


def test_two_items_by_hand():
    found = item_analysis(BY_HAND)
    np.testing.assert_allclose(found.item_rest, [1 / 3, 1 / 3], rtol=1e-12)
    np.testing.assert_allclose(found.difficulty, [0.5, 0.5], rtol=1e-12)
    assert found.alpha == pytest.approx(2 * (1 / 3) / (1 + 1 / 3), abs=1e-12)


def test_agrees_with_psych_on_lsat6(lsat6, lsat6_figures):
    # R 4.2.2: psych::alpha(lsat6), version 2.2.9; cor(), sd() of base R
    found, told = item_analysis(lsat6), lsat6_figures["classical"]
    for ours, theirs in (
        (found.difficulty, "p"),
        (found.item_total, "item_total_r"),
        (found.item_rest, "item_rest_r"),
        (found.alpha_if_deleted, "alpha_if_deleted"),
        (found.alpha, "alpha_cov"),
        (found.sem, "SEM_alpha"),
        (found.mean, "score_mean"),
        (found.sd, "score_sd_n1"),
        (found.skewness, "score_skew_b1"),
        (found.kurtosis, "score_kurt_excess"),
    ):
        np.testing.assert_allclose(ours, told[theirs], rtol=0, atol=1e-12, err_msg=theirs)


def test_the_biserial_follows_its_formula(lsat6, lsat6_figures):
    # Lord & Novick (1968), 15.6: r sqrt(p q) / y, where nothing is divided by n - 1
    found, told = item_analysis(lsat6), lsat6_figures["classical"]
    p = lsat6.mean(axis=0)
    by_hand = [
        np.corrcoef(x, lsat6.sum(axis=1) - x)[0, 1] * np.sqrt(q * (1 - q)) / norm.pdf(norm.ppf(q))
        for x, q in zip(lsat6.T, p, strict=True)
    ]
    np.testing.assert_allclose(found.biserial, by_hand, rtol=0, atol=1e-8)
    # the figures from R take sd(x) of the item, with n - 1, in the place of sqrt(p q)
    np.testing.assert_allclose(
        found.biserial, np.array(told["item_rest_biserial"]) * np.sqrt(999 / 1000), rtol=0, atol=1e-12
    )


def test_upper_and_lower_groups_by_row_order_agree_with_r(lsat6, lsat6_figures):
    in_order = upper_lower_index(lsat6, ties="row order")
    assert in_order == pytest.approx(lsat6_figures["classical"]["D27_upper_lower"]["value"], abs=1e-12)


def test_tied_persons_share_their_place_in_a_group():
    # four persons, groups of one: the two at the top count half each
    x = np.array([[1, 1], [1, 1], [1, 0], [0, 0]])
    assert upper_lower_index(x) == pytest.approx([1.0, 1.0])
    x = np.array([[1, 0], [0, 1], [0, 0], [0, 0]])
    assert upper_lower_index(x) == pytest.approx([0.5, 0.5])
    x = np.array([[1, 1], [1, 1], [1, 0], [0, 1]])
    assert upper_lower_index(x) == pytest.approx([0.5, 0.5])


def test_the_median_of_an_even_number_lies_between():
    assert item_analysis([[0, 0], [1, 0], [1, 1], [1, 1]]).median == 1.5
    assert item_analysis([[0, 0], [0.5, 0], [0.5, 1], [1, 1]]).median == 1.0


matrices = arrays(
    np.uint8, st.tuples(st.integers(3, 30), st.integers(2, 8)), elements=st.integers(0, 3), fill=st.nothing()
)


def from_the_definition(x):
    """Item-rest, item-total and alpha by np.corrcoef, item by item."""
    x = x.astype(float)
    total = x.sum(axis=1)
    rests = total[:, None] - x

    def r(a, b):
        return np.corrcoef(a, b)[0, 1] if np.ptp(a) > 0 and np.ptp(b) > 0 else np.nan

    k = x.shape[1]
    variance = total.var(ddof=1)
    alpha = k / (k - 1) * (1 - x.var(axis=0, ddof=1).sum() / variance) if variance > 0 else np.nan
    items = range(k)
    return [r(x[:, j], rests[:, j]) for j in items], [r(x[:, j], total) for j in items], alpha


@given(matrices)
@settings(max_examples=60, deadline=None)
def test_agrees_with_the_definitions(x):
    found = item_analysis(x)
    rest, total, alpha = from_the_definition(x)
    np.testing.assert_allclose(found.item_rest, rest, atol=1e-9)
    np.testing.assert_allclose(found.item_total, total, atol=1e-9)
    np.testing.assert_allclose(found.alpha, alpha, atol=1e-9)


@given(matrices, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_persons_and_items_changes_nothing(x, random):
    rows, columns = list(range(len(x))), list(range(x.shape[1]))
    random.shuffle(rows)
    random.shuffle(columns)
    before, after = item_analysis(x), item_analysis(x[rows][:, columns])
    for name in ("difficulty", "item_rest", "discrimination_27", "alpha_if_deleted", "biserial"):
        np.testing.assert_allclose(getattr(after, name), getattr(before, name)[columns], atol=1e-9)
    np.testing.assert_allclose(after.alpha, before.alpha, atol=1e-9)


@given(matrices)
@settings(max_examples=30, deadline=None)
def test_a_constant_item_moves_no_other(x):
    before = item_analysis(x)
    after = item_analysis(np.column_stack([x, np.ones(len(x), dtype=np.uint8)]))
    np.testing.assert_allclose(after.item_rest[:-1], before.item_rest, atol=1e-9)
    assert np.isnan(after.item_rest[-1])
    assert after.difficulty[-1] == 1


def test_halves_of_points_are_read_as_measures():
    x = BY_HAND + 0.5 * BY_HAND[:, ::-1]
    rest, total, alpha = from_the_definition(x)
    found = item_analysis(x)
    np.testing.assert_allclose(found.item_rest, rest, atol=1e-12)
    np.testing.assert_allclose(found.item_total, total, atol=1e-12)
    assert found.alpha == pytest.approx(alpha, abs=1e-12)


def test_a_constant_item_of_broken_points_has_no_correlation():  # the mean of three 0.1 is not 0.1
    found = item_analysis([[0.1, 0, 1], [0.1, 1, 0], [0.1, 1, 1]])
    assert np.isnan(found.item_rest[0])
    assert np.isnan(found.item_total[0])


@pytest.mark.parametrize("x", [[[1, 0, 1]], [[1], [0], [1]], [[1, 1], [1, 1]], [[0, 0], [0, 0], [0, 0]]])
def test_what_is_not_defined_is_nan_and_no_error(x):
    found = item_analysis(x)
    assert np.isnan(found.alpha)
    assert np.isnan(found.sem)
    assert np.isnan(found.item_rest).all()
    assert np.isfinite(found.difficulty).all()


def test_cells_not_administered_stay_out_of_an_item():
    x = np.array([[1, 1, np.nan], [0, 1, 1], [1, np.nan, 0], [0, 0, 0], [1, 1, 0], [1, 0, 1]])
    found = item_analysis(x)
    assert found.n.tolist() == [6, 5, 5]
    assert found.difficulty == pytest.approx([4 / 6, 3 / 5, 2 / 5])
    seen = ~np.isnan(x[:, 1])
    rest = np.nansum(x[:, [0, 2]], axis=1)[seen]
    assert found.item_rest[1] == pytest.approx(np.corrcoef(x[seen, 1], rest)[0, 1])
    pairwise = np.empty((3, 3))  # as cov(x, use = "pairwise") of R
    for i, j in np.ndindex(3, 3):
        both = ~np.isnan(x[:, i] + x[:, j])
        pairwise[i, j] = np.cov(x[both, i], x[both, j])[0, 1]
    assert found.alpha == pytest.approx(1.5 * (1 - np.trace(pairwise) / pairwise.sum()))


def test_omitted_cells_count_as_no_points():
    chosen = [["A", "", "B"], ["A", "B", ""], ["C", "B", ""], ["A", "B", "B"]]
    found = item_analysis(ResponseMatrix.from_options(chosen, ["A", "B", "B"]))
    assert found.difficulty == pytest.approx([0.75, 0.75, 0.5])
    assert found.omitted == pytest.approx([0, 0.25, 0])
    assert found.not_reached == pytest.approx([0, 0, 0.5])
