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
