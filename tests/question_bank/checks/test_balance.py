"""A bank whose keys can be guessed from their place or length is found."""

import pytest

from question_bank.checks.balance import check_balance, check_longest, longest_is_key
from question_bank.items import Option, Text
from tests.question_bank.builders import MULTIPLE, law_item, options, single


def bank(*places: int):
    """Single choices with so many keys in each place."""
    keys = [place for place, count in enumerate(places) for _ in range(count)]
    return [law_item(f"L-{n}", version=single(f"L-{n}", key=key)) for n, key in enumerate(keys)]


@pytest.mark.parametrize(
    ("places", "uneven"),
    [
        ((20, 20, 20, 20), False),
        ((30, 20, 18, 12), False),
        ((37, 15, 14, 14), True),
        ((40, 20, 10, 10), True),
        ((19, 0, 0, 0), False),
        ((20, 0, 0, 0), True),
        ((0, 0, 0, 20), True),
    ],
)
def test_uneven_places_of_keys_are_found_once_there_are_enough(places, uneven):
    """Chi-squared of 30/20/18/12 is 8.4, of 37/15/14/14 it is 19.3; the limit for 4 places is 16.27."""
    assert bool(list(check_balance(bank(*places)))) is uneven


def test_the_finding_says_how_the_keys_stand():
    [problem] = check_balance(bank(40, 20, 10, 10))
    assert (problem.item, problem.check) == ("", "key-positions")
    assert "40, 20, 10, 10" in problem.message


def test_items_that_are_shown_in_a_fixed_order_do_not_count():
    fixed = tuple(Option(option.text, fixed=True) for option in single().options)
    items = [law_item(f"L-{n}", version=single(f"L-{n}", key=0, options=fixed)) for n in range(40)]
    assert list(check_balance(items)) == []


def test_multiple_choices_do_not_count():
    assert list(check_balance([law_item(f"L-{n}", version=MULTIPLE) for n in range(40)])) == []
    assert longest_is_key([law_item(version=MULTIPLE)], "kk") == 0.0


WORDS = options(("бір", "раз"), ("екінші", "два"), ("үш", "три"))


@pytest.mark.parametrize(("key", "share"), [(1, 1.0), (0, 0.0)])
def test_the_longest_option_is_counted_when_it_is_the_key(key, share):
    items = [law_item(version=single(options=WORDS, key=key))]
    assert longest_is_key(items, "kk") == share
    assert longest_is_key(items, "ru") == 0.0


@pytest.mark.parametrize(("longest", "others", "blamed"), [(18, 22, False), (19, 21, True), (19, 20, False)])
def test_a_winning_habit_is_found_once_there_are_enough(longest, others, blamed):
    """18 of 40 are 45 %, 19 of 40 more; 39 items are too few to say."""
    items = [
        law_item(f"L-{n}", version=single(f"L-{n}", options=WORDS, key=1 if n < longest else 0))
        for n in range(longest + others)
    ]
    assert [problem.check for problem in check_longest(items)] == ["key-longest"] * blamed


def test_a_tie_for_the_longest_is_nobodys():
    tied = (Option(Text("бірі", "x")), Option(Text("екеу", "x")))
    assert longest_is_key([law_item(version=single(options=tied, key=0))], "kk") == 0.0
