"""`synaq form assemble` prints equal forms, the same for the same seed."""

import json
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from click.testing import CliRunner

from exam.cli import main
from exam.cli.calibration_file import read_figures
from question_bank.blueprint import shipped_blueprints
from question_bank.reading import shipped_bank
from question_bank.sealing import form_digest

SMALL = """
schema = 1
code = "small"
part = "logic"
questions = 4
minutes = 4
[areas]
number_series = 2
syllogism = 2
"""


def run(*words: str):
    return CliRunner().invoke(main, ["form", "assemble", *words])


@pytest.fixture
def blueprint(tmp_path):
    file = tmp_path / "small.toml"
    file.write_text(SMALL, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("number_series = 2", "number_series = 3", "small: the quotas by area ask for 5 of 4"),
        ("number_series = 2", "telepathy = 2", "area telepathy by 2 (2 needed, 0 in the bank)"),
        ("schema = 1", "schema = ", "the blueprint cannot be read"),
    ],
)
def test_a_blueprint_that_cannot_be_filled_is_refused_with_one_line(blueprint, old, new, line):
    blueprint.write_text(SMALL.replace(old, new), encoding="utf-8")
    result = run("--blueprint", str(blueprint))
    assert result.exit_code == 1
    assert line in result.output
    assert len(result.output.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_a_file_that_cannot_be_read_is_refused_with_one_line(name):
    result = run("--blueprint", name)
    assert result.exit_code == 1
    assert "logic-30" in result.output


@pytest.mark.parametrize(
    "words", [("--forms", "0"), ("--seed", "-1"), ("--most-exposed", "0"), ("--on", "today")]
)
def test_a_number_out_of_range_is_refused(blueprint, words):
    assert run("--blueprint", str(blueprint), *words).exit_code == 2


def test_the_json_has_the_names_that_programs_rely_on(blueprint):
    result = run("--blueprint", str(blueprint), "--forms", "3", "--seed", "5", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.output)
    assert len(told["forms"]) == 3
    assert 0 <= told["gap"] <= 0.02
    assert told["certificate"]["faults"] == []
    by_code = {item.code: item for item in shipped_bank().items}
    for form in told["forms"]:
        items = [by_code[code] for code in form["items"]]
        assert sorted(item.area for item in items) == [
            "number_series",
            "number_series",
            "syllogism",
            "syllogism",
        ]
        prior = {1: Decimal("0.80"), 2: Decimal("0.65"), 3: Decimal("0.50")}
        assert form["expected_score"] == pytest.approx(float(sum(prior[item.level] for item in items)))
        assert form["digest"] == form_digest("small", [item.version for item in items])


def test_the_same_seed_prints_the_same_forms(blueprint):
    words = ("--blueprint", str(blueprint), "--forms", "2", "--json", "--on", "2026-05-04", "--seed")
    assert run(*words, "5").output == run(*words, "5").output != run(*words, "6").output


def test_bounds_from_the_command_line_are_kept(blueprint):
    words = ("--blueprint", str(blueprint), "--forms", "4", "--json")
    told = json.loads(run(*words, "--most-shared", "0").output)
    assert told["certificate"]["most_shared"] == 0
    refused = run(*words, "--forms", "100", "--most-exposed", "1")
    assert refused.exit_code == 1
    assert "forms that an item is in by" in refused.output


def test_in_words_the_random_draw_stands_beside(blueprint):
    lines = run("--blueprint", str(blueprint), "--forms", "2", "--seed", "5").output.splitlines()
    assert lines[0].startswith("small, seed 5, gap ")
    assert [line.split(":")[0] for line in lines[1:]] == ["form 1", "form 2", "assembled", "random draw"]


@pytest.mark.parametrize("day", ["2026-06-30", "2026-07-01", None])
@pytest.mark.parametrize("code", shipped_blueprints())
def test_the_shipped_bank_fills_the_shipped_blueprints_on_either_side_of_the_constitution(code, day):
    words = ("--blueprint", code, "--forms", "4", "--seed", "1", "--json")
    result = run(*words, *(("--on", day) if day else ()))
    assert result.exit_code == 0, result.output
    by_code = {item.code: item for item in shipped_bank().items}
    items = [by_code[code] for form in json.loads(result.output)["forms"] for code in form["items"]]
    if day:
        assert all(item.usable_on(date.fromisoformat(day)) for item in items)


@pytest.fixture(scope="module")
def calibration(tmp_path_factory):
    """The shipped series and syllogisms, answered by chance people and calibrated by the command itself."""
    chance = np.random.default_rng(5)
    items = shipped_bank().items
    codes = [
        code
        for area in ("number_series", "syllogism")
        for code in [item.code for item in items if item.area == area][:20]
    ]
    easy, able = chance.normal(0.5, 1, len(codes)), chance.normal(size=(300, 1))
    right = chance.random((300, len(codes))) < 1 / (1 + np.exp(-(able + easy)))
    folder = tmp_path_factory.mktemp("calibration")
    lines = [",".join(codes), *(",".join(map(str, row)) for row in right.astype(int).tolist())]
    (folder / "answers.csv").write_text("\n".join(lines), encoding="utf-8")
    words = ("stats", "calibrate", str(folder / "answers.csv"), "--quiet", "--json")
    told = CliRunner().invoke(main, words).stdout
    file = folder / "calibration.json"
    file.write_text(told, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"items": 1}', '{"items": [{"item": 1}]}', "\x00", "[" * 99]
)
def test_what_is_no_calibration_is_refused_with_one_line(blueprint, tmp_path, text):
    file = tmp_path / "told.json"
    file.write_text(text, encoding="utf-8")
    result = run("--blueprint", str(blueprint), "--calibration", str(file))
    assert result.exit_code == 1
    assert "is not a calibration" in result.output
    assert len(result.output.strip().splitlines()) == 1


def test_a_calibration_of_other_questions_leaves_none_to_draw(blueprint, calibration, tmp_path):
    told = json.loads(calibration.read_text(encoding="utf-8"))
    for row in told["items"]:
        row["item"] = "x" + row["item"]
    file = tmp_path / "others.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    result = run("--blueprint", str(blueprint), "--calibration", str(file))
    assert result.exit_code == 1
    assert "0 in the bank" in result.output


def test_calibrated_forms_are_alike_in_information_at_the_cut(blueprint, calibration):
    """Information of the 2PL is a * a * P * (1 - P), counted here from the parameters in the file."""
    words = ("--blueprint", str(blueprint), "--forms", "4", "--calibration", str(calibration))
    result = run(*words, "--theta", "-0.4", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    rows = {row["item"]: row for row in json.loads(calibration.read_text(encoding="utf-8"))["items"]}
    for form in told["forms"]:
        a, b = (np.array([rows[code][name] for code in form["items"]]) for name in ("a", "b"))
        right = 1 / (1 + np.exp(-a * (-0.4 - b)))
        assert form["information"] == pytest.approx(float((a * a * right * (1 - right)).sum()))
    found = [form["information"] for form in told["forms"]]
    assert max(found) / min(found) - 1 == pytest.approx(told["certificate"]["information_range"])
    assert max(found) <= min(found) * 1.05
    assert told["random_draw"]["information_range"] > told["certificate"]["information_range"]


def test_the_share_expected_of_an_item_is_that_of_the_calibrated_people(calibration):
    told = json.loads(calibration.read_text(encoding="utf-8"))
    able = np.random.default_rng(1).normal(0, told["latent_sd"], 200_000)
    figures = read_figures(str(calibration), 0.0)
    for row in told["items"][:5]:
        right = 1 / (1 + np.exp(-row["a"] * (able - row["b"])))
        assert float(figures[row["item"]].expected) == pytest.approx(right.mean(), abs=0.005)
