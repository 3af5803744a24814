"""A logic item without the question that its seed gives is not proved."""

from dataclasses import replace

import pytest

from question_bank.items import ChosenKey, Option, Text
from question_bank.logic.proving import is_proved
from question_bank.reading import shipped_bank
from tests.question_bank.builders import law_item, logic_item

ITEM = logic_item()
VERSION = ITEM.version
[RIGHT] = VERSION.key.options


@pytest.mark.parametrize(
    "changes",
    [
        {"key": ChosenKey(frozenset({(RIGHT + 1) % 4}))},
        {"stem": replace(VERSION.stem, ru="Какое число дальше?")},
        {"options": (Option(Text("0", "0")), *VERSION.options[1:])},
        {"options": VERSION.options[::-1]},
        {"seed": "8"},
        {"seed": ""},
        {"seed": "-7"},
        {"seed": "²"},
        {"certificate": "of 4 options only 1 holds"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_an_item_that_asks_something_else_than_its_seed_is_not_proved(changes):
    assert not is_proved(replace(ITEM, version=replace(VERSION, **changes)))


def test_an_item_of_no_kind_is_not_proved():
    assert not is_proved(law_item())
    assert not is_proved(replace(ITEM, area="letter_series"))


def test_other_words_of_the_reason_leave_the_proof_as_it_is():
    assert is_proved(replace(ITEM, version=replace(VERSION, rationale=Text("неге", "почему"))))


def test_a_few_shipped_items_of_each_kind_are_proved():
    logic = [item for item in shipped_bank().items if item.code.startswith("G-")]
    few = [item for item in logic if item.code.endswith(("-001", "-023"))]
    assert {item.area for item in few} == {item.area for item in logic}
    assert all(map(is_proved, few))
