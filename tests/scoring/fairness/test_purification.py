"""Purification: rounds until nothing changes, cycles, and nothing left to match on."""

import numpy as np
import pytest

from scoring import ScoringError
from scoring.fairness.purification import purified


def told(*rounds):
    """A test whose n-th call flags the items of the n-th round, and the anchors it was asked with."""
    asked = []

    def test(anchor):
        asked.append(np.flatnonzero(~anchor).tolist())
        flags = rounds[min(len(asked), len(rounds)) - 1]
        return np.isin(np.arange(3), list(flags))

    return test, asked


def test_needs_at_least_one_round():
    with pytest.raises(ScoringError, match="at least one round"):
        purified(told(())[0], lambda flags: flags, 3, max_iter=0)


def test_ends_at_once_when_nothing_is_flagged():
    test, asked = told(())
    _, found = purified(test, lambda flags: flags, 3)
    assert (found.n_iter, found.converged, asked) == (0, True, [[]])


def test_repeats_until_the_same_items_are_flagged():
    test, asked = told({0}, {0, 1}, {0, 1})
    _, found = purified(test, lambda flags: flags, 3)
    assert (found.n_iter, found.converged, found.cycle) == (2, True, 0)
    assert asked == [[], [0], [0, 1]]


def test_a_cycle_ends_with_what_none_of_its_rounds_flagged():
    test, asked = told({0}, {1}, {0}, {1})
    _, found = purified(test, lambda flags: flags, 3)
    assert (found.converged, found.cycle, found.anchor.tolist()) == (False, 2, [False, False, True])
    assert asked == [[], [0], [1], [0, 1]]


def test_a_cycle_that_leaves_nothing_keeps_its_last_round():
    test, asked = told({0, 1}, {2}, {0, 1})
    flags, found = purified(test, lambda flags: flags, 3)
    assert (found.converged, found.cycle, found.anchor.tolist()) == (False, 2, [True, True, False])
    assert len(asked) == 3
    assert flags.tolist() == [True, True, False]


def test_stops_when_every_item_is_flagged():
    _, found = purified(told({0, 1, 2})[0], lambda flags: flags, 3)
    assert (found.converged, found.n_iter, found.anchor.all()) == (False, 0, True)


def test_stops_after_the_last_round():
    _, found = purified(told({0}, {1}, {2})[0], lambda flags: flags, 3, max_iter=2)
    assert (found.converged, found.n_iter, found.cycle) == (False, 2, 0)
