"""The three E-steps against the definition and against one another."""

import numpy as np
import pytest

from scoring.irt import expectation
from scoring.irt.answers import code_answers, gather
from scoring.irt.expectation import (
    NodewiseExpectation,
    RawScoreExpectation,
    WeightedScoreExpectation,
    margins,
    weighted_scores,
)
from scoring.irt.grid import Items, normal_log_weights, normal_nodes
from tests.scoring.simulation import simulate

NODES = normal_nodes()
STANDARD = normal_log_weights(NODES)[None, :]


def by_definition(X, items, log_weights):
    """Expected right answers and persons, person by person."""
    p = items.c[:, None] + (1 - items.c[:, None]) / (
        1 + np.exp(-(np.outer(items.a, NODES) + items.d[:, None]))
    )
    right, seen, persons, loglik = np.zeros_like(p), np.zeros_like(p), np.zeros(len(NODES)), 0.0
    for row in X:
        met = ~np.isnan(row)
        joint = np.exp(log_weights) * np.prod(np.where(row[met, None] == 1, p[met], 1 - p[met]), axis=0)
        loglik += np.log(joint.sum())
        posterior = joint / joint.sum()
        persons += posterior
        seen[met] += posterior
        right[np.nan_to_num(row) == 1] += posterior
    return right, seen, persons, loglik


def with_gaps(kind):
    truth = simulate(300, 8, "3pl", seed=4)
    X = truth.X.astype(float)
    if kind == "forms":
        X[:150, 6:], X[150:, :2] = np.nan, np.nan
    if kind == "scattered":
        X[np.random.default_rng(1).random(X.shape) < 0.3] = np.nan
    return X, Items.from_difficulty(truth.a, truth.b, truth.c)


@pytest.mark.parametrize("kind", ["complete", "forms", "scattered"])
def test_node_by_node_is_the_definition(kind):
    X, items = with_gaps(kind)
    answers = gather(code_answers(X))
    assert answers.scattered is (kind == "scattered")
    expect = NodewiseExpectation(answers, NODES)
    expect(items, STANDARD)  # the second pass leaves out nodes without mass
    found, told = expect(items, STANDARD), by_definition(X, items, STANDARD[0])
    for ours, theirs in zip((found.right, found.seen, found.persons[0], found.loglik), told, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-8)


@pytest.mark.parametrize("kind", ["complete", "forms"])
def test_interpolation_in_the_weighted_score_is_the_definition(kind):
    X, items = with_gaps(kind)
    items = items._replace(c=np.zeros(8), a=items.a * np.where(np.arange(8) == 3, -1, 1))
    found = WeightedScoreExpectation(gather(code_answers(X)), NODES, items)(items, STANDARD)
    told = by_definition(X, items, STANDARD[0])
    for ours, theirs in zip((found.right, found.seen, found.persons[0], found.loglik), told, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-8)


def test_interpolation_stays_exact_when_discriminations_have_moved_far_from_the_start(monkeypatch):
    monkeypatch.setattr(expectation, "STORED_CELLS", 0)
    truth = simulate(9000, 60, seed=5)
    answers = gather(truth.X)
    start = Items.from_difficulty(np.ones(60), truth.b)
    items = Items.from_difficulty(3.0 * truth.a, truth.b)
    quick = WeightedScoreExpectation(answers, NODES, start)(items, STANDARD)
    slow = NodewiseExpectation(answers, NODES)(items, STANDARD)
    np.testing.assert_allclose(quick.right, slow.right, rtol=0, atol=1e-6)
    assert quick.loglik == pytest.approx(slow.loglik, abs=1e-6)


@pytest.mark.parametrize("kind", ["complete", "forms"])
def test_raw_scores_give_the_sums_of_the_definition(kind):
    X, items = with_gaps(kind)
    items = Items(np.full(8, 1.3), items.d, np.zeros(8))
    found = RawScoreExpectation(gather(code_answers(X)), NODES)(items, STANDARD)
    right, seen, persons, loglik = by_definition(X, items, STANDARD[0])
    np.testing.assert_allclose(found.right.sum(axis=1), right.sum(axis=1), atol=1e-9)
    np.testing.assert_allclose(found.right.sum(axis=0), right.sum(axis=0), atol=1e-9)
    np.testing.assert_allclose(found.seen, seen, atol=1e-9)
    np.testing.assert_allclose(found.persons[0], persons, atol=1e-9)
    assert found.loglik == pytest.approx(loglik, abs=1e-9)


def test_groups_keep_their_own_weights_and_persons():
    truth = simulate(400, 6, seed=3)
    groups = np.arange(400) % 2
    items = Items.from_difficulty(truth.a, truth.b)
    weights = np.stack([normal_log_weights(NODES), normal_log_weights(NODES, 1.0, 0.7)])
    answers = gather(truth.X, groups.astype(np.intp))
    for expect in (NodewiseExpectation(answers, NODES), WeightedScoreExpectation(answers, NODES, items)):
        found = expect(items, weights)
        for g in (0, 1):
            told = by_definition(truth.X[groups == g].astype(float), items, weights[g])
            np.testing.assert_allclose(found.persons[g], told[2], atol=1e-8)


def test_scores_and_margins_count_right_answers_only():
    coded = np.array([[1, 0, 255], [1, 1, 0], [255, 255, 255]], dtype=np.uint8)
    scores, n_right = margins(coded)
    assert scores.tolist() == [1, 2, 0]
    assert n_right.tolist() == [2, 1, 0]
    assert weighted_scores(coded, np.array([0.5, 2.0, 4.0])).tolist() == [0.5, 2.5, 0.0]
