"""A response is worth what the key says, and nothing malformed is accepted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import MalformedKeyError, MalformedResponseError
from question_bank.items import (
    ChosenKey,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    Source,
    State,
    Text,
    matching,
    ordering,
    read_response,
    right_response,
    score_response,
    stirred,
)
from tests.question_bank.builders import (
    MATCHING,
    MULTIPLE,
    NUMERIC,
    OF_EACH_KIND,
    ORDERING,
    law_item,
    options,
    single,
)


@pytest.mark.parametrize(
    ("version", "key"),
    [
        (single(), ChosenKey(frozenset({0, 1}))),
        (single(), ChosenKey(frozenset({4}))),
        (single(), ChosenKey(frozenset())),
        (single(), OrderKey((0, 1, 2, 3))),
        (MULTIPLE, ChosenKey(frozenset())),
        (MULTIPLE, ChosenKey(frozenset({0, 4}))),
        (ORDERING, OrderKey((0, 1, 2))),
        (ORDERING, OrderKey((0, 1, 2, 2))),
        (MATCHING, MatchKey((0, 0))),
        (MATCHING, MatchKey((0,))),
        (MATCHING, MatchKey((0, 4))),
        (NUMERIC, NumberKey(Decimal(1), Decimal(-1))),
    ],
)
def test_a_key_that_does_not_fit_is_refused(version, key):
    with pytest.raises(MalformedKeyError, match="L-T01-001"):
        replace(version, key=key)


@pytest.mark.parametrize(
    ("version", "response"),
    [
        (single(), "4"),
        (single(), "0,1"),
        (single(), "-1"),
        (single(), "01"),
        (single(), " 1"),
        (single(), "1\n"),
        (single(), "١"),
        (single(), "a"),
        (single(), "1,"),
        (MULTIPLE, "1,1"),
        (MULTIPLE, "0,4"),
        (ORDERING, "0,1,2"),
        (MATCHING, "0"),
        (MATCHING, "0,1,2"),
        (NUMERIC, "12,5,1"),
        (NUMERIC, "1e3"),
        (NUMERIC, "NaN"),
        (NUMERIC, "１２"),
        (NUMERIC, "1234567890123"),
    ],
)
def test_a_malformed_response_is_refused(version, response):
    with pytest.raises(MalformedResponseError):
        score_response(version, response)


@pytest.mark.parametrize(
    ("version", "response", "points"),
    [
        (single(), "1", 1),
        (single(), "2", 0),
        (single(), "", 0),
        (MULTIPLE, "0,2", 2),
        (MULTIPLE, "2,0", 2),
        (MULTIPLE, "0", 0),
        (MULTIPLE, "0,2,3", 0),
        (ORDERING, "2,0,1,3", 1),
        (ORDERING, "0,1,2,3", 0),
        (MATCHING, "1,0", 1),
        (MATCHING, "0,1", 0),
        (NUMERIC, "12,5", 1),
        (NUMERIC, "12", 1),
        (NUMERIC, "13.0", 1),
        (NUMERIC, "13,01", 0),
        (NUMERIC, "11,99", 0),
        (NUMERIC, "-12,5", 0),
    ],
)
def test_a_response_is_worth_all_points_or_none(version, response, points):
    assert score_response(version, response) == points


@pytest.mark.parametrize("version", OF_EACH_KIND, ids=lambda version: version.kind)
def test_the_key_written_as_a_response_earns_all_points(version):
    assert score_response(version, right_response(version)) == version.points


@given(st.text(max_size=12))
def test_whatever_is_sent_is_read_or_refused_and_never_breaks(response):
    for version in OF_EACH_KIND:
        try:
            read_response(version, response)
        except MalformedResponseError:
            continue


@given(st.text(min_size=1), st.integers(2, 12))
def test_the_stored_order_never_is_the_right_order(code, count):
    order = stirred(code, count)
    assert sorted(order) == list(range(count))
    assert order != tuple(range(count))
    assert order == stirred(code, count)


@given(st.text(min_size=1), st.integers(2, 9))
def test_the_order_key_leads_back_to_the_order_that_the_author_wrote(code, count):
    written = options(*((str(place), str(place)) for place in range(count)))
    stored, key = ordering(code, written)
    assert tuple(stored[place] for place in key.order) == written


def test_the_match_key_leads_each_left_side_to_its_right_side():
    written = options(("1", "1"), ("2", "2"), ("3", "3"))
    stored, key = matching("L-T01-001", written)
    assert [stored[place] for place in key.options] == list(written)


def test_an_item_may_be_drawn_on_its_last_day_and_not_after_it():
    source = Source("constitution-1995", Text("4-бап", "статья 4"), valid_to=date(2026, 6, 30))
    item = law_item(version=single(source=source))
    assert item.usable_on(date(2026, 6, 30))
    assert not item.usable_on(date(2026, 7, 1))


def test_an_item_may_not_be_drawn_before_its_source_begins():
    source = Source("constitution-2026", Text("4-бап", "статья 4"), valid_from=date(2026, 7, 1))
    item = law_item(version=single(source=source))
    assert not item.usable_on(date(2026, 6, 30))
    assert item.usable_on(date(2026, 7, 1))


@pytest.mark.parametrize("state", [state for state in State if state is not State.ACTIVE])
def test_only_an_active_item_may_be_drawn(state):
    assert not law_item(state=state).usable_on(date(2025, 1, 1))


@pytest.mark.parametrize(
    ("changes", "complete"),
    [
        ({}, True),
        ({"stem": Text("Кім?", " ")}, False),
        ({"options": options(("бір", "один"), ("екі", ""), ("үш", "три"))}, False),
        ({"rationale": Text("", "")}, False),
        ({"rationale": Text("", ""), "certificate": "one option holds"}, True),
        ({"rationale": Text("бар", ""), "certificate": "one option holds"}, False),
        ({"unit": Text("кг", "")}, False),
    ],
)
def test_a_version_is_bilingual_when_nothing_is_missing(changes, complete):
    assert single(**changes).bilingual is complete


def test_the_kind_says_which_key_it_takes():
    with pytest.raises(MalformedKeyError, match="OrderKey is not the key of a single question"):
        replace(single(), kind=Kind.SINGLE, key=OrderKey((0, 1, 2, 3)))
