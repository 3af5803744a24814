"""`synaq stats calibrate`: refusals in one line, the promised names, and the published figures."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from exam.cli import main


def as_csv(X, names=None):
    names = names or [f"q{j + 1}" for j in range(len(X[0]))]
    rows = [",".join("" if np.isnan(x) else str(int(x)) for x in row) for row in np.asarray(X, dtype=float)]
    return "\n".join([",".join(names), *rows]) + "\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(content, *arguments, key=None):
        (tmp_path / "data.csv").write_text(content)
        if key is not None:
            (tmp_path / "key.csv").write_text(key)
        return CliRunner().invoke(main, ["stats", "calibrate", "data.csv", *arguments])

    return call


@pytest.mark.parametrize(
    ("content", "arguments", "complaint"),
    [
        ("q1,q2,q3\n1,0,1\n0,1,1\n", (), "needs 3 items with both right and wrong answers; there are 2"),
        ("q1,q2,q3\n1,0,1\n0,1,0\n", (), "at least 10 persons; there are 2"),
        ("q1,q2,q3\n" + "1,1,1\n" * 20, ("--model", "1pl"), "there are 0"),
        ("q1\n" + "1\n0\n" * 20, ("--model", "1pl"), "needs 2 items"),
        ("q1,q2,q3\n" + "0,2,1\n1,0,0\n" * 20, (), "0 or 1 point"),
    ],
)
def test_refuses_in_one_line(run, content, arguments, complaint):
    result = run(content, *arguments, "--quiet")
    assert result.exit_code == 1
    assert complaint in result.output
    assert result.output.startswith("Error: ")
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("prior", ["5", "a,b", "0.5,3", "1,2,3", "inf,2"])
def test_refuses_a_prior_that_is_none(run, prior):
    result = run("q1,q2\n1,0\n", "--c-prior", prior)
    assert result.exit_code == 2
    assert "--c-prior" in result.output


def test_prints_the_promised_names(run, lsat6_csv):
    told = json.loads(run(lsat6_csv, "--model", "2pl", "--json").output)
    assert {"model", "loglik", "n_iter", "converged", "grad_norm", "items"} <= set(told)
    assert {"item", "a", "b", "c", "d", "se_a", "se_b"} <= set(told["items"][0])
    assert told["loglik"] == pytest.approx(-2466.65337751348, abs=1e-6)  # mirt 1.47
    assert told["converged"] is True
    assert told["grad_norm"] < 1e-3
    item = told["items"][0]
    assert item["d"] == pytest.approx(-item["a"] * item["b"], abs=1e-12)
    assert item["se_a"] == pytest.approx(0.258114706950788, abs=1e-5)


def test_finds_the_published_figures(run, lsat6_csv):
    # Rizopoulos (2006), J. Stat. Softw. 17(5), section 4.1
    told = json.loads(run(lsat6_csv, "--model", "1pl", "--json").output)
    assert [item["b"] for item in told["items"]] == pytest.approx(
        [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=5e-5
    )
    assert [item["a"] for item in told["items"]] == pytest.approx([0.7551] * 5, abs=5e-5)


def test_an_item_without_parameters_is_null(run, lsat6_csv):
    head, *rows = lsat6_csv.split()
    told = json.loads(run("\n".join([head + ",q6", *(f"{row},1" for row in rows)]), "--json").output)
    assert told["items"][5]["a"] is None
    assert told["items"][5]["se_b"] is None


def test_reads_options_with_a_key_and_a_prior(run):
    rng = np.random.default_rng(3)
    chosen = np.where(rng.random((300, 6)) < 0.6, "B", "A")
    content = "a,b,c,d,e,f\n" + "\n".join(",".join(row) for row in chosen) + "\n"
    result = run(content, "--key", "key.csv", "--model", "3pl", "--c-prior", "6,16", "--json", key="B\n" * 6)
    told = json.loads(result.output)
    assert all(0 < item["c"] < 0.6 for item in told["items"])


def test_empty_cells_are_items_that_were_not_met(run):
    rng = np.random.default_rng(1)
    theta = rng.normal(size=(600, 1))
    X = (rng.random((600, 9)) < 1 / (1 + np.exp(-theta))).astype(float)
    X[:300, 6:], X[300:, :3] = np.nan, np.nan
    told = json.loads(run(as_csv(X), "--model", "rasch", "--json").output)
    assert told["converged"]
    assert max(abs(item["b"]) for item in told["items"]) < 0.5


def test_the_table_names_its_columns_and_ends_with_the_fit(run, lsat6_csv):
    lines = run(lsat6_csv, "--quiet").output.splitlines()
    assert "log-likelihood -2466.6534" in lines[0]
    assert "converged" in lines[0]
    assert lines[2].split() == ["item", "a", "b", "c", "d", "se_a", "se_b"]
    assert len(lines) == 8
