"""The mark that has to be reached."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exam.rules.thresholds import THRESHOLD_CODES, Threshold, judge_points, threshold_on, threshold_problems
from scoring.outcome import PartKind, PartState

SAMPLE = Threshold(
    kind=PartKind.LEGISLATION,
    value=30,
    minimum_by_area=(("constitution", 5), ("police", 4)),
    source="sample, after the civil service test",
    approved_by=(11, 12),
    valid_from=date(2024, 4, 1),
)
PAPER = {"maximum": 60, "maximum_by_area": {"constitution": 10, "police": 10, "ethics": 40}}


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"kind": PartKind.NORMS}, ["norms_have_no_threshold"]),
        ({"value": 0}, ["value_out_of_range"]),
        ({"value": 61}, ["value_out_of_range"]),
        ({"source": " "}, ["source_missing"]),
        ({"approved_by": (11, 11)}, ["same_person"]),
        ({"minimum_by_area": (("police", 4), ("police", 5))}, ["area_twice"]),
        ({"minimum_by_area": (("tax", 4),)}, ["area_not_in_paper"]),
        ({"minimum_by_area": (("police", 11),)}, ["minimum_out_of_range"]),
        ({"minimum_by_area": (("police", -1),)}, ["minimum_out_of_range"]),
        (
            {"value": 99, "source": "", "approved_by": (1, 1)},
            ["value_out_of_range", "source_missing", "same_person"],
        ),
        ({}, []),
    ],
)
def test_all_problems_of_a_threshold_are_named_at_once(change, codes):
    assert [problem.code for problem in threshold_problems(replace(SAMPLE, **change), **PAPER)] == codes


@pytest.mark.parametrize(
    ("points", "areas", "state"),
    [
        (30, {"constitution": 5, "police": 4}, PartState.PASSED),  # the limit itself meets it
        (29, {"constitution": 9, "police": 9}, PartState.FAILED),
        (60, {"constitution": 4, "police": 10}, PartState.FAILED),
        (60, {"constitution": 10, "police": 3}, PartState.FAILED),
        (40, {"constitution": 10}, PartState.FAILED),  # no point in an area with a minimum
        (0, {}, PartState.FAILED),
    ],
)
def test_overall_and_in_each_area(points, areas, state):
    assert judge_points(SAMPLE, points, areas).state is state


def test_the_grounds_name_every_limit_and_the_source():
    part = judge_points(SAMPLE, 31, {"constitution": 4, "police": 6})
    assert part.kind is PartKind.LEGISLATION
    assert [(ground.code, dict(ground.facts)) for ground in part.grounds] == [
        ("threshold_met", {"points": "31", "limit": "30"}),
        ("area_missed", {"area": "constitution", "points": "4", "limit": "5"}),
        ("area_met", {"area": "police", "points": "6", "limit": "4"}),
        ("threshold_source", {"source": "sample, after the civil service test"}),
    ]


@pytest.mark.parametrize(("points", "areas"), [(-1, {}), (3, {"police": -1})])
def test_negative_points_are_a_mistake(points, areas):
    with pytest.raises(ValueError, match="never negative"):
        judge_points(SAMPLE, points, areas)


@given(st.integers(0, 60), st.integers(0, 10), st.integers(0, 10))
def test_passed_means_that_no_limit_was_missed(points, constitution, police):
    part = judge_points(SAMPLE, points, {"constitution": constitution, "police": police})
    missed = [ground for ground in part.grounds if ground.code.endswith("_missed")]
    assert {ground.code for ground in part.grounds} <= THRESHOLD_CODES
    assert (part.state is PartState.PASSED) is (not missed)
    assert (part.state is PartState.PASSED) is (points >= 30 and constitution >= 5 and police >= 4)


def test_before_the_first_threshold_there_is_none():
    assert threshold_on(date(2024, 3, 31), [SAMPLE]) is None
    assert threshold_on(date(2024, 4, 1), [SAMPLE]) == SAMPLE


def test_a_later_threshold_acts_forward_only():
    later = replace(SAMPLE, value=35, valid_from=date(2024, 7, 1))
    for history in ([SAMPLE, later], [later, SAMPLE]):
        assert threshold_on(date(2024, 6, 30), history) == SAMPLE
        assert threshold_on(date(2024, 7, 1), history) == later


def test_of_two_for_one_day_the_one_entered_later_counts():
    corrected = replace(SAMPLE, value=32)
    assert threshold_on(date(2024, 5, 1), [SAMPLE, corrected]) == corrected
