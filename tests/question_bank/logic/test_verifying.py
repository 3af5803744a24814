"""The solver catches what was planted."""

from dataclasses import replace

import pytest

from question_bank.logic import KINDS, Text, generate, verify
from question_bank.logic.analogy import AnalogyProblem
from question_bank.logic.conditional import ConditionalProblem, Fact, Rule
from question_bank.logic.errors import (
    AlteredItemError,
    AmbiguousItemError,
    NoAnswerError,
    UnprovedItemError,
    WrongKeyError,
)
from question_bank.logic.kinds import kind_named
from question_bank.logic.letter_series import LetterProblem
from question_bank.logic.matrix import Cell, MatrixProblem
from question_bank.logic.number_series import NumberProblem
from question_bank.logic.ordering import Clue, OrderingProblem, Question
from question_bank.logic.sayings import Claim, TruthProblem
from question_bank.logic.syllogism import Proposition, SyllogismProblem


def planted(kind, problem, *choices):
    """An item as a careless author would print it: the first option is his key, all the rest is borrowed."""
    [made] = generate(kind, seed=1, count=1)
    generator = kind_named(kind)
    options = tuple(generator.option(problem, choice) for choice in choices)
    stem = generator.stem(problem)
    return replace(made, problem=problem, choices=choices, options=options, stem=stem, key=0)


def counts(*numbers):
    return tuple(Cell(0, number, 0) for number in numbers)


PLANTED = [
    ("number_series", NumberProblem("geometric", (5, 10, 20), 0), (40, 35, 41, 50)),
    ("number_series", NumberProblem("growing_step", (1, 2, 4, 7), 0), (11, 12, 13, 14)),
    ("letter_series", LetterProblem("ru", "even_step", ((1,), (2,), (4,)), 0), ((8,), (7,), (20,), (25,))),
    (
        "syllogism",
        SyllogismProblem(("юрист", "поэт", "врач"), (Proposition("all", 0, 1), Proposition("all", 1, 2)), 0),
        (
            Proposition("all", 0, 2),
            Proposition("some", 2, 0),
            Proposition("no", 0, 2),
            Proposition("all", 2, 0),
        ),
    ),
    (
        "conditional",
        ConditionalProblem(
            ("насос включён", "сейф заперт"), (Rule((Fact(0),), Fact(1)), Fact(0)), "condition_met", 0
        ),
        (Fact(1), Fact(0), Fact(1, positive=False), Fact(0, positive=False)),
    ),
    (
        "analogy",
        AnalogyProblem(("хирург", "скальпель"), "портной", 0),
        (("игла",), ("ножницы",), ("кисть",), ("топор",)),
    ),
    (
        "matrix",
        MatrixProblem(counts(2, 2, 4, 2, 2, 4, 3, 1), ("same", "adding", "same"), 0),
        counts(4, 3, 5, 6),
    ),
]


@pytest.mark.parametrize(("kind", "problem", "choices"), PLANTED)
def test_a_planted_ambiguous_item_is_caught(kind, problem, choices):
    with pytest.raises(AmbiguousItemError, match=f"{kind} 1: options 1, 2"):
        verify(planted(kind, problem, *choices))


def test_a_planted_order_with_two_answers_is_caught():
    names = ("Айдар", "Болат", "Самат", "Тимур")
    clues = (Clue("before", "Айдар", "Болат"), Clue("before", "Болат", "Самат"))
    with pytest.raises(NoAnswerError):
        verify(planted("ordering", OrderingProblem("queue", names, clues, Question("at", number=1)), *names))


def test_a_planted_pair_of_liars_is_caught():
    names = ("Айдар", "Болат", "Самат", "Тимур")
    accusing = tuple(Claim("lies", (other,)) for other in ("Болат", "Айдар", "Тимур", "Самат"))
    problem = TruthProblem(names, accusing, 0, "who_lies", 0)
    with pytest.raises(NoAnswerError):
        verify(planted("truth_tellers", problem, names[:2], names[2:], names[1:3], names[::2]))


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
