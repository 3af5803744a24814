"""The order on a candidate's screen is his own, recomputable, and tells nothing."""

import hashlib
import hmac
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.items import Option, Text
from question_bank.presentation import (
    ShownItem,
    option_order,
    personal_seed,
    question_order,
    shown,
    shown_form,
)
from tests.question_bank.builders import NUMERIC, OF_EACH_KIND, ORDERING, options, single

SECRET = b"the campaign's secret"
SEED = personal_seed(SECRET, attempt="A-1", form="ab")
seeds = st.binary(min_size=32, max_size=32)


def test_a_short_secret_is_refused():
    with pytest.raises(ValueError, match="16 bytes"):
        personal_seed(b"x" * 15, attempt="A-1", form="ab")


def test_the_seed_is_the_hmac_that_an_appeal_computes_by_hand():
    message = b"\0\0\0\x0dsynaq/order/1" + b"\0\0\0\x03A-1" + b"\0\0\0\x02ab"
    assert hmac.new(SECRET, message, hashlib.sha256).digest() == SEED


def test_neighbouring_words_do_not_run_together():
    assert personal_seed(SECRET, attempt="A-1", form="1b") != personal_seed(SECRET, attempt="A-11", form="b")


def test_the_order_of_questions_is_the_order_of_their_hmacs():
    def rank(code: str) -> bytes:
        message = b"\0\0\0\x08question" + len(code).to_bytes(4, "big") + code.encode()
        return hmac.new(SEED, message, hashlib.sha256).digest()

    codes = [f"L-{number}" for number in range(30)]
    assert list(question_order(SEED, codes)) == sorted(codes, key=rank)


@given(seeds, st.permutations([f"L-{number}" for number in range(12)]))
def test_the_order_of_questions_does_not_depend_on_how_they_came(seed, codes):
    order = question_order(seed, codes)
    assert order == question_order(seed, sorted(codes))
    assert sorted(order) == sorted(codes)


def test_two_candidates_see_different_orders():
    codes = [f"L-{number}" for number in range(60)]
    orders = {question_order(personal_seed(SECRET, attempt=f"A-{n}", form="ab"), codes) for n in range(50)}
    assert len(orders) == 50


def test_every_order_of_options_comes_about_equally_often():
    """24 orders, 4,800 candidates: 200 each, standard deviation 14; six of them are allowed."""
    counts: dict[tuple[int, ...], int] = {}
    for number in range(4800):
        order = option_order(personal_seed(SECRET, attempt=str(number), form="ab"), single())
        counts[order] = counts.get(order, 0) + 1
    assert len(counts) == 24
    assert all(abs(count - 200) < 84 for count in counts.values())


def test_each_question_has_an_order_of_options_of_its_own():
    assert len({option_order(SEED, single(f"L-{number}")) for number in range(40)}) > 10


@given(seeds, st.sets(st.integers(0, 3)))
def test_fixed_options_stay_where_they_are(seed, fixed):
    version = replace(
        single(),
        options=tuple(replace(option, fixed=place in fixed) for place, option in enumerate(single().options)),
    )
    order = option_order(seed, version)
    assert sorted(order) == [0, 1, 2, 3]
    assert all(order[place] == place for place in fixed)


@pytest.mark.parametrize(
    ("words", "order"),
    [
        (["30 тәулік", "5 тәулік", "15 тәулік", "3 тәулік"], (3, 1, 2, 0)),
        (["1,5", "1.25", "-2", "10"], (2, 1, 0, 3)),
        (["1 °C", "−3 °C", "0 °C", "−1 °C"], (1, 3, 2, 0)),
        (["1 000 теңге", "20\u00a0000 теңге", "300 теңге", "4 теңге"], (3, 2, 0, 1)),
        (["50 %", "5 %", "75 %", "100 %"], (1, 0, 2, 3)),
    ],
)
def test_amounts_stand_from_the_least_to_the_greatest(words, order):
    version = replace(single(), options=options(*((word, word) for word in words)))
    assert option_order(SEED, version) == order


def test_amounts_are_sorted_around_a_fixed_option():
    last = Option(Text("басқа мерзім", "иной срок"), fixed=True)
    version = replace(
        single(), options=(*options(("9 ай", "9 мес."), ("3 ай", "3 мес."), ("6 ай", "6 мес.")), last)
    )
    assert option_order(SEED, version) == (1, 2, 0, 3)


@pytest.mark.parametrize("words", [["3 ай", "3 жыл", "1 ай", "1 жыл"], ["3", "екі", "1", "0"]])
def test_amounts_of_different_things_are_mixed(words):
    version = replace(single(), options=options(*((word, word) for word in words)))
    orders = {option_order(bytes([n]) * 32, version) for n in range(40)}
    assert len(orders) > 10


def test_numbers_to_be_put_in_order_are_not_shown_in_order():
    version = replace(ORDERING, options=options(("2", "2"), ("4", "4"), ("1", "1"), ("3", "3")))
    assert len({option_order(bytes([n]) * 32, version) for n in range(40)}) > 10


@pytest.mark.parametrize("version", OF_EACH_KIND, ids=lambda version: version.kind)
def test_what_a_candidate_sees_says_what_is_asked_and_no_more(version):
    view = shown(SEED, version)
    assert {field.name for field in fields(ShownItem)} == {
        *("item", "number", "kind", "stem", "options", "lefts", "unit", "image", "image_alt")
    }
    assert sorted(option.place for option in view.options) == list(range(len(version.options)))
    assert all(option.text == version.options[option.place].text for option in view.options)
    assert (view.stem, view.lefts, view.unit) == (version.stem, version.lefts, version.unit)


def test_the_key_leaves_no_trace_in_the_view():
    views = {shown(SEED, single(key=key, rationale=Text("canary", "canary"))) for key in range(4)}
    assert len(views) == 1
    assert "canary" not in repr(views)


def test_a_number_has_no_options_to_order():
    assert option_order(SEED, NUMERIC) == ()


def test_a_form_is_shown_question_by_question_in_the_candidates_order():
    versions = [single(f"L-{number}") for number in range(5)]
    view = shown_form(SEED, versions)
    assert tuple(item.item for item in view) == question_order(SEED, [f"L-{number}" for number in range(5)])
    assert view == shown_form(SEED, reversed(versions))
