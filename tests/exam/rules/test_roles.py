"""Who works here, and what one person may not be at the same time."""

from itertools import combinations

import pytest

from exam.rules.roles import (
    CENTRAL_ROLES,
    COMMISSION_ROLES,
    REGIONAL_ROLES,
    SEPARATE_ACTS,
    VOTING_ROLES,
    Act,
    Role,
    needs_region,
    role_conflicts,
    second_act,
)


@pytest.mark.parametrize("voting", sorted(VOTING_ROLES))
def test_the_secretary_is_no_voting_member(voting):
    assert role_conflicts(frozenset({Role.SECRETARY, voting}))


@pytest.mark.parametrize("alone", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_auditor_and_administrator_hold_nothing_else(alone):
    for other in set(Role) - {alone}:
        assert len(role_conflicts(frozenset({alone, other}))) == 1


@pytest.mark.parametrize("role", list(Role))
def test_one_role_is_in_no_conflict(role):
    assert role_conflicts(frozenset({role})) == ()


def test_conflicts_are_named_in_pairs():
    held = frozenset({Role.CHAIR, Role.SECRETARY, Role.MEMBER})
    assert role_conflicts(held) == ((Role.SECRETARY, Role.MEMBER), (Role.SECRETARY, Role.CHAIR))


def test_author_and_approver_may_be_one_person_because_the_item_decides():
    assert role_conflicts(frozenset({Role.ITEM_AUTHOR, Role.ITEM_APPROVER})) == ()


def test_each_role_is_either_central_or_regional():
    assert frozenset(Role) == CENTRAL_ROLES | REGIONAL_ROLES
    assert not CENTRAL_ROLES & REGIONAL_ROLES
    assert [role for role in Role if needs_region(role)] == [
        Role.HR,
        Role.INVIGILATOR,
        Role.EXAMINER,
        Role.SECRETARY,
        Role.MEMBER,
        Role.CHAIR,
    ]


def test_the_commission_has_a_chair_members_and_a_secretary():
    assert {Role.SECRETARY} == COMMISSION_ROLES - VOTING_ROLES


def test_an_act_stands_in_one_pair_only():
    acts = [act for pair in SEPARATE_ACTS for act in pair]
    assert not [pair for pair in combinations(acts, 2) if pair[0] is pair[1]]
    assert set(acts) == set(Act)


@pytest.mark.parametrize(("first", "second"), SEPARATE_ACTS)
def test_the_second_half_of_an_act_has_no_further_half(first, second):
    assert second_act(first) is second
    assert second_act(second) is None
