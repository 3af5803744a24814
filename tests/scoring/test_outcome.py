"""Parts in, restriction out: every combination against a table that was written from the decree alone."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.outcome import Ground, Part, PartKind, PartState, RestrictionWhen, combine

ANY, ALL = RestrictionWhen.ANY, RestrictionWhen.ALL
EVERY_COMBINATION = list(product(PartState, repeat=3))


def parts_of(legislation: PartState, logic: PartState, norms: PartState) -> list[Part]:
    return [
        Part(PartKind.LEGISLATION, legislation),
        Part(PartKind.LOGIC, logic),
        Part(PartKind.NORMS, norms),
    ]


def oracle(legislation: str, logic: str, norms: str, reading: str) -> bool | None:
    """Say the answer letter by letter: p, f, e are settled; n and w (waiting) are not."""
    three = legislation + logic + norms
    if "n" in three or "w" in three:
        return None
    if reading == "any":
        return three.count("f") > 0
    return three in {"fff", "fpf", "fef", "pff", "eff"}


LETTER = {"passed": "p", "failed": "f", "excused": "e", "not_taken": "n", "pending": "w"}


def test_a_kind_given_twice_is_refused():
    twice = [Part(PartKind.NORMS, PartState.PASSED), Part(PartKind.NORMS, PartState.FAILED)]
    with pytest.raises(ValueError, match="norms is given twice"):
        combine(twice, restriction_when=ANY)


def test_there_are_a_hundred_and_twenty_five_combinations():
    assert len(EVERY_COMBINATION) == 125


@pytest.mark.parametrize("reading", list(RestrictionWhen))
@pytest.mark.parametrize("states", EVERY_COMBINATION)
def test_every_combination_under_both_readings(states, reading):
    outcome = combine(parts_of(*states), restriction_when=reading)
    assert outcome.restricted is oracle(*(LETTER[state] for state in states), reading.value)
    assert outcome.reading is reading


@pytest.mark.parametrize("states", EVERY_COMBINATION)
def test_pending_names_exactly_the_open_parts(states):
    outcome = combine(parts_of(*states), restriction_when=ANY)
    waiting = [
        kind for kind, state in zip(PartKind, states, strict=True) if state in ("not_taken", "pending")
    ]
    assert list(outcome.pending) == waiting
    assert (outcome.restricted is None) == bool(waiting)


@pytest.mark.parametrize("reading", list(RestrictionWhen))
def test_nothing_given_is_everything_pending(reading):
    outcome = combine([], restriction_when=reading)
    assert outcome.pending == tuple(PartKind)
    assert outcome.restricted is None
    assert outcome.parts[0].grounds == (Ground("no_result"),)


@pytest.mark.parametrize("forgotten", list(PartKind))
def test_a_forgotten_part_never_opens_the_gate(forgotten):
    given_parts = [Part(kind, PartState.PASSED) for kind in PartKind if kind is not forgotten]
    assert combine(given_parts, restriction_when=ANY).pending == (forgotten,)


def test_absence_alone_is_not_a_failure():
    passed, absent = PartState.PASSED, PartState.NOT_TAKEN
    assert combine(parts_of(passed, passed, absent), restriction_when=ANY).restricted is None


@pytest.mark.parametrize("reading", list(RestrictionWhen))
def test_an_excused_part_counts_for_nothing(reading):
    outcome = combine(
        parts_of(PartState.PASSED, PartState.PASSED, PartState.EXCUSED), restriction_when=reading
    )
    assert outcome.restricted is False
    assert outcome.pending == ()


def test_excused_norms_cannot_restrict_where_both_must_fail():
    states = parts_of(PartState.FAILED, PartState.FAILED, PartState.EXCUSED)
    assert combine(states, restriction_when=ALL).restricted is False
    assert combine(states, restriction_when=ANY).restricted is True


@given(st.permutations(list(PartKind)), st.sampled_from(EVERY_COMBINATION), st.sampled_from(RestrictionWhen))
def test_the_order_of_the_parts_changes_nothing(order, states, reading):
    by_kind = dict(zip(PartKind, parts_of(*states), strict=True))
    shuffled = combine([by_kind[kind] for kind in order], restriction_when=reading)
    assert shuffled == combine(parts_of(*states), restriction_when=reading)


@given(st.sampled_from(EVERY_COMBINATION))
def test_whoever_is_restricted_when_both_must_fail_is_restricted_when_one_must(states):
    under_all = combine(parts_of(*states), restriction_when=ALL)
    if under_all.restricted:
        assert combine(parts_of(*states), restriction_when=ANY).restricted


def test_the_grounds_tell_states_reading_and_conclusion():
    outcome = combine(parts_of(PartState.FAILED, PartState.PASSED, PartState.FAILED), restriction_when=ALL)
    assert outcome.grounds == (
        Ground("part_failed", (("part", "legislation"),)),
        Ground("part_passed", (("part", "logic"),)),
        Ground("part_failed", (("part", "norms"),)),
        Ground("reading", (("restriction_when", "all"),)),
        Ground("restricted", (("failed", "legislation,norms"),)),
    )
    assert outcome.grounds[-1].fact("failed") == "legislation,norms"


def test_the_grounds_of_an_open_outcome_name_what_is_open():
    outcome = combine([Part(PartKind.LOGIC, PartState.PASSED)], restriction_when=ANY)
    assert outcome.grounds[-1] == Ground("parts_open", (("parts", "legislation,norms"),))
