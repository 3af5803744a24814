"""Forms that come near what cannot be: small cases whose cheapest way out can be found by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from question_bank import ways_out
from question_bank.assembly_model import EXPOSURE, OVERLAP, QUESTIONS, SCORE, Search, no_time_passes
from question_bank.blueprint import Blueprint, Likeness, Quota
from question_bank.equivalence import Figures
from question_bank.items import Part
from question_bank.relaxations import what_gives
from question_bank.searching import nearest
from question_bank.ways_out import Wanted, nearest_forms
from tests.question_bank.builders import law_item

PLAN = Blueprint("plan", Part.LEGISLATION, questions=2, minutes=2)
SEARCH = Search(seed=1, gap=0.02, seconds=20.0)
A, B, C = (law_item(code) for code in "ABC")
POLICE = law_item("P", area="police")


def area(name, count):
    return Quota("area", name, count, count)


@pytest.fixture(params=["priced at once", "by steps"])
def way_out(request, monkeypatch):
    """What must give for some forms of a pool, whichever way it is looked for."""
    if request.param == "by steps":
        monkeypatch.setattr(ways_out, "SMALL", 0)

    priced = []
    monkeypatch.setattr(ways_out, "nearest", lambda *what: priced.append(what) or nearest(*what))

    def call(blueprint, pool, forms=1, **figures):
        near = nearest_forms(Wanted(blueprint, tuple(pool), forms, figures), SEARCH)
        assert len(near) == forms
        assert len(priced) == 1, "the steps led nowhere"
        return {each.constraint: each.by for each in what_gives(blueprint, near)}

    return call


def test_without_time_there_is_no_way_out():
    late = Search(seed=1, gap=0.02, seconds=1.0, elapsed=lambda: 60.0)
    assert nearest_forms(Wanted(replace(PLAN, questions=9), (A, B, C), 2, {}), late) == []


def test_what_can_be_filled_gives_nothing(way_out):
    assert way_out(PLAN, [A, B, C]) == {}


def test_a_bank_that_is_too_small_makes_shorter_forms(way_out):
    assert way_out(replace(PLAN, questions=5), [A, B, C]) == {QUESTIONS: 2}


def test_an_area_that_is_short_is_made_up_from_no_other(way_out):
    """One of two police questions is there: a form of 3 costs length and area, filling up costs two areas."""
    plan = replace(PLAN, questions=4, quotas=(area("service", 2), area("police", 2)))
    assert way_out(plan, [A, B, C, POLICE]) == {QUESTIONS: 1, "area police": 1}


def test_a_question_is_used_again_before_a_form_is_shortened(way_out):
    """Two forms of two from three questions: one of them stands in both."""
    plan = replace(PLAN, likeness=Likeness(most_exposed=1))
    assert way_out(plan, [A, B, C], forms=2) == {EXPOSURE: 1}


def test_forms_share_as_little_more_as_they_must(way_out):
    """Two forms of three from four questions share at least two."""
    plan = replace(PLAN, questions=3, likeness=Likeness(most_shared=0))
    assert way_out(plan, [A, B, C, law_item("D")], forms=2) == {OVERLAP: 2}


def test_every_two_of_four_forms_share_one_of_six_questions(way_out):
    """Each question is in two forms of three, and there are as many pairs of forms as questions."""
    plan = replace(PLAN, questions=3, likeness=Likeness(most_shared=0))
    assert way_out(plan, [law_item(code) for code in "ABCDEF"], forms=4) == {OVERLAP: 1}


def test_two_forms_do_not_share_all_because_the_other_questions_are_worn(way_out):
    """Two forms of three from five questions, of which two were used often: they share one, not three."""
    plan = replace(PLAN, questions=3, likeness=Likeness(most_shared=0, most_exposed=2))
    worn = {code: Figures(used=50) for code in "AB"}
    assert way_out(plan, [law_item(code) for code in "ABCDE"], forms=2, **worn) == {OVERLAP: 1}


def test_enemies_meet_last_of_all(way_out):
    """Only two questions, which give each other away: a form of one question is better."""
    assert way_out(PLAN, [replace(A, enemies=frozenset("B")), B]) == {QUESTIONS: 1}


def test_expected_scores_give_before_a_question_is_used_again(way_out):
    """The only easy question is in one form, the only hard one in the other."""
    plan = replace(PLAN, questions=1, likeness=Likeness(Decimal("0.10"), most_exposed=1))
    easy, hard = law_item("E", level=1), law_item("H", level=3)
    assert way_out(plan, [easy, hard], forms=2) == {SCORE: pytest.approx(0.80 - 0.50 - 0.10)}


@pytest.mark.parametrize(("bound", "exposed"), [(None, 7), (3, 3)])
def test_without_a_bound_a_question_may_be_in_every_form(bound, exposed):
    plan = replace(PLAN, likeness=Likeness(most_exposed=bound))
    assert Wanted(plan, (A,), 7, {}).exposed == exposed


def test_no_time_passes_for_a_caller_without_a_watch():
    assert no_time_passes() == 0
