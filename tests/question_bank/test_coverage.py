"""Coverage counts active items, each where it belongs."""

from question_bank.coverage import cover
from question_bank.items import Part, State
from tests.question_bank.builders import law_item, logic_item


def test_only_active_items_of_the_part_are_counted():
    items = [law_item("L-1"), law_item("L-2", state=State.DRAFT), law_item("L-3", level=3), logic_item()]
    coverage = cover(items, Part.LEGISLATION)
    assert (coverage.items, coverage.active) == (3, 2)
    assert coverage.by["level"] == {"2": 1, "3": 1}
    assert coverage.by["act"] == {"law-1": 2}
    assert coverage.by["topic"] == {"T03": 2}


def test_a_logic_item_has_no_act_to_count():
    assert cover([logic_item()], Part.LOGIC).by["act"] == {}
