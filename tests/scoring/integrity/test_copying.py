"""Indices of agreement against CopyDetect, by hand, and where somebody did copy."""

import json
from math import factorial
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize

from scoring import (
    Items,
    ResponseError,
    ResponseMatrix,
    ScoringError,
    gbt,
    k_index,
    omega_index,
    omega_pvalue,
    score_map,
)
from tests.scoring.simulation import simulate

TOLD = json.loads((Path(__file__).parents[1] / "reference" / "licensure.json").read_text())
LICENSURE = np.array(
    [np.unpackbits(np.frombuffer(bytes.fromhex(row), dtype=np.uint8))[:170] for row in TOLD["persons"]]
)
ITEMS = Items.from_difficulty(TOLD["a"], TOLD["b"])
PAIRS = np.array(TOLD["pairs"])


@pytest.mark.parametrize(
    ("pairs", "complaint"),
    [
        ([[0, 0]], "two different persons"),
        ([[0, 3]], "outside 0 to 2"),
        ([[-1, 0]], "outside 0 to 2"),
        ([0, 1], "rows of two whole numbers"),
        ([[0.0, 1.0]], "rows of two whole numbers"),
    ],
)
def test_refuses_what_are_no_pairs(pairs, complaint):
    X = [[1, 0], [0, 1], [1, 1]]
    with pytest.raises(ScoringError, match=complaint):
        k_index(X, pairs)
    with pytest.raises(ScoringError, match=complaint):
        gbt(X, Items.from_difficulty([1, 1], [0, 0]), pairs)


def test_refuses_what_the_indices_are_not_made_for():
    with pytest.raises(ScoringError, match="one of K, K1, K2, S1, S2, not 'S3'"):
        k_index([[1, 0], [0, 1]], [[0, 1]], kind="S3")
    with pytest.raises(ResponseError, match="that everybody was given"):
        k_index([[1, np.nan], [0, 1]], [[0, 1]])
    with pytest.raises(ScoringError, match="K2 needs persons with more than 2 different"):
        k_index([[1, 0], [0, 1], [1, 1]], [[0, 1]], kind="K2")
    with pytest.raises(ResponseError, match="answers to 2 items and parameters of 3"):
        omega_index([[1, 0], [0, 1]], Items.from_difficulty([1, 1, 1], [0, 0, 0]), theta=[0, 0])
    with pytest.raises(ResponseError, match="one finite ability"):
        omega_index([[1, 0], [0, 1]], Items.from_difficulty([1, 1], [0, 0]), theta=[0, np.inf])


def test_omega_agrees_with_copydetect():
    # CopyDetect 1.3: similarity1(data, item.par, many.pairs)$W.index
    theta = score_map(LICENSURE, ITEMS, sd=5**0.5).theta
    np.testing.assert_allclose(theta[:50], TOLD["thetas_first50"], atol=1e-5)
    found = omega_index(LICENSURE, ITEMS)
    np.testing.assert_allclose(omega_pvalue(found[tuple(PAIRS.T)]), TOLD["pvalues"]["W"], atol=1e-5)
    assert np.isnan(np.diag(found)).all()


def test_the_generalised_binomial_test_agrees_with_copydetect():
    found = gbt(LICENSURE, ITEMS, PAIRS)
    np.testing.assert_allclose(found, TOLD["pvalues"]["GBT"], rtol=0, atol=1e-5)
    np.testing.assert_allclose(gbt(LICENSURE, ITEMS, PAIRS[:, ::-1]), found, atol=1e-12)


@pytest.mark.parametrize("kind", ["K", "K1", "K2", "S1", "S2"])
def test_the_k_family_agrees_with_copydetect(kind):
    found = k_index(LICENSURE, PAIRS, kind=kind)
    np.testing.assert_allclose(found.pvalue, TOLD["pvalues"][kind], rtol=0, atol=1e-12)


def test_omega_from_its_definition():
    """Matches less their expectation, over its standard deviation."""
    X = np.array([[1, 0, 1], [1, 1, 0]])
    items, theta = Items.from_difficulty([1.0, 0.5, 2.0], [0.0, 1.0, -0.5], [0.2, 0, 0]), [0.3, -1.0]
    p = items.c + (1 - items.c) / (1 + np.exp(-(items.a * theta[0] + items.d)))
    match = np.where(X[1] == 1, p, 1 - p)
    expected = (1 - match.sum()) / np.sqrt((match * (1 - match)).sum())
    assert omega_index(X, items, theta=theta)[0, 1] == pytest.approx(expected, rel=1e-10)


def test_the_chance_of_matches_by_hand():
    """Two items, both even: agreement on both is 1/4, on at least one 3/4."""
    X = [[1, 0], [1, 0], [1, 1], [0, 1]]
    items = Items.from_difficulty([1, 1], [0, 0])
    found = gbt(X, items, [[0, 1], [0, 2], [0, 3]], theta=np.zeros(4))
    assert found == pytest.approx([0.25, 0.75, 1.0])


def test_items_that_were_not_given_to_both_do_not_count():
    X, items = LICENSURE[:3].astype(float), ITEMS
    X[0, :20] = np.nan
    theta = np.zeros(3)
    kept = Items(*(values[20:] for values in items))
    part, whole = LICENSURE[:3, 20:], omega_index(X, items, theta=theta)
    np.testing.assert_allclose(whole[0], omega_index(part, kept, theta=theta)[0], atol=1e-10)
    np.testing.assert_allclose(whole[1, 2], omega_index(LICENSURE[:3], items, theta=theta)[1, 2], atol=1e-10)
    pairs = [[0, 1], [1, 2]]
    found = gbt(X, items, pairs, theta=theta)
    assert found[0] == pytest.approx(gbt(part, kept, pairs, theta=theta)[0])
    assert found[1] == pytest.approx(gbt(LICENSURE[:3], items, pairs, theta=theta)[1])


def test_two_who_share_no_item_are_not_compared():
    X = [[1, 0, np.nan, np.nan], [np.nan, np.nan, 1, 0]]
    items = Items.from_difficulty(np.ones(4), np.zeros(4))
    assert np.isnan(omega_index(X, items, theta=[0, 0])).all()
    assert gbt(X, items, [[0, 1]], theta=[0, 0])[0] == 1


def test_only_the_same_wrong_option_is_a_match():
    """The source is wrong on all three; one copier has its options, the other has others."""
    chosen = [["B", "C", "D"], ["B", "C", "A"], ["C", "D", "A"], ["A", "A", "A"]]
    matrix = ResponseMatrix.from_options(chosen, ["A", "A", "A"])
    found = k_index(matrix, [[1, 0], [2, 0], [0, 3]])
    assert found.matches.tolist() == [2, 0, 0]
    assert found.source_wrong.tolist() == [3, 3, 0]
    assert found.expected.tolist() == pytest.approx([1, 1, 0])
    assert found.pvalue.tolist() == pytest.approx([1 - (2 / 3) ** 3 - 3 * (1 / 3) * (2 / 3) ** 2, 1, 1])


def test_s2_from_its_definition():
    """Weights item by item, means level by level, a general optimiser, Poisson by its sum."""
    X = simulate(60, 12, seed=5).X
    n_wrong, source, copier = 12 - X.sum(axis=1), 8, 3
    assert n_wrong[source] > 0

    def matches_of(person, level):
        members = [i for i in range(60) if n_wrong[i] == level and i != source]
        weighted = 0.0
        for j in range(12):
            if X[person, j] == X[source, j] == 1:
                p = np.mean([X[i, j] for i in members])
                weighted += (1.2 / 0.8 * np.e) ** (-6 * p)
        return sum(X[person, j] == X[source, j] == 0 for j in range(12)), weighted

    levels = sorted({n_wrong[i] for i in range(60) if i != source})
    means = []
    for level in levels:
        found = [matches_of(i, level) for i in range(60) if n_wrong[i] == level and i != source]
        means.append(np.mean([w for w, _ in found]) + np.ceil(np.mean([r for _, r in found])))
    x, y = np.array(levels), np.array(means)
    loss = lambda b: np.exp(b[0] + b[1] * x).sum() - y @ (b[0] + b[1] * x)  # noqa: E731
    b = minimize(loss, [1.0, 0.0], method="BFGS", options={"gtol": 1e-10}).x
    mean = np.exp(b[0] + b[1] * n_wrong[copier])
    wrong, weighted = matches_of(copier, n_wrong[copier])
    observed = wrong + int(np.ceil(weighted))
    chance = sum(np.exp(-mean) * mean**k / factorial(k) for k in range(observed, 13))
    found = k_index(X, [[copier, source]], kind="S2")
    assert found.matches[0] == observed
    assert found.expected[0] == pytest.approx(mean, rel=1e-6)
    assert found.pvalue[0] == pytest.approx(chance, rel=1e-6)


def test_rare_right_answers_weigh_in_s2_where_s1_is_blind():
    """The copier shares no wrong answer, but six right ones that none of those as weak as he has."""
    X = np.zeros((42, 20), dtype=int)
    X[0, :18] = 1  # the source
    X[1, 8:] = 1  # the copier, with 8 wrong
    X[2:22, :12], X[22:, :11] = 1, 1  # twenty with 8 wrong, twenty with 9
    blind, seen = (k_index(X, [[1, 0]], kind=kind).pvalue[0] for kind in ("S1", "S2"))
    assert blind > 0.6  # as likely as anything: nothing wrong is shared
    assert seen < 0.25
    assert k_index(X, [[2, 0]], kind="S2").pvalue[0] > 0.5


def test_a_blank_matches_nothing():
    chosen = [["", "C"], ["", "C"], ["A", "C"]]
    found = k_index(ResponseMatrix.from_options(chosen, ["A", "A"]), [[1, 0]])
    assert (found.matches[0], found.source_wrong[0]) == (1, 1)


def test_omega_is_about_normal_where_nobody_copied_and_large_for_who_did():
    truth = simulate(400, 80, seed=9)
    items = Items.from_difficulty(truth.a, truth.b)
    X = truth.X.copy()
    X[0, :40] = X[1, :40]
    found = omega_index(X, items)
    honest = found[2:, 2:][~np.isnan(found[2:, 2:])]
    assert abs(honest.mean()) < 0.1
    assert honest.std() == pytest.approx(1, abs=0.1)
    assert (honest > 3.09).mean() < 0.004
    assert found[0, 1] > honest.mean() + 3


def test_the_pairs_compared_are_counted():
    seen = []
    k_index(LICENSURE[:30], PAIRS[:0].reshape(0, 2), progress=lambda *n: seen.append(n))
    assert seen == []
    k_index(LICENSURE[:30], [[0, 1], [1, 0], [2, 3]], progress=lambda *n: seen.append(n))
    assert seen == [(1, 3), (2, 3), (3, 3)]
