"""What forms break is counted from the forms, worst form first and least grave first."""

from dataclasses import replace
from decimal import Decimal

import pytest

from question_bank.assembly_model import EXPOSURE, INFORMATION, OVERLAP, QUESTIONS, SCORE
from question_bank.blueprint import Blueprint, Likeness, Quota
from question_bank.equivalence import Figures, form_of
from question_bank.items import Part
from question_bank.relaxations import Relaxation, what_gives
from tests.question_bank.builders import law_item

PLAN = Blueprint(
    "plan",
    Part.LEGISLATION,
    questions=2,
    minutes=2,
    quotas=(Quota("area", "service", 1, 2), Quota("level", "3", 0, 1)),
    likeness=Likeness(Decimal("0.50"), Decimal("0.05"), most_shared=1, most_exposed=1),
)
A, B, C, D = (law_item(code) for code in "ABCD")
EASY = [law_item(code, level=1) for code in ("E1", "E2")]
HARD = [law_item(code, level=3) for code in ("H1", "H2")]
POLICE = [law_item(code, area="police") for code in ("P1", "P2")]


def broken(*forms, plan=PLAN, **figures):
    found = what_gives(plan, [form_of(plan, items, figures) for items in forms])
    return {each.constraint: each.by for each in found}


@pytest.mark.parametrize(
    ("forms", "by"),
    [
        ([(A,)], {QUESTIONS: 1}),
        ([(A, B, C, D)], {QUESTIONS: 2, "area service": 2}),
        ([(A, B), (C,)], {QUESTIONS: 1, SCORE: 0.15}),
        ([POLICE], {"area service": 1}),
        ([HARD], {"level 3": 1}),
        ([(A, B), (A, C)], {EXPOSURE: 1}),
        ([(A, B), (B, A)], {EXPOSURE: 1, OVERLAP: 1}),
        ([(A, B), (A, C), (A, D)], {EXPOSURE: 2}),
    ],
)
def test_every_constraint_gives_by_as_much_as_its_worst_form_needs(forms, by):
    assert broken(*forms) == pytest.approx(by)


def test_forms_that_keep_everything_break_nothing():
    assert broken((A, B), (C, D)) == {}


def test_expected_scores_give_by_what_lies_beyond_the_tolerance():
    wider = replace(PLAN, quotas=())
    assert broken(EASY, HARD, plan=wider) == pytest.approx({SCORE: 2 * (0.80 - 0.50) - 0.50})


def test_information_gives_by_a_share_of_the_smaller():
    figures = {code: Figures(information=value) for code, value in zip("ABCD", (1, 1, 1, 1.4), strict=True)}
    assert broken((A, B), (C, D), **figures) == pytest.approx({INFORMATION: 2.4 / 2 - 1 - 0.05})


def test_enemies_that_meet_are_named_once():
    foe = replace(A, enemies=frozenset("B"))
    plan = replace(PLAN, likeness=Likeness())
    assert broken((foe, B), (B, foe), plan=plan) == {"enemies A, B": 1}
    assert broken((foe, C), (B, D), plan=plan) == {}


def test_no_bound_is_no_constraint():
    assert broken((A, B), (A, B), plan=replace(PLAN, likeness=Likeness())) == {}


def test_the_least_grave_comes_first():
    """Likeness, then exposure, then level, length, area, and enemies last of all."""
    foe = replace(HARD[0], area="police", enemies=frozenset({"H2", "H3"}))
    hard = [foe, *(law_item(code, level=3, area="police") for code in ("H2", "H3"))]
    figures = {each.code: Figures(expected=Decimal("0.10")) for each in hard}
    found = broken(hard, (A, B), (A, B), **figures)
    assert list(found) == [
        *(SCORE, OVERLAP, EXPOSURE, "level 3", QUESTIONS, "area service"),
        *("enemies H1, H2", "enemies H1, H3"),
    ]


@pytest.mark.parametrize(
    ("constraint", "group"),
    [
        (QUESTIONS, "questions"),
        (SCORE, "score"),
        (INFORMATION, "information"),
        (OVERLAP, "shared"),
        (EXPOSURE, "exposed"),
        ("area police", "area"),
        ("enemies A, B", "enemies"),
    ],
)
def test_a_constraint_has_its_place_in_the_order_of_giving_up(constraint, group):
    assert Relaxation(constraint, 1).group == group


def test_it_reads_as_a_sentence():
    assert str(Relaxation("area police", 2)) == "area police by 2"
    assert str(Relaxation(SCORE, 0.25, "by chance")) == "expected score by 0.25 (by chance)"
