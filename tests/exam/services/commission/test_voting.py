from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from exam.errors import ForbiddenError, NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services import journaling
from exam.services.commission import meeting, voting
from exam.storage.tables import Account, Breach, Case, DecisionRow, Enrolment, JournalEntry, Vote
from tests import factories as make
from tests.commission_story import Story, stranger
from tests.factories import NOON


def refused(code):
    return pytest.raises(RefusedError, match=f"^{code}$")


def test_no_vote_before_a_recorded_interview(database):
    with database.writing() as session:
        story = Story(session)
        story.call()
        with refused("vote-not-open"):
            story.vote(2)
        with refused("recording-missing"):
            voting.open_vote(session, story.case.id, by=story.chair, at=NOON)
        meeting.record_interview(session, story.case.id, "AV-7", by=story.secretary, at=NOON)
        voting.open_vote(session, story.case.id, by=story.chair, at=NOON)
        with refused("interview-not-running"):
            voting.open_vote(session, story.case.id, by=story.chair, at=NOON)


@pytest.mark.parametrize("decision", [1, 2])
@pytest.mark.parametrize("failed", ["norms", "logic", "legislation"])
def test_no_vote_for_a_decision_that_the_restriction_closes(sqlite_database, decision, failed):
    with sqlite_database.writing() as session:
        story = Story(session, failed=(failed,))
        story.open_vote()
        with refused("decision_not_open"):
            story.vote(decision)
        with refused("decision_not_open"):
            story.decide(decision)


@pytest.mark.parametrize("decision", [0, 6, -1])
def test_there_are_five_decisions(database, decision):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        for by_whom in (
            story.decide,
            lambda d: voting.cast_vote(session, story.case.id, d, by=story.chair, at=NOON),
        ):
            with refused("no-such-decision"):
                by_whom(decision)


def test_the_secretary_an_absent_member_and_a_second_vote_are_refused(database):
    with database.writing() as session:
        story = Story(session)
        story.call()
        meeting.mark_left(session, story.meeting.id, story.voters[3].id, by=story.secretary, at=NOON)
        meeting.record_interview(session, story.case.id, "AV-7", by=story.secretary, at=NOON)
        voting.open_vote(session, story.case.id, by=story.chair, at=NOON)
        with refused("secretary_votes"):
            voting.cast_vote(session, story.case.id, 2, by=story.secretary, at=NOON)
        with refused("not_present"):
            voting.cast_vote(session, story.case.id, 2, by=story.actor_of(story.voters[3]), at=NOON)
        voting.cast_vote(session, story.case.id, 2, by=story.chair, at=NOON)
        with refused("voted_twice"):
            story.vote(3)


def test_the_database_refuses_the_vote_of_who_has_left(database):
    with database.writing() as session:
        story = Story(session)
        story.call()
        gone = story.voters[3]
        meeting.mark_left(session, story.meeting.id, gone.id, by=story.secretary, at=NOON)
        story.case.state = "vote"
        session.flush()
        forged = Vote(
            case_id=story.case.id,
            meeting_id=story.meeting.id,
            member_id=gone.id,
            round=1,
            decision=2,
            cast_at=NOON,
            recorded_by=gone.account_id,
        )
        with pytest.raises(DBAPIError, match="has left the meeting"), session.begin_nested():
            make.save(session, forged)


def test_only_who_has_a_seat_votes_and_only_the_secretary_records(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        keeper = make.actor(session, Role.SECRETARY, region_code="AST")
        with pytest.raises(ForbiddenError):
            voting.cast_vote(session, story.case.id, 2, by=keeper, at=NOON)
        with pytest.raises(ForbiddenError):
            voting.record_vote(session, story.case.id, story.voters[1].id, 2, by=story.chair, at=NOON)
        with pytest.raises(NotFoundError):
            voting.cast_vote(session, story.case.id, 2, by=stranger(session), at=NOON)
        with pytest.raises(NotFoundError):
            voting.record_vote(session, story.case.id, 10**6, 2, by=story.secretary, at=NOON)


def test_nobody_votes_on_himself(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        session.get_one(Account, story.voters[1].account_id).officer_id = story.enrolment.officer_id
        session.flush()
        with refused("own_case"):
            voting.cast_vote(session, story.case.id, 2, by=story.actor_of(story.voters[1]), at=NOON)


def test_without_a_majority_there_is_no_decision_but_another_round(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        with refused("no-votes-yet"):
            voting.open_new_round(session, story.case.id, by=story.chair, at=NOON)
        story.vote(3, 4, 5, 3)
        with refused("no-decision"):
            story.decide(3)
        voting.open_new_round(session, story.case.id, by=story.chair, at=NOON)
        story.vote(3, 3, 5, 3)
        with refused("decision-carried"):
            voting.open_new_round(session, story.case.id, by=story.chair, at=NOON)
        assert (story.decide(3).round, story.case.round) == (2, 2)


def test_on_a_tie_of_all_present_the_side_of_the_chair_is_adopted(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        story.vote(4, 3, 3, 4)
        with refused("decision-differs"):
            story.decide(3)
        row = story.decide(4)
        assert (row.value, row.votes_for, row.by_chair) == (4, 2, True)


@pytest.mark.parametrize(("failed", "decision"), [((), 1), (("norms",), 5)])
def test_a_decision_is_written_with_everything_it_stands_on(database, failed, decision):
    with database.writing() as session:
        story = Story(session, failed=failed)
        story.open_vote()
        story.vote(decision, decision, decision)
        row = story.decide(decision, by=story.secretary)
        told = (row.present, row.composition, row.voters, row.votes_for, row.restricted)
        assert told == (5, 5, 4, 3, bool(failed))
        took_part = [ground for ground in row.grounds if ground["code"] == "took_part"]
        assert took_part[0]["facts"] == [["members", ",".join(str(m.id) for m in story.commission.members)]]
        assert (story.case.state, story.enrolment.stage) == ("decided", 5)
        entry = session.scalar(sa.select(JournalEntry).where(JournalEntry.tag == "case:decided"))
        assert (entry.actor, entry.facts["decision"]) == (story.secretary.login, decision)


def test_what_is_decided_stays_decided(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        story.vote(2, 2, 2)
        story.decide(2)
        with refused("case-decided"):
            story.decide(2)
        with refused("vote-not-open"):
            voting.cast_vote(session, story.case.id, 2, by=story.actor_of(story.voters[3]), at=NOON)
        with refused("case-decided"):
            meeting.postpone(session, story.case.id, "кейін", by=story.chair, at=NOON)


def test_a_result_that_comes_during_the_vote_is_seen_before_the_next_decision(database):
    """The restriction that a late correction brings cannot be voted past."""
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        story.vote(1, 1, 1, 1)
        story.correct("logic", "failed", at=NOON.replace(hour=8))
        with refused("outcome-stale"):
            story.decide(1)
        voting.open_new_round(session, story.case.id, by=story.chair, at=NOON.replace(hour=9))
        with refused("decision_not_open"):
            story.vote(1)
        story.vote(4, 4, 4)
        assert story.decide(4).restricted


def raw_decision(database, story_ids, value):
    """Decision `value` written past every service, as somebody with a database shell would try."""
    case, outcome, account = story_ids
    connection = database.raw()
    restricted, by_chair = ("1", "0") if database.embedded else ("TRUE", "FALSE")
    try:
        connection.execute(
            "INSERT INTO decision (case_id, outcome_id, restricted, value, round, present, composition,"
            " voters, votes_for, by_chair, grounds, decided_at, recorded_by)"
            f" VALUES ({case}, {outcome}, {restricted}, {value}, 1, 5, 5, 4, 4, {by_chair}, '[]',"
            f" '2024-05-14 07:00:00', {account})"
        )
    finally:
        connection.close()


@pytest.mark.parametrize("value", [1, 2])
def test_raw_sql_of_a_favourable_decision_on_a_restricted_case_is_refused(database, value):
    with database.writing() as session:
        story = Story(session, failed=("legislation",))
        story.open_vote()
        for member in story.voters:  # votes that no service would take, so that only the restriction stands
            forged = Vote(
                case_id=story.case.id,
                meeting_id=story.meeting.id,
                member_id=member.id,
                round=1,
                decision=value,
                cast_at=NOON,
                recorded_by=member.account_id,
            )
            make.save(session, forged)
        outcome = voting.latest_outcome(session, story.enrolment.id)
        ids = (story.case.id, outcome.id, story.voters[0].account_id)
    with pytest.raises(Exception, match=r"rule 18|ck_decision_restriction"):
        raw_decision(database, ids, value)
    with database.writing() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(DecisionRow)) == 0
        adopted = journaling.adopt_breaches(session, at=NOON)
        assert adopted == (1 if database.embedded else 0)
        if database.embedded:
            entry = session.scalar(sa.select(JournalEntry).where(JournalEntry.tag == "guard:refused"))
            assert entry.facts["guard"] == "decision_inside_the_restriction"
            assert f"case {ids[0]}, decision {value}" in entry.facts["facts"]
            assert session.scalar(sa.select(Breach.journalled)) is True
        assert journaling.verify_chain(session) is None


def test_raw_sql_of_a_decision_without_a_recorded_interview_is_refused(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        story.vote(2, 2, 2, 2)
        story.case.recording = None
        outcome = voting.latest_outcome(session, story.enrolment.id)
        ids = (story.case.id, outcome.id, story.voters[0].account_id)
    with pytest.raises(Exception, match=r"no recording|restricted"):
        raw_decision(database, ids, 2)


def test_two_voters_and_a_closer_race_and_what_is_counted_is_what_is_stored(database):
    """Whoever comes first: the decision counts exactly the votes that are there, and none comes after it."""
    with database.writing() as session:
        story = Story(session, voters=6)
        story.open_vote()
        story.vote(2, 2, 2, 2)
        case_id, chair = story.case.id, story.chair
        late = [story.actor_of(member) for member in story.voters[4:]]
    starting, answers = Barrier(3), []

    def race(act):
        starting.wait()
        try:
            with database.writing() as session:
                act(session)
            answers.append("done")
        except RefusedError as refusal:
            answers.append(refusal.code)

    acts = [
        *(lambda s, who=who: voting.cast_vote(s, case_id, 2, by=who, at=NOON) for who in late),
        lambda s: voting.decide(s, case_id, 2, by=chair, at=NOON),
    ]
    threads = [Thread(target=race, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        row = session.scalars(sa.select(DecisionRow)).one()
        votes = session.scalar(sa.select(sa.func.count()).select_from(Vote))
        assert row.votes_for == votes == 4 + answers.count("done") - 1
        assert set(answers) <= {"done", "vote-not-open"}
        assert session.get_one(Case, case_id).state == "decided"
        assert session.scalar(sa.select(Enrolment.stage).where(Enrolment.officer_id.is_not(None))) == 5
