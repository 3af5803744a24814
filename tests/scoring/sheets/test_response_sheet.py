"""Sheets of responses: every problem with its place; many ways to write the same data."""

import pytest

from scoring import Missing, SheetOptions, columns_left_out, read_sheet
from scoring.sheets.response_sheet import person_column

PLAIN = "q1,q2,q3\n1,0,1\n0,0,1\n1,1,1\n"
RAW = "q1,q2,q3\nA,B,C\nB,B,\nA,C,C\n"
SCORED = [[1, 1, 1], [0, 1, 0], [1, 0, 1]]


def problems(text, key=None, **options):
    matrix, found = read_sheet(text, key, SheetOptions(**options))
    assert matrix is None
    return [str(problem) for problem in found]


def matrix_of(text, key=None, **options):
    matrix, found = read_sheet(text, key, SheetOptions(**options))
    assert found == ()
    return matrix


def test_names_every_cell_that_is_no_number():
    assert problems("q1,q2\n1,x\n0,1\ny,1\n") == [
        "line 2, column q2: 'x' is not a number; give the key if these are options",
        "line 4, column q1: 'y' is not a number; give the key if these are options",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "the file is empty"),
        ("\n\n", "the file is empty"),
        ("q1,q2\n", "there are no persons under the header"),
        ("q1,q2\n1,0\n1\n", "line 3: 1 cells where the header has 2"),
        ("q1,,q3\n1,0,1\n", "line 1, column 2: the column has no name"),
        ("q1,q1\n1,0\n", "line 1, column q1: two columns have this name"),
        ("q1,q2\n1,-1\n", "line 2, column q2: '-1' is below zero"),
        ("q1,q2\n1,inf\n", "line 2, column q2: 'inf' is not a number; give the key if these are options"),
    ],
)
def test_says_what_is_wrong_with_a_sheet(text, complaint):
    assert problems(text) == [complaint]


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        ("", "in the key: the key is empty"),
        ("A,B", "the key has 2 entries for 3 item columns"),
        ("item,key\nq1,A\nq2,B\nq9,C\n", "the key names 'q9', which is no column of the responses"),
        ("item,key\nq1,A\nq1,B\n", "line 3, column q1: in the key: the item stands twice in the key"),
        ("item,key\nq1,A\nq2,\nq3,C\n", "line 3, column q2: in the key: the key is empty"),
        ("A,B,\n", "line 1, column 3: in the key: the key is empty"),
        (
            "a,b,c\n1,2,3\n4,5,6\n",
            "line 1: in the key: a key is one row, one column, or pairs of item and key",
        ),
    ],
)
def test_says_what_is_wrong_with_a_key(key, complaint):
    assert problems(RAW, key) == [complaint]


def test_says_that_a_named_column_is_not_there():
    assert problems(PLAIN, person_column="code") == ["there is no column 'code'"]
    assert problems(PLAIN, ignore=["q9"]) == ["there is no column 'q9'"]


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        "\ufeff" + PLAIN,
        PLAIN.replace("\n", "\r\n"),
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("q1,q2,q3", '"q1","q2","q3"'),
        PLAIN.replace(",", " , "),
        PLAIN + "\n,,\n",
        PLAIN.replace("\n", ",\n"),
        PLAIN.replace("1", "TRUE").replace("qTRUE", "q1").replace("0", "false"),
        PLAIN.replace("0", "0.0"),
        PLAIN.replace(",", ";").replace("1\n", "1,0\n"),
    ],
)
def test_reads_the_same_sheet_however_it_is_written(text):
    matrix = matrix_of(text)
    assert matrix.points.tolist() == [[1, 0, 1], [0, 0, 1], [1, 1, 1]]
    assert matrix.items == ("q1", "q2", "q3")
    assert matrix.persons == ()


@pytest.mark.parametrize(
    "key",
    [
        "A,B,C\n",
        "q1,q2,q3\nA,B,C\n",
        '"q3","q1","q2"\n"C","A","B"\n',
        "A\nB\nC\n",
        "key\nA\nB\nC\n",
        "item,key\nq1,A\nq2,B\nq3,C\n",
        "q2;B\nq1;A\nq3;C",
        "id,area,key\nq1,x,A\nq2,x,B\nq3,y,C\n",
        "\ufeffa,b,c\r\n",
    ],
)
def test_reads_the_same_key_however_it_is_written(key):
    matrix = matrix_of(RAW, key)
    assert matrix.points.tolist() == SCORED
    assert matrix.missing.tolist()[1] == [0, 0, Missing.NOT_REACHED]


@pytest.mark.parametrize(
    "text",
    [
        "id,q1,q2,q3\n7,A,B,C\n8,B,B,\n9,A,C,C\n",
        "examinee,q1,q2,q3\nx,A,B,C\ny,B,B,\nz,A,C,C\n",
        ",q1,q2,q3\n1,A,B,C\n2,B,B,\n3,A,C,C\n",
        '"q1" "q2" "q3"\n'.replace(" ", ",") + "1,A,B,C\n2,B,B,\n3,A,C,C\n",
        "who,q1,q2,q3\nAigul,A,B,C\nBerik,B,B,\nDana,A,C,C\n",
        "id,centre,q1,q2,q3\n7,1,A,B,C\n8,1,B,B,\n9,2,A,C,C\n",
    ],
)
@pytest.mark.parametrize("key", ["A,B,C\n", "item,key\nq1,A\nq2,B\nq3,C\n"])
def test_finds_the_column_of_persons(text, key):
    matrix = matrix_of(text, key)
    assert matrix.points.tolist() == SCORED
    assert len(matrix.persons) == 3


def test_a_running_number_before_scored_items_names_persons():
    rows = "".join(f"{i},{i % 2},1,0\n" for i in range(1, 15))
    assert matrix_of("nn,q1,q2,q3\n" + rows).items == ("q1", "q2", "q3")
    assert matrix_of("nn,q1,q2,q3\n" + rows, person_column="").items == ("nn", "q1", "q2", "q3")


def test_columns_about_the_person_are_no_items():
    text = "eid,cent_id,q1,q2,Gender,total\nx,70,1,0,1,1\ny,71,0,1,0,1\nz,70,1,1,1,2\n"
    assert matrix_of(text).items == ("q1", "q2")
    assert matrix_of(text, "1,1").items == ("q1", "q2")
    assert matrix_of("score\n1\n0\n").items == ("score",)


def test_a_first_row_of_data_is_no_header():
    assert matrix_of("1,0,1\n0,0,1\n").points.tolist() == [[1, 0, 1], [0, 0, 1]]
    assert matrix_of("A,B,A\nB,B,A\nA,A,A\n", "A,B,A").points.tolist() == [[1, 1, 1], [0, 1, 1], [1, 0, 1]]


def test_numbers_may_name_items():
    assert matrix_of("1,2,3\n0,0,1\n").items == ("1", "2", "3")


def test_a_blank_is_unscored_in_points_and_wrong_with_a_key():
    text = "q1,q2,q3\n1,NA,1\n0,,.\n"
    assert matrix_of(text).missing.tolist() == [[0, 3, 0], [0, 3, 3]]
    assert matrix_of(text, blank_is_wrong=True).missing.tolist() == [[0, 1, 0], [0, 2, 2]]
    assert matrix_of(RAW, "A,B,C", blank_is_wrong=False).missing.tolist()[1] == [0, 0, 3]
    assert matrix_of("q1,q2\n1,9\n9,1\n", blanks=["9"]).missing.tolist() == [[0, 3], [3, 0]]


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("id;q1;q2\n1;1;0\n2;0;1\n", ()),
        ("\ufeffФИО,пол,q1\nА,1,1\nБ,0,0\n", ("пол",)),
        ("who,q1\nА,1\nБ,0\nВ,1\n", ("who",)),
        ("1,0,1\n0,1,1\n1,1,0\n", ()),
        ("q1,q2\n1,0\n0,1\n", ()),
    ],
)
def test_columns_that_are_no_items_can_be_told(text, left_out):
    responses, _ = read_sheet(text)
    assert columns_left_out(text, responses) == left_out


@pytest.mark.parametrize(
    ("text", "options", "heading"),
    [
        ("q1,q2\n1,0\n0,1\n", {}, None),
        ("id,q1\n1,1\n2,0\n", {"person_column": ""}, None),
        ("id;q1;q2\n1;1;0\n2;0;1\n", {}, "id"),
        ("пол,ФИО,q1\n1,А,1\n0,Б,0\n", {"ignore": ["пол"]}, "ФИО"),
        ("q1,badge\n1,x\n0,y\n", {"person_column": "badge"}, "badge"),
        ("who,q1\nА,1\nБ,0\nВ,1\n", {}, "who"),
        ("q1,q2\nanna,1,0\nbolat,0,1\n", {}, ""),
    ],
)
def test_the_heading_of_the_persons_can_be_told(text, options, heading):
    options = SheetOptions(**options)
    responses, _ = read_sheet(text, options=options)
    assert person_column(text, responses, options) == heading
