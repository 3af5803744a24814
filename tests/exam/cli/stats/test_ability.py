"""`synaq stats ability`: refusals in one line, the promised names, and the figures of mirt."""

import json

import pytest
from click.testing import CliRunner

from exam.cli import main


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(content, *arguments):
        (tmp_path / "data.csv").write_text(content)
        return CliRunner().invoke(main, ["stats", "ability", "data.csv", *arguments])

    return call


def test_refuses_in_one_line(run):
    result = run("q1,q2,q3\n1,0,1\n0,1,0\n", "--quiet")
    assert result.exit_code == 1
    assert result.output == "Error: calibration needs at least 10 persons; there are 2\n"


@pytest.mark.parametrize(
    ("method", "theta", "se"),
    [  # mirt 1.47, 2PL, fscores() of the pattern 00000, which is the first person
        ("eap", -1.89676982940316, 0.801276929941399),
        ("map", -1.89525937463713, 0.795524651431006),
        ("wle", -5.70390343734157, 2.05052840578415),
        ("ml", None, None),
    ],
)
def test_agrees_with_mirt(run, lsat6_csv, method, theta, se):
    persons = json.loads(run(lsat6_csv, "--method", method, "--json").output)["persons"]
    assert len(persons) == 1000
    assert persons[0]["theta"] == (None if theta is None else pytest.approx(theta, abs=1e-5))
    assert persons[0]["se"] == (None if se is None else pytest.approx(se, abs=1e-4))


def test_tells_the_reliability_of_posterior_means(run, lsat6_csv):
    told = json.loads(run(lsat6_csv, "--json").output)
    assert told["reliability"] == pytest.approx(0.301089124433624, abs=1e-6)  # mirt, empirical_rxx
    assert json.loads(run(lsat6_csv, "--method", "ml", "--json").output)["reliability"] is None


def test_rasch_abilities_keep_their_spread(run, lsat6_csv):
    told = json.loads(run(lsat6_csv, "--model", "rasch", "--json").output)
    assert told["persons"][0]["theta"] == pytest.approx(-1.44241211249023, abs=5e-5)  # mirt, EAP


def test_the_table_has_a_line_for_each_person(run, lsat6_csv):
    lines = run(lsat6_csv, "--quiet").output.splitlines()
    assert lines[0].split() == ["person", "theta", "se"]
    assert len(lines) == 1001


def test_persons_keep_their_names(run):
    rows = "".join(f"p{i},{i % 2},{i % 3 % 2},{i % 5 % 2},{i % 7 % 2}\n" for i in range(200))
    told = json.loads(run("id,q1,q2,q3,q4\n" + rows, "--id", "id", "--json").output)
    assert told["persons"][3]["person"] == "p3"
