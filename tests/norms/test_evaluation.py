from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norms.editions import Sex
from norms.errors import UnitMismatchError, UnknownExerciseError
from norms.evaluation import NormsState, NoRow, Verdict, evaluate, grade
from norms.exercises import Better
from norms.loading import edition_codes, load_edition
from norms.measures import Measure, Unit, read_measure
from norms.pass_rules import Grade

CANDIDATES = load_edition("mia-870-2016")
SPECIAL = load_edition("mia-77-2016-special")
MILITARY = load_edition("mia-77-2016-military")

# Typed off the printed tables: excellent/good/satisfactory for the groups I to IV.
ORDER_870 = {
    ("M", "pullups"): "15/13/11 14/12/10 12/10/8 10/8/6",
    ("M", "run100"): "13,0/13,5/14,0 13,5/14,0/14,5 14,0/14,5/15,0 15,0/15,5/16,0",
    ("M", "run3000"): "12,30/12,50/13,10 12,50/13,20/13,50 13,30/14,00/14,30 14,00/14,30/15,00",
    ("F", "ksu"): "36/32/28 32/28/24 28/24/20 24/20/16",
    ("F", "run60"): "- - - 12,2/12,6/13,2",
    ("F", "run100"): "16,0/16,5/17,0 16,5/17,0/17,5 17,0/17,5/18,0 -",
    ("F", "run1000"): "4,50/5,10/5,30 5,10/5,30/5,50 5,30/5,50/6,10 6,00/6,20/6,40",
}
AGES = [(18, 22), (23, 29), (30, 34), (35, 39)]
STEP = {Unit.SECONDS: Decimal("0.1"), Unit.MINUTES: Decimal(1), Unit.REPETITIONS: Decimal(1)}


def judged(edition, exercise, typed, *, sex="M", age=31):
    measure = read_measure(typed, edition.exercise(exercise).unit)
    return grade(edition, exercise, measure, sex=Sex(sex), age=age)


def printed_limits():
    for (sex, exercise), line in ORDER_870.items():
        for ages, group in zip(AGES, line.split(), strict=True):
            if group == "-":
                continue
            for age in ages:
                for word, limit in zip(("excellent", "good", "satisfactory"), group.split("/"), strict=True):
                    yield sex, exercise, age, word, limit


def test_an_unknown_exercise_is_refused():
    with pytest.raises(UnknownExerciseError):
        grade(CANDIDATES, "swim", Measure(Decimal(1), Unit.SECONDS), sex=Sex.MALE, age=31)


def test_a_measure_in_another_unit_is_refused():
    with pytest.raises(UnitMismatchError, match="measured in s, judged in min,s"):
        grade(CANDIDATES, "run3000", Measure(Decimal(750), Unit.SECONDS), sex=Sex.MALE, age=31)


@pytest.mark.parametrize(
    ("sex", "exercise", "age", "instead"),
    [
        ("M", "run100", 40, ()),
        ("F", "ksu", 55, ()),
        ("F", "run100", 35, ("run60", "ksu", "run1000")),
        ("F", "run60", 34, ("run100", "ksu", "run1000")),
        ("M", "run60", 36, ("run100", "pullups", "run3000")),
    ],
)
def test_where_the_act_has_no_row_there_is_no_verdict(sex, exercise, age, instead):
    measure = Measure(Decimal(20), CANDIDATES.exercise(exercise).unit)
    assert grade(CANDIDATES, exercise, measure, sex=Sex(sex), age=age) == NoRow(
        "mia-870-2016", exercise, Sex(sex), age, instead
    )


@pytest.mark.parametrize(("sex", "exercise", "age", "word", "limit"), list(printed_limits()))
def test_the_printed_limit_earns_its_grade_and_a_step_less_does_not(sex, exercise, age, word, limit):
    known = CANDIDATES.exercise(exercise)
    measure = read_measure(limit, known.unit)
    verdict = grade(CANDIDATES, exercise, measure, sex=Sex(sex), age=age)
    assert (verdict.grade.word, verdict.passed, verdict.limit) == (word, True, measure)
    worse = STEP[known.unit] if known.better is Better.LOWER else -STEP[known.unit]
    short = Measure(measure.value + worse, known.unit)
    less = grade(CANDIDATES, exercise, short, sex=Sex(sex), age=age)
    assert less.grade < verdict.grade
    assert less.passed is (word != "satisfactory")


@pytest.mark.parametrize(
    ("age", "word"), [(29, "satisfactory"), (30, "good"), (34, "good"), (35, "excellent")]
)
def test_a_year_at_the_border_of_a_group_changes_the_row(age, word):
    assert judged(CANDIDATES, "run100", "14,5", age=age).grade.word == word


def test_a_verdict_names_act_group_limit_and_comparison():
    ground = judged(CANDIDATES, "run100", "15,1").ground
    assert (ground.act.number, ground.act.annex, ground.group.name, str(ground.group)) == (
        "870",
        "3",
        "III",
        "30–34",
    )
    assert (str(ground.limit), ground.printed, ground.comparison) == ("15,0", "15,0", ">")
    assert judged(CANDIDATES, "pullups", "7").ground.comparison == "<"
    assert judged(CANDIDATES, "pullups", "8").ground.comparison == "≥"


@pytest.mark.parametrize(("typed", "passed"), [("14,5", True), ("14,6", False), ("15,1", False)])
def test_in_the_special_schools_an_exercise_needs_good(typed, passed):
    verdict = judged(SPECIAL, "run100", typed, age=18)
    assert verdict.passed is passed
    assert str(verdict.ground.pass_limit) == "14,5"


@pytest.mark.parametrize(
    ("exercise", "typed", "points"),
    [
        ("pullups", "6", 0),
        ("pullups", "7", 20),
        ("pullups", "23", 100),
        ("pullups", "25", 108),  # +4 for each over 23
        ("run100", "14,8", 20),
        ("run100", "14,75", 20),  # between two rows the lower one counts
        ("run100", "12,0", 100),
        ("run100", "11,95", 100),
        ("run100", "11,7", 106),  # +2 for each full 0.1 s under 12.0
        ("run3000", "13,30", 20),
        ("run3000", "13,31", 0),
        ("run3000", "12,15", 50),
        ("run3000", "11,30", 65),  # also printed, out of order, at 80
        ("run3000", "11,00", 75),
        ("run3000", "10,00", 75),  # no bonus from the disordered part
    ],
)
def test_points_are_those_of_the_row_that_is_met(exercise, typed, points):
    verdict = judged(MILITARY, exercise, typed, age=18)
    assert verdict.points == points
    assert verdict.passed is (points >= 20)


@pytest.mark.parametrize(
    ("typed", "promised"), [("11,46", None), ("11,45", 76), ("11,30", 80), ("10,00", 80)]
)
def test_a_row_that_the_act_prints_out_of_order_is_named_and_not_judged_by(typed, promised):
    disputed = judged(MILITARY, "run3000", typed).ground.disputed
    assert (disputed and disputed.points) == promised


def test_a_disordered_row_that_is_worth_less_is_not_worth_a_word():
    rows = tuple(replace(row, note="AS PRINTED" if row.points == 20 else "") for row in MILITARY.rows)
    edition = replace(MILITARY, rows=rows)
    assert judged(edition, "pullups", "9").ground.disputed is None
    assert judged(edition, "pullups", "7").ground.disputed.points == 20


def rated_results():
    def results_of(edition, exercise, sex, age):
        values = st.integers(0, 20_000).map(lambda tenths: Decimal(tenths) / 10)
        if exercise.unit is Unit.REPETITIONS:
            values = st.integers(0, 120).map(Decimal)
        measures = st.builds(Measure, values, st.just(exercise.unit))
        limits = [row.limit for row in edition.rows if row.exercise == exercise.code]
        pair = st.tuples(measures | st.sampled_from(limits), measures | st.sampled_from(limits))
        return st.tuples(st.just(edition), st.just(exercise), st.just(sex), st.just(age), pair)

    editions = st.sampled_from([load_edition(code) for code in edition_codes()])
    people = st.tuples(st.sampled_from(list(Sex)), st.integers(16, 39))
    return st.tuples(editions, people).flatmap(
        lambda drawn: st.sampled_from(drawn[0].exercises).flatmap(
            lambda exercise: results_of(drawn[0], exercise, *drawn[1])
        )
    )


@given(rated_results())
def test_a_better_result_is_never_judged_worse(drawn):
    edition, exercise, sex, age, (one, two) = drawn
    better, worse = sorted((one, two), key=lambda m: m.value, reverse=exercise.better is Better.HIGHER)
    first = grade(edition, exercise.code, better, sex=sex, age=age)
    second = grade(edition, exercise.code, worse, sex=sex, age=age)
    if isinstance(first, NoRow):
        assert isinstance(second, NoRow)
        return
    assert first.grade >= second.grade
    assert (first.points or 0) >= (second.points or 0)
    assert first.passed >= second.passed


@given(rated_results())
def test_the_verdict_is_the_one_of_a_slow_reading_of_the_table(drawn):
    edition, exercise, sex, age, (measure, _) = drawn
    verdict = grade(edition, exercise.code, measure, sex=sex, age=age)
    reached = set()
    for row in edition.rows:
        low, high = row.group.age_min or 0, row.group.age_max or 999
        if row.exercise == exercise.code and row.sex == sex and low <= age <= high and not row.note:
            margin = measure.value - row.limit.value
            reached.add(row.grade if margin * (1 if exercise.better == "higher" else -1) >= 0 else Grade(2))
    assert reached == set() if isinstance(verdict, NoRow) else verdict.grade == max(reached)


def man_of_31(**typed):
    return {code: read_measure(text, CANDIDATES.exercise(code).unit) for code, text in typed.items()}


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"run100": "15,0", "pullups": "8", "run3000": "14,30"}, NormsState.PASSED),
        ({"run100": "15,1", "pullups": "12", "run3000": "13,30"}, NormsState.FAILED),
        ({"run100": "15,0", "pullups": "7", "run3000": "14,30"}, NormsState.FAILED),
        ({"run100": "15,0", "pullups": "8"}, NormsState.INCOMPLETE),
        ({"run100": "15,1"}, NormsState.INCOMPLETE),
        ({}, NormsState.INCOMPLETE),
    ],
)
def test_all_exercises_together_have_one_state(typed, state):
    verdict = evaluate(CANDIDATES, man_of_31(**typed), sex=Sex.MALE, age=31)
    assert verdict.state is state
    assert verdict.missing == tuple(one for one in ("run100", "pullups", "run3000") if one not in typed)
    assert verdict.passed is {NormsState.PASSED: True, NormsState.FAILED: False}.get(state)


def test_the_verdicts_stand_in_the_order_of_the_sheet():
    results = man_of_31(run3000="14,00", pullups="9", run100="14,2")
    verdicts = evaluate(CANDIDATES, results, sex=Sex.MALE, age=31).verdicts
    assert [(one.exercise, one.grade.word) for one in verdicts] == [
        ("run100", "good"),
        ("pullups", "satisfactory"),
        ("run3000", "good"),
    ]
    assert all(isinstance(one, Verdict) for one in verdicts)


def test_a_person_of_forty_has_no_row_and_no_outcome():
    verdict = evaluate(CANDIDATES, man_of_31(run100="12,0"), sex=Sex.MALE, age=40)
    assert (verdict.state, verdict.passed, verdict.verdicts) == (NormsState.NO_ROW, None, ())
    assert evaluate(CANDIDATES, {}, sex=Sex.MALE, age=40).state is NormsState.NO_ROW


def test_a_result_in_an_exercise_of_another_age_stands_out():
    results = man_of_31(run100="16,0", ksu="30", run1000="5,00")
    verdict = evaluate(CANDIDATES, results, sex=Sex.FEMALE, age=36)
    assert verdict.state is NormsState.NO_ROW
    assert [one.exercise for one in verdict.without_row] == ["run100"]
    assert verdict.missing == ("run60",)


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"run100": "14,5", "pullups": "0", "run1000": "3,50"}, NormsState.PASSED),
        ({"run100": "15,1", "pullups": "6", "run1000": "3,30"}, NormsState.FAILED),
        ({"run100": "15,0", "pullups": "9", "run1000": "3,50"}, NormsState.FAILED),
    ],
)
def test_the_special_schools_let_one_unsatisfactory_pass(typed, state):
    results = {code: read_measure(text, SPECIAL.exercise(code).unit) for code, text in typed.items()}
    assert evaluate(SPECIAL, results, sex=Sex.MALE, age=18).state is state


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ({"run100": "14,8", "pullups": "7", "run3000": "13,30"}, NormsState.PASSED),  # 20, 20, 20
        ({"run100": "15,0", "pullups": "9", "run3000": "13,08"}, NormsState.PASSED),  # 0, 30, 30
        ({"run100": "15,0", "pullups": "9", "run3000": "13,12"}, NormsState.FAILED),  # 0, 30, 29
        ({"run100": "15,0", "pullups": "6", "run3000": "11,00"}, NormsState.FAILED),  # 0, 0, 75
    ],
)
def test_the_military_schools_count_the_mean_and_the_floor(typed, state):
    results = {code: read_measure(text, MILITARY.exercise(code).unit) for code, text in typed.items()}
    assert evaluate(MILITARY, results, sex=Sex.MALE, age=18).state is state
