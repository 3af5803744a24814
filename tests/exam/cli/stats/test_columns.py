"""Values about persons find their persons: refusals name the id and the line, ids go before order."""

import click
import pytest

from exam.cli.stats.columns import matching_value, read_column
from exam.cli.stats.reading import read_responses

ANSWERS = "id,q1,q2\nanna,1,0\nbolat,0,1\n\nvera,1,1\n"


@pytest.fixture
def read(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(responses, values, column=None, **reading):
        (tmp_path / "data.csv").write_text(responses)
        (tmp_path / "groups.csv").write_text(values)
        return read_column("groups.csv", read_responses("data.csv", **reading), column=column)

    return call


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ("id,g\nanna,1\nbolat,2\nvova,1\n", "groups.csv: line 4: 'vova' is no person of data.csv"),
        (
            "id,g\nx,1\nbolat,2\ny,1\nvera,1\n",
            "groups.csv: line 2: 'x' is no person of data.csv (and 1 more)",
        ),
        ("id,g\nanna,1\nbolat,2\n", "groups.csv: there is no line for 'vera', line 5 of data.csv"),
        ("id,g\nvera,1\n", "there is no line for 'anna', line 2 of data.csv (and 1 more)"),
        (
            "id,g\nanna,1\nbolat,2\nanna,1\nvera,1\n",
            "groups.csv: line 4: 'anna' stood in line 2 already",
        ),
        ("id,g\nanna,1\n,2\nvera,1\n", "groups.csv: line 3: there is no id"),
        ("id,g\nanna,1\nbolat,\nvera,1\n", "groups.csv: line 3: there is no value"),
        ("id,g,h\nanna,1,1\nbolat,2,1\nvera,1,1\n", "there are 2 columns beside the ids"),
        ("g\n1\n2\n", "groups.csv: 2 lines under the header for 3 persons"),
    ],
)
def test_what_cannot_be_matched_is_refused_with_its_place(read, values, complaint):
    with pytest.raises(click.ClickException) as refusal:
        read(ANSWERS, values)
    assert complaint in refusal.value.message
    assert "\n" not in refusal.value.message


def test_an_id_that_stands_twice_in_the_responses_is_refused(read):
    with pytest.raises(click.ClickException, match=r"data.csv: line 4: 'anna' stood in line 2 already"):
        read(ANSWERS.replace("bolat", "b").replace("\n\nvera", "\nanna"), "id,g\nanna,1\nb,2\n")


@pytest.mark.parametrize(
    "values",
    [
        "id,g\nvera,3\nanna,1\nbolat,2\n",
        "g;person\n3;vera\n1;anna\n2;bolat\n",
        "g\tid\n3\tvera\n1\tanna\n2\tbolat\n",
    ],
)
def test_persons_are_found_by_their_ids_in_any_order(read, values):
    found = read(ANSWERS, values)
    assert (found.values, found.matched_by, found.notes) == (["1", "2", "3"], "id", ())


def test_a_heading_that_does_not_say_so_is_known_from_the_responses(read):
    answers, values = ANSWERS.replace("id", "badge"), "g,badge\n3,vera\n1,anna\n2,bolat\n"
    assert read(answers, values, person_column="badge").values == ["1", "2", "3"]


def test_a_named_column_is_never_that_of_the_ids(read):
    found = read(ANSWERS, "id,case\nvera,3\nanna,1\nbolat,2\n", "case")
    assert (found.values, found.matched_by) == (["1", "2", "3"], "id")


@pytest.mark.parametrize(
    ("answers", "values", "without"),
    [
        (ANSWERS, "g\n1\n2\n3\n", "groups.csv"),
        ("q1,q2\n1,0\n0,1\n1,1\n", "id,g\nanna,1\nbolat,2\nvera,3\n", "data.csv"),
    ],
)
def test_without_ids_the_order_counts_and_that_is_said(read, answers, values, without):
    found = read(answers, values)
    assert (found.values, found.matched_by) == (["1", "2", "3"], "order")
    assert found.notes == (
        f"groups.csv was matched to the persons by order: {without} has no column of ids.",
    )


def test_a_column_of_the_responses_themselves_needs_no_matching(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text("id,room,q1,q2\na,1,1,0\na,2,0,1\nb,2,1,1\n")
    answers = read_responses("data.csv", ignore=("room",))
    found = read_column("data.csv", answers, column="room")
    assert (found.values, found.matched_by, found.notes) == (["1", "2", "2"], "line", ())


@pytest.mark.parametrize(("wanted", "written"), [("1", "1.0"), ("man", "man"), ("3", "3")])
def test_a_value_is_found_as_it_is_written(wanted, written):
    assert matching_value(wanted, ["1.0", "man"]) == written
