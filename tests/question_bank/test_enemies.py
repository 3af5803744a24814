"""Who may not meet in a form: declared pairs whoever declares them, and whole families."""

from hypothesis import given
from hypothesis import strategies as st

from question_bank.enemies import declared_pairs, families, indirect_pairs, kept_apart
from tests.question_bank.builders import law_item


def items(**enemies: str):
    return [law_item(code, enemies=frozenset(foes)) for code, foes in enemies.items()]


def test_an_item_is_not_its_own_enemy():
    assert declared_pairs(items(A="A", B="")) == frozenset()


def test_one_side_is_enough_to_declare_a_pair():
    assert declared_pairs(items(A="B", B="")) == declared_pairs(items(A="B", B="A")) == {("A", "B")}


def test_a_family_is_linked_through_an_item_that_left_the_bank():
    pool = items(A="X", B="X", C="")
    assert families(pool) == (frozenset("ABX"),)
    assert kept_apart(pool, whole_families=True) == ((0, 1),)
    assert kept_apart(pool, whole_families=False) == ()


def test_pairs_that_are_enemies_through_a_third_are_told_apart_from_declared_ones():
    pool = items(A="B", B="C", C="", D="")
    assert indirect_pairs(pool, pool[:1] + pool[2:]) == {("A", "C")}
    assert indirect_pairs(pool, pool[:2]) == frozenset()


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.sets(st.sampled_from("ABCDEFGH"))))
def test_families_do_not_meet_and_hold_every_declared_pair(enemies):
    pool = items(**enemies)
    found = families(pool)
    assert sum(map(len, found)) == len(frozenset().union(*found))
    assert all(sum(set(pair) <= family for family in found) == 1 for pair in declared_pairs(pool))
    assert all(len(family) > 1 for family in found)
