"""`synaq bank generate`: refusals in one line, JSON for programs, TOML for the bank."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from exam.cli import main
from question_bank.logic import KINDS, generate


def run(*arguments):
    return CliRunner().invoke(main, ["bank", "generate", *arguments])


def test_an_unknown_kind_is_refused_in_one_line():
    reply = run("--kind", "riddle", "--seed", "1")
    assert reply.exit_code == 1
    assert reply.output.startswith("Error: no kind 'riddle'; there are number_series,")
    assert reply.output.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [("--count", "0"), ("--count", "-3"), ("--seed", "-1"), ("--seed", "x")]
)
def test_numbers_out_of_range_are_refused(arguments):
    assert run("--kind", "ordering", "--seed", "1", *arguments).exit_code == 2


def test_two_formats_at_once_are_refused():
    reply = run("--kind", "ordering", "--seed", "1", "--json", "--toml")
    assert reply.exit_code == 1
    assert "not both" in reply.output


def test_only_matrices_are_drawn(tmp_path):
    reply = run("--kind", "ordering", "--seed", "1", "--images", str(tmp_path / "pictures"))
    assert reply.exit_code == 1
    assert "only matrix puzzles are drawn" in reply.output
    assert not (tmp_path / "pictures").exists()


def test_more_items_than_there_are_is_refused_in_one_line():
    reply = run("--kind", "analogy", "--seed", "1", "--count", "900", "--toml")
    assert reply.exit_code == 1
    assert reply.output.startswith("Error: analogy: ")
    assert reply.output.count("\n") == 1


@pytest.mark.parametrize("kind", KINDS)
def test_json_has_the_names_that_programs_rely_on(kind):
    reply = run("--kind", kind, "--seed", "4", "--count", "3", "--json")
    assert reply.exit_code == 0
    printed = json.loads(reply.output)
    for row, item in zip(printed, generate(kind, seed=4, count=3), strict=True):
        assert (row["kind"], row["seed"], row["key"]) == (kind, item.seed, item.key)
        assert row["stem"] == {"kk": item.stem.kk, "ru": item.stem.ru}
        assert row["options"] == [{"kk": option.kk, "ru": option.ru} for option in item.options]
        assert row["certificate"]["holds"] == [place == item.key for place in range(4)]
        assert row["certificate"]["enumerated"] > 0


def test_toml_is_a_bank_file_with_all_levels():
    reply = run("--kind", "conditional", "--seed", "4", "--count", "12", "--toml")
    bank = tomllib.loads(reply.output)
    assert bank["schema"] == 1
    assert [row["code"] for row in bank["item"]] == [f"G-conditional-{n:03}" for n in range(1, 13)]
    assert [row["level"] for row in bank["item"]] == [1] * 4 + [2] * 4 + [3] * 4
    assert all(sum(option.get("key", False) for option in row["options"]) == 1 for row in bank["item"])
    assert all(row["certificate"] and row["rationale"]["kk"] for row in bank["item"])


def test_people_read_the_key_and_the_certificate():
    reply = run("--kind", "number_series", "--seed", "1")
    [item] = generate("number_series", seed=1, count=1)
    assert reply.output.startswith(f"1. number_series, seed 1, level {item.level}\n{item.stem.kk}\n")
    assert f"key {'ABCD'[item.key]}; rules:" in reply.output


def test_pictures_are_named_by_the_codes(tmp_path):
    reply = run("--kind", "matrix", "--seed", "2", "--count", "2", "--images", str(tmp_path))
    assert reply.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["G-matrix-001.png", "G-matrix-002.png"]
