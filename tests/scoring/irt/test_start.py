"""Starting values: near the truth, finite at the edges, and blind to chance."""

import numpy as np

from scoring.irt.start import starting_items
from tests.scoring.simulation import simulate


def test_start_near_the_truth():
    truth = simulate(5000, 40, seed=3)
    start = starting_items(truth.X)
    assert np.abs(start.a - truth.a).max() < 0.8  # the biserial is cut at 0.9
    assert np.abs(start.d + truth.a * truth.b).max() < 0.8


def test_an_item_is_not_correlated_with_itself():
    noise = np.random.default_rng(1).integers(0, 2, (5000, 4)).astype(np.uint8)
    assert (starting_items(noise).a < 0.2).all()


def test_gaps_do_not_count_as_wrong():
    X = simulate(4000, 10, seed=5).X
    gaps = X.copy()
    gaps[np.random.default_rng(2).random(X.shape) < 0.3] = 255
    np.testing.assert_allclose(starting_items(gaps).d, starting_items(X).d, atol=0.4)


def test_starts_are_finite_at_the_edges():
    X = np.zeros((300, 4), dtype=np.uint8)
    X[0, 0], X[:-1, 1], X[:150, 2:] = 1, 1, 1
    for start in (starting_items(X), starting_items(X, c=0.2), starting_items(X, equal=True)):
        assert np.isfinite(start.a).all()
        assert np.isfinite(start.d).all()
    assert (starting_items(X, equal=True).a == 1).all()
