"""A changed key shows every change before it is confirmed."""

import pytest

from scoring import (
    ItemKey,
    ResponseError,
    ScoredItem,
    Threshold,
    ThresholdError,
    parse_key,
    preview_rescoring,
)

FORM = [ScoredItem(f"q{i}", "act 1" if i < 3 else "act 2", ItemKey.of("A"), 4) for i in range(1, 5)]
ANSWERS = {
    "Aigul": {"q1": "A", "q2": "A", "q3": "B", "q4": "A"},
    "Berik": {"q1": "B", "q2": "A", "q3": "A", "q4": None},
    "Dana": {"q1": "C", "q2": "C", "q3": "C", "q4": "C"},
}
PASS_AT_3 = Threshold(3)


def test_refuses_a_key_for_what_is_not_on_the_form():
    with pytest.raises(ResponseError, match="'q9'"):
        preview_rescoring(ANSWERS, FORM, {"q9": ItemKey.of("A")}, PASS_AT_3)


def test_refuses_a_drop_that_puts_the_threshold_out_of_reach():
    with pytest.raises(ThresholdError, match="only 3"):
        preview_rescoring(ANSWERS, FORM, {"q1": parse_key("drop")}, Threshold(4))


def test_refuses_a_threshold_out_of_reach_when_nobody_answered():
    with pytest.raises(ThresholdError, match="only 3"):
        preview_rescoring({}, FORM, {"q1": parse_key("drop")}, Threshold(4))


def test_another_key_takes_from_one_and_gives_to_another():
    preview = preview_rescoring(ANSWERS, FORM, {"q1": ItemKey.of("B")}, PASS_AT_3)
    assert {change.person: change.points for change in preview.changes} == {"Aigul": -1, "Berik": 1}
    assert preview.newly_passed == ("Berik",)
    assert preview.newly_failed == ("Aigul",)
    assert (preview.n_persons, [key.item for key in preview.keys]) == (3, ["q1"])


def test_accepting_a_second_option_takes_from_nobody():
    preview = preview_rescoring(ANSWERS, FORM, {"q1": parse_key("A|B")}, PASS_AT_3)
    assert [(change.person, change.points) for change in preview.changes] == [("Berik", 1)]
    assert preview.newly_failed == ()


def test_a_drop_may_need_a_new_threshold():
    preview = preview_rescoring(
        ANSWERS, FORM, {"q1": parse_key("drop")}, PASS_AT_3, new_threshold=Threshold(2)
    )
    assert preview.newly_passed == ("Berik",)
    assert preview.newly_failed == ()


def test_the_same_points_in_another_area_are_a_change():
    form = [*FORM[:1], *FORM[1:3], FORM[3]]
    answers = {"Aigul": {"q1": "A", "q4": "B"}}
    preview = preview_rescoring(answers, form, {"q1": ItemKey.of("B"), "q4": ItemKey.of("B")}, Threshold(1))
    [change] = preview.changes
    assert change.points == 0
    assert [area.points for area in change.after.areas] == [0, 1]


def test_the_same_key_changes_nothing():
    preview = preview_rescoring(ANSWERS, FORM, {"q1": ItemKey.of("a")}, PASS_AT_3)
    assert preview.changes == ()
    assert preview.keys == ()
