"""The HTML reports of the statistics commands: one file that needs nothing else, plots with words."""

import json

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from exam.cli import main

COUNTS = "score,count\n" + "".join(f"{score},{10 + score}\n" for score in range(11))
SEX = "sex\n" + "".join(f"{'mw'[place % 2]}\n" for place in range(1000))
CASES = {
    "items": ["items", "data.csv"],
    "calibrate": ["calibrate", "data.csv"],
    "ability": ["ability", "data.csv", "--model", "1pl"],
    "dif": ["dif", "data.csv", "--group", "sex.csv", "--focal", "w"],
    "logistic": ["dif", "data.csv", "--group", "sex.csv", "--focal", "w", "--method", "logistic"],
    "consistency": ["consistency", "data.csv", "--cut", "3"],
    "equate": ["equate", "counts.csv", "counts.csv", "--bootstrap", "20"],
    "similarity": ["similarity", "data.csv", "--pairs", "pairs.csv"],
}


@pytest.fixture
def run(tmp_path, monkeypatch, lsat6_csv):
    monkeypatch.chdir(tmp_path)
    files = {"data": lsat6_csv, "sex": SEX, "counts": COUNTS, "pairs": "a,b\n1,2\n900,901\n"}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return lambda *arguments: CliRunner().invoke(main, ["stats", *arguments])


def test_a_report_that_cannot_be_written_is_refused_in_one_line(run):
    result = run("calibrate", "data.csv", "--html", "no/such/folder.html")
    assert result.exit_code == 1
    assert result.output == "Error: no/such/folder.html: No such file or directory\n"


@pytest.mark.parametrize("case", CASES)
def test_a_report_stands_by_itself_and_its_plots_have_words(run, tmp_path, case):
    result = run(*CASES[case], "--html", "report.html")
    assert result.exit_code == 0, result.output
    page = BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "html.parser")
    assert not page.select("script, link, img, iframe")
    assert page.title.text == page.h1.text
    drawings = page.select("svg[role=img]")
    assert drawings
    assert all(each["aria-label"] for each in drawings)
    assert all(each.figcaption.text for each in page.select("figure"))
    assert page.select("table tbody tr")


LEFT_OUT = {case: words for case, words in CASES.items() if case != "equate"} | {
    "equate": ["equate", "data.csv", "data.csv", "--method", "mean"],
    "equate by items": ["equate", "data.csv", "data.csv", "--method", "irt-true", "--model", "1pl"],
}


@pytest.mark.parametrize("case", LEFT_OUT)
def test_what_was_guessed_to_be_no_item_stands_in_report_and_document(run, tmp_path, lsat6_csv, case):
    head, *rows = lsat6_csv.splitlines()
    lines = [f"age,{head}", *(f"{20 + place % 30},{row}" for place, row in enumerate(rows))]
    (tmp_path / "data.csv").write_text("\n".join(lines) + "\n")
    result = run(*LEFT_OUT[case], "--html", "report.html", "--json")
    assert result.exit_code == 0, result.output
    left_out = json.loads(result.stdout)["left_out"]
    page = BeautifulSoup((tmp_path / "report.html").read_text(encoding="utf-8"), "html.parser")
    notes = [each.text for each in page.select("p.note") if "order" not in each.text]
    if case.startswith("equate"):
        assert left_out == {"x": ["age"], "y": ["age"]}
        assert notes == ["data.csv: Not taken as items: age."] * 2
    else:
        assert left_out == ["age"]
        assert notes == ["Not taken as items: age."]


def test_a_name_with_markup_stays_text(run, tmp_path):
    (tmp_path / "data.csv").write_text("<b>q</b>,q2,q3\n" + "1,0,1\n0,1,0\n1,1,0\n0,0,1\n" * 30)
    assert run("items", "data.csv", "--html", "report.html").exit_code == 0
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "<b>" not in text
    assert "&lt;b&gt;q" in text
