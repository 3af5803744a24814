"""The manuals speak of what there is: every function of scoring, every flag, every command and kind."""

import re
from pathlib import Path

import click
import pytest

import scoring
from exam.cli import main
from question_bank.interchange.detect import FORMATS
from question_bank.logic.kinds import KINDS

HOUSE = Path(__file__).parent.parent
PSYCHOMETRICS = (HOUSE / "docs" / "psychometrics.md").read_text(encoding="utf-8")
FLAG = re.compile(r'Flag\(\s*"([a-z_]+)"')


@pytest.mark.parametrize("name", [name for name in scoring.__all__ if name[0].islower()])
def test_every_function_of_scoring_is_told(name):
    assert f"`{name}`" in PSYCHOMETRICS


def test_every_flag_is_told():
    flags = set(FLAG.findall((HOUSE / "scoring" / "flags.py").read_text(encoding="utf-8")))
    assert len(flags) > 10
    assert not {flag for flag in flags if f"`{flag}`" not in PSYCHOMETRICS}


def test_what_is_told_as_code_is_there():
    told = {word for word in re.findall(r"`([a-z][a-z0-9_]+)`", PSYCHOMETRICS) if "_" in word}
    flags = set(FLAG.findall((HOUSE / "scoring" / "flags.py").read_text(encoding="utf-8")))
    assert not told - set(scoring.__all__) - flags - {"grad_norm"}


def commands(group, context):
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", each) for inner, each in commands(command, context))
        else:
            yield name, command


def test_every_command_says_what_it_does():
    found = dict(commands(main, click.Context(main)))
    assert {"bank check", "form assemble", "stats equate", "stats similarity"} <= set(found)
    assert not [name for name, command in found.items() if not (command.help or "").strip()]


def test_the_manual_of_the_bank_names_every_kind_and_format():
    bank = (HOUSE / "docs" / "bank.md").read_text(encoding="utf-8").lower()
    assert len(KINDS) == 8
    for word in ("gift", "aiken", "moodle xml", "qti 2.1", "xlsx"):
        assert word in bank
    assert len(FORMATS) == 7
