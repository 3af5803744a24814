"""A blueprint is read as it is written, and the bank is told what it lacks."""

from decimal import Decimal

import pytest

from question_bank.blueprint import (
    Quota,
    Supply,
    as_table,
    blueprint_from_table,
    read_blueprint,
    shipped_blueprints,
    shortfalls,
    usable,
)
from question_bank.errors import BlueprintError
from question_bank.items import Part
from tests.question_bank.builders import law_item, logic_item

SMALL = """
schema = 1
code = "small"
part = "legislation"
questions = 4
minutes = 5
[areas]
service = 3
integrity = { least = 1 }
[levels]
2 = { least = 1, most = 3 }
[acts]
law-1 = { most = 4 }
[forms]
score_tolerance = "0.25"
most_shared = 2
most_exposed = 3
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schema = 1", "schema = 2"),
        ("schema = 1", "colour = 1\nschema = 1"),
        ("questions = 4", "questions = 0"),
        ("questions = 4", "questions = -4"),
        ("questions = 4", "questions = true"),
        ("questions = 4", 'questions = "4"'),
        ("questions = 4", ""),
        ("minutes = 5", "minutes = 0"),
        ('"legislation"', '"history"'),
        ("service = 3", "service = 4"),
        ("service = 3", "service = {}"),
        ("service = 3", "service = { least = 3, around = 2 }"),
        ("least = 1, most = 3", "least = 3, most = 1"),
        ('"0.25"', '"little"'),
        ("most_shared = 2", 'most_shared = "2"'),
        ("[areas]", "[areas"),
        ('"small"', '"../small"'),
        ('"small"', "7"),
        ("questions = 4", "questions = 501"),
        ("[areas]", "areas = 3\n[kinds]"),
        ("[acts]", "[colours]"),
        ('"0.25"', '"nan"'),
        ('"0.25"', '"-1"'),
        ("most_exposed = 3", "most_exposed = 0"),
        ("most_exposed = 3", "most_exposedd = 3"),
        ("minutes = 5", "minutes = 5\nsample = 1"),
        ("minutes = 5", "minutes = 5\ntitle = 'x'"),
        ("minutes = 5", "minutes = 5\ntitle = { en = 'x' }"),
        ("minutes = 5", "minutes = 5\nsource = " + "[" * 9000),
    ],
)
def test_a_blueprint_without_sense_is_refused(old, new):
    assert old in SMALL
    with pytest.raises(BlueprintError) as refusal:
        read_blueprint(SMALL.replace(old, new, 1))
    assert len(str(refusal.value).splitlines()) == 1
    assert "Error(" not in str(refusal.value)


def test_a_blueprint_is_read_as_it_is_written():
    blueprint = read_blueprint(SMALL)
    assert (blueprint.code, blueprint.part, blueprint.questions, blueprint.minutes) == (
        *("small", Part.LEGISLATION),
        *(4, 5),
    )
    assert blueprint.quotas == (
        Quota("area", "service", 3, 3),
        Quota("area", "integrity", 1, 10**6),
        Quota("act", "law-1", 0, 4),
        Quota("level", "2", 1, 3),
    )
    assert blueprint.likeness.score_tolerance == Decimal("0.25")
    assert (blueprint.likeness.most_shared, blueprint.likeness.most_exposed) == (2, 3)


@pytest.mark.parametrize(
    "blueprint", [read_blueprint(SMALL), *shipped_blueprints().values()], ids=lambda plan: plan.code
)
def test_a_blueprint_comes_back_from_its_table(blueprint):
    assert blueprint_from_table(as_table(blueprint)) == blueprint


def test_figures_are_a_sample_unless_an_act_is_named():
    assert read_blueprint(SMALL).sample
    assert not read_blueprint("sample = false\n" + SMALL).sample


def test_the_bank_is_told_what_is_short():
    pool = [law_item(f"L-{number}") for number in range(2)]
    assert shortfalls(read_blueprint(SMALL), pool) == (
        Supply("questions", 4, 2),
        Supply("area service", 3, 2),
        Supply("area integrity", 1, 0),
    )


def test_items_of_the_other_test_do_not_count():
    pool = [logic_item(f"G-{number}", area="service") for number in range(9)]
    assert usable(read_blueprint(SMALL), pool) == ()
    assert Supply("area service", 3, 0) in shortfalls(read_blueprint(SMALL), pool)


@pytest.mark.parametrize(("exposed", "needed"), [(None, None), (3, None), (2, 5), (1, 9)])
def test_more_forms_need_more_items_when_exposure_is_bounded(exposed, needed):
    """Three forms of three need nine places: nine items at one form each, five at two."""
    pool = [law_item(f"L-{number}") for number in range(4)]
    pool += [law_item(f"I-{number}", area="integrity") for number in range(4)]
    found = {
        short.what: short.needed
        for short in shortfalls(read_blueprint(SMALL), pool, forms=3, most_exposed=exposed)
    }
    assert found.get("area service") == needed


def test_the_shipped_blueprints_are_those_of_the_two_tests():
    shipped = shipped_blueprints()
    law, logic = shipped["legislation-60"], shipped["logic-30"]
    assert (law.part, law.questions, logic.part, logic.questions) == (Part.LEGISLATION, 60, Part.LOGIC, 30)
    assert law.sample
    assert logic.sample
    assert law.title.complete
    assert logic.source.complete


@pytest.mark.parametrize(
    ("code", "areas"),
    [
        ("legislation-60", {"constitution", "service", "offences", "police", "supervision", "integrity"}),
        ("logic-30", {"number_series", "letter_series", "syllogism", "ordering", "conditional"}),
    ],
)
def test_the_areas_of_a_shipped_blueprint_add_up_to_its_questions(code, areas):
    blueprint = shipped_blueprints()[code]
    quotas = [quota for quota in blueprint.quotas if quota.dimension == "area"]
    assert {quota.value for quota in quotas} == areas
    assert sum(quota.least for quota in quotas) == sum(quota.most for quota in quotas) == blueprint.questions
