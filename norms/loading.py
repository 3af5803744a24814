"""The editions that stand in the package, and the exercises they use."""

import tomllib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from norms.editions import Act, Bonus, Edition, Status
from norms.errors import BrokenEditionError, UnknownEditionError
from norms.exercises import Better, Exercise, Wording
from norms.measures import Unit
from norms.pass_rules import GRADES, EveryAtLeast, FewUnsatisfactory, MeanPoints, PassRule
from norms.tables import Table, read_table

_RULES: Mapping[str, Callable[[Mapping[str, Any]], PassRule]] = MappingProxyType(
    {
        "every-at-least": lambda rule: EveryAtLeast(GRADES[rule["grade"]]),
        "few-unsatisfactory": lambda rule: FewUnsatisfactory(rule["unsatisfactory"], GRADES[rule["grade"]]),
        "mean-points": lambda rule: MeanPoints(rule["mean"], rule["floor"], rule["below"]),
    }
)


def edition_codes() -> tuple[str, ...]:
    """Give the codes of the shipped editions in alphabetical order."""
    return tuple(sorted(one.name for one in _data().iterdir() if one.joinpath("edition.toml").is_file()))


@cache
def load_edition(code: str) -> Edition:
    """Load a shipped edition.

    Raises
    ------
    UnknownEditionError
        If there is none with this code.
    BrokenEditionError
        If its table has a problem; the tests keep this from reaching anybody.
    """
    if code not in edition_codes():
        raise UnknownEditionError(code)
    folder = _data() / code
    told = _toml(folder / "edition.toml")
    tables = [_table(folder / name) for name in told["tables"]]
    named = {one.code for table in tables for one in table.exercises}
    return Edition(
        code=told["code"],
        act=Act(**told["act"], cited=Wording(**told["cited"])),
        status=Status(told["status"]),
        sample=told["sample"],
        scope=Wording(**told["scope"]),
        rule=_RULES[told["pass_rule"]["kind"]](told["pass_rule"]),
        rule_text=Wording(**told["pass_rule"]["text"]),
        exercises=tuple(one for one in known_exercises().values() if one.code in named),
        rows=tuple(row for table in tables for row in table.rows),
        bonuses=tuple(_bonus(bonus) for bonus in told.get("bonus", ())),
        warnings=tuple(told["warnings"]),
        source=told["source"],
    )


@cache
def known_exercises() -> Mapping[str, Exercise]:
    """Give the exercises of the package by code, in the order of a results sheet."""
    told = _toml(_data() / "exercises.toml")
    return MappingProxyType({code: _exercise(code, facts) for code, facts in told.items()})


def _exercise(code: str, facts: Mapping[str, Any]) -> Exercise:
    return Exercise(
        code=code,
        name=Wording(**facts["name"]),
        unit=Unit(facts["unit"]),
        better=Better(facts["better"]),
        best=Decimal(facts["best"]),
        weakest=Decimal(facts["weakest"]),
    )


def _bonus(facts: Mapping[str, Any]) -> Bonus:
    return Bonus(facts["exercise"], Decimal(facts["beyond"]), Decimal(facts["step"]), facts["points"])


def _table(file: Traversable) -> Table:
    table = read_table(file.read_text(encoding="utf-8"), known_exercises())
    if table.problems:
        first = table.problems[0]
        raise BrokenEditionError(f"{file.name}, line {first.line}: {first.text}")
    return table


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _data() -> Traversable:
    return files("norms") / "data"
