"""Items come from a seed, the same everywhere, and stand up to their solver."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.logic import KINDS, generate, verify
from question_bank.logic.errors import NoItemError, UnknownKindError
from question_bank.logic.generating import item_from
from question_bank.logic.kind import Kind
from question_bank.logic.selecting import select

FRESH = 1_000


def test_an_unknown_kind_is_refused_by_name():
    with pytest.raises(UnknownKindError, match="no kind 'riddle'; there are number_series"):
        generate("riddle", seed=1, count=1)


@pytest.mark.parametrize(("seed", "count"), [(-1, 1), (1, 0)])
def test_a_negative_seed_and_an_empty_order_are_refused(seed, count):
    with pytest.raises(ValueError, match=r"zero or positive|at least one"):
        generate("ordering", seed=seed, count=count)


def test_a_kind_that_cannot_be_proved_gives_up_in_words():
    class Barren(Kind):
        code = "barren"
        prove = stem = option = level = rationale = None

        def draw(self, rng):
            return None

    Barren.__abstractmethods__ = frozenset()
    with pytest.raises(NoItemError, match="no proved item for seed 5"):
        item_from(Barren(), 5)


@pytest.mark.parametrize("kind", KINDS)
def test_a_thousand_fresh_items_stand_up_to_their_solver(kind):
    items = generate(kind, seed=490, count=FRESH)
    for item in items:
        assert verify(item) == item.certificate
        assert item.certificate.holds == tuple(place == item.key for place in range(4))
        assert [error is None for error in item.errors] == [place == item.key for place in range(4)]
        assert item.level in (1, 2, 3)
    assert len({item.stem.kk for item in items}) == len({item.stem.ru for item in items}) == FRESH


@settings(deadline=None, max_examples=80)  # the machine is shared
@given(st.sampled_from(KINDS), st.integers(0, 2**48))
def test_any_seed_gives_an_item_that_stands_up(kind, seed):
    [item] = generate(kind, seed=seed, count=1)
    assert item.seed == seed
    assert verify(item) == item.certificate


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_stands_in_every_place_and_every_level_occurs(kind):
    items = generate(kind, seed=28, count=200)
    places = [sum(item.key == place for item in items) for place in range(4)]
    assert min(places) >= 30, "a place of the key is drawn, not preferred"
    assert {item.level for item in items} == {1, 2, 3}


@pytest.mark.parametrize("kind", KINDS)
def test_each_item_can_be_generated_again_alone(kind):
    for item in generate(kind, seed=7, count=5):
        assert generate(kind, seed=item.seed, count=1) == [item]


def test_seeds_differ_and_a_longer_order_begins_as_the_shorter():
    assert generate("ordering", seed=1, count=3) != generate("ordering", seed=2, count=3)
    assert generate("ordering", seed=1, count=6)[:3] == generate("ordering", seed=1, count=3)


def test_another_process_with_another_hash_seed_gives_the_same_items():
    program = (
        "from question_bank.logic import KINDS, generate\n"
        "print([item for kind in KINDS for item in generate(kind, seed=3, count=3)])"
    )
    here = str([item for kind in KINDS for item in generate(kind, seed=3, count=3)])
    there = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "12"},
    )
    assert there.stdout.strip() == here


@pytest.mark.parametrize("kind", KINDS)
def test_a_selection_spreads_levels_and_keys(kind):
    chosen = select(kind, seed=1, count=24)
    assert [sum(item.level == level for item in chosen) for level in (1, 2, 3)] == [8, 8, 8]
    assert [sum(item.key == place for item in chosen) for place in range(4)] == [6, 6, 6, 6]
