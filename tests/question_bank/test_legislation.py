"""An amendment touches the items that stand on it, and no others."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from question_bank.items import Source, Text
from question_bank.legislation import (
    Amendment,
    has_ended,
    may_touch,
    pool_on,
    read_acts,
    shipped_acts,
    touched,
)
from tests.question_bank.builders import ACTS, LAW, SOURCE, law_item, logic_item, single

DAY = date(2025, 7, 1)


def standing_on(article: str, code: str = "L-1", *, act: str = "law-1", redaction: date | None = None):
    source = Source(act, Text(article, article), redaction)
    return law_item(code, version=single(code, source=source))


@pytest.mark.parametrize(
    ("article", "amended", "hit"),
    [
        ("3-бап", ("3-бап",), True),
        ("3-бап, 1-тармақ", ("3-бап",), True),
        ("3-бап", ("3-бап, 1-тармақ",), True),
        ("3-бап, 2-тармақ", ("3-бап, 1-тармақ",), False),
        ("4-бап", ("3-бап", "5-бап"), False),
        ("4-бап", (), True),
        ("35–39-баптар", ("36-бап",), True),
        ("35–39-баптар", ("40-бап",), False),
        ("34-тарау", ("36-бап",), False),
    ],
)
def test_an_amendment_touches_what_stands_on_its_articles(article, amended, hit):
    amendment = Amendment("law-1", DAY, amended)
    assert bool(touched(amendment, [standing_on(article)])) is hit


def test_an_amendment_of_another_act_touches_nothing():
    assert touched(Amendment("law-2", DAY), [standing_on("3-бап"), logic_item()]) == ()


def test_a_repeal_touches_every_item_of_the_act_by_code():
    items = [
        standing_on("4-бап", "L-2"),
        standing_on("3-бап", "L-1"),
        standing_on("3-бап", "L-3", act="law-2"),
    ]
    found = touched(Amendment("law-1", DAY, ("99-бап",), repeals=True), items)
    assert [item.code for item in found] == ["L-1", "L-2"]


def test_a_touched_item_leaves_the_pool_on_the_day_and_not_before():
    item, amendment = standing_on("3-бап", redaction=date(2024, 1, 1)), Amendment("law-1", DAY, ("3-бап",))
    assert pool_on(date(2025, 6, 30), [item], ACTS, [amendment]) == (item,)
    assert pool_on(DAY, [item], ACTS, [amendment]) == ()


def test_an_item_without_a_redaction_leaves_the_pool_too():
    assert pool_on(DAY, [standing_on("3-бап")], ACTS, [Amendment("law-1", DAY, ("3-бап",))]) == ()


def test_an_item_corrected_after_the_amendment_stays():
    item = standing_on("3-бап", redaction=DAY)
    assert pool_on(DAY, [item], ACTS, [Amendment("law-1", DAY, ("3-бап",))]) == (item,)
    assert pool_on(DAY, [item], ACTS, [Amendment("law-1", DAY, ("3-бап",), repeals=True)]) == ()


def test_the_items_of_an_act_end_with_the_act():
    acts = {"law-1": replace(LAW, valid_to=date(2026, 6, 30))}
    assert pool_on(date(2026, 6, 30), [standing_on("3-бап")], acts)
    assert not pool_on(date(2026, 7, 1), [standing_on("3-бап")], acts)


def test_logic_items_never_end():
    assert pool_on(date(2099, 1, 1), [logic_item()], ACTS) == (logic_item(),)


ACT = """
schema = 1
[[act]]
code = "law-1"
kind = "law"
number = "380-IV"
date = 2011-01-06
name = { kk = "Заң", ru = "Закон" }
articles = ["3-бап", "15-бап"]
"""


def test_an_act_is_read_as_it_is_written():
    reading = read_acts(ACT, file="acts.toml")
    assert reading.problems == ()
    assert reading.acts == {"law-1": LAW}


@pytest.mark.parametrize(
    ("old", "new", "check"),
    [
        ('kind = "law"', 'kind = "rumour"', "act-unreadable"),
        ("date = 2011-01-06", 'date = "2011"', "act-unreadable"),
        (', ru = "Закон"', "", "act-unreadable"),
        ("[[act]]", "[[act]", "unreadable"),
    ],
)
def test_a_faulty_act_is_named_with_its_place(old, new, check):
    [problem] = read_acts(ACT.replace(old, new), file="acts.toml").problems
    assert problem.check == check
    assert problem.place.startswith("acts.toml")


def test_an_act_that_is_listed_twice_is_named():
    [problem] = read_acts(ACT + ACT.split("schema = 1")[1], file="acts.toml").problems
    assert (problem.check, problem.place) == ("act-twice", "acts.toml, act 2")


def test_the_shipped_constitution_of_1995_ends_on_30_june_2026():
    acts = shipped_acts()
    assert acts.problems == ()
    assert acts.acts["constitution-1995"].valid_to == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("article", "amended", "unsure"),
    [
        ("34-тарау", ("677-бап",), True),
        ("хаттама мазмұны", ("677-бап",), True),
        ("15-бап", ("677-бап",), False),
        ("34-тарау", ("34-тарау",), False),
        ("34-тарау", (), False),
    ],
)
def test_only_a_person_can_tell_whether_a_chapter_is_touched(article, amended, unsure):
    amendment = Amendment("law-1", DAY, amended)
    assert may_touch(amendment, standing_on(article)) is unsure
    assert not may_touch(amendment, standing_on(article, act="law-2"))


def test_a_key_has_ended_the_day_after_its_article_or_its_act_did():
    dated = replace(SOURCE, valid_to=DAY)
    item = law_item(version=single(source=dated))
    assert [has_ended(item, ACTS, day) for day in (DAY, DAY + timedelta(1))] == [False, True]
    ended = {"law-1": replace(LAW, valid_to=DAY)}
    assert [has_ended(law_item(), ended, day) for day in (DAY, DAY + timedelta(1))] == [False, True]
    assert not has_ended(logic_item(), ended, date(2099, 1, 1))
