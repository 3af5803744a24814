"""Which decisions stay open, and the lines that tell why."""

from dataclasses import replace
from itertools import product

import pytest

from scoring.gate import EXPLANATION_CODES, Decision, Gate, explain, open_decisions
from scoring.outcome import Ground, Part, PartKind, PartState, RestrictionWhen, combine

EVERY_OUTCOME = [
    combine(
        [Part(kind, state) for kind, state in zip(PartKind, states, strict=True)], restriction_when=reading
    )
    for states in product(PartState, repeat=3)
    for reading in RestrictionWhen
]


def outcome_of(legislation: PartState, logic: PartState, norms: PartState, reading=RestrictionWhen.ANY):
    parts = [
        Part(PartKind.LEGISLATION, legislation, (Ground("threshold_missed", (("points", "20"),)),)),
        Part(PartKind.LOGIC, logic),
        Part(PartKind.NORMS, norms),
    ]
    return combine(parts, restriction_when=reading)


def test_the_five_decisions_carry_the_numbers_of_rule_15():
    assert [(decision.name, int(decision)) for decision in Decision] == [
        ("RESERVE", 1),
        ("FITS", 2),
        ("DEMOTE", 3),
        ("TRANSFER", 4),
        ("DISMISS", 5),
    ]


@pytest.mark.parametrize("outcome", EVERY_OUTCOME)
def test_a_restricted_outcome_never_leaves_decision_1_or_2(outcome):
    left = {int(decision) for decision in open_decisions(outcome).open}
    if outcome.restricted is None:
        assert left == set()
    elif outcome.restricted:
        assert left == {3, 4, 5}
    else:
        assert left == {1, 2, 3, 4, 5}


@pytest.mark.parametrize("outcome", EVERY_OUTCOME)
def test_every_explanation_can_be_recomputed_from_parts_and_reading(outcome):
    again = combine(reversed(outcome.parts), restriction_when=outcome.reading)
    lines = explain(outcome, open_decisions(outcome))
    assert explain(again, open_decisions(again)) == lines
    assert {line.code for line in lines} <= EXPLANATION_CODES


def test_a_gate_of_another_outcome_is_refused():
    restricted = outcome_of(PartState.FAILED, PartState.PASSED, PartState.PASSED)
    free = outcome_of(PartState.PASSED, PartState.PASSED, PartState.PASSED)
    with pytest.raises(ValueError, match="does not follow"):
        explain(restricted, open_decisions(free))


def test_a_gate_opened_by_hand_is_refused():
    outcome = outcome_of(PartState.FAILED, PartState.PASSED, PartState.PASSED)
    forged = replace(open_decisions(outcome), open=frozenset(Decision))
    with pytest.raises(ValueError, match="does not follow"):
        explain(outcome, forged)


def test_the_explanation_goes_from_the_parts_to_the_decisions():
    outcome = outcome_of(PartState.FAILED, PartState.PASSED, PartState.PASSED)
    lines = explain(outcome, open_decisions(outcome))
    assert [line.code for line in lines] == [
        "part_failed",
        "threshold_missed",
        "part_passed",
        "part_passed",
        "reading",
        "restricted",
        "decisions_open",
        "decisions_closed",
    ]
    assert lines[-2].fact("decisions") == "3,4,5"
    assert lines[-1].fact("decisions") == "1,2"


def test_a_shut_gate_says_what_it_waits_for():
    outcome = outcome_of(PartState.FAILED, PartState.PENDING, PartState.NOT_TAKEN)
    assert open_decisions(outcome) == Gate(frozenset(), (Ground("gate_shut", (("parts", "logic,norms"),)),))


def test_every_code_of_the_room_is_used_by_some_outcome():
    used = {
        line.code
        for outcome in (*EVERY_OUTCOME, combine([], restriction_when=RestrictionWhen.ANY))
        for line in explain(outcome, open_decisions(outcome))
    }
    assert used == EXPLANATION_CODES
