"""Scores and verdicts: what is refused, the limit itself, and exactness."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import (
    ItemKey,
    ResponseError,
    ScoredItem,
    Threshold,
    ThresholdError,
    judge,
    parse_key,
    score_answers,
)

FORM = [
    ScoredItem("q1", "constitution", ItemKey.of("A"), 4),
    ScoredItem("q2", "constitution", ItemKey.of("B"), 4),
    ScoredItem("q3", "service law", ItemKey.of("C", "D"), 4),
    ScoredItem("q4", "service law", ItemKey.partial({"A": 2, "B": Decimal("0.5")}), 4),
]
ALL_RIGHT = {"q1": "A", "q2": "B", "q3": "D", "q4": "A"}


def test_refuses_an_answer_to_what_is_not_on_the_form():
    with pytest.raises(ResponseError, match="'q9'"):
        score_answers({"q9": "A"}, FORM)


def test_refuses_an_empty_form_and_an_item_that_stands_twice():
    with pytest.raises(ResponseError, match="empty"):
        score_answers({}, [])
    with pytest.raises(ResponseError, match="twice"):
        score_answers({}, [FORM[0], FORM[0]])


@pytest.mark.parametrize("points", [0.5, True, -1, "3"])
def test_refuses_a_threshold_that_is_no_exact_number_of_points(points):
    with pytest.raises(ThresholdError):
        Threshold(points)


def test_refuses_a_threshold_that_nobody_could_reach():
    score = score_answers(ALL_RIGHT, FORM)
    with pytest.raises(ThresholdError, match="has only 5"):
        judge(score, Threshold(6))
    with pytest.raises(ThresholdError, match="constitution"):
        judge(score, Threshold(1, (("constitution", 3),)))
    with pytest.raises(ThresholdError, match="no area 'tax law'"):
        judge(score, Threshold(1, (("tax law", 1),)))


def test_refuses_an_area_with_two_thresholds():
    with pytest.raises(ThresholdError, match="two thresholds"):
        Threshold(1, (("a", 1), ("a", 2)))


def test_adds_points_by_area():
    score = score_answers({"q1": "a", "q2": "C", "q3": None, "q4": "B"}, FORM)
    assert (score.points, score.maximum) == (Decimal("1.5"), 5)
    law = score.area("service law")
    assert (law.points, law.right, law.not_right, law.unanswered) == (Decimal("0.5"), 0, 1, 1)


@pytest.mark.parametrize(("required", "passed"), [(4, True), (5, True), (Decimal("4.9"), True)])
def test_the_limit_itself_meets_the_threshold(required, passed):
    assert judge(score_answers(ALL_RIGHT, FORM), Threshold(required)).passed is passed


def test_one_point_below_the_limit_fails():
    score = score_answers(ALL_RIGHT | {"q1": "B"}, FORM)
    assert not judge(score, Threshold(5)).passed
    assert judge(score, Threshold(4)).passed


def test_a_missed_area_fails_a_test_that_is_passed_overall():
    score = score_answers(ALL_RIGHT | {"q1": "B"}, FORM)
    verdict = judge(score, Threshold(3, (("constitution", 2), ("service law", 2)), source="Order 1"))
    assert not verdict.passed
    [ground] = verdict.failed_grounds
    assert (ground.area, ground.points, ground.required, ground.source) == ("constitution", 1, 2, "Order 1")
    assert len(verdict.grounds) == 3


def test_a_dropped_item_leaves_points_and_maximum():
    form = [*FORM[:3], ScoredItem("q4", "service law", parse_key("drop"))]
    score = score_answers(ALL_RIGHT, form)
    assert (score.points, score.maximum, score.dropped) == (3, 3, ("q4",))


def test_an_item_credited_to_everyone_counts_without_an_answer():
    score = score_answers({}, [ScoredItem("q1", "a", parse_key("all")), *FORM[1:]])
    assert (score.points, score.areas[0].right, score.areas[0].unanswered) == (1, 1, 0)


def test_formula_scoring_is_off_by_default_and_takes_a_third_for_four_options():
    form = [ScoredItem(f"q{i}", "a", ItemKey.of("A"), 4) for i in range(5)]
    answers = {"q0": "A", "q1": "A", "q2": "B", "q3": "C"}
    assert score_answers(answers, form).points == 2
    assert score_answers(answers, form, formula=True).points == Decimal("1.33")
    assert score_answers({"q0": "A", "q1": "A", "q2": "B"}, form, formula=True).points == Decimal("1.67")
    with pytest.raises(ResponseError, match="number of options"):
        score_answers({"q0": "B"}, [ScoredItem("q0", "a", ItemKey.of("A"))], formula=True)


@given(st.lists(st.sampled_from(["A", "B", "C", None]), min_size=1, max_size=30))
def test_parts_add_up_and_points_are_exact(chosen):
    form = [
        ScoredItem(str(i), f"area {i % 3}", ItemKey.partial({"A": Decimal("0.1")}), 3)
        for i in range(len(chosen))
    ]
    score = score_answers({str(i): option for i, option in enumerate(chosen)}, form)
    assert score.points == Decimal("0.1") * chosen.count("A")
    assert isinstance(score.points, (int, Decimal))
    for area in score.areas:
        count = sum(place.area == area.area for place in form)
        assert area.right + area.not_right + area.unanswered == count
