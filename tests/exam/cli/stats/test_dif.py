"""`synaq stats dif`: refusals in one line, the promised names, and the figures of difR."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from exam.cli import main

VERBAL = json.loads(
    (Path(__file__).parents[3] / "scoring" / "reference" / "verbal_aggression.json").read_text()
)
RESPONSES = (
    ",".join(f"q{j}" for j in range(24)) + "\n" + "".join(",".join(p) + "\n" for p in VERBAL["persons"])
)
GROUPS = "sex\n" + "\n".join(["woman", "man"][int(digit)] for digit in VERBAL["male"]) + "\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(responses, groups, *arguments):
        (tmp_path / "data.csv").write_text(responses)
        (tmp_path / "groups.csv").write_text(groups)
        return CliRunner().invoke(main, ["stats", "dif", "data.csv", "--group", "groups.csv", *arguments])

    return call


@pytest.mark.parametrize(
    ("groups", "arguments", "complaint"),
    [
        ("g\na\nb\n", ("--focal", "a"), "groups.csv: 2 lines under the header for 3 persons"),
        ("g\na\n\nb\n", ("--focal", "a"), "groups.csv: line 3: there is no value"),
        ("g\na\nb\nb\n", ("--focal", "c"), "nobody is in the focal group c; the groups are a, b"),
        ("g,h\na,1\nb,2\nb,2\n", ("--focal", "a"), "groups.csv: there are 2 columns; say which one counts"),
        ("id,g\n1,a\n2,b\n3,b\n", ("--focal", "a", "--group-column", "h"), "there is no column 'h'"),
        ("g\n", ("--focal", "a"), "a header and a line for each person are needed"),
    ],
)
def test_refuses_in_one_line(run, groups, arguments, complaint):
    result = run("q1,q2\n1,0\n0,1\n1,1\n", groups, *arguments)
    assert result.exit_code == 1
    assert complaint in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize(("arguments", "told"), [((), "MH"), (("--purify",), "MH_purified")])
def test_prints_the_figures_of_difr(run, arguments, told):
    result = run(RESPONSES, GROUPS, "--focal", "man", "--json", *arguments)
    items = json.loads(result.stdout)["items"]
    names = {"alpha_mh": "alphaMH", "delta_mh": "deltaMH", "chi2": "MH_chisq", "p": "p"}
    for ours, theirs in names.items():
        assert [item[ours] for item in items] == pytest.approx(VERBAL[told][theirs], rel=1e-10), ours
    assert [item["ets_class"] for item in items] == VERBAL[told]["ets_class"]
    assert items[0]["item"] == "q0"


def test_the_groups_may_be_numbers_and_in_one_of_several_columns(run):
    groups = "id,sex\n" + "".join(f"p{i},{digit}.0\n" for i, digit in enumerate(VERBAL["male"]))
    result = run(RESPONSES, groups, "--focal", "1", "--group-column", "sex", "--json")
    assert json.loads(result.stdout)["n_focal"] == VERBAL["male"].count("1")


def test_persons_are_matched_by_id_and_the_document_says_so(run):
    responses = "id,sex,q1,q2\na,1,1,0\nb,2,0,1\nc,1,1,1\nd,2,0,0\ne,2,0,0\n"
    groups = "code,id\nx,e\ny,d\nx,c\ny,b\nx,a\n"
    result = run(responses, groups, "--focal", "x", "--json", "--html", "report.html")
    told = json.loads(result.stdout)
    assert (told["groups_matched_by"], told["left_out"], told["n_focal"]) == ("id", ["sex"], 3)
    assert "order" not in result.stderr


def test_the_order_is_supposed_only_without_ids_and_said(run, tmp_path):
    responses = "id,sex,q1,q2\na,1,1,0\nb,2,0,1\nc,1,1,1\nd,2,0,0\n"
    result = run(responses, "g\nx\ny\nx\ny\n", "--focal", "x", "--json", "--html", "report.html")
    assert json.loads(result.stdout)["groups_matched_by"] == "order"
    said = "groups.csv was matched to the persons by order: groups.csv has no column of ids."
    assert result.stderr.splitlines()[-1] == said
    report = BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert [each.text for each in report.select("p.note")] == ["Not taken as items: sex.", said]


def test_only_the_two_groups_that_were_named_are_compared(run):
    responses = "q1,q2\n" + "1,0\n0,1\n1,1\n0,0\n" * 3
    result = run(
        responses, "g\n" + "a\n" * 5 + "b\n" * 4 + "c\n" * 3, "--focal", "b", "--reference", "a", "--json"
    )
    told = json.loads(result.stdout)
    assert (told["n_reference"], told["n_focal"]) == (5, 4)


def test_what_cannot_be_compared_is_null(run):
    result = run("q1,q2\n1,0\n1,1\n1,0\n1,1\n", "g\na\na\nb\nb\n", "--focal", "b", "--json")
    first = json.loads(result.stdout)["items"][0]
    assert first["alpha_mh"] is None
    assert first["ets_class"] is None


def test_the_table_says_that_few_persons_say_little(run):
    result = run(RESPONSES, GROUPS, "--focal", "man", "--purify")
    assert "243 persons in the reference group, 73 in the focal group" in result.output
    assert "large differences may pass unseen" in result.output
    assert "matched on 15 items after 6 rounds\n" in result.output


def test_logistic_regression_prints_the_figures_of_difr(run):
    result = run(RESPONSES, GROUPS, "--focal", "man", "--json", "--method", "logistic")
    items = json.loads(result.stdout)["items"]
    assert [item["chi2"] for item in items] == pytest.approx(VERBAL["logistic"]["both"]["stat"], abs=1e-6)


def test_lord_compares_the_parameters_of_both_groups(run):
    result = run(RESPONSES, GROUPS, "--focal", "man", "--json", "--method", "lord", "--model", "rasch")
    document = json.loads(result.stdout)
    assert (document["n_reference"], document["n_focal"]) == (243, 73)
    for item in document["items"]:
        assert item["difference"] == pytest.approx(item["b_focal"] - item["b_reference"])
    table = run(RESPONSES, GROUPS, "--focal", "man", "--method", "lord", "--model", "rasch").stdout
    assert table.splitlines()[2].split()[:4] == ["item", "chi2", "p", "difference"]
