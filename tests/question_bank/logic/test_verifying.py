"""The solver catches what was planted."""

from dataclasses import replace

import pytest

from question_bank.logic import KINDS, Text, generate, verify
from question_bank.logic.errors import (
    AlteredItemError,
    AmbiguousItemError,
    NoAnswerError,
    UnprovedItemError,
    WrongKeyError,
)
from question_bank.logic.kinds import kind_named


def planted(kind, problem, *choices, key=0):
    """An item as a careless author would print it, with a certificate that he made up."""
    [made] = generate(kind, seed=1, count=1)
    generator = kind_named(kind)
    options = tuple(generator.option(problem, choice) for choice in choices)
    stem = generator.stem(problem)
    return replace(made, problem=problem, choices=choices, options=options, stem=stem, key=key)


@pytest.mark.parametrize("kind", KINDS)
def test_two_equal_right_options_are_caught(kind):
    [item] = generate(kind, seed=4, count=1)
    doubled = tuple(
        item.choices[item.key] if place == (item.key + 1) % 4 else c for place, c in enumerate(item.choices)
    )
    with pytest.raises(AmbiguousItemError, match=r"options \d, \d hold"):
        verify(replace(item, choices=doubled))


@pytest.mark.parametrize("kind", KINDS)
def test_an_item_without_its_right_option_is_caught(kind):
    [item] = generate(kind, seed=4, count=1)
    wrong = item.choices[(item.key + 1) % 4]
    without = tuple(wrong if place == item.key else choice for place, choice in enumerate(item.choices))
    with pytest.raises(NoAnswerError):
        verify(replace(item, choices=without))


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_key_is_caught(kind):
    [item] = generate(kind, seed=9, count=1)
    with pytest.raises(WrongKeyError, match=f"option {item.key + 1} holds"):
        verify(replace(item, key=(item.key + 1) % 4))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("what", ["stem", "options", "level", "errors", "rationale"])
def test_what_is_printed_must_be_what_was_proved(kind, what):
    [item] = generate(kind, seed=9, count=1)
    other = {
        "stem": Text(item.stem.kk, item.stem.ru.replace(" ", "  ", 1)),
        "options": tuple(Text(option.kk + ".", option.ru) for option in item.options),
        "level": item.level % 3 + 1,
        "errors": item.errors[::-1] if item.errors != item.errors[::-1] else (),
        "rationale": Text("иә", "да"),
    }[what]
    with pytest.raises(AlteredItemError, match=what):
        verify(replace(item, **{what: other}))


@pytest.mark.parametrize("kind", KINDS)
def test_a_made_up_certificate_is_caught(kind):
    [item] = generate(kind, seed=9, count=1)
    with pytest.raises(AlteredItemError, match="certificate"):
        verify(replace(item, certificate=replace(item.certificate, consistent=10**9)))
    assert issubclass(AlteredItemError, UnprovedItemError)
