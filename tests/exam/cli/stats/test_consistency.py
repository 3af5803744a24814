"""`synaq stats consistency`: refusals in one line, the promised names, and figures of the reference."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from exam.cli import main

FIGURES = json.loads(
    (Path(__file__).parents[3] / "scoring" / "reference" / "decision_consistency.json").read_text()
)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(content, *arguments):
        (tmp_path / "data.csv").write_text(content)
        return CliRunner().invoke(main, ["stats", "consistency", "data.csv", *arguments])

    return call


def test_refuses_in_one_line(run):
    for content, arguments, complaint in (
        ("q1,q2\n1,0\n0,1\n", ("--cut", "3"), "the cut 3 is not above 0 and at most 2"),
        ("q1,q2\n1,1\n1,1\n", ("--cut", "1"), "needs a reliability between 0 and 1, not nan"),
        ("q1,q2\n1,0\n0,1\n1,1\n", ("--cut", "1"), "needs a reliability between 0 and 1"),
        ("score\n10\n20\n", ("--cut", "15"), "with one column of scores, give --reliability and --max"),
        ("score\n1.5\n3\n", ("--cut", "2", "--reliability", "0.5", "--method", "huynh"), "whole points"),
    ):
        result = run(content, *arguments)
        assert result.exit_code == 1
        assert complaint in result.output
        assert result.output.count("\n") == 1


def test_prints_the_figures_of_betafunctions(run):
    told = FIGURES["example"]
    scores = [str(score) for score, n in enumerate(told["frequencies"]) for _ in range(n)]
    arguments = ("--cut", "50", "--max", "100", "--reliability", "0.7", "--json")
    result = run("score\n" + "\n".join(scores) + "\n", *arguments)
    found = json.loads(result.output)
    for name in ("accuracy", "consistency", "kappa"):
        assert found[name] == pytest.approx(told["LL_4P"][name], abs=1e-5)
    assert found["method"] == "Livingston-Lewis"
    assert [row["score"] for row in found["by_score"]] == list(range(101))


def test_takes_alpha_when_no_reliability_is_given_and_null_for_what_a_method_lacks(run):
    rows = "".join(f"{a},{a},{b},{b},{c},{c}\n" for a in (0, 1) for b in (0, 1) for c in (0, 1)) * 5
    content = "q1,q2,q3,q4,q5,q6\n" + rows + "1,1,1,1,1,1\n0,0,0,0,0,0\n" * 3
    found = json.loads(run(content, "--cut", "4", "--method", "subkoviak", "--json").output)
    assert 0 < found["reliability"] < 1
    assert found["accuracy"] is None
    assert found["by_score"] is None
    table = run(content, "--cut", "4", "--method", "subkoviak").output
    assert "Subkoviak, cut 4, 46 persons" in table


MIXED = "id,q1,q2,q3,q4\n" + "".join(
    f"p{place},{place % 2},{place % 3 % 2},{place % 5 % 2},{place % 2}\n" for place in range(40)
)


def test_persons_with_unscored_answers_are_left_out_and_counted(run, tmp_path):
    content = MIXED + "p40,1,,1,1\np41,,1,0,0\n"
    result = run(content, "--cut", "2", "--json", "--html", "report.html")
    assert "Left out, with unscored answers: 2 of 42 persons." in result.stderr
    found = json.loads(result.stdout)
    assert (found["n_persons"], found["persons_left_out"]) == (40, 2)
    whole = json.loads(run(MIXED, "--cut", "2", "--json").stdout)
    assert {**found, "persons_left_out": 0} == whole
    assert "Left out, with unscored answers: 2 of 42 persons." in (tmp_path / "report.html").read_text()
    wrong = json.loads(run(content, "--cut", "2", "--missing", "wrong", "--json").stdout)
    assert (wrong["n_persons"], wrong["persons_left_out"]) == (42, 0)


def test_two_forms_in_one_sheet_have_no_common_cut(run):
    rows = "".join(f"{a},{b},,\n,,{a},{b}\n" for a in (0, 1) for b in (0, 1))
    result = run("q1,q2,q3,q4\n" + rows, "--cut", "1")
    assert result.exit_code == 1
    assert "everybody has unscored answers, so no two totals can be compared" in result.output
    assert result.output.count("\n") == 1


def test_the_caption_says_who_passes(run, tmp_path):
    run(MIXED, "--cut", "2", "--html", "report.html")
    assert "2 points and more pass, right of the line." in (tmp_path / "report.html").read_text()


def test_false_verdicts_stand_after_hanson_and_brennan_as_well(run):
    beside = json.loads(run(MIXED, "--cut", "2", "--json").stdout)["hanson_brennan"]
    alone = json.loads(run(MIXED, "--cut", "2", "--method", "hanson-brennan", "--json").stdout)
    assert beside == {name: alone[name] for name in ("false_pass", "false_fail")}
    assert alone["hanson_brennan"] is None
    assert "false pass, Hanson-Brennan" in run(MIXED, "--cut", "2").stdout


def test_a_person_who_stands_twice_is_refused_in_one_line(run):
    result = run(MIXED + "p3,1,1,1,1\np4,0,0,0,0\n", "--cut", "2")
    assert result.exit_code == 1
    assert "data.csv: line 42: 'p3' stood in line 5 already (and 1 more)" in result.output
    assert result.output.count("\n") == 1
