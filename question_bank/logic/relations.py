"""The closed table of relations that the analogies stand on."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from question_bank.logic.values import Text

Pair = tuple[str, str]  # the Russian words of the left and the right side name a pair


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation between words, with all the pairs that the table knows.

    Attributes
    ----------
    said : Text
        The relation in words, for the grounds of the key.
    near : frozenset of str
        Relations that a candidate could call the same.
    also : frozenset of pair
        Pairs that the relation could be said to hold for as well; never an option.
    """

    name: str
    level: int
    said: Text
    pairs: tuple[Pair, ...]
    symmetric: bool
    near: frozenset[str]
    also: frozenset[Pair]

    def holds(self, left: str, right: str) -> bool:
        known = {*self.pairs, *self.also}
        return (left, right) in known or (self.symmetric and (right, left) in known)


@dataclass(frozen=True, slots=True)
class Table:
    """All relations by name, and every word in both languages by side."""

    relations: dict[str, Relation]
    words: dict[str, Text]

    def between(self, left: str, right: str) -> list[str]:
        """The relations that hold between two words."""
        return [name for name, relation in self.relations.items() if relation.holds(left, right)]


def _near(row: dict[str, Any], rows: Sequence[dict[str, Any]]) -> set[str]:
    """Nearness is mutual, though the table may name it once."""
    naming = {other["name"] for other in rows if row["name"] in other.get("near", ())}
    return naming.union(row.get("near", ()))


@cache
def shipped_table() -> Table:
    """Read the table that is shipped with the package."""
    text = resources.files("question_bank.logic").joinpath("relations.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["relation"]
    words = {ru: Text(kk, ru) for row in rows for a, b, c, d in row["pairs"] for kk, ru in ((a, b), (c, d))}
    relations = {
        row["name"]: Relation(
            name=row["name"],
            level=row["level"],
            said=Text(**row["said"]),
            pairs=tuple((left, right) for _, left, _, right in row["pairs"]),
            symmetric=row.get("symmetric", False),
            near=frozenset(_near(row, rows)),
            also=frozenset((left, right) for left, right in row.get("also", ())),
        )
        for row in rows
    }
    return Table(relations, words)
