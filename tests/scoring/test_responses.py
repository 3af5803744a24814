"""The response matrix: what it refuses, how it names what is missing, and that it stays as it is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring
from scoring import NO_OPTION, ItemKey, Missing, ResponseError, ResponseMatrix, parse_key


@pytest.mark.parametrize(
    ("about", "complaint"),
    [
        ({"items": ["a"]}, "items has 1"),
        ({"items": ["a", "a"]}, "name 'a'"),
        ({"persons": ("x",)}, "persons has 1"),
        ({"groups": {"sex": np.array(["m"])}}, "sex has 1"),
        ({"missing": np.zeros((1, 2), dtype=np.uint8)}, "missing has shape"),
        ({"max_points": [1.0]}, "max_points has 1"),
        ({"max_points": [0.0, 1.0]}, "above its maximum"),
        ({"max_points": [1.0, float("nan")]}, "item2 has no maximum"),
        ({"max_points": ["1", "1"]}, "maximum points have to be numbers"),
        ({"persons": ("x", "y", "x")}, "two persons have the name 'x'"),
        ({"missing": [[0, 9], [0, 0], [0, 0]]}, "kinds of missing answers are 0 to 3"),
        ({"missing": np.full((3, 2), 9, dtype=np.uint8)}, "kinds of missing answers are 0 to 3"),
        ({"missing": [[0, 0.5], [0, 0], [0, 0]]}, "whole numbers"),
        ({"missing": [[0, 0], [0], [0, 0]]}, "differ in length"),
        ({"missing": [[0, 0]]}, "missing has shape"),
        ({"seconds": [["a", "b"]] * 3}, "times have to be numbers"),
        ({"seconds": [[1, 2]]}, "seconds has shape"),
        ({"forms": ["A"]}, "forms has 1"),
        ({"groups": {"sex": ["m"]}}, "sex has 1"),
    ],
)
def test_refuses_parts_that_do_not_fit(about, complaint):
    with pytest.raises(ResponseError, match=complaint):
        ResponseMatrix.from_points([[1, 0], [0, 1], [1, 1]], **about)


def test_refuses_rows_that_differ_in_length():
    with pytest.raises(ResponseError, match="rows that differ in length"):
        ResponseMatrix.from_points([[1, 0], [1]])
    with pytest.raises(ResponseError, match="rows that differ in length"):
        ResponseMatrix.from_options([["A", "B"], ["A"]], ["A", "B"])


@pytest.mark.parametrize("persons", [[0, 7], [-9], [True], "x", [0.5]])
def test_refuses_to_select_persons_that_there_are_not(persons):
    with pytest.raises(ResponseError, match="a mask of 3"):
        ResponseMatrix.from_points([[1, 0], [0, 1], [1, 1]]).select(persons=persons)


def test_lists_are_taken_for_arrays():
    matrix = ResponseMatrix.from_points(
        [[1, 0], [0, 1], [1, 1]],
        missing=[[0, 1], [0, 0], [3, 0]],
        forms=["A", "A", "B"],
        seconds=[[1, 2], [3, 4], [5, 6]],
        groups={"sex": ["m", "f", None]},
    )
    assert matrix.points.tolist() == [[1, 0], [0, 1], [0, 1]]
    assert matrix.seconds.dtype == np.float32
    assert matrix.groups["sex"].tolist() == ["m", "f", None]
    assert matrix.select(persons=[2]).forms.tolist() == ["B"]


def test_refuses_a_key_of_another_length():
    with pytest.raises(ResponseError, match="3 entries for 2 items"):
        ResponseMatrix.from_options([["A", "B"]], ["A", "B", "C"])


def test_refuses_a_column_that_is_no_column_of_options():
    with pytest.raises(ResponseError, match="different options"):
        ResponseMatrix.from_options([[f"name {i}"] for i in range(300)], ["A"])


@pytest.mark.parametrize("text", ["", " | ", "A|A", "A=x", "A=0"])
def test_refuses_a_key_without_a_right_option(text):
    with pytest.raises(ResponseError):
        parse_key(text)


def test_a_key_in_text_names_options_and_points():
    assert parse_key("b / D").best == ("B", "D")
    assert [parse_key("A=1|B=0.5").points(option) for option in ("A", " b ", "C", None)] == [1, 0.5, 0, 0]
    assert parse_key("drop").max_points == 0
    assert parse_key("all").points(None) == 1


def test_raw_options_are_scored_and_coded():
    matrix = ResponseMatrix.from_options([["a", "2.0"], [" A", "3"], ["c", "10"]], ["A", "2"])
    assert matrix.points.tolist() == [[1, 1], [1, 0], [0, 0]]
    assert matrix.option_labels == (("A", "c"), ("2", "3", "10"))
    assert matrix.options.tolist() == [[0, 0], [0, 1], [1, 2]]
    assert matrix.is_dichotomous


def test_options_are_shown_as_they_were_written():
    matrix = ResponseMatrix.from_options([["a", "B"], ["c", "b"]], ["A", "b"])
    assert matrix.option_labels == (("a", "c"), ("B",))
    assert ResponseMatrix.from_options([["a"], ["b"]], ["D"]).option_labels == (("a", "b", "d"),)
    assert [[option.key for option in item] for item in scoring.option_analysis(matrix)] == [
        [True, False],
        [True],
    ]


def test_letters_numbers_and_objects_are_read_alike():
    as_text = ResponseMatrix.from_options(np.array([["1", "2"], ["", "1"]]), ["1", "2"])
    as_int = ResponseMatrix.from_options(np.array([[1, 2], [9, 1]]), ["1", "2"], blanks=["9"])
    as_object = ResponseMatrix.from_options(np.array([["1", 2], [None, "1"]], dtype=object), ["1", "2"])
    for other in (as_int, as_object):
        np.testing.assert_array_equal(as_text.points, other.points)
        np.testing.assert_array_equal(as_text.options, other.options)
        np.testing.assert_array_equal(as_text.missing, other.missing)


def test_blanks_at_the_end_were_not_reached_and_others_omitted():
    matrix = ResponseMatrix.from_options([["A", "", "B", "", ""], ["A", "A", "A", "A", "A"]], ["A"] * 5)
    assert matrix.missing.tolist()[0] == [0, Missing.OMITTED, 0, Missing.NOT_REACHED, Missing.NOT_REACHED]
    assert matrix.options[0].tolist()[1] == NO_OPTION
    assert not matrix.missing[1].any()


def test_partial_credit_is_held_in_broken_points():
    matrix = ResponseMatrix.from_options(
        [["A"], ["B"], ["C"]], [ItemKey.partial({"A": 1, "B": parse_key("B=0.5").max_points})]
    )
    assert matrix.points.dtype == np.float64
    assert matrix.points.ravel().tolist() == [1, 0.5, 0]


def test_nan_is_not_administered_and_earns_nothing():
    matrix = ResponseMatrix.from_points([[1, np.nan], [0, 1]])
    assert matrix.missing.tolist() == [[0, Missing.NOT_ADMINISTERED], [0, 0]]
    assert matrix.administered.tolist() == [[True, False], [True, True]]
    assert matrix.points.dtype == np.uint8


def test_refuses_recorded_answers_that_have_no_key():
    with pytest.raises(ResponseError, match="Aigul has an answer to 'q9'"):
        ResponseMatrix.from_answers({"Aigul": {"q9": "A"}}, {"q1": ItemKey.of("A")})
    with pytest.raises(ResponseError, match="persons and items"):
        ResponseMatrix.from_answers({}, {"q1": ItemKey.of("A")})


def test_recorded_answers_of_two_forms_join_in_one_matrix():
    keys = {"q1": ItemKey.of("A"), "q2": ItemKey.of("B"), "q3": parse_key("all")}
    answers = {
        "Aigul": {"q2": "B", "q1": None},
        "Berik": {"q1": None, "q3": "C"},
        "Dana": {"q3": None, "q2": "A", "q1": "A"},
    }
    matrix = ResponseMatrix.from_answers(answers, keys)
    assert matrix.persons == ("Aigul", "Berik", "Dana")
    assert matrix.points.tolist() == [[0, 1, 0], [0, 0, 1], [1, 0, 1]]
    not_reached, omitted, other_form = Missing.NOT_REACHED, Missing.OMITTED, Missing.NOT_ADMINISTERED
    assert matrix.missing.tolist() == [
        [not_reached, 0, other_form],
        [omitted, other_form, 0],
        [0, 0, omitted],
    ]


def test_a_cell_that_is_no_answer_earns_nothing():
    omitted = np.array([[Missing.OMITTED, 0], [0, 0]], dtype=np.uint8)
    assert ResponseMatrix.from_points([[1, 1], [1, 0]], missing=omitted).points.tolist() == [[0, 1], [1, 0]]


def test_the_matrix_is_a_copy_that_cannot_be_changed():
    mine = np.array([[1, 0], [0, 1]], dtype=np.uint8)
    matrix = ResponseMatrix.from_points(mine)
    mine[0, 0] = 0
    assert matrix.points[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        matrix.points[0, 0] = 0


def test_selects_persons_and_items_with_all_that_belongs_to_them():
    matrix = ResponseMatrix.from_options(
        [["A", "B"], ["B", ""], ["A", "A"]],
        ["A", "B"],
        items=["q1", "q2"],
        persons=("x", "y", "z"),
        groups={"language": np.array(["kk", "ru", "kk"])},
    )
    part = matrix.select(persons=matrix.groups["language"] == "kk", items=["q2"])
    assert part.points.tolist() == [[1], [0]]
    assert (part.items, part.persons, part.groups["language"].tolist()) == (("q2",), ("x", "z"), ["kk", "kk"])
    assert part.keys == (ItemKey.of("B"),)
    with pytest.raises(ResponseError, match="no such item: q9"):
        matrix.select(items=["q9"])
    with pytest.raises(ResponseError, match="nothing is left"):
        matrix.select(persons=np.zeros(3, dtype=bool))


@given(st.lists(st.lists(st.integers(0, 255), min_size=3, max_size=3), min_size=1, max_size=20))
def test_totals_are_exact(rows):
    assert ResponseMatrix.from_points(rows).total_scores().tolist() == [sum(row) for row in rows]


def test_every_public_name_can_be_had():
    for name in scoring.__all__:
        assert getattr(scoring, name) is not None
    assert set(scoring.__all__) <= set(dir(scoring))
    assert not set(scoring.__all__) & set(scoring.LAZY), "a module would hide the name"
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        scoring.nothing  # noqa: B018
