import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import RefusedError
from exam.services.commission import outcomes
from exam.services.grounds import to_plain
from exam.storage.tables import JournalEntry, OutcomeRow
from scoring.gate import Decision
from scoring.outcome import Ground, PartKind
from tests import factories as make
from tests.commission_story import KINDS, Story
from tests.factories import NOON


@pytest.mark.parametrize("missing", KINDS)
def test_while_a_part_is_open_there_is_no_outcome(database, missing):
    with database.writing() as session:
        story = Story(session, parts=[kind for kind in KINDS if kind != missing])
        with pytest.raises(RefusedError) as refused:
            outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        assert (refused.value.code, refused.value.facts["parts"]) == ("parts-open", missing)


def test_a_part_not_taken_keeps_the_outcome_open(database):
    with database.writing() as session:
        story = Story(session, parts=("norms", "logic"))
        make.part_result(session, story.enrolment, "legislation", "not_taken")
        with pytest.raises(RefusedError, match="parts-open"):
            outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)


@pytest.mark.parametrize(
    ("reading", "failed", "restricted"),
    [
        ("any", (), False),
        ("any", ("logic",), True),
        ("all", ("logic",), False),
        ("all", ("norms",), False),
        ("all", ("norms", "logic"), True),
    ],
)
def test_the_campaigns_reading_of_rule_18_restricts(database, reading, failed, restricted):
    with database.writing() as session:
        story = Story(session, failed=failed, restriction_when=reading)
        row = outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        stored = outcomes.read_outcome(session, row)
    assert stored.restricted is restricted
    assert stored.gate.open == (frozenset({3, 4, 5}) if restricted else frozenset(Decision))


def test_the_same_results_give_one_outcome_and_one_entry(database):
    with database.writing() as session:
        story = Story(session)
        first = outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        assert outcomes.store_outcome(session, story.enrolment, by="test", at=NOON) is first
        entries = session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "outcome:computed")).all()
    assert len(entries) == 1


def test_a_correction_gives_a_further_outcome_and_the_first_stays(database):
    with database.writing() as session:
        story = Story(session, failed=("logic",))
        first = outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        story.correct("logic", "passed")
        second = outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        assert (first.restricted, second.restricted) == (True, False)
        assert outcomes.latest_outcome(session, story.enrolment.id) is second
        assert outcomes.verify_outcome(session, first.id) == ()


def test_the_explanation_carries_what_each_part_rests_on(database):
    rests_on = Ground("threshold_missed", (("points", "30"), ("limit", "36")))
    with database.writing() as session:
        story = Story(session, parts=("norms", "logic"))
        make.part_result(session, story.enrolment, "legislation", "failed", grounds=to_plain([rests_on]))
        row = outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        lines = outcomes.read_outcome(session, row).lines
    assert lines[:2] == (Ground("part_failed", (("part", "legislation"),)), rests_on)
    assert [line.code for line in lines[-4:]] == [
        "reading",
        "restricted",
        "decisions_open",
        "decisions_closed",
    ]


def test_the_parts_come_in_their_order_whatever_came_first(database):
    with database.writing() as session:
        story = Story(session, parts=("norms", "logic", "legislation"))
        kinds = [row.kind for row in outcomes.current_results(session, story.enrolment.id)]
    assert kinds == [kind.value for kind in PartKind]


def test_a_stored_outcome_that_was_tampered_with_is_found(sqlite_database):
    """With the guards taken away, as somebody with the file and the key could do."""
    changes = {
        "restriction-differs": "UPDATE outcome SET restricted = FALSE",
        "explanation-differs": "UPDATE outcome SET grounds = '[]'",
        "result-changed": "UPDATE part_result SET state = 'passed'",
    }
    with Session(sqlite_database.engine.execution_options(writing=True)) as session:
        story = Story(session, failed=("norms",))
        row = outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        session.commit()
        assert outcomes.verify_outcomes(session) == {}
        for table in ("outcome", "part_result"):
            session.execute(sa.text(f"DROP TRIGGER {table}_is_append_only_update"))
        session.commit()
        for problem, statement in changes.items():
            session.execute(sa.text(statement))
            session.expire_all()
            assert problem in outcomes.verify_outcome(session, row.id)
            assert list(outcomes.verify_outcomes(session)) == [row.id]
            session.rollback()


def test_an_outcome_that_stands_on_another_officers_results_is_found(sqlite_database):
    with Session(sqlite_database.engine.execution_options(writing=True)) as session:
        story, other = Story(session), make.enrolment(session, stage=4)
        row = outcomes.store_outcome(session, story.enrolment, by="test", at=NOON)
        make.outcome(session, other)
        lie = OutcomeRow(
            enrolment_id=other.id,
            reading="any",
            restricted=False,
            parts=row.parts,
            grounds=row.grounds,
            computed_at=NOON,
        )
        make.save(session, lie)
        assert set(outcomes.verify_outcome(session, lie.id)) == {"result-of-another"}
