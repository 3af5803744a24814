"""What is known of questions from their use: shares by hand, and what does not count."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from exam.services.bank.known_figures import known_figures
from exam.storage.tables import AttemptResult
from question_bank.equivalence import Figures
from question_bank.items import Part
from tests import factories as make
from tests.examination_room import single
from tests.factories import NOON
from tests.question_bank.builders import law_item
from tests.simulated_test import sat_test

TWO = (single("L-1", 1), single("L-2", 2))
SIX_OF_TEN = [["1", "0"]] * 6 + [["0", "2"]] * 4  # six know the first question, four the second


def pool_of(sat):
    """The questions of a form with the ids of their versions."""
    versions = zip(sat.versions, sat.version_ids, strict=True)
    return {law_item(version.item, version=version): version_id for version, version_id in versions}


def test_a_question_that_was_never_used_has_no_share(database):
    with database.writing() as session:
        used = sat_test(session, responses=SIX_OF_TEN, versions=TWO)
        pool = {law_item("L-9", version=single("L-9")): max(used.version_ids) + 1}
        assert known_figures(session, Part.LEGISLATION, pool) == {"L-9": Figures(expected=None, used=0)}


def test_nine_people_are_too_few_for_a_share(database):
    with database.writing() as session:
        pool = pool_of(sat_test(session, responses=SIX_OF_TEN[:9], versions=TWO))
        assert set(known_figures(session, Part.LEGISLATION, pool).values()) == {Figures(None, used=1)}


def test_ten_people_give_the_share_of_those_who_knew(database):
    with database.writing() as session:
        found = known_figures(
            session, Part.LEGISLATION, pool_of(sat_test(session, responses=SIX_OF_TEN, versions=TWO))
        )
    assert found == {"L-1": Figures(Decimal("0.6"), used=1), "L-2": Figures(Decimal("0.4"), used=1)}


def test_forms_count_together_wherever_the_question_stands_in_them(database):
    """Six of ten and two of five know the first question, which stands second in the other form."""
    with database.writing() as session:
        one = sat_test(session, responses=SIX_OF_TEN, versions=TWO)
        turned = (single("L-3", 3), TWO[0])
        rows = [["3", "1"]] * 2 + [["3", "0"]] * 3
        two = sat_test(session, responses=rows, versions=turned, campaign=one.campaign, number=2)
        found = known_figures(session, Part.LEGISLATION, pool_of(one) | pool_of(two))
    assert found["L-1"] == Figures(Decimal(8) / 15, used=2)
    assert found["L-2"] == Figures(Decimal("0.4"), used=1)
    assert found["L-3"] == Figures(None, used=1)


def test_only_the_newest_scoring_of_an_attempt_counts(database):
    with database.writing() as session:
        sat = sat_test(session, responses=SIX_OF_TEN, versions=TWO)
        again = AttemptResult(
            attempt_id=sat.attempts[0],
            form_id=sat.form.id,
            scoring_version=2,
            responses=["1", "0"],
            points=[0, 1],
            total=1,
            input_digest="0" * 64,
            scored_at=NOON + timedelta(days=1),
        )
        make.save(session, again)
        found = known_figures(session, Part.LEGISLATION, pool_of(sat))
    assert [each.expected for each in found.values()] == [Decimal("0.5"), Decimal("0.5")]


def test_use_in_the_other_part_does_not_count(database):
    with database.writing() as session:
        pool = pool_of(sat_test(session, responses=SIX_OF_TEN, versions=TWO, part="logic"))
        assert set(known_figures(session, Part.LEGISLATION, pool).values()) == {Figures(None, used=0)}
        assert known_figures(session, Part.LOGIC, pool)["L-1"] == Figures(Decimal("0.6"), used=1)


def test_the_share_is_one_of_the_points_that_could_be_earned(database):
    with database.writing() as session:
        sat = sat_test(session, responses=SIX_OF_TEN, versions=TWO)
        pool = {law_item("L-1", version=replace(TWO[0], points=2)): sat.version_ids[0]}
        assert known_figures(session, Part.LEGISLATION, pool)["L-1"].expected == Decimal("0.3")
