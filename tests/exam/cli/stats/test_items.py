"""`synaq stats items`: one clear line when it refuses, the promised names when it does not."""

import json

import pytest
from click.testing import CliRunner

from exam.cli import main
from exam.cli.stats import printing

RAW = "id,q1,q2\n" + "".join(f"p{i},{'AB'[i % 2]},{'ABC'[i % 3]}\n" for i in range(120))


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(*arguments, **files):
        for name, content in files.items():
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / f"{name}.csv").write_bytes(data)
        return CliRunner().invoke(main, ["stats", "items", *arguments])

    return call


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "Error: data.csv: the file is empty"),
        (
            "a,b\n1,x\n0,y\n",
            "line 2, column b: 'x' is not a number; give the key if these are options (and 1 more)",
        ),
        (b"PK\x03\x04\x00\x00", "this is not a text file"),
    ],
)
def test_refuses_in_one_line(run, content, complaint):
    result = run("data.csv", data=content)
    assert result.exit_code == 1
    assert complaint in result.output
    assert result.output.count("\n") == 1


def test_refuses_a_file_that_is_not_there(run):
    result = run("nothing.csv", "--json")
    assert result.exit_code == 1
    assert result.output == "Error: nothing.csv: No such file or directory\n"


def test_prints_the_names_that_programs_rely_on(run):
    result = run("data.csv", "--key", "key.csv", "--json", data=RAW, key="A,A\n")
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert (told["n_persons"], told["n_items"]) == (120, 2)
    assert set(told) >= {"alpha", "sem", "items"}
    first = told["items"][0]
    assert set(first) >= {"item", "difficulty", "item_rest", "options", "flags"}
    assert (first["item"], first["difficulty"]) == ("q1", 0.5)
    assert [(option["option"], option["n"], option["key"]) for option in first["options"]] == [
        ("A", 60, True),
        ("B", 60, False),
    ]


def test_what_is_not_a_number_is_null(run):
    told = json.loads(run("data.csv", "--json", data="q1\n1\n0\n").output)
    assert told["alpha"] is None
    assert told["sem"] is None
    assert told["items"][0]["item_rest"] is None
    assert told["items"][0]["difficulty"] == 0.5


def test_prints_a_table_for_people(run):
    result = run("data.csv", "--key", "key.csv", data=RAW, key="A,A\n")
    assert result.output.startswith("120 persons, 2 items; mean 0.83")
    assert any(line.startswith("q2") for line in result.output.splitlines())


def test_reads_letters_of_windows_1251(run):
    result = run("data.csv", "--json", data="вопрос,q2\n1,0\n0,1\n".encode("cp1251"))
    assert json.loads(result.output)["items"][0]["item"] == "вопрос"


def test_writes_a_report_that_needs_nothing_else(run, tmp_path):
    result = run(
        "data.csv", "--key", "key.csv", "--html", "report.html", data=RAW.replace("q2", "<q2>"), key="A,A\n"
    )
    assert result.exit_code == 0, result.output
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("<svg role=") == 4
    assert "&lt;q2&gt;" in page
    assert "<q2>" not in page
    for outside in ("<script", "<link", "src=", "url(http"):
        assert outside not in page


def test_refuses_to_write_where_it_cannot(run):
    result = run("data.csv", "--html", "no/such/place.html", data="q1,q2\n1,0\n0,1\n")
    assert result.exit_code == 1
    assert result.output == "Error: no/such/place.html: No such file or directory\n"


def test_the_figures_are_written_as_usage_data_too(tmp_path, lsat6_csv):
    (tmp_path / "data.csv").write_text(lsat6_csv)
    out = tmp_path / "usage.xml"
    arguments = ["stats", "items", str(tmp_path / "data.csv"), "--usage-data", str(out)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    text = out.read_text(encoding="utf-8")
    assert text.count("<ordinaryStatistic") == 15
    assert '<value baseType="float">0.924000</value>' in text


def test_what_was_guessed_to_be_no_item_is_said_beside_the_figures(run):
    rows = "".join(f"{place},0,1,0\n1{place},1,0,1\n2{place},0,1,1\n" for place in range(3))
    result = run("data.csv", "--json", data=f"id,sex,q1,q2\n{rows}")
    assert "Not taken as items: sex." in result.stderr
    told = json.loads(result.stdout)
    assert (told["n_items"], told["left_out"]) == (2, ["sex"])


def test_what_the_user_named_is_not_told_back(run):
    result = run("data.csv", "--ignore", "sex", "--no-id", data="sex,q1,q2\n" + "0,1,0\n1,0,1\n0,1,1\n" * 3)
    assert result.stderr == ""
    assert "q2" in result.stdout


def test_totals_over_other_items_are_not_mixed(tmp_path, monkeypatch):
    """Three persons answered all of three items: 3, 1 and 2 points; the fourth has two scored answers."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("q1,q2,q3\n1,1,1\n1,0,0\n1,1,0\n1,,0\n")
    result = CliRunner().invoke(main, ["stats", "items", "a.csv"])
    assert "mean 2.00, sd 1.00" in result.stdout
    assert "Mean, sd and the like: of 3 of 4 persons, without unscored answers." in result.stderr
    found = json.loads(CliRunner().invoke(main, ["stats", "items", "a.csv", "--json"]).stdout)
    assert (found["n_persons"], found["persons_with_totals"], found["mean"]) == (4, 3, 2.0)


def test_a_figure_without_a_value_is_a_dash_in_the_line_above(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("q1,q2,q3\n1,1,\n1,,0\n0,1,\n1,,1\n")
    result = CliRunner().invoke(main, ["stats", "items", "a.csv", "--html", "report.html"])
    assert result.exit_code == 0
    assert "mean -, sd -" in result.stdout
    assert "nan" not in result.stdout + (tmp_path / "report.html").read_text().split("<svg")[0]


def test_a_small_negative_figure_has_no_sign_when_it_is_rounded_to_nothing():
    assert printing.cell_text(-0.0001) == "0.000"
    assert printing.figure(-0.001) == "0.00"
    assert printing.figure(float("nan")) == "-"
