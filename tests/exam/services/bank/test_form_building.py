"""Forms before they are kept: the same plan the same forms, an edited blueprint under a code of its own."""

from dataclasses import replace
from datetime import date

import pytest

from exam.errors import RefusedError
from exam.services.bank.form_building import Plan, edited, stock_of, try_forms, what_is_there
from question_bank.blueprint import Likeness, shipped_blueprints
from question_bank.items import Part

pytestmark = pytest.mark.stocked

LOGIC = shipped_blueprints()["logic-30"]
DAY = date(2026, 12, 1)


def never() -> float:
    return 0.0


@pytest.fixture
def session(sqlite_database):
    with sqlite_database.writing() as writing:
        yield writing


def test_what_cannot_be_filled_is_refused_with_what_would_have_to_give(session):
    apart = replace(LOGIC, likeness=Likeness(most_exposed=1))
    with pytest.raises(RefusedError, match="forms-infeasible") as refusal:
        try_forms(session, Plan("c", apart, 12, 1, DAY), elapsed=never)
    assert [each.constraint for each in refusal.value.facts["relaxations"]] == ["forms that an item is in"]


def test_a_search_without_time_is_given_up(session):
    with pytest.raises(RefusedError, match="forms-unfinished"):
        try_forms(session, Plan("c", LOGIC, 4, 1, DAY), elapsed=lambda: 60.0)


def test_the_same_plan_gives_the_same_forms_and_a_draw_beside_them(session):
    plan = Plan("c", LOGIC, 3, 9, DAY)
    one, two = (try_forms(session, plan, elapsed=never) for _ in range(2))
    assert one.assembly == two.assembly
    assert len(one.drawn) == len(one.versions) == 3
    assert one.assembly.certificate.faults == ()


def test_an_edited_copy_has_a_code_that_follows_from_everything_in_it():
    assert edited(LOGIC, LOGIC) is LOGIC
    longer, shorter = (edited(LOGIC, replace(LOGIC, minutes=minutes)) for minutes in (40, 20))
    assert longer.code.startswith("logic-30-")
    assert longer.code != shorter.code
    assert edited(LOGIC, replace(LOGIC, minutes=40)) == longer


def test_the_stock_is_that_of_the_day(session):
    before, after = (
        stock_of(session, Part.LEGISLATION, day) for day in (date(2026, 6, 30), date(2026, 7, 1))
    )
    assert before.items == before.by_value["area", "service"] + sum(
        count
        for (dimension, area), count in before.by_value.items()
        if dimension == "area" and area != "service"
    )
    assert before.by_value["act", "constitution-1995"] > 0
    assert ("act", "constitution-1995") not in after.by_value


def test_needs_grow_with_the_forms_where_exposure_is_bounded(session):
    once = replace(LOGIC, likeness=Likeness(most_exposed=1))
    needs = {each.what: each for each in what_is_there(session, Plan("c", once, 12, 1, DAY))}
    assert needs["area syllogism"].needed == 72
    assert needs["area syllogism"].short == 72 - needs["area syllogism"].available
