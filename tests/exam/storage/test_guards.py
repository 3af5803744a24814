"""The rules that the database itself holds, tried with SQL that goes past the services."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from exam.storage import guards
from exam.storage.tables import Campaign, DecisionRow, Vote
from tests import factories as make
from tests.factories import NOON


class Story:
    """An officer before an open vote: four voters and a secretary present, every part has a result."""

    def __init__(self, session, *, failed=(), voters=4, present=None, **campaign):
        self.session = session
        self.campaign = make.campaign(session, **campaign)
        self.enrolment = make.enrolment(session, of=self.campaign, stage=4)
        self.outcome = make.outcome(session, self.enrolment, failed=failed)
        self.commission = make.commission(session, self.campaign, voters=voters)
        self.meeting = make.meeting(session, self.commission, present=present)
        self.case = make.case(session, self.meeting, self.enrolment)
        self.voters = [m for m in self.commission.members if m.votes]

    def vote(self, *decisions, **given):
        for member, decision in zip(self.voters, decisions, strict=False):
            common = {
                "case_id": self.case.id, "meeting_id": self.meeting.id, "member_id": member.id, "round": 1,
                "decision": decision, "cast_at": NOON, "recorded_by": member.account_id,
            }  # fmt: skip
            make.save(self.session, Vote(**common | given))

    def decide(self, value, **given):
        cast = self.session.scalars(sa.select(Vote.decision).where(Vote.case_id == self.case.id)).all()
        here = self.session.scalar(sa.text("SELECT count(*) FROM attendance"))
        voting = self.session.scalar(
            sa.text("SELECT count(*) FROM attendance a JOIN member m ON m.id = a.member_id WHERE m.votes")
        )
        common = {
            "case_id": self.case.id, "outcome_id": self.outcome.id, "restricted": self.outcome.restricted,
            "value": value, "round": 1, "present": here, "composition": self.commission.posts, "voters": voting,
            "votes_for": cast.count(value), "by_chair": False, "grounds": [], "decided_at": NOON,
            "recorded_by": self.voters[0].account_id,
        }  # fmt: skip
        return make.save(self.session, DecisionRow(**common | given))


def working(database):
    """A session in which a test commits and rolls back by itself."""
    return Session(database.engine.execution_options(writing=True))


def refused(message):
    return pytest.raises(DBAPIError, match=message)


def test_a_restricted_case_cannot_carry_decision_1_or_2(database):
    with working(database) as session:
        story = Story(session, failed=("norms",))
        story.vote(2, 2, 2, 2)
        session.commit()
        with refused("restricted case cannot carry decision 1 or 2|ck_decision_restriction"):
            story.decide(2)
        session.rollback()


def test_a_lie_about_the_restriction_does_not_open_the_gate(database):
    with working(database) as session:
        story = Story(session, failed=("logic",))
        story.vote(1, 1, 1, 1)
        session.commit()
        with refused("restricted case cannot carry|FOREIGN KEY|fk_decision"):
            story.decide(1, restricted=False)
        session.rollback()


def test_an_outcome_that_denies_a_failed_part_is_refused(database):
    with working(database) as session:
        who = make.enrolment(session, stage=4)
        make.outcome(session, who, failed=("norms",))
        session.commit()
        with refused("does not follow from the parts"):
            session.execute(
                sa.text(
                    "INSERT INTO outcome (enrolment_id, reading, restricted, parts, grounds, computed_at)"
                    " VALUES (:who, 'any', FALSE, '[]', '[]', :at)"
                ),
                {"who": who.id, "at": NOON.replace(tzinfo=None)},
            )
        session.rollback()


@pytest.mark.parametrize(
    ("failed", "restricted"),
    [(("norms",), False), (("norms", "logic"), True), (("logic", "legislation"), False)],
)
def test_under_the_reading_all_norms_and_test_must_both_fail(database, failed, restricted):
    with working(database) as session:
        of = make.campaign(session, restriction_when="all")
        who = make.enrolment(session, of=of, stage=4)
        make.outcome(session, who, failed=failed, reading="all", restricted=restricted)
        other = make.enrolment(session, of=of, stage=4)
        session.commit()
        with refused("does not follow from the parts"):
            make.outcome(session, other, failed=failed, reading="all", restricted=not restricted)
        session.rollback()


def test_an_outcome_needs_every_part(database):
    with working(database) as session:
        who = make.enrolment(session, stage=4)
        make.part_result(session, who, "norms")
        session.commit()
        with refused("no result yet"):
            session.execute(
                sa.text(
                    "INSERT INTO outcome (enrolment_id, reading, restricted, parts, grounds, computed_at)"
                    " VALUES (:who, 'any', FALSE, '[]', '[]', :at)"
                ),
                {"who": who.id, "at": NOON.replace(tzinfo=None)},
            )
        session.rollback()


def test_a_decision_without_a_quorum_is_refused(database):
    with working(database) as session:
        story = Story(session, voters=6, present=4)
        story.vote(2, 2, 2, 2)
        session.commit()
        with refused("quorum"):
            story.decide(2)
        session.rollback()


def test_the_attendance_cannot_be_overstated(database):
    with working(database) as session:
        story = Story(session, voters=6, present=4)
        story.vote(2, 2, 2, 2)
        session.commit()
        with refused("not the attendance"):
            story.decide(2, present=7)
        session.rollback()


@pytest.mark.parametrize("votes", [(3, 3, 4, 5), (3, 4, 5, 5), (3, 4)])
def test_less_than_a_majority_is_no_decision(database, votes):
    with working(database) as session:
        story = Story(session)
        story.vote(*votes)
        session.commit()
        with refused("do not carry this decision"):
            story.decide(3)
        session.rollback()


def test_on_a_tie_the_side_of_the_chair_is_adopted(database):
    with working(database) as session:
        story = Story(session)
        story.vote(3, 4, 4, 3)  # the chair votes first
        session.commit()
        with refused("do not carry this decision"):
            story.decide(4)
        session.rollback()
        assert story.decide(3, by_chair=True).id


def test_the_secretary_has_no_vote(database):
    with working(database) as session:
        story = Story(session)
        secretary = next(m for m in story.commission.members if not m.votes)
        session.commit()
        for lie in (True, False):
            with refused("FOREIGN KEY|fk_vote|ck_vote_secretary"):
                story.vote(2, member_id=secretary.id, votes=lie)
            session.rollback()


def test_nobody_votes_twice_in_a_round(database):
    with working(database) as session:
        story = Story(session)
        story.vote(2)
        session.commit()
        with refused("UNIQUE|uq_vote"):
            story.vote(3)
        session.rollback()


def test_who_is_not_present_has_no_vote(database):
    with working(database) as session:
        story = Story(session, present=3)
        session.commit()
        with refused("FOREIGN KEY|fk_vote"):
            story.vote(2, 2, 2, 2)
        session.rollback()


def test_no_vote_after_the_decision(database):
    with working(database) as session:
        story = Story(session)
        story.vote(2, 2, 2)
        story.decide(2)
        session.commit()
        with refused("the case is decided"):
            story.vote(2, member_id=story.voters[3].id)
        session.rollback()


def test_stages_are_not_skipped_nor_taken_back(database):
    with working(database) as session:
        who = make.enrolment(session, stage=2)
        session.commit()
        for stage in (4, 1):
            with refused("stages follow one another"):
                session.execute(
                    sa.text("UPDATE enrolment SET stage = :stage WHERE id = :id"),
                    {"stage": stage, "id": who.id},
                )
            session.rollback()


def test_no_attempt_before_the_stage_of_tests(database):
    with working(database) as session:
        of = make.campaign(session)
        who = make.enrolment(session, of=of, stage=2)
        seat = make.admission(session, make.sitting(session, make.schedule(session, of)), who)
        session.commit()
        with refused("not at the stage of tests"):
            make.attempt(session, seat)
        session.rollback()


def test_no_sitting_without_an_approved_schedule(database):
    with working(database) as session:
        draft = make.schedule(session, make.campaign(session), approved=False)
        session.commit()
        with refused("no sitting without an approved schedule"):
            make.sitting(session, draft)
        session.rollback()


@pytest.mark.parametrize("approvals", [0, 1])
def test_no_attempt_under_a_threshold_without_two_approvers(database, approvals):
    with working(database) as session:
        of = make.campaign(session)
        who = make.enrolment(session, of=of, stage=3)
        seat = make.admission(session, make.sitting(session, make.schedule(session, of)), who)
        weak = make.threshold(session, of, approvals=approvals)
        session.commit()
        with refused("does not have two approvers"):
            make.attempt(session, seat, threshold_id=weak.id)
        session.rollback()


def test_who_proposed_a_threshold_does_not_approve_it(database):
    with working(database) as session:
        row = make.threshold(session, make.campaign(session), approvals=0)
        session.commit()
        with refused("does not approve it"):
            session.execute(
                sa.text("INSERT INTO threshold_approval VALUES (:t, :a, :at)"),
                {"t": row.id, "a": row.proposed_by, "at": NOON.replace(tzinfo=None)},
            )
        session.rollback()


def test_no_answer_after_its_time_nor_after_closing(database):
    with working(database) as session:
        of = make.campaign(session)
        who = make.enrolment(session, of=of, stage=3)
        seat = make.admission(session, make.sitting(session, make.schedule(session, of)), who)
        running = make.attempt(session, seat)
        session.commit()
        late = running.accept_until + timedelta(microseconds=1)
        insert = sa.text("INSERT INTO step VALUES (:a, 1, 0, '2', :at)")
        with refused("the attempt is closed"):
            session.execute(insert, {"a": running.id, "at": late.replace(tzinfo=None)})
        session.rollback()
        running.closed_at, running.closed_by = NOON, "candidate"
        session.commit()
        with refused("the attempt is closed"):
            session.execute(insert, {"a": running.id, "at": NOON.replace(tzinfo=None)})
        session.rollback()


def test_nobody_examines_himself(database):
    with working(database) as session:
        of = make.campaign(session)
        who = make.enrolment(session, of=of, stage=2)
        examiner = make.account(session, officer_id=who.officer_id)
        start = make.starter(session, make.heat(session, make.schedule(session, of, "norms")), who)
        session.commit()
        with refused("nobody examines himself"):
            session.execute(
                sa.text(
                    "INSERT INTO measurement (starter_id, status, typed, value, unit, passed, ground, entered_by, entered_at)"
                    " VALUES (:s, 'measured', '14,2', '14.2', 's', TRUE, '{}', :by, :at)"
                ),
                {"s": start.id, "by": examiner.id, "at": NOON.replace(tzinfo=None)},
            )
        session.rollback()


@pytest.mark.parametrize("table", guards.APPEND_ONLY)
def test_what_is_only_appended_has_both_guards(table):
    names = {g.name for g in guards.GUARDS}
    assert {f"{table}_is_append_only_update", f"{table}_is_append_only_delete"} <= names


def test_what_is_only_appended_is_neither_changed_nor_taken_away(database):
    with working(database) as session:
        story = Story(session)
        story.vote(2, 2, 2)
        story.decide(2)
        session.commit()
        for table in ("vote", "decision", "outcome", "part_result"):
            for statement in (f"UPDATE {table} SET id = id + 1000", f"DELETE FROM {table}"):
                with refused("append-only"):
                    session.execute(sa.text(statement))
                session.rollback()


def test_the_guard_of_the_restriction_leaves_a_trace_on_sqlite(sqlite_database):
    with working(sqlite_database) as session:
        story = Story(session, failed=("norms",))
        story.vote(1, 1, 1, 1)
        ids = story.case.id, story.outcome.id, story.voters[0].account_id
        session.commit()
    connection = sqlite_database.raw()
    with pytest.raises(Exception, match="restricted case cannot carry decision 1 or 2"):
        connection.execute(
            "INSERT INTO decision (case_id, outcome_id, restricted, value, round, present, composition, voters, votes_for,"
            " by_chair, grounds, decided_at, recorded_by) VALUES (?, ?, 1, 1, 1, 5, 5, 4, 4, 0, '[]', '2024-05-14', ?)",
            ids,
        )
    assert connection.execute("SELECT guard FROM breach").fetchall() == [("decision_inside_the_restriction",)]
    assert connection.execute("SELECT count(*) FROM decision").fetchone() == (0,)
    connection.close()


def test_every_guard_names_a_table_of_the_schema():
    assert {g.table for g in guards.GUARDS} <= set(Campaign.metadata.tables)
