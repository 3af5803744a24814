from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from norms.measures import LONGEST, Measure, Unit, read_measure
from norms.problems import SENTENCES, Problem

REFUSED = [
    ("", Unit.SECONDS, "empty"),
    ("  \u00a0", Unit.MINUTES, "empty"),
    ("1" * (LONGEST + 1), Unit.REPETITIONS, "too-long"),
    ("١٤,٢", Unit.SECONDS, "foreign-digits"),
    ("１２", Unit.REPETITIONS, "foreign-digits"),
    ("12²", Unit.REPETITIONS, "foreign-digits"),
    ("abc", Unit.SECONDS, "not-a-number"),
    ("-14,2", Unit.SECONDS, "not-a-number"),
    ("+14,2", Unit.SECONDS, "not-a-number"),
    ("1e1", Unit.SECONDS, "not-a-number"),
    ("NaN", Unit.SECONDS, "not-a-number"),
    ("inf", Unit.REPETITIONS, "not-a-number"),
    ("14,", Unit.SECONDS, "not-a-number"),
    (",5", Unit.SECONDS, "not-a-number"),
    ("14,2,1", Unit.SECONDS, "not-a-number"),
    ("1_4", Unit.SECONDS, "not-a-number"),
    ("14 2", Unit.SECONDS, "not-a-number"),
    ("14,2 с", Unit.SECONDS, "not-a-number"),
    ("1:14,2", Unit.SECONDS, "minutes-unexpected"),
    ("12,5", Unit.REPETITIONS, "not-whole"),
    ("2,45", Unit.CENTIMETRES, "not-whole"),
    ("12", Unit.MINUTES, "minutes-missing"),
    ("1230", Unit.MINUTES, "minutes-missing"),
    ("12,3", Unit.MINUTES, "seconds-need-two-digits"),
    ("12:60", Unit.MINUTES, "seconds-above-59"),
    ("12.99", Unit.MINUTES, "seconds-above-59"),
    ("12:30:10:1", Unit.MINUTES, "not-a-number"),
    ("12:30,", Unit.MINUTES, "not-a-number"),
    ("12:123", Unit.MINUTES, "not-a-number"),
]


@pytest.mark.parametrize(("typed", "unit", "code"), REFUSED)
def test_what_is_no_result_is_a_problem_with_its_code(typed, unit, code):
    problem = read_measure(typed, unit)
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert "{" not in problem.text


def test_a_problem_quotes_what_was_typed_and_what_was_expected():
    assert read_measure("12,3", Unit.MINUTES).text == (
        "the seconds of '12,3' need two digits; minutes and seconds such as 12,30 or 12:30,4 is expected"
    )


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity"])
def test_a_measure_is_finite_and_not_negative(value):
    with pytest.raises(ValueError, match="cannot be measured"):
        Measure(Decimal(value), Unit.SECONDS)


@pytest.mark.parametrize(
    ("typed", "unit", "value", "written"),
    [
        ("14,2", Unit.SECONDS, "14.2", "14,2"),
        ("14.2", Unit.SECONDS, "14.2", "14,2"),
        (" 12.40 ", Unit.SECONDS, "12.40", "12,40"),
        ("12", Unit.SECONDS, "12", "12"),
        ("3:25.4", Unit.MINUTES, "205.4", "3:25,4"),
        ("3:25,4", Unit.MINUTES, "205.4", "3:25,4"),
        ("3.25,4", Unit.MINUTES, "205.4", "3:25,4"),
        ("12,30", Unit.MINUTES, "750", "12:30"),
        ("12.30", Unit.MINUTES, "750", "12:30"),
        ("12:30", Unit.MINUTES, "750", "12:30"),
        ("4,05", Unit.MINUTES, "245", "4:05"),
        ("15,00", Unit.MINUTES, "900", "15:00"),
        ("12", Unit.REPETITIONS, "12", "12"),
        ("0", Unit.REPETITIONS, "0", "0"),
        ("27", Unit.POINTS, "27", "27"),
        ("245", Unit.CENTIMETRES, "245", "245"),
    ],
)
def test_a_result_is_read_as_on_paper_and_written_with_a_comma(typed, unit, value, written):
    measure = read_measure(typed, unit)
    assert measure == Measure(Decimal(value), unit)
    assert str(measure) == written


def results():
    """Every result that can be typed, per unit, with up to three digits after the comma."""
    thousandths = st.builds(
        lambda whole, digits, fraction: Decimal(whole) + Decimal(fraction % 10**digits).scaleb(-digits),
        st.integers(0, 9999),
        st.integers(0, 3),
        st.integers(0, 999),
    )
    whole = st.integers(0, 9999).map(Decimal)
    return st.one_of(
        st.builds(Measure, thousandths, st.sampled_from([Unit.SECONDS, Unit.MINUTES])),
        st.builds(Measure, whole, st.sampled_from([Unit.REPETITIONS, Unit.POINTS, Unit.CENTIMETRES])),
    )


@given(results())
def test_reading_what_was_written_gives_the_same_measure(measure):
    again = read_measure(str(measure), measure.unit)
    assert again == measure
    assert str(again) == str(measure)


@given(results(), st.sampled_from([".", ","]))
def test_comma_and_point_mean_the_same(measure, mark):
    assert read_measure(str(measure).replace(",", mark), measure.unit) == measure


@given(st.text(max_size=LONGEST + 2), st.sampled_from(list(Unit)))
def test_anything_typed_is_either_read_or_refused_with_a_sentence(typed, unit):
    read = read_measure(typed, unit)
    if isinstance(read, Problem):
        assert read.code in SENTENCES
        assert "\n" not in read.text
    else:
        assert read.unit is unit
        assert typed.isascii() or typed.strip().isascii()
