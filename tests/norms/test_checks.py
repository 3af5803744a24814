from importlib.resources import files

import pytest

from norms.checks import check_table
from norms.loading import edition_codes, known_exercises

HEADER = "sex,age_min,age_max,exercise,grade,threshold_as_printed,note"


def group(ages=",22", limits=("13.0", "13.5", "14.0"), exercise="run100", sex="M"):
    grades = ("excellent", "good", "satisfactory")
    return [
        f"{sex},{ages},{exercise},{grade},{limit},".rstrip(",") + ","
        for grade, limit in zip(grades, limits, strict=True)
    ]


def found(*lines, header=HEADER):
    problems = check_table("\n".join([header, *lines]), known_exercises())
    return [(one.line, one.code, one.warning) for one in problems]


def test_a_table_in_order_has_no_problem():
    assert found(*group(), *group("23,29", ("13.5", "14.0", "14.5"))) == []


@pytest.mark.parametrize("limits", [("13.0", "14.0", "13.5"), ("13.0", "13.5", "13.5")])
def test_a_grade_that_is_not_harder_than_the_one_below_is_found(limits):
    assert found(*group(limits=limits)) == [(3, "not-monotonic", False)]


def test_more_repetitions_are_harder():
    assert found(*group(limits=("15", "13", "11"), exercise="pullups")) == []
    assert [code for _, code, _ in found(*group(limits=("11", "13", "15"), exercise="pullups"))] == [
        "not-monotonic",
        "not-monotonic",
    ]


def test_a_disorder_that_the_act_prints_is_only_a_warning():
    lines = group(limits=("13.0", "14.0", "13.5"))
    lines[1] += "AS PRINTED"
    assert found(*lines) == [(3, "not-monotonic", True)]


def test_a_grade_given_twice_is_found():
    assert found(*group(), "M,,22,run100,good,13.7,") == [(5, "row-twice", False)]


def test_a_missing_grade_is_found():
    assert found(*group()[:2]) == [(2, "grade-missing", False)]


def test_overlapping_ages_are_found():
    assert found(*group(), *group("22,29", ("13.5", "14.0", "14.5"))) == [(5, "ages-overlap", False)]


def test_an_overlap_is_found_across_a_group_between():
    wide = [*group("20,60"), *group("25,30"), *group("50,55")]
    assert [(line, code) for line, code, warning in found(*wide) if not warning] == [
        (5, "ages-overlap"),
        (8, "ages-overlap"),
    ]


def test_a_gap_of_ages_is_found_once_and_named():
    lines = [*group(), *group("24,29", ("13.5", "14.0", "14.5"))]
    [gap] = check_table("\n".join([HEADER, *lines]), known_exercises())
    assert (gap.line, gap.text) == (5, "run100: no group has the ages 23 to 23")


def test_groups_of_the_other_sex_do_not_fill_a_gap():
    assert found(*group(), *group("23,29", sex="F"), *group("30,34")) == [(8, "ages-gap", False)]


def test_an_age_with_fewer_exercises_is_a_warning():
    strength = [*group(",22", ("15", "13", "11"), "pullups"), *group("23,29", ("15", "13", "11"), "pullups")]
    strength += group("30,39", ("15", "13", "11"), "pullups")
    assert found(*group(), *group("23,29"), *strength) == [(14, "exercise-missing-for-age", True)]


def test_points_on_some_lines_only_are_found():
    header = "sex,exercise,grade,points,threshold_as_printed"
    lines = ["M,pullups,excellent,60,13", "M,pullups,good,,10", "M,pullups,satisfactory,20,7"]
    assert (2, "points-mixed", False) in found(*lines, header=header)


def test_a_line_that_cannot_be_read_hides_what_would_follow_from_it():
    assert found(*group()[:2], "M,,22,run100,satisfactory,x,") == [(4, "not-a-number", False)]


SHIPPED = [
    table
    for code in edition_codes()
    for table in (files("norms") / "data" / code).iterdir()
    if table.name.endswith(".csv")
]


@pytest.mark.parametrize("table", SHIPPED, ids=lambda table: f"{table.parent.name}-{table.name}")
def test_the_shipped_tables_have_no_fault_but_what_one_act_prints(table):
    problems = check_table(table.read_text(encoding="utf-8"), known_exercises())
    expected = ["not-monotonic", "row-twice"] if "military" in str(table) else []
    assert [one.code for one in problems] == expected
    assert all(one.warning for one in problems)
