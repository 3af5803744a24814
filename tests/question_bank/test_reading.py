"""A bank file is read whole: every item that is right, and every problem with its place."""

from datetime import date
from decimal import Decimal

import pytest

from question_bank.items import (
    ChosenKey,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    Part,
    State,
    Text,
    right_response,
)
from question_bank.reading import read_items, shipped_bank
from tests.question_bank.builders import ACTS

HEAD = """schema = 1
[[item]]
code = "L-T03-001"
kind = "single"
area = "service"
topic = "T03"
level = 2
state = "active"
fact = "F-T03-001"
grade = "B"
act = "law-1"
article = "3-бап"
article_ru = "статья 3"
stem = { kk = "Кім?", ru = "Кто?" }
rationale = { kk = "3-бап.", ru = "Статья 3." }
"""
SINGLE = (
    HEAD
    + """options = [
  { kk = "төраға", ru = "председатель" },
  { kk = "хатшы", ru = "секретарь", key = true },
  { kk = "басқа", ru = "другой", fixed = true },
]
"""
)


def read(toml: str, part: Part = Part.LEGISLATION):
    return read_items(toml, part=part, file="t03.toml", acts=ACTS)


def of_kind(kind: str, rest: str) -> str:
    return HEAD.replace('"single"', f'"{kind}"') + rest


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('code = "L-T03-001"', "", "code"),
        ('kind = "single"', 'kind = "essay"', "kind"),
        ('area = "service"', "", "area"),
        ("level = 2", "level = 4", "level"),
        ("level = 2", 'level = "2"', "level"),
        ("level = 2", "level = true", "level"),
        ('state = "active"', 'state = "alive"', "state"),
        ('grade = "B"', "grade = 2", "grade"),
        ('grade = "B"', 'grad = "B"', "grad"),
        ('act = "law-1"', "", "act"),
        ('article_ru = "статья 3"', "", "article_ru"),
        ('grade = "B"', 'grade = "B"\nredaction = "2024"', "redaction"),
        ('grade = "B"', 'grade = "B"\nenemies = "L-1"', "enemies"),
        ('stem = { kk = "Кім?", ru = "Кто?" }', 'stem = "Кім?"', "stem"),
        ('ru = "Кто?"', "ru = 1", "stem"),
        (', ru = "секретарь"', "", "options[1]"),
        ("fixed = true", "fixd = true", "options[2]"),
        (", key = true", "", "options"),
        ("fixed = true", "key = true", "options"),
        ("options = [", "options = 3\nrest = [", "options"),
    ],
)
def test_a_fault_is_named_with_its_place_and_the_item_is_left_out(old, new, where):
    assert old in SINGLE
    reading = read(SINGLE.replace(old, new, 1))
    assert reading.items == ()
    assert f"t03.toml, item 1, {where}" in {problem.place for problem in reading.problems}


@pytest.mark.parametrize("toml", ["schema = 1\n[[item]", "schema = 2", "", "schema = 1\nitems = []"])
def test_a_file_of_another_shape_is_one_problem(toml):
    [problem] = read(toml).problems
    assert (problem.check, problem.place) == ("unreadable", "t03.toml")


def test_all_problems_are_named_at_once_and_the_right_items_are_kept():
    broken = SINGLE.replace('"L-T03-001"', '"L-T03-002"').replace("level = 2", "level = 9")
    broken = broken.replace('"service"', '""').split("schema = 1\n")[1]
    reading = read(SINGLE + broken)
    assert [item.code for item in reading.items] == ["L-T03-001"]
    assert {(problem.item, problem.place) for problem in reading.problems} == {
        ("L-T03-002", "t03.toml, item 2, area"),
        ("L-T03-002", "t03.toml, item 2, level"),
    }


def test_a_second_item_of_the_same_code_is_a_problem():
    reading = read(SINGLE + SINGLE.split("schema = 1\n")[1])
    assert len(reading.items) == 1
    assert [problem.check for problem in reading.problems] == ["code-twice"]


def test_a_single_choice_is_read_as_it_is_written():
    reading = read(SINGLE)
    assert reading.problems == ()
    [item] = reading.items
    assert (item.code, item.part, item.area, item.topic, item.level) == (
        *("L-T03-001", Part.LEGISLATION),
        *("service", "T03", 2),
    )
    assert (item.state, item.fact, item.grade, item.act) == (State.ACTIVE, "F-T03-001", "B", "law-1")
    assert item.version.stem == Text("Кім?", "Кто?")
    assert item.version.key == ChosenKey(frozenset({1}))
    assert [option.fixed for option in item.version.options] == [False, False, True]
    assert item.version.source.article == Text("3-бап", "статья 3")


def test_the_redaction_is_that_of_the_item_else_that_of_its_act():
    assert read(SINGLE).items[0].version.source.redaction == date(2011, 1, 6)
    dated = SINGLE.replace("level = 2", "level = 2\nredaction = 2024-02-28\nvalid_to = 2026-06-30")
    source = read(dated).items[0].version.source
    assert (source.redaction, source.valid_to) == (date(2024, 2, 28), date(2026, 6, 30))


def test_an_ordering_item_is_stored_out_of_order_with_its_key():
    rows = "".join(f'{{ kk = "{n}-ші", ru = "{n}-й" }},' for n in range(1, 5))
    [item] = read(of_kind("ordering", f"options = [{rows}]")).items
    assert item.version.kind is Kind.ORDERING
    assert isinstance(item.version.key, OrderKey)
    words = [item.version.options[int(place)].text.kk for place in right_response(item.version).split(",")]
    assert words == ["1-ші", "2-ші", "3-ші", "4-ші"]
    assert [option.text.kk for option in item.version.options] != words


def test_a_matching_item_is_stored_out_of_order_with_its_key():
    rows = "".join(
        f'{{ left = {{ kk = "с{n}", ru = "л{n}" }}, right = {{ kk = "о{n}", ru = "п{n}" }} }},'
        for n in range(3)
    )
    [item] = read(of_kind("matching", f"pairs = [{rows}]")).items
    version = item.version
    assert isinstance(version.key, MatchKey)
    pairs = [
        (left.kk, version.options[place].text.kk)
        for left, place in zip(version.lefts, version.key.options, strict=True)
    ]
    assert pairs == [("с0", "о0"), ("с1", "о1"), ("с2", "о2")]


def test_a_numeric_item_keeps_its_number_as_it_is_written():
    toml = of_kind("numeric", 'answer = "12,50"\ntolerance = "0.5"\nunit = { kk = "тәулік", ru = "суток" }')
    [item] = read(toml).items
    assert item.version.key == NumberKey(Decimal("12.50"), Decimal("0.5"))
    assert item.version.unit == Text("тәулік", "суток")


@pytest.mark.parametrize("answer", ["12", '"twelve"', '"NaN"', '""'])
def test_a_numeric_item_without_a_number_is_named(answer):
    reading = read(of_kind("numeric", f"answer = {answer}"))
    assert [problem.place for problem in reading.problems] == ["t03.toml, item 1, answer"]


def test_a_logic_item_has_a_seed_and_a_certificate_and_no_act():
    toml = SINGLE.replace('act = "law-1"', "seed = 7").replace(
        'article = "3-бап"', 'certificate = "one holds"'
    )
    toml = toml.replace('article_ru = "статья 3"', "")
    [item] = read(toml, Part.LOGIC).items
    assert item.part is Part.LOGIC
    assert item.act == ""
    assert (item.version.seed, item.version.certificate, item.version.source) == ("7", "one holds", None)


def test_the_shipped_bank_is_read_without_a_problem():
    reading = shipped_bank()
    assert reading.problems == ()
    assert {item.part for item in reading.items} == set(Part)
