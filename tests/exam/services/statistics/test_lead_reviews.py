"""What people conclude of a lead: refusals first, two people, and nothing of a result changes."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.statistics import lead_reviews
from exam.services.statistics.collected_answers import Selection
from exam.storage.tables import Attempt, Enrolment, JournalEntry, LeadReview, PartResult
from tests import factories as make
from tests.factories import NOON
from tests.simulated_test import sat_test

NOTE = "орындарын қарадым"


@pytest.fixture
def sat(database):
    with database.writing() as session:
        found = sat_test(session, 12, 4)
        session.expunge_all()
        return found


def selection(sat):
    return Selection(sat.campaign.code, "legislation")


def conclude(session, sat, attempts, *, by, conclusion="inquiry", note=NOTE):
    return lead_reviews.conclude(
        session, selection(sat), attempts, conclusion=conclusion, note=note, by=by, at=NOON
    )


def agree(session, sat, review, *, by, note="келісемін"):
    return lead_reviews.agree(session, selection(sat), review.id, note=note, by=by, at=NOON)


def psychometrician(session, **given):
    return make.actor(session, Role.PSYCHOMETRICIAN, **given)


def refused(act):
    with pytest.raises(RefusedError) as refusal:
        act()
    return refusal.value.code


def test_an_attempt_of_another_test_is_not_found(database, sat):
    with database.writing() as session, pytest.raises(NotFoundError):
        conclude(session, sat, [sat.attempts[0], 999_999], by=psychometrician(session))


def test_a_conclusion_needs_a_known_word_and_a_note(database, sat):
    with database.writing() as session:
        by, lead = psychometrician(session), list(sat.attempts[:2])
        assert (
            refused(lambda: conclude(session, sat, lead, by=by, conclusion="guilty")) == "conclusion-unknown"
        )
        assert refused(lambda: conclude(session, sat, lead, by=by, note=" ")) == "note-missing"
        assert not session.scalars(sa.select(LeadReview)).all()


def test_nobody_concludes_about_himself(database, sat):
    with database.writing() as session:
        attempt = session.get_one(Attempt, sat.attempts[0])
        officer = session.get_one(Enrolment, attempt.enrolment_id).officer_id
        by = psychometrician(session, officer_id=officer)
        assert refused(lambda: conclude(session, sat, list(sat.attempts[:2]), by=by)) == "own-lead"


def test_who_concluded_does_not_agree_and_nobody_agrees_twice(database, sat):
    with database.writing() as session:
        first, second = psychometrician(session), psychometrician(session)
        review = conclude(session, sat, list(sat.attempts[:2]), by=first)
        assert refused(lambda: agree(session, sat, review, by=first)) == "concluded-yourself"
        agree(session, sat, review, by=second)
        assert refused(lambda: agree(session, sat, review, by=psychometrician(session))) == "agreed-already"


def test_the_database_itself_refuses_an_agreement_of_the_same_hand(database, sat):
    with database.writing() as session:
        review = conclude(session, sat, list(sat.attempts[:2]), by=psychometrician(session))
        forged = LeadReview(
            attempt_id=review.attempt_id,
            other_id=review.other_id,
            conclusion=review.conclusion,
            note="x",
            answers_id=review.id,
            by=review.by,
            at=NOON,
        )
        session.add(forged)
        with pytest.raises(DatabaseError, match="another person agrees"):
            session.flush()
        session.rollback()


def test_two_people_conclude_the_journal_tells_and_no_result_changes(database, sat):
    with database.writing() as session:
        results = sa.select(PartResult.id, PartResult.state, PartResult.score).order_by(PartResult.id)
        before = session.execute(results).all()
        review = conclude(session, sat, [sat.attempts[1], sat.attempts[0]], by=psychometrician(session))
        agree(session, sat, review, by=psychometrician(session))
        pair = (sat.attempts[0], sat.attempts[1])
        assert lead_reviews.states_of(session, selection(sat)) == {pair: ("inquiry", True)}
        told = sa.select(JournalEntry.tag).where(JournalEntry.tag.startswith("lead:"))
        tags = session.scalars(told.order_by(JournalEntry.id)).all()
        assert tags == ["lead:concluded", "lead:agreed"]
        assert session.execute(results).all() == before
