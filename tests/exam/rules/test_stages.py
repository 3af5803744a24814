"""Five stages, one after the other."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.regimes import DECREE_490, LAW_2025
from exam.rules.stages import Stage, may_enter, next_stage, order_problems

FIVE = DECREE_490.stages


def code(refusal) -> str | None:
    return refusal and refusal.code


def test_a_stage_before_its_time_is_refused_and_the_due_one_named():
    refusal = may_enter(FIVE, {Stage.PREPARATION}, Stage.INTERVIEW)
    assert code(refusal) == "stage_out_of_order"
    assert refusal.fact("due") == "norms"


def test_a_closed_stage_is_not_entered_again():
    assert code(may_enter(FIVE, {Stage.PREPARATION}, Stage.PREPARATION)) == "stage_closed"


def test_a_stage_of_another_regime_is_refused():
    assert code(may_enter(FIVE, set(), Stage.POLYGRAPH)) == "no_such_stage"


def test_the_decision_comes_only_after_all_others():
    for missing in FIVE[:-1]:
        closed = set(FIVE[:-1]) - {missing}
        assert code(may_enter(FIVE, closed, Stage.DECISION)) == "stage_out_of_order"
    assert may_enter(FIVE, set(FIVE[:-1]), Stage.DECISION) is None


def test_only_one_order_of_the_five_goes_through():
    def goes_through(order):
        return all(may_enter(FIVE, order[:place], stage) is None for place, stage in enumerate(order))

    assert [order for order in permutations(FIVE) if goes_through(order)] == [FIVE]


def test_a_stage_that_is_left_out_holds_nothing_up():
    closed = {Stage.PREPARATION, Stage.NORMS, Stage.TEST, Stage.PSYCHOLOGY}
    without = LAW_2025.optional_stages
    assert next_stage(LAW_2025.stages, closed) is Stage.POLYGRAPH
    assert next_stage(LAW_2025.stages, closed, left_out=without) is Stage.INTERVIEW
    assert may_enter(LAW_2025.stages, closed, Stage.INTERVIEW, left_out=without) is None
    assert code(may_enter(LAW_2025.stages, closed, Stage.POLYGRAPH, left_out=without)) == "stage_left_out"


def test_after_the_last_stage_nothing_is_due():
    assert next_stage(FIVE, FIVE) is None


@pytest.mark.parametrize(
    ("closed", "problems"),
    [
        (set(), ()),
        ({Stage.PREPARATION, Stage.NORMS}, ()),
        ({Stage.NORMS}, (Stage.NORMS,)),
        ({Stage.PREPARATION, Stage.TEST, Stage.DECISION}, (Stage.TEST, Stage.DECISION)),
    ],
)
def test_a_record_out_of_order_is_found(closed, problems):
    assert order_problems(FIVE, closed) == problems


@given(st.sets(st.sampled_from(FIVE)))
def test_the_record_is_sound_exactly_when_it_is_a_beginning(closed):
    is_beginning = any(closed == set(FIVE[:length]) for length in range(6))
    assert (order_problems(FIVE, closed) == ()) is is_beginning
