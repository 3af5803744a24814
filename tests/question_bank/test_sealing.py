"""A seal tells every change, and nothing else changes it."""

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from question_bank.items import ChosenKey, NumberKey, Text
from question_bank.sealing import canonical_json, digest, form_digest, version_digest
from tests.question_bank.builders import NUMERIC, single


@pytest.mark.parametrize("value", [1.0, {"x": [0.5]}, {1, 2}, b"x", Decimal(1)])
def test_what_has_no_one_text_is_refused(value):
    with pytest.raises(TypeError, match="cannot be sealed"):
        canonical_json(value)


def test_canonical_json_is_written_in_one_way():
    assert canonical_json({"ә": [1, True, None], "a": "б"}) == '{"a":"б","ә":[1,true,null]}'.encode()


def test_a_letter_in_two_code_points_is_the_same_letter():
    assert canonical_json({"\u0439": "\u0439"}) == canonical_json({"\u0438\u0306": "\u0438\u0306"})


def test_the_digest_is_sha_256_of_the_canonical_text():
    assert digest({"b": 1, "a": "х"}) == hashlib.sha256('{"a":"х","b":1}'.encode()).hexdigest()


SEAL_OF_2026 = "68c78f57daa693bf6a6362f46298ee11906e714f3b0bddf36c2cf7e77806cdd8"
CHANGES = [
    {"number": 2},
    {"stem": Text("Хаттаманы кім жүргізеді", "Кто ведёт протокол?")},
    {"key": ChosenKey(frozenset({2}))},
    {"options": tuple(reversed(single().options))},
    {"source": None},
    {"points": 2},
    {"rationale": Text("", "")},
    {"image": "a.png"},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_any_change_of_a_version_breaks_the_seal(change):
    assert version_digest(replace(single(), **change)) != version_digest(single())
    forms = [[single("L-2"), replace(single(), **changed)] for changed in ({}, change)]
    assert form_digest("b", forms[0]) != form_digest("b", forms[1])


def test_the_tolerance_of_a_number_is_sealed():
    wider = replace(NUMERIC, key=NumberKey(Decimal("12.5"), Decimal(1)))
    assert version_digest(wider) != version_digest(NUMERIC)


def test_the_order_of_versions_does_not_change_the_seal_and_the_blueprint_does():
    one, two = single("L-1"), single("L-2")
    assert form_digest("b", [one, two]) == form_digest("b", [two, one])
    assert form_digest("b", [one, two]) != form_digest("c", [one, two])
    assert form_digest("b", [one, two]) != form_digest("b", [one])


def test_a_seal_printed_years_ago_is_still_recomputed():
    """The digest stands on paper; this one must never change."""
    assert form_digest("b", [single()]) == SEAL_OF_2026
