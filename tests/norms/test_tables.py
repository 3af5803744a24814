import pytest
from hypothesis import given
from hypothesis import strategies as st

from norms.loading import known_exercises
from norms.measures import Unit
from norms.tables import LONGEST, read_table

HEADER = "sex,age_group,age_min,age_max,exercise,grade,points,threshold_as_printed,threshold_normalised,note"
GOOD = 'M,I,,22,run3000,good,,"12,50",770,'


def table(*lines, header=HEADER):
    return read_table("\n".join(["# a remark", header, *lines]), known_exercises())


def found(*lines, header=HEADER):
    return [(one.line, one.column, one.code) for one in table(*lines, header=header).problems]


@pytest.mark.parametrize(
    ("line", "column", "code"),
    [
        ("X,I,,22,run3000,good,,12.50,,", "sex", "sex-unknown"),
        ("M,I,,22,swim,good,,12.50,,", "exercise", "exercise-unknown"),
        ("M,I,,22,run3000,fine,,12.50,,", "grade", "grade-unknown"),
        ("M,I,,22,run3000,unsatisfactory,,12.50,,", "grade", "grade-unknown"),
        ("M,I,x,22,run3000,good,,12.50,,", "age_min", "age-not-whole"),
        ("M,I,,٢٢,run3000,good,,12.50,,", "age_max", "age-not-whole"),
        ("M,I,30,22,run3000,good,,12.50,,", "age_min", "ages-reversed"),
        ("M,I,,22,run3000,good,2.5,12.50,,", "points", "points-not-whole"),
        ("M,I,,22,run3000,good,,12.5,,", "threshold_as_printed", "seconds-need-two-digits"),
        ("M,I,,22,run3000,good,,,,", "threshold_as_printed", "empty"),
        ("M,I,,22,run3000,good,,12.50,771,", "threshold_normalised", "normalised-differs"),
        ("M,I,,22,run3000,good,,12.50,x,", "threshold_normalised", "normalised-differs"),
        ("M,I,,22,run3000,good,,12,50,770,,", "rest", "cells-too-many"),
    ],
)
def test_a_wrong_cell_is_a_problem_with_its_line_and_column(line, column, code):
    assert found(GOOD, line) == [(4, column, code)]


def test_all_problems_of_a_line_and_of_the_file_come_at_once():
    assert found("X,I,,a,swim,fine,,1,,", GOOD, "M,I,,22,run100,good,,x,,") == [
        (3, "sex", "sex-unknown"),
        (3, "grade", "grade-unknown"),
        (3, "exercise", "exercise-unknown"),
        (3, "age_max", "age-not-whole"),
        (5, "threshold_as_printed", "not-a-number"),
    ]


def test_missing_and_double_columns_are_named():
    problems = table(GOOD, header="sex,sex,exercise").problems
    assert [one.text for one in problems] == [
        "the column grade is missing",
        "the column threshold_as_printed is missing",
        "the column sex stands twice",
    ]


@pytest.mark.parametrize("text", ["", "# only a remark\n", HEADER])
def test_a_table_without_rows_is_a_problem(text):
    assert [one.code for one in read_table(text, known_exercises()).problems] == ["no-rows"]


def test_an_endless_line_is_refused_before_it_is_parsed():
    assert found("x" * (LONGEST + 1)) == [(3, None, "line-too-long")]


def test_the_rows_without_a_problem_are_read():
    read = table(GOOD, "M,I,,22,run3000,fine,,12.50,,", "M,I,,22,run3000,good,2.5,12.50,,")
    [row] = read.rows
    assert (row.exercise, row.grade.word, row.group.age_min, row.group.age_max) == (
        "run3000",
        "good",
        None,
        22,
    )
    assert (int(row.limit.value), row.limit.unit, row.printed, row.line) == (770, Unit.MINUTES, "12,50", 3)


NEW = "sex,exercise,exercise_kk,exercise_ru,unit,better,grade,threshold_as_printed"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("M,shuttle,,,,lower,good,26.0", "exercise-unknown"),
        ("M,shuttle,,,yards,lower,good,26.0", "unit-unknown"),
        ("M,shuttle,,,s,faster,good,26.0", "direction-unknown"),
        ("M,,,,s,lower,good,26.0", "exercise-unknown"),
    ],
)
def test_a_new_exercise_needs_unit_and_direction(line, code):
    assert [one.code for one in table(line, header=NEW).problems] == [code]


def test_a_new_exercise_comes_with_the_table():
    read = table("M,shuttle,10х10 м,челночный бег,s,lower,good,26.0", header=NEW)
    assert read.problems == ()
    [shuttle] = read.exercises
    assert (shuttle.unit, shuttle.better, shuttle.name.kk, shuttle.name.en) == (
        "s",
        "lower",
        "10х10 м",
        "shuttle",
    )


def test_one_exercise_has_one_unit_and_one_direction():
    lines = ["M,shuttle,,,s,lower,good,26.0", "M,shuttle,,,s,higher,excellent,25.0"]
    assert [(one.line, one.code) for one in table(*lines, header=NEW).problems] == [(4, "exercise-differs")]


@given(st.text(max_size=200))
def test_no_text_at_all_raises(text):
    read = read_table(f"{HEADER}\n{text}", known_exercises())
    assert read.rows or read.problems
