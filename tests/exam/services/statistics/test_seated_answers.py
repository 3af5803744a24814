"""Answers with seats and times: the time of an answer runs from the answer before it, returns add up."""

from datetime import timedelta

import numpy as np
import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError
from exam.services.statistics.collected_answers import Selection
from exam.services.statistics.seated_answers import seated_answers
from exam.storage.tables import Attempt, Step
from tests import factories as make
from tests.simulated_test import sat_test

GUARDS_OF_STEPS = "SELECT name FROM sqlite_master WHERE tbl_name = 'step' AND sql LIKE '%BEFORE INSERT%'"


def answered(session, attempt_id, *moments):
    """Write steps behind the closing of an attempt: (seconds since the beginning, position)."""
    begun = session.get_one(Attempt, attempt_id).started_at
    for seq, (seconds, position) in enumerate(moments, start=1):
        at = begun + timedelta(seconds=seconds)
        session.add(Step(attempt_id=attempt_id, seq=seq, position=position, response="0", received_at=at))


def test_there_is_nothing_before_anybody_has_finished(sqlite_database):
    with sqlite_database.writing() as session:
        assert seated_answers(session, Selection(make.campaign(session).code, "legislation")) is None
        with pytest.raises(NotFoundError):
            seated_answers(session, Selection("nowhere", "legislation"))


def test_people_keep_the_order_of_their_answers_and_their_seats(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 4, 3)
        found = seated_answers(session, Selection(sat.campaign.code, "legislation"))
        assert [each.attempt_id for each in found.people] == list(sat.attempts)
        assert len({each.seat for each in found.people}) == 4
        assert found.matrix.n_items == 3
        assert np.isnan(found.given_at).all()


def test_the_time_of_an_answer_runs_from_the_answer_before_it_and_returns_add_up(sqlite_database):
    with sqlite_database.writing() as session:
        sat = sat_test(session, 4, 3)
        # The attempts are closed; what is told here of their steps was written while they ran.
        for (guard,) in session.execute(sa.text(GUARDS_OF_STEPS)).all():
            session.execute(sa.text(f"DROP TRIGGER {guard}"))
        answered(session, sat.attempts[1], (10, 0), (40, 1), (45, 0))
        session.flush()
        found = seated_answers(session, Selection(sat.campaign.code, "legislation"))
        np.testing.assert_allclose(found.matrix.seconds[1], [15, 30, np.nan])
        np.testing.assert_allclose(found.given_at[1], [45, 40, np.nan])
