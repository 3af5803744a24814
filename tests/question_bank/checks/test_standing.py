"""A key that stands on nothing is found."""

from dataclasses import replace
from datetime import date

import pytest

from question_bank.checks.standing import check_enemies, check_standing
from question_bank.items import Source, State, Text
from tests.question_bank.builders import ACTS, SOURCE, law_item, logic_item, single


def found(item) -> list[str]:
    return [problem.check for problem in check_standing(item, ACTS)]


def standing_on(**source):
    return law_item(version=single(source=replace(SOURCE, **source)))


@pytest.mark.parametrize(
    ("item", "checks"),
    [
        (law_item(), []),
        (logic_item(), []),
        (law_item(version=single(source=None)), ["source-missing"]),
        (standing_on(act="law-2"), ["act-unknown"]),
        (standing_on(article=Text("4-бап", "статья 4")), ["article-unknown"]),
        (standing_on(article=Text("15-бап, 2-тармақ", "статья 15, пункт 2")), []),
        (standing_on(valid_from=date(2026, 7, 1), valid_to=date(2026, 6, 30)), ["source-dates"]),
        (standing_on(valid_from=date(2026, 7, 1), valid_to=date(2026, 7, 1)), []),
        (law_item(grade="C"), ["grade-too-low"]),
        (law_item(grade="C", state=State.DRAFT), []),
        (law_item(fact=""), ["fact-missing"]),
        (logic_item(version=replace(logic_item().version, certificate="")), ["certificate-missing"]),
        (logic_item(version=replace(logic_item().version, seed="")), ["certificate-missing"]),
        (logic_item(version=replace(logic_item().version, seed="8")), ["certificate-wrong"]),
    ],
)
def test_what_a_key_lacks_under_it_is_named(item, checks):
    assert found(item) == checks


def test_an_enemy_that_is_not_there_is_named():
    items = [law_item("L-1", enemies=frozenset({"L-2", "L-9"})), law_item("L-2")]
    [problem] = check_enemies(items)
    assert (problem.item, problem.check) == ("L-1", "enemy-unknown")
    assert "L-9" in problem.message


def test_an_item_is_not_its_own_enemy():
    [problem] = check_enemies([law_item("L-1", enemies=frozenset({"L-1"}))])
    assert problem.message == "it is its own enemy"


def test_a_source_without_dates_is_right():
    assert found(law_item(version=single(source=Source("law-1", Text("3-бап", "статья 3"))))) == []
