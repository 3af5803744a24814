"""`synaq bank check` prints what the bank covers and what can be said against it."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from exam.cli import main
from exam.cli.bank import bank
from question_bank import reading
from question_bank.problems import Problem


def run(*words: str):
    return CliRunner().invoke(main, ["bank", *words])


def test_a_finding_makes_the_command_exit_with_1(monkeypatch):
    shipped = reading.shipped_bank()
    broken = reading.BankReading(
        shipped.items, (Problem("L-1", "field", "level: 1 to 3", "t01.toml, item 1"),)
    )
    monkeypatch.setattr("exam.cli.bank.shipped_bank", lambda: broken)
    result = run("check", "--json")
    assert result.exit_code == 1
    assert json.loads(result.output)["problems"][0] == {
        "item": "L-1",
        "check": "field",
        "message": "level: 1 to 3",
        "place": "t01.toml, item 1",
    }
    assert "L-1 field t01.toml, item 1 level: 1 to 3" in run("check").output


def test_the_json_has_the_names_that_programs_rely_on():
    result = run("check", "--json")
    told = json.loads(result.output)
    assert set(told) >= {"legislation", "logic", "by_area", "problems"}
    assert told["legislation"]["active"] >= 150
    assert told["logic"]["active"] >= 60
    assert sum(told["by_area"].values()) == told["legislation"]["active"] + told["logic"]["active"]
    assert result.exit_code == (1 if told["problems"] else 0)


def test_the_table_says_the_same_in_words():
    told = json.loads(run("check", "--json").output)
    lines = run("check").output.splitlines()
    law = told["legislation"]
    assert lines[0] == (
        f"legislation: {law['active']} active of {law['items']} items, {law['in_force']} in force today"
    )
    assert lines[-1] == f"findings: {len(told['problems'])}"
    for name in ("area", "act", "level", "kind", "topic"):
        assert any(line.startswith(f"  by {name}: ") for line in lines)


def test_items_on_the_constitution_of_1995_are_active_and_no_longer_in_force(monkeypatch):
    counts = []
    for last in (datetime(2026, 6, 30, 12, tzinfo=UTC), datetime(2026, 7, 1, 12, tzinfo=UTC)):
        monkeypatch.setattr("exam.cli.bank.utc_now", lambda last=last: last)
        counts.append(json.loads(run("check", "--json").output)["legislation"]["in_force"])
    assert counts[0] - counts[1] >= 7


def test_every_command_of_the_bank_has_help():
    names = bank.list_commands(None)
    assert "check" in names
    for name in names:
        result = run(name, "--help")
        assert result.exit_code == 0, name
        assert result.output.split("\n")[2].strip(), name


@pytest.mark.parametrize("word", ["nonsense"])
def test_an_unknown_command_is_refused(word):
    assert run(word).exit_code == 2
