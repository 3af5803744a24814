"""`synaq stats equate`: refusals in one line, the promised names, and the figures of equate and SNSequate."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

from exam.cli import main
from tests.exam.cli.stats.conftest import REFERENCE

ACT = json.loads((REFERENCE / "act_mathematics.json").read_text(encoding="utf-8"))
KB = json.loads((REFERENCE / "kolen_brennan.json").read_text(encoding="utf-8"))
COUNTS = "scale,xcount,ycount\n" + "".join(
    f"{i},{x},{y}\n" for i, (x, y) in enumerate(zip(ACT["x"], ACT["y"], strict=True))
)
BOTH = ("--x-column", "xcount", "--y-column", "ycount")
BOOTSTRAP = (*BOTH, "--method", "linear", "--bootstrap", "400", "--seed", "3")
TO_36 = ("--anchor", "anchor", "--max-x", "36", "--max-y", "36")
COMMON = ",".join(str(place) for place in range(3, 37, 3))


def scores_with_anchor(table):
    lines = [f"{t},{a}\n" * int(n) for t, row in enumerate(table) for a, n in enumerate(row)]
    return "total,anchor\n" + "".join(lines)


def parameters(items):
    rows = zip(items["a"], items["b"], items["c"], strict=True)
    return "a,b,c\n" + "".join(f"{a},{b},{c}\n" for a, b, c in rows)


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(x, y, *arguments):
        (tmp_path / "x.csv").write_text(x)
        (tmp_path / "y.csv").write_text(y)
        return CliRunner().invoke(main, ["stats", "equate", "x.csv", "y.csv", *arguments])

    return call


@pytest.fixture
def equated(run):
    def call(x, y, *arguments):
        result = run(x, y, "--json", *arguments)
        assert result.exit_code == 0, result.output
        document = json.loads(result.output)
        return document, [each["equated"] for each in document["scores"]]

    return call


@pytest.mark.parametrize(
    ("x", "y", "arguments", "complaint"),
    [
        ("", "score\n1\n", (), "x.csv: a header and a row are the least"),
        ("score\n1\nten\n", "score\n1\n", (), "x.csv: line 3, column score: a number is expected"),
        (COUNTS, COUNTS, (), "2 columns hold counts; say which with --x-column"),
        (COUNTS, COUNTS, ("--x-column", "zcount"), "x.csv: there is no column 'zcount'"),
        ("score\n1\n2\n", "score\n1\n2\n", ("--method", "tucker"), "needs an anchor"),
        ("score\n1\n1\n", "score\n1\n2\n", ("--method", "linear"), "needs scores that vary on both forms"),
        ("score\n1\n9\n", "score\n1\n2\n", ("--max-x", "5"), "a score lies outside 0 to 5"),
        ("score\n1\n2\n", "score\n1\n2\n", ("--method", "irt-true"), "needs responses, or item parameters"),
        (
            "a,b\n1,0\n",
            "a,b\n1,0\n",
            ("--method", "irt-true", "--anchor", "7"),
            "there is no common item '7'",
        ),
        ("q1,q2\n1,0\n0,1\n", "q1,q2\n1,0\n0,1\n", ("--method", "tucker", "--anchor", "q3"), "no item 'q3'"),
    ],
)
def test_refuses_in_one_line(run, x, y, arguments, complaint):
    result = run(x, y, *arguments)
    assert result.exit_code == 1
    assert complaint in result.output
    assert result.output.count("\n") == 1


@pytest.mark.parametrize("method", ["mean", "linear", "equipercentile"])
def test_equates_counts_by_score_as_equate_does(equated, method):
    document, scores = equated(
        COUNTS, COUNTS, "--x-column", "xcount", "--y-column", "ycount", "--method", method
    )
    assert scores == pytest.approx(ACT[method], abs=1e-6)
    assert (document["method"], document["n_x"], document["n_y"]) == (method, 4329, 4152)
    assert document["moments"]["equated"]["mean"] == pytest.approx(document["moments"]["y"]["mean"], abs=0.02)
    assert document["scores"][0].keys() == {"score", "equated", "se"}


def test_scores_of_persons_and_counts_by_score_say_the_same(equated):
    totals = "score\n" + "".join(f"{score}\n" * count for score, count in enumerate(ACT["x"]))
    _document, by_person = equated(totals, COUNTS, "--y-column", "ycount", "--max-x", "40")
    assert by_person == pytest.approx(ACT["equipercentile"], abs=1e-6)


@pytest.mark.parametrize(
    ("method", "told"),
    [
        ("tucker", "tucker_linear_ws1"),
        ("levine", "levine_observed_ws1"),
        ("levine-true", "levine_true"),
        ("chained-linear", "chained_linear"),
        ("braun-holland", "braun_holland_ws1"),
        ("frequency", "freq_estimation_equip_ws1"),
    ],
)
def test_equates_through_an_anchor_as_equate_does(equated, method, told):
    forms = scores_with_anchor(KB["x"]), scores_with_anchor(KB["y"])
    _document, scores = equated(
        *forms, "--anchor", "anchor", "--method", method, "--max-x", "36", "--max-y", "36"
    )
    assert scores == pytest.approx(KB[told], abs=1e-6)


def test_links_item_parameters_as_kolen_and_brennan_do(equated):
    forms = parameters(KB["pars_x"]), parameters(KB["pars_y"])
    arguments = ("--method", "irt-true", "--anchor", COMMON, "--link", "mean-sigma", "--normal-metric")
    document, scores = equated(*forms, *arguments)
    linking = document["linking"]
    assert (linking["slope"], linking["intercept"]) == pytest.approx(KB["linking"]["ms"], abs=1e-8)
    assert scores[0] == 0
    assert scores[-1] == 36
    assert scores == sorted(scores)


def test_responses_are_equated_by_items_too(equated, lsat6_csv):
    _document, scores = equated(lsat6_csv, lsat6_csv, "--method", "irt-true", "--model", "1pl")
    assert scores == pytest.approx([0, 1, 2, 3, 4, 5], abs=1e-6)


def test_the_bootstrap_is_near_the_error_that_the_delta_method_gives(equated):
    document, _scores = equated(COUNTS, COUNTS, *BOOTSTRAP)
    se = [each["se"] for each in document["scores"]]
    np.testing.assert_allclose(se, ACT["linear_se"], rtol=0.25)
    again, _scores = equated(COUNTS, COUNTS, *BOOTSTRAP)
    assert again == document


def test_a_table_for_people_names_groups_and_columns(run):
    result = run("score\n1\n2\n3\n", "score\n2\n3\n4\n", "--method", "mean")
    assert "3 persons took X, 3 took Y" in result.output
    assert result.output.splitlines()[2].split() == ["score", "equated"]
    assert result.output.splitlines()[3].split() == ["0", "1.000"]


SHEET = "id,room,q1,q2,q3\n" + "".join(
    f"{name}{place},A-{place % 4},{place % 2},{place % 3 % 2},{place % 5 % 2}\n"
    for name in ("x",)
    for place in range(30)
)


def test_a_column_that_is_no_item_is_ignored_in_both_files(equated, run):
    told = run(SHEET, SHEET).output
    assert "column room" in told
    assert "(and 29 more); --ignore room if it is no item" in told
    without = SHEET.replace("room,", "").replace(",A-", ",").splitlines()
    plain = "\n".join(
        [without[0], *(",".join([c for p, c in enumerate(r.split(",")) if p != 1]) for r in without[1:])]
    )
    ignored, scores = equated(SHEET, plain + "\n", "--ignore", "room", "--id", "id")
    assert (ignored["n_x"], ignored["n_y"]) == (30, 30)
    assert scores == pytest.approx([0, 1, 2, 3], abs=0.51)
    assert "there is no column 'rooms' in x.csv or y.csv" in run(SHEET, SHEET, "--ignore", "rooms").output


def test_options_with_a_key_for_each_form_are_read(tmp_path, equated):
    (tmp_path / "kx.csv").write_text("q1,q2\na,b\n")
    (tmp_path / "ky.csv").write_text("q1,q2\nb,a\n")
    rows = "q1,q2\na,b\na,a\nb,b\nb,a\nb,x\n"
    document, _scores = equated(rows, rows, "--x-key", "kx.csv", "--y-key", "ky.csv", "--blank", "x")
    assert document["moments"]["x"]["mean"] == pytest.approx(4 / 5)
    assert document["moments"]["y"]["mean"] == pytest.approx(5 / 5)


def test_persons_with_unscored_answers_are_left_out_and_counted_by_form(run):
    rows = "".join(f"{a},{b}\n" for a in (0, 1) for b in (0, 1))
    result = run("q1,q2\n" + rows + "1,\n", "q1,q2\n" + rows, "--json")
    assert "Left out, with unscored answers: 1 of 5 persons." in result.stderr
    found = json.loads(result.stdout)
    assert (found["n_x"], found["n_y"], found["persons_left_out"]) == (4, 4, {"x": 1, "y": 0})


@pytest.mark.parametrize(
    ("x", "complaint"),
    [
        ("q1,q2\n1,0\n", "x.csv: one person is too few to equate"),
        ("q1,q2\n0,0\n0,0\n0,0\n", "scores that vary on both forms, and everybody has 0"),
        ("q1,q2\n1,\n,0\n", "x.csv: everybody has unscored answers"),
    ],
)
@pytest.mark.parametrize("method", ["mean", "equipercentile"])
def test_files_that_say_nothing_are_refused(run, x, complaint, method):
    result = run(x, "q1,q2\n1,0\n0,0\n1,1\n", "--method", method)
    assert result.exit_code == 1
    assert complaint in result.output
    assert result.output.count("\n") == 1
