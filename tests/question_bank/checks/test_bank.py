"""All checks together, and the shipped bank before them."""

from question_bank.checks import check_bank, check_item
from question_bank.items import State, Text
from question_bank.legislation import shipped_acts
from question_bank.reading import shipped_bank
from tests.question_bank.builders import ACTS, law_item, logic_item, single


def test_every_kind_of_check_is_asked():
    items = [
        law_item("L-1", version=single("L-1", stem=Text("Кім?", "")), enemies=frozenset({"L-9"}), fact=""),
        law_item("L-2", version=single("L-2", stem=Text("Кім?", "Кто?"))),
        *(logic_item(f"G-{n}", version=logic_item(f"G-{n}").version) for n in range(20)),
    ]
    assert {problem.check for problem in check_bank(items, ACTS)} == {
        *("language-missing", "fact-missing", "enemy-unknown", "near-duplicate", "key-positions")
    }


def test_an_item_is_checked_by_itself():
    assert check_item(law_item(), ACTS) == ()
    assert [problem.check for problem in check_item(law_item(), {})] == ["act-unknown"]


def test_retired_items_are_left_aside():
    assert check_bank([law_item(state=State.RETIRED, fact="")], ACTS) == ()


def test_nothing_can_be_said_against_the_shipped_bank():
    assert check_bank(shipped_bank().items, shipped_acts().acts) == ()
