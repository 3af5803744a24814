"""Stored item content says all that the version says."""

import json
from datetime import date
from decimal import Decimal

import pytest

from exam.services.bank.item_content import from_content, to_content
from exam.storage.base import canonical
from question_bank.errors import MalformedKeyError
from question_bank.items import (
    ChosenKey,
    ItemVersion,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Source,
    Text,
)

THREE = tuple(Option(Text(word, word)) for word in ("бір", "екі", "үш"))
STEM = Text("Қайсысы?", "Какой?")
VERSIONS = (
    ItemVersion(
        "L-1",
        2,
        Kind.SINGLE,
        STEM,
        ChosenKey(frozenset({1})),
        THREE,
        source=Source("act", Text("3-бап", "ст. 3"), date(2024, 2, 28), valid_to=date(2026, 6, 30)),
    ),
    ItemVersion("L-2", 1, Kind.MULTIPLE, STEM, ChosenKey(frozenset({0, 2})), THREE, points=2),
    ItemVersion("L-3", 1, Kind.ORDERING, STEM, OrderKey((2, 0, 1)), THREE),
    ItemVersion("L-4", 1, Kind.MATCHING, STEM, MatchKey((1, 0)), THREE, lefts=(STEM, STEM)),
    ItemVersion("G-1", 1, Kind.NUMERIC, STEM, NumberKey(Decimal("12.50"), Decimal("0.5")), seed="7"),
)


def test_content_of_another_schema_is_refused():
    with pytest.raises(ValueError, match="schema 2"):
        from_content({**to_content(VERSIONS[0]), "schema": 2})


def test_a_key_that_does_not_fit_is_refused():
    with pytest.raises(MalformedKeyError):
        from_content({**to_content(VERSIONS[0]), "key": {"options": [3]}})


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.kind)
def test_what_was_written_is_read_again(version):
    assert from_content(json.loads(canonical(to_content(version)))) == version
