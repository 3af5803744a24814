"""Lists for people: the share of false alarms is kept, and copying is found."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring import (
    Examined,
    Items,
    ScoringError,
    benjamini_hochberg,
    gbt,
    omega_index,
    omega_pvalue,
    review_list,
    similar_pairs,
)
from tests.scoring.integrity.test_copying import ITEMS, LICENSURE
from tests.scoring.simulation import simulate


@pytest.mark.parametrize("pvalue", [[-0.1], [1.1]])
def test_refuses_what_are_no_p_values(pvalue):
    with pytest.raises(ScoringError, match="from 0 to 1"):
        benjamini_hochberg(pvalue)


def test_refuses_more_p_values_than_tests():
    with pytest.raises(ScoringError, match="3 p-values from 2 tests"):
        benjamini_hochberg([0.1, 0.2, 0.3], n_tests=2)


@pytest.mark.parametrize("fdr", [0, 0.5, -1, np.nan])
def test_refuses_a_share_of_false_alarms_that_is_none(fdr):
    with pytest.raises(ScoringError, match="share of false alarms"):
        review_list(fdr=fdr)
    with pytest.raises(ScoringError, match="share of false alarms"):
        similar_pairs(LICENSURE[:5], ITEMS, fdr=fdr)


def test_refuses_rooms_that_do_not_fit():
    with pytest.raises(ScoringError, match="5 persons need as many rooms"):
        similar_pairs(LICENSURE[:5], ITEMS, rooms=["a"])


def test_adjusts_as_r_does():
    # R 4.2.2: p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5), "BH")
    found = benjamini_hochberg([0.01, 0.04, 0.03, 0.005, 0.5])
    assert found == pytest.approx([0.025, 0.05, 0.05, 0.025, 0.5])
    assert benjamini_hochberg([]).shape == (0,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.floats(0.01, 0.4))
@settings(max_examples=80, deadline=None)
def test_a_cut_of_adjusted_p_values_is_the_step_up_procedure(pvalues, q):
    ordered = sorted(pvalues)
    last = max((k for k, p in enumerate(ordered, 1) if p <= q * k / len(ordered)), default=0)
    found = benjamini_hochberg(pvalues)
    near = np.isclose(found, q, rtol=1e-9)
    if not near.any():
        assert np.count_nonzero(found <= q) == np.count_nonzero(
            np.array(pvalues) <= (ordered[last - 1] if last else -1)
        )


@given(st.lists(st.floats(0, 1), min_size=2, max_size=40))
@settings(max_examples=60, deadline=None)
def test_the_smallest_p_values_suffice_when_the_number_of_tests_is_known(pvalues):
    whole = benjamini_hochberg(pvalues)
    small = [p for p in pvalues if p <= 0.2]
    part = benjamini_hochberg(small, n_tests=len(pvalues))
    listed = [adjusted for p, adjusted in zip(pvalues, whole, strict=True) if p <= 0.2]
    assert (part <= 0.2).tolist() == [adjusted <= 0.2 for adjusted in listed]


def test_what_was_not_compared_is_no_test():
    found = benjamini_hochberg([0.01, np.nan, 0.02])
    assert found[[0, 2]] == pytest.approx([0.02, 0.02])
    assert np.isnan(found[1])


def test_lists_the_pairs_that_a_comparison_of_all_would_list():
    found = similar_pairs(LICENSURE, ITEMS)
    omega = omega_index(LICENSURE, ITEMS)
    off = ~np.eye(len(omega), dtype=bool)
    adjusted = np.full(omega.shape, np.nan)
    adjusted[off] = benjamini_hochberg(omega_pvalue(omega[off]))
    assert {*zip(found.copier.tolist(), found.source.tolist(), strict=True)} == {
        (i, j) for i, j in np.argwhere(adjusted <= 0.01).tolist()
    }
    np.testing.assert_allclose(found.adjusted, adjusted[found.copier, found.source], rtol=1e-8)
    assert found.n_tests == off.sum()
    pairs = np.column_stack([found.copier, found.source])
    np.testing.assert_allclose(found.gbt, gbt(LICENSURE, ITEMS, pairs))
    same = LICENSURE[found.copier] == LICENSURE[found.source]
    assert found.matches.tolist() == same.sum(axis=1).tolist()
    assert (found.matches > found.expected).all()
    assert (np.diff(found.pvalue) >= 0).all()


def test_only_persons_of_one_room_are_compared():
    rooms = np.arange(len(LICENSURE)) // 100
    found = similar_pairs(LICENSURE, ITEMS, rooms=rooms, fdr=0.2)
    assert (rooms[found.copier] == rooms[found.source]).all()
    sizes = np.bincount(rooms)
    assert found.n_tests == (sizes * (sizes - 1)).sum()


def test_pairs_that_share_no_item_are_no_tests():
    truth = simulate(6, 20, seed=1)
    X = truth.X.astype(float)
    X[:3, 10:] = np.nan
    X[3:5, :10] = np.nan
    X[5] = np.nan
    found = similar_pairs(X, Items.from_difficulty(truth.a, truth.b))
    assert found.n_tests == 3 * 2 + 2 * 1


def test_copiers_are_found_and_honest_persons_are_not():
    truth = simulate(600, 100, seed=55)
    items = Items.from_difficulty(truth.a, truth.b)
    assert len(similar_pairs(truth.X, items).copier) == 0
    X = truth.X.copy()
    by_ability = np.argsort(truth.theta)
    sources, copiers = by_ability[300:310], by_ability[100:110]
    X[copiers] = np.where(np.arange(100) < 80, X[sources], X[copiers])
    found = similar_pairs(X, items)
    together = {frozenset(pair) for pair in zip(copiers.tolist(), sources.tolist(), strict=True)}
    listed = {frozenset(pair) for pair in zip(found.copier.tolist(), found.source.tolist(), strict=True)}
    assert len(listed & together) >= 9
    assert len(listed - together) <= 1


def test_a_review_list_holds_the_strongest_of_each_kind():
    persons = Examined("lz_star", np.arange(4), np.array([-5.0, 0, 1, 2]), np.array([1e-6, 0.5, 0.8, np.nan]))
    pairs = Examined("omega", np.array([[0, 1], [2, 3]]), np.array([6.0, 3.0]), np.array([1e-9, 1e-3]), 1000)
    found = review_list(persons, pairs)
    assert [(lead.kind, lead.persons) for lead in found.leads] == [("omega", (0, 1)), ("lz_star", (0,))]
    assert found.leads[0].adjusted == pytest.approx(1e-6)
    assert found.leads[1].adjusted == pytest.approx(3e-6)
    assert found.n_tests == {"lz_star": 3, "omega": 1000}
    assert found.expected_false == pytest.approx(0.02)


def test_the_list_keeps_its_share_of_false_alarms():
    rng = np.random.default_rng(8)
    shares = []
    for _ in range(60):
        p = np.concatenate([rng.random(900), rng.random(100) * 1e-4])
        evidence = Examined("z", np.arange(1000), np.zeros(1000), p)
        leads = review_list(evidence, fdr=0.1).leads
        shares.append(np.mean([lead.persons[0] < 900 for lead in leads]))
    assert np.mean(shares) == pytest.approx(0.09, abs=0.02)


def test_the_persons_compared_are_counted_over_the_rooms():
    seen = []
    similar_pairs(
        LICENSURE[:7], ITEMS, rooms=["a", "b", "a", "b", "b", "c", "c"], progress=lambda *n: seen.append(n)
    )
    assert seen == [(2, 7), (5, 7), (7, 7)]
