"""`synaq stats similarity`: refusals in one line, the promised names, and the figures of CopyDetect."""

import json

import pytest
from click.testing import CliRunner

from exam.cli import main
from tests.exam.cli.stats.conftest import REFERENCE
from tests.scoring.integrity.test_copying import LICENSURE

EXAM = json.loads((REFERENCE / "licensure.json").read_text(encoding="utf-8"))
PERSONS = ["".join(map(str, row)) for row in LICENSURE.astype(int).tolist()]
NAMES = [f"e{place}" for place in range(1, len(PERSONS) + 1)]
HEAD = ",".join(["id", *(f"q{j}" for j in range(1, len(EXAM["a"]) + 1))])
ANSWERS = "\n".join([HEAD, *(",".join([n, *p]) for n, p in zip(NAMES, PERSONS, strict=True))]) + "\n"
ITEMS = "a,b\n" + "".join(f"{a},{b}\n" for a, b in zip(EXAM["a"], EXAM["b"], strict=True))
PAIRS = "copier,source\n" + "".join(f"{NAMES[a]},{NAMES[b]}\n" for a, b in EXAM["pairs"])
SMALL = "id,q1,q2,q3\na,1,0,1\nb,0,1,1\nc,1,1,0\nd,0,0,1\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def call(responses, *arguments, **files):
        (tmp_path / "data.csv").write_text(responses)
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return CliRunner().invoke(main, ["stats", "similarity", "data.csv", *arguments])

    return call


@pytest.mark.parametrize(
    ("arguments", "files", "complaint"),
    [
        (("--pairs", "pairs.csv"), {"pairs": "a,b\na,x\n"}, "line 2: a, x are no two persons of the file"),
        (("--pairs", "pairs.csv"), {"pairs": "copier,source\n"}, "there is no pair in it"),
        (("--items", "items.csv"), {"items": "x,y\n1,2\n"}, "columns a and b (or d) are needed"),
        (("--items", "items.csv"), {"items": "a,b\n1,2\n"}, "parameters of 1"),
        (("--room", "hall"), {}, "there is no column 'hall'"),
        (("--rooms", "rooms.csv"), {"rooms": "room\n1\n"}, "1 lines under the header for 4 persons"),
        (("--rooms", "rooms.csv"), {"rooms": "id,room\na,1\nx,2\n"}, "line 3: 'x' is no person of data.csv"),
    ],
)
def test_refuses_in_one_line(run, arguments, files, complaint):
    result = run(SMALL, *arguments, **files)
    assert result.exit_code == 1
    assert complaint in result.output
    assert result.output.count("\n") == 1


def test_named_pairs_have_the_figures_of_copydetect(run):
    result = run(ANSWERS, "--pairs", "pairs.csv", "--items", "items.csv", "--json", pairs=PAIRS, items=ITEMS)
    document = json.loads(result.output)
    names = {"p": "W", "gbt": "GBT", "k": "K", "k1": "K1", "k2": "K2", "s1": "S1", "s2": "S2"}
    for ours, theirs in names.items():
        told = EXAM["pvalues"][theirs]
        assert [pair[ours] for pair in document["pairs"]] == pytest.approx(told, abs=2e-5), ours
    assert document["examined"] == len(EXAM["pairs"])


def test_a_copied_paper_is_listed_and_the_list_is_no_verdict(run):
    copied = [*PERSONS[:300], PERSONS[7][:160] + PERSONS[8][160:]]
    names = [f"p{place}" for place in range(1, 302)]
    text = "\n".join([HEAD, *(",".join([n, *p]) for n, p in zip(names, copied, strict=True))]) + "\n"
    result = run(text, "--items", "items.csv", "--json", items=ITEMS)
    document = json.loads(result.output)
    assert {"p8", "p301"} == {document["pairs"][0]["a"], document["pairs"][0]["b"]}
    assert document["examined"] == 301 * 300
    assert document["false_positive_rate"] == 0.01
    assert "No verdict" in document["note"]


def test_only_pairs_of_one_room_are_examined(run):
    text = "id,room,q1,q2,q3\na,1,1,0,1\nb,1,0,1,1\nc,2,1,1,0\nd,2,0,0,1\n"
    items = "a,b\n1,0\n1,0.2\n1,-0.4\n"
    result = run(text, "--room", "room", "--items", "items.csv", "--json", items=items)
    told = json.loads(result.output)
    assert (told["examined"], told["rooms_matched_by"]) == (4, "line")


def test_rooms_of_a_file_of_their_own_go_by_id(run):
    text = "id,q1,q2,q3\na,1,0,1\nb,0,1,1\nc,1,1,0\nd,0,0,1\n"
    files = {"rooms": "room,id\n2,d\n1,a\n1,b\n1,c\n", "items": "a,b\n1,0\n1,0.2\n1,-0.4\n"}
    result = run(text, "--rooms", "rooms.csv", "--items", "items.csv", "--json", **files)
    told = json.loads(result.output)
    assert (told["examined"], told["rooms_matched_by"]) == (6, "id")


def test_with_options_the_same_wrong_ones_are_told(run):
    text = "id,q1,q2,q3\na,B,B,A\nb,B,B,A\nc,A,C,A\nd,C,A,B\n"
    files = {"key": "A,A,A\n", "items": "a,b\n1,0\n1,0.2\n1,-0.4\n", "pairs": "a,b\n"}
    result = run(text, "--key", "key.csv", "--items", "items.csv", "--pairs", "pairs.csv", "--json", **files)
    [pair] = json.loads(result.output)["pairs"]
    assert (pair["a"], pair["b"], pair["same_wrong"], pair["matches"]) == ("a", "b", 2, 3)
