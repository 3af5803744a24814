"""Curves of forms, point by point by hand under the Rasch model."""

from decimal import Decimal
from math import exp, log

import pytest

from question_bank.blueprint import Blueprint
from question_bank.characteristic_curves import ABILITIES, Curves, curves_of, informed_at
from question_bank.equivalence import Figures, form_of
from question_bank.items import Part
from tests.question_bank.builders import law_item, single

PLAN = Blueprint("plan", Part.LEGISLATION, 2, 2)
AVERAGE, ONE_ABOVE = 40, 50
EASY, HARD = law_item("E", level=1), law_item("H", level=3)


def form(*items, **figures):
    return form_of(PLAN, items, figures)


def curves(*forms, **figures):
    return curves_of(forms, figures)


def test_the_places_that_are_looked_at_are_zero_and_one():
    assert (ABILITIES[AVERAGE], ABILITIES[ONE_ABOVE]) == pytest.approx((0, 1), abs=1e-12)


def test_an_even_question_earns_a_half_at_the_average_and_tells_most_there():
    found = curves(form(HARD))
    assert found.scores[0][AVERAGE] == pytest.approx(0.5)
    assert found.information[0][AVERAGE] == pytest.approx(0.25) == max(found.information[0])
    right = 1 / (1 + exp(-1))
    assert found.scores[0][ONE_ABOVE] == pytest.approx(right)
    assert found.information[0][ONE_ABOVE] == pytest.approx(right * (1 - right))


def test_an_easy_question_lies_where_the_average_candidate_earns_its_share():
    found = curves(form(EASY))  # 0.80 by its level: easier by log 4
    assert found.scores[0][AVERAGE] == pytest.approx(0.8)
    assert found.scores[0][ONE_ABOVE] == pytest.approx(4 * exp(1) / (1 + 4 * exp(1)))
    best = max(range(81), key=lambda place: found.information[0][place])
    assert ABILITIES[best] == pytest.approx(-log(4), abs=0.05)


def test_a_share_from_use_goes_before_the_level():
    found = curves(form(EASY), E=Figures(expected=Decimal("0.25")))
    assert found.scores[0][AVERAGE] == pytest.approx(0.25)


@pytest.mark.parametrize(("share", "drawn_in"), [("1", 0.98), ("0", 0.02), ("0.99", 0.98), ("0.03", 0.03)])
def test_what_everybody_or_nobody_knows_is_drawn_in(share, drawn_in):
    found = curves(form(EASY), E=Figures(expected=Decimal(share)))
    assert found.scores[0][AVERAGE] == pytest.approx(drawn_in)


def test_points_weigh_a_question_and_count_squared_in_its_information():
    found = curves(form(law_item("H", level=3, version=single("H", points=3))))
    assert found.scores[0][AVERAGE] == pytest.approx(1.5)
    assert found.information[0][AVERAGE] == pytest.approx(9 * 0.25)


def test_questions_of_a_form_add_up_and_forms_are_averaged():
    found = curves(form(EASY, HARD), form(HARD))
    assert [row[AVERAGE] for row in found.scores] == pytest.approx([1.3, 0.5])
    assert [row[AVERAGE] for row in found.information] == pytest.approx([0.16 + 0.25, 0.25])
    assert found.average[AVERAGE] == pytest.approx(0.9)
    assert list(found.average) == sorted(found.average)


def test_differences_are_from_the_average_or_from_another():
    found = Curves(average=(1.0, 2.0), scores=((0.5, 2.25), (1.5, 1.75)), information=())
    assert found.differences() == ((-0.5, 0.25), (0.5, -0.25))
    assert found.differences((0.5, 2.0)) == ((0.0, 0.25), (1.0, -0.25))


@pytest.mark.parametrize(("points", "value"), [(1, 10), (1.5, 15), (2.5, 30), (0, 10), (9, 40)])
def test_a_curve_is_read_where_the_average_candidate_earns_the_points(points, value):
    found = Curves(average=(1.0, 2.0, 3.0), scores=(), information=())
    assert found.at(points, (10, 20, 40)) == value


def test_an_item_tells_most_at_the_ability_where_it_earns_a_half():
    """One point of two from the hard and the easy item: by bisection of the definition, here by hand."""
    low, high = -4.0, 4.0
    for _ in range(60):
        ability = (low + high) / 2
        rights = [1 / (1 + exp(-(ability + log(share / (1 - share))))) for share in (0.80, 0.50)]
        low, high = (ability, high) if sum(rights) / 2 < 0.5 else (low, ability)
    told = informed_at((EASY, HARD), {}, 0.5)
    assert told["E"].information == pytest.approx(rights[0] * (1 - rights[0]), abs=1e-3)
    assert told["H"].information == pytest.approx(rights[1] * (1 - rights[1]), abs=1e-3)


def test_what_is_known_of_an_item_stays_beside_its_information():
    known = {"E": Figures(Decimal("0.7"), used=3)}
    told = informed_at((EASY, HARD), known, 0.6)
    assert (told["E"].expected, told["E"].used) == (Decimal("0.7"), 3)
    assert told["H"].expected is None


@pytest.mark.parametrize("average", [0.0, 1.0, 7.0])
def test_a_score_that_nobody_on_the_scale_earns_tells_nothing(average):
    assert informed_at((EASY, HARD), {}, average) == {}


def test_no_item_tells_nothing():
    assert informed_at((), {}, 0.5) == {}
