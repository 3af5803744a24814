"""The shipped logic bank: every item comes again from its seed and stands up to its solver."""

import tomllib
from collections import Counter
from importlib import resources

import pytest

from question_bank.logic import KINDS, generate, verify
from question_bank.logic.bank_text import bank_toml, code_of
from question_bank.logic.kinds import kind_named
from question_bank.logic.matrix_image import matrix_png

SHIPPED = resources.files("question_bank") / "bank" / "logic"
LEAST = {"analogy": 40, "truth_tellers": 40, "matrix": 40}


def shipped(kind):
    return (SHIPPED / f"{kind}.toml").read_text(encoding="utf-8")


def generated_again(kind):
    rows = tomllib.loads(shipped(kind))["item"]
    return [generate(kind, seed=row["seed"], count=1)[0] for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_item_comes_again_from_its_seed_and_is_verified(kind):
    items = generated_again(kind)
    assert all(verify(item) for item in items)
    assert bank_toml(items) == shipped(kind), "run: synaq bank generate --toml"


@pytest.mark.parametrize("kind", KINDS)
def test_there_are_enough_items_of_every_level_and_every_key(kind):
    rows = tomllib.loads(shipped(kind))["item"]
    assert len(rows) >= LEAST.get(kind, 60)
    levels = Counter(row["level"] for row in rows)
    keys = Counter([option.get("key", False) for option in row["options"]].index(True) for row in rows)
    assert min(levels[level] for level in (1, 2, 3)) >= len(rows) // 3
    assert min(keys[place] for place in range(4)) >= len(rows) // 4 - 4


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_shipped_items_are_alike(kind):
    items = generated_again(kind)
    generator = kind_named(kind)
    alike = Counter(generator.likeness(item.problem) for item in items)
    assert max(alike.values()) <= generator.most_alike
    assert len({item.stem.kk for item in items}) == len({item.stem.ru for item in items}) == len(items)


def test_every_matrix_has_its_picture():
    for place, item in enumerate(generated_again("matrix"), start=1):
        picture = SHIPPED / "images" / f"{code_of(place, item)}.png"
        assert picture.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
        assert len(matrix_png(item.problem)) > 1_000
