"""The distribution of raw scores against counting all patterns."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.irt.raw_scores import raw_score_distribution, without_each, without_pairs
from tests.scoring.simulation import patterns

chances = arrays(float, st.integers(2, 7), elements=st.floats(0.0, 1.0))


def counted(p):
    rows = patterns(len(p))
    weight = np.prod(np.where(rows, p, 1 - p), axis=1)
    return np.bincount(rows.sum(axis=1), weights=weight, minlength=len(p) + 1)


@settings(max_examples=60, deadline=None)
@given(p=chances)
def test_is_what_counting_all_patterns_gives(p):
    np.testing.assert_allclose(raw_score_distribution(p[None])[0], counted(p), atol=1e-14)


@settings(max_examples=30, deadline=None)
@given(p=chances)
def test_an_item_left_out_was_never_there(p):
    for i, found in enumerate(without_each(p)):
        np.testing.assert_allclose(found, counted(np.delete(p, i)), atol=1e-14)
    first, second = np.triu_indices(len(p), 1)
    for i, j, found in zip(first, second, without_pairs(p, first, second), strict=True):
        np.testing.assert_allclose(found, counted(np.delete(p, [i, j])), atol=1e-14)


def test_keeps_its_digits_in_the_tail():
    p = np.full(60, 0.02)
    assert np.isclose(raw_score_distribution(p[None])[0, 60], 0.02**60, rtol=1e-12, atol=0)
    assert np.isclose(without_each(p)[0, 59], 0.02**59, rtol=1e-12, atol=0)
