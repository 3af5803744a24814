"""A certificate says what is wrong with forms, whoever made them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from question_bank.blueprint import Blueprint, Likeness, Quota
from question_bank.equivalence import Figures, certify, expected_points, form_of, information_at_cut
from question_bank.items import Part
from question_bank.sealing import form_digest
from tests.question_bank.builders import law_item, single

TWO = Blueprint(
    "two", Part.LEGISLATION, 2, 2, quotas=(Quota("area", "service", 1, 2), Quota("level", "3", 0, 1))
)


def form(*items, blueprint=TWO, figures=None):
    return form_of(blueprint, items, figures or {})


A, B, C, D = (law_item(code) for code in "ABCD")
HARD = [law_item(code, level=3) for code in "XY"]


@pytest.mark.parametrize(
    ("forms", "likeness", "faults"),
    [
        ([(A, B)], {}, []),
        ([(A,)], {}, ["form 1: 1 different questions instead of 2"]),
        ([(A, A)], {}, ["form 1: 1 different questions instead of 2"]),
        (
            [(A, B), (A, B, C)],
            {},
            [
                "form 2: 3 different questions instead of 2",
                "form 2: 3 questions of area service",
                "expected scores differ by 0.65",
            ],
        ),
        ([HARD], {}, ["form 1: 2 questions of level 3"]),
        (
            [(replace(A, area="police"), replace(B, area="police"))],
            {},
            ["form 1: 0 questions of area service"],
        ),
        ([(replace(A, enemies=frozenset("B")), B)], {}, ["form 1: A and B give each other away"]),
        ([(A, B), (A, HARD[0])], {"score_tolerance": Decimal("0.14")}, ["expected scores differ by 0.15"]),
        ([(A, B), (A, HARD[0])], {"score_tolerance": Decimal("0.15")}, []),
        ([(A, B), (A, C)], {"most_shared": 0}, ["two forms share 1 items"]),
        ([(A, B), (A, C), (A, D)], {"most_exposed": 2}, ["an item is in 3 forms"]),
        ([(A, B), (A, C), (A, D)], {"most_exposed": 3, "most_shared": 1}, []),
    ],
)
def test_every_breach_is_named(forms, likeness, faults):
    blueprint = replace(TWO, likeness=Likeness(**likeness))
    assert list(certify(blueprint, [form(*items) for items in forms]).faults) == faults


def test_forms_that_differ_in_information_are_named():
    figures = {
        code: Figures(information=value) for code, value in zip("ABCD", (1.0, 1.0, 1.0, 1.2), strict=True)
    }
    certificate = certify(TWO, [form(A, B, figures=figures), form(C, D, figures=figures)])
    assert certificate.information_range == pytest.approx(0.1)
    assert certificate.faults == ("information at the cut differs by 10.0%",)


def test_information_is_not_known_until_every_item_is_calibrated():
    assert information_at_cut([A, B], {"A": Figures(information=1.0), "B": Figures()}) is None
    assert information_at_cut([A, B], {code: Figures(information=0.5) for code in "AB"}) == 1.0
    assert certify(TWO, [form(A, B)]).information_range is None


@pytest.mark.parametrize(("level", "share"), [(1, "0.80"), (2, "0.65"), (3, "0.50")])
def test_an_unused_item_is_expected_as_its_level_says(level, share):
    assert expected_points(law_item(level=level), {}) == Decimal(share)


def test_an_item_with_statistics_is_expected_as_it_was_answered():
    item = law_item("A", version=single("A", points=2))
    assert expected_points(item, {"A": Figures(expected=Decimal("0.41"))}) == Decimal("0.82")
    assert expected_points(item, {"A": Figures(used=9)}) == Decimal("1.30")


def test_a_share_counts_to_four_decimals():
    figures = {"A": Figures(expected=Decimal("0.333349")), "B": Figures(expected=Decimal("0.33335001"))}
    assert [expected_points(item, figures) for item in (A, B)] == [Decimal("0.3333"), Decimal("0.3334")]


def test_a_form_is_sealed_over_its_versions():
    made = form(B, A)
    assert made.items == (A, B)
    assert made.digest == form_digest("two", [A.version, B.version])


def test_the_certificate_counts_the_words_of_both_languages():
    certificate = certify(TWO, [form(A, B)])
    assert certificate.words == ((2 * 7, 2 * 7),)
    assert certificate.as_plain()["words"] == [{"kk": 14, "ru": 14}]
    assert certificate.as_plain()["score_range"] == "0.00"
