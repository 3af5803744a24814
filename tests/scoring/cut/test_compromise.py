"""Compromises of a panel: refusals, small panels by hand, and slow searches from the definition."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from scoring import StandardSettingError, beuk, hofstee

UNIFORM = range(11)
JUDGES = [[4, 0.6], [6, 0.8]]


@pytest.mark.parametrize(
    ("said", "complaint"),
    [([60, 50, 0, 0.2], "exceeds"), ([50, 60, 0, 20], "share"), ([50, 60, 0.1], "every judge gives")],
)
def test_hofstee_refuses_judgements_that_contradict_themselves(said, complaint):
    with pytest.raises(StandardSettingError, match=complaint):
        hofstee([40, 50, 60], [said])


@pytest.mark.parametrize(
    ("scores", "judgements", "complaint"),
    [
        ([], JUDGES, "two judges or more"),
        ([1, 2], [[4, 0.6]], "two judges or more"),
        ([1, 2], [[4, 0.6, 1], [4, 0.7, 1]], "a cut and a pass rate"),
        ([1, 2], [[4, 0.6], [5, float("nan")]], "a cut and a pass rate"),
        ([1, 2], [[4, 60], [5, 70]], "share from 0 to 1"),
        ([1, 2], [[4, 0.6], [4, 0.6]], "agree in both"),
    ],
)
def test_beuk_refuses_judgements_that_are_none(scores, judgements, complaint):
    with pytest.raises(StandardSettingError, match=complaint):
        beuk(scores, judgements)


def test_the_compromise_of_beuk_by_hand():
    """Scores 0 to 10 once each: 1 - x/11 pass. The line is 0.7 + 0.1 (x - 5); they meet at x = 8.8/2.1."""
    found = beuk(UNIFORM, JUDGES)
    assert found.cut == pytest.approx(8.8 / 2.1)
    assert found.pass_rate == pytest.approx(6 / 11)
    assert (found.mean_cut, found.mean_pass) == pytest.approx((5, 0.7))
    assert found.slope == pytest.approx(0.1)


def test_judges_of_one_cut_get_it_and_judges_of_one_pass_rate_get_that():
    one_cut = beuk(UNIFORM, [[4, 0.2], [4, 0.9]])
    assert (one_cut.cut, one_cut.pass_rate, one_cut.slope) == (4, pytest.approx(7 / 11), np.inf)
    one_rate = beuk(UNIFORM, [[2, 0.5], [9, 0.5]])
    assert one_rate.cut == pytest.approx(5.5)
    assert one_rate.slope == 0


@pytest.mark.parametrize(
    ("judgements", "cut", "pass_rate"),
    [
        ([[20, 0.4], [22, 0.6]], 21 - 0.5 / 0.1, 0),  # the line is at 0 beyond the greatest score
        ([[-9, 0.4], [-7, 0.6]], -8 + 0.5 / 0.1, 1),
        ([[-9, 1.0], [-7, 1.0]], 0, 1),
        ([[20, 0.0], [22, 0.0]], 11, 0),
    ],
)
def test_a_panel_far_from_all_scores_lets_nobody_pass_or_everybody(judgements, cut, pass_rate):
    found = beuk(UNIFORM, judgements)
    assert (found.cut, found.pass_rate) == (pytest.approx(cut), pass_rate)


SHARES = st.floats(0, 1, allow_nan=False)


@given(
    st.lists(st.integers(0, 30), min_size=1, max_size=30),
    st.lists(st.tuples(st.floats(0, 30), SHARES), min_size=2, max_size=6),
)
def test_the_cut_is_where_a_slow_search_finds_it(scores, judgements):
    """Halve the interval in which the share of who passes, read between scores, falls below the line."""
    said = np.array(judgements)
    spread = said.std(axis=0)
    assume(spread[0] > 1e-3 and spread[1] > 1e-3)
    centre, slope = said.mean(axis=0), spread[1] / spread[0]
    steps = sorted({min(scores) - 1, *scores, max(scores) + 1})
    passing = [sum(score >= step for score in scores) / len(scores) for step in steps]
    low, high = -1e6, 1e6
    for _ in range(80):
        middle = (low + high) / 2
        above = np.interp(middle, steps, passing) > centre[1] + slope * (middle - centre[0])
        low, high = (middle, high) if above else (low, middle)
    assert beuk(scores, judgements).cut == pytest.approx(low, abs=1e-6)


@given(st.floats(0.5, 4), st.floats(-3, 3))
def test_the_unit_of_the_points_does_not_matter(unit, shift):
    scores, said = np.arange(11) * unit + shift, np.array(JUDGES)
    said[:, 0] = said[:, 0] * unit + shift
    assert beuk(scores, said).cut == pytest.approx(beuk(UNIFORM, JUDGES).cut * unit + shift)


def test_the_compromise_lies_where_line_and_curve_cross():
    scores = np.arange(101)  # the share below c is c / 101
    found = hofstee(scores, [[40, 60, 0.3, 0.7], [40, 60, 0.3, 0.7]])
    # from (40, 0.7) down to (60, 0.3): 0.7 - 0.02 (c - 40) = c / 101
    assert found.crosses
    assert found.cut == pytest.approx(1.5 / (0.02 + 1 / 101), abs=1e-3)


def test_a_panel_that_asks_for_the_impossible_gets_the_nearer_end():
    scores = np.arange(101)
    low = hofstee(scores, [[80, 90, 0.0, 0.1]])
    high = hofstee(scores, [[10, 20, 0.8, 0.9]])
    assert (low.crosses, low.cut) == (False, 80)
    assert (high.crosses, high.cut) == (False, 20)
