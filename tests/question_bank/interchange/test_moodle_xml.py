"""Moodle XML: what is not read and why, with its line; then each type of question."""

from decimal import Decimal

import pytest

from question_bank.interchange.moodle_xml import read_moodle
from question_bank.items import Kind

STEM = "<name><text>Аты</text></name><questiontext format='html'><text>Қайсы?</text></questiontext>"
RIGHT, WRONG = (
    "<answer fraction='{}'><text>{}</text></answer>".format(*each) for each in ((100, "а"), (0, "ә"))
)


def read(inner, kind="multichoice"):
    body = inner if inner.startswith("<question") else f"<question type='{kind}'>{STEM}{inner}</question>"
    return read_moodle(f"<quiz>\n\n{body}</quiz>".encode(), "f.xml")


@pytest.mark.parametrize(
    ("inner", "kind", "check"),
    [
        ("", "essay", "kind"),
        ("", "calculated", "kind"),
        ("", "shortanswer", "kind"),
        ("", "", "kind"),
        (WRONG + WRONG, "multichoice", "options-alike"),
        (WRONG, "multichoice", "options-missing"),
        (RIGHT.replace("100", "50") + WRONG, "multichoice", "key-missing"),
        (RIGHT + RIGHT.replace(">а<", ">б<"), "multichoice", "key-several"),
        (RIGHT + WRONG, "truefalse", "truth"),
        (RIGHT, "numerical", "number"),
        ("", "numerical", "key-several"),
        (
            "<subquestion><text>а</text><answer><text>1</text></answer></subquestion>",
            "matching",
            "pairs-missing",
        ),
        ("<other/>", "", "kind"),
    ],
)
def test_what_cannot_be_ours_is_a_problem_at_its_line(inner, kind, check):
    reading = read(inner, kind)
    assert reading.drafts == ()
    assert [(each.check, each.place) for each in reading.problems] == [(check, "f.xml:3")]


def test_an_element_that_is_no_question_is_a_problem():
    assert [each.check for each in read("<questions/>").problems][:1] == ["element"]


@pytest.mark.parametrize(
    ("inner", "check"),
    [
        ("<defaultgrade>2</defaultgrade>", "defaultgrade"),
        ("<hidden>1</hidden>", "hidden"),
        ("<idnumber>Q-7</idnumber>", "idnumber"),
        ("<hint><text>Ойлан</text></hint>", "element"),
        ("<correctfeedback><text>Иә</text></correctfeedback>", "element"),
        ("<tags><tag><text>оңай</text></tag></tags>", "tag"),
    ],
)
def test_what_the_bank_has_no_room_for_is_noted(inner, check):
    reading = read(RIGHT + WRONG + inner)
    assert len(reading.drafts) == 1
    assert [(each.item, each.check) for each in reading.notes] == [("Аты", check)]


def test_a_multiple_choice():
    half = "<answer fraction='50'><text>{}</text></answer>"
    [draft] = read(
        "<single>false</single>" + half.format("а") + half.format("ә") + WRONG.replace("ә", "б")
    ).drafts
    assert (draft.kind, draft.right, draft.name, draft.place) == (Kind.MULTIPLE, (0, 1), "Аты", "f.xml:3")


def test_a_number():
    [draft] = read(
        "<answer fraction='100'><text>12,50</text><tolerance>0.5</tolerance></answer>", "numerical"
    ).drafts
    assert (draft.answer, draft.tolerance) == (Decimal("12.5"), Decimal("0.5"))


def test_categories_stand_until_the_next():
    named = "<question type='category'><category><text>{}</text></category></question>"
    asked = f"<question type='multichoice'>{STEM}{RIGHT}{WRONG}</question>"
    reading = read(named.format("бір") + named.format("екі") + asked)
    assert [draft.category for draft in reading.drafts] == ["екі"]
    assert [each.check for each in reading.notes] == ["category"]


def test_html_becomes_the_small_markdown():
    lists = "<ul><li>а</li><li>ә</li></ul><ol><li>x</li><li>y</li></ol>"
    stem = f"<![CDATA[<p>H<sub>2</sub>O &lt; <b>су</b></p>{lists}]]>"
    [draft] = read(
        f"<question type='multichoice'><questiontext format='html'><text>{stem}</text></questiontext>"
        f"{RIGHT}{WRONG}</question>"
    ).drafts
    assert draft.stem.kk == "H~2~O < **су**\n\n- а\n- ә\n\n1. x\n2. y"
