"""The grammar of series, against series whose continuation everybody knows."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.logic import generate
from question_bank.logic.readings import attempts, readings
from question_bank.logic.series import is_settled, proof

KNOWN = [
    ([2, 5, 8, 11, 14], 17),
    ([3, 6, 12, 24, 48], 96),
    ([1, 4, 9, 16, 25, 36], 49),
    ([1, 8, 27, 64, 125, 216], 343),
    ([1, 1, 2, 3, 5, 8, 13], 21),
    ([2, 1, 3, 4, 7, 11, 18], 29),
    ([1, 3, 7, 15, 31, 63], 127),
    ([1, 2, 6, 24, 120, 720], 5040),
    ([2, 3, 5, 7, 11, 13, 17], 19),
    ([5, 10, 7, 14, 11, 22, 19], 38),
    ([1, 10, 2, 20, 3, 30, 4, 40], 5),
    ([7, 12, 10, 15, 13, 18, 16], 21),
    ([1, 1, 2, 4, 7, 13, 24], 44),
    ([1, -2, 4, -8, 16, -32], 64),
    ([1, 2, 4, 8, 16, 23, 28], 38),
    ([4, 6, 9, 14, 22, 35], 56),
    ([1, 4, 13, 40, 121], 364),
    ([3, 7, 13, 21, 31, 43], 57),
]


@pytest.mark.parametrize(("shown", "following"), KNOWN)
def test_the_grammar_reads_what_everybody_knows(shown, following):
    checked = {reading.next for reading in readings(shown) if reading.checks >= 2}
    assert following in checked


@pytest.mark.parametrize(("shown", "following"), KNOWN)
def test_a_known_series_is_settled_or_refused_never_settled_on_another_term(shown, following):
    found = readings(shown)
    others = {reading.next for reading in found} - {following}
    assert not any(is_settled(found, term) for term in others)


def test_no_rule_reads_what_it_does_not_explain():
    for reading in readings([2, 5, 9, 2, 8, 1, 7]):
        assert reading.checks == 0 or "times" in reading.rule or "turn" in reading.rule, reading


def test_a_series_with_two_simple_readings_is_not_settled():
    shown = [5, 10, 20]  # doubling says 40, growing steps say 35
    found = readings(shown)
    assert {35, 40} <= {reading.next for reading in found}
    assert not is_settled(found, 40)
    assert not is_settled(found, 35)


def test_a_planted_option_that_another_rule_reaches_is_seen():
    assert proof([5, 10, 20], [35, 40]).holds == (True, True)
    assert proof([1, 2, 4, 7, 11], [16, 15, 19, 29]).holds == (True, False, False, False)


def test_letters_run_over_the_end_of_the_alphabet():
    shown = [21, 24, 27, 30, 33]
    assert proof(shown, [3, 36], wrap=33).holds == (True, False)
    assert proof(shown, [3, 36]).holds == (False, True)


@settings(deadline=None)  # the machine is shared
@given(st.lists(st.integers(-50, 50), min_size=5, max_size=9), st.integers(-9, 9), st.integers(1, 5))
def test_readings_move_and_grow_with_the_polynomial_part(terms, shift, scale):
    """Differences of any order move with the terms: a witness against a wrong index."""
    plain = {
        r.next for r in readings(terms) if r.rule.startswith(("polynomial", "even", "steps", "one number"))
    }
    moved = [scale * term + shift for term in terms]
    again = {
        r.next for r in readings(moved) if r.rule.startswith(("polynomial", "even", "steps", "one number"))
    }
    assert again == {scale * term + shift for term in plain}


def test_what_was_tried_is_counted_rule_by_rule():
    tried = attempts([3, 7, 13, 21, 31, 43])
    assert len(tried) > 400
    assert len([attempt for attempt in tried if attempt]) == len(readings([3, 7, 13, 21, 31, 43]))


def one_value(values):
    return len(set(values)) == 1


def steps(terms):
    return [b - a for a, b in pairwise(terms)]


def by_simple_rules(terms):
    """A second solver from the definitions: each simple rule that fits all terms says its next term."""
    diffs, threes = steps(terms), list(zip(terms, terms[1:], terms[2:], strict=False))
    if one_value(diffs):
        yield terms[-1] + diffs[0]
    if one_value(steps(diffs)):
        yield terms[-1] + 2 * diffs[-1] - diffs[-2]
    if one_value(c - a - b for a, b, c in threes):
        yield terms[-1] + terms[-2] + terms[2] - terms[1] - terms[0]
    if diffs[2:] == diffs[:-2]:
        yield terms[-1] + diffs[-2]
    for factor in range(2, 6):
        if one_value(b - factor * a for a, b in pairwise(terms)):
            yield factor * terms[-1] + terms[1] - factor * terms[0]
    yield from by_two_lines(terms)


def by_two_lines(terms):
    own, other = terms[len(terms) % 2 :: 2], terms[1 - len(terms) % 2 :: 2]
    doubled = all(b == 2 * a for a, b in pairwise(other))
    if len(own) > 2 and (one_value(steps(other)) or doubled):
        if one_value(steps(own)):
            yield own[-1] + own[1] - own[0]
        if all(b == 2 * a for a, b in pairwise(own)):
            yield 2 * own[-1]


def test_a_second_solver_never_reaches_another_option():
    reached = 0
    for item in generate("number_series", seed=77, count=400):
        found = set(by_simple_rules(list(item.problem.shown))).intersection(item.choices)
        assert found <= {item.choices[item.key]}, item.stem.ru
        reached += bool(found)
    assert reached > 200, "the second solver solves a good part by itself"
