"""Results computed once more: before and after a changed key, for those who sat before and after it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from exam.errors import NotFoundError
from exam.rules.roles import Role
from exam.services import grounds
from exam.services.statistics import rescoring
from exam.services.statistics.changed_keys import ChangedKey, KeyMode
from exam.services.terminal.scoring_attempts import close_attempt
from exam.services.terminal.verifying import checked_results, verify_result
from exam.storage.tables import AttemptResult, Campaign, Form, JournalEntry, PartResult
from tests import examination_room as rooms
from tests import factories as make
from tests.exam.services.terminal.test_scoring_attempts import answer_all_right, started
from tests.factories import NOON

LATER = NOON + timedelta(minutes=5)
WRONG = ChangedKey(KeyMode.REKEY, ("0",))  # the first question's own key is 1


def closed(session, in_room, seat=0, at=NOON):
    """An officer has answered everything by the questions' own keys and handed in."""
    attempt = started(session, in_room, seat=seat, at=at)
    answer_all_right(session, attempt, rooms.questions("L"))
    return close_attempt(session, attempt.id, how="candidate", by="terminal", at=at)


def change_key(session, in_room, changed=WRONG, *, place=0, at=LATER):
    code = session.get_one(Campaign, in_room.campaign_id).code
    first, second = (make.actor(session, Role.PSYCHOMETRICIAN) for _ in range(2))
    versions = rescoring_versions(session, in_room)
    row = rescoring.propose(session, code, versions[place], changed, reason="кілт қате", by=first, at=at)
    seal = rescoring.read_change(session, row.id, by=second)[1].seal
    rescoring.confirm(session, row.id, seal=seal, by=second, at=at)
    return row


def rescoring_versions(session, in_room):
    form = session.scalars(
        sa.select(Form).where(Form.campaign_id == in_room.campaign_id, Form.part == "legislation")
    ).first()
    return [each.item_version_id for each in form.items]


def kept(session, version):
    return session.scalars(sa.select(AttemptResult).where(AttemptResult.scoring_version == version)).one()


def newest(session):
    return session.scalars(sa.select(PartResult).order_by(PartResult.id.desc())).first()


def test_what_is_no_result_of_a_test_is_not_found(sqlite_database):
    with sqlite_database.writing() as session:
        norms = make.part_result(session, make.enrolment(session), "norms")
        for unknown in (norms.id, 999):
            with pytest.raises(NotFoundError):
                verify_result(session, unknown)


def test_a_result_is_recomputed_from_the_journal(database):
    with database.writing() as session:
        result = closed(session, rooms.room(session))
        assert verify_result(session, result.id)
        result.score -= 1
        with session.no_autoflush:
            assert not verify_result(session, result.id)
        session.expire(result)


def test_both_versions_of_a_rescored_result_are_recomputed(database):
    with database.writing() as session:
        in_room = rooms.room(session)
        first = closed(session, in_room)
        row = change_key(session, in_room)
        second = newest(session)
        assert (first.score, second.score, second.replaces_id) == (8, 7, first.id)
        assert [kept(session, version).key_changes for version in (1, 2)] == [[], [row.id]]
        assert list(checked_results(session)) == [(first.id, True), (second.id, True)]
        second.state = "failed" if second.state == "passed" else "passed"
        with session.no_autoflush:
            assert verify_result(session, first.id)
            assert not verify_result(session, second.id)
        session.expire(second)


def test_each_of_several_versions_is_recomputed_under_its_own_keys(database):
    with database.writing() as session:
        in_room = rooms.room(session, points=2)
        closed(session, in_room)
        change_key(session, in_room, WRONG)
        change_key(session, in_room, ChangedKey(KeyMode.DROP), place=1, at=LATER + timedelta(minutes=1))
        change_key(session, in_room, ChangedKey(KeyMode.EVERYONE), at=LATER + timedelta(minutes=2))
        assert [ok for _, ok in checked_results(session)] == [True] * 4
        scores = session.execute(
            sa.select(PartResult.score, PartResult.maximum).order_by(PartResult.id)
        ).all()
        assert [tuple(each) for each in scores] == [(8, 8), (7, 8), (6, 7), (7, 7)]


def test_who_sits_after_a_changed_key_is_scored_under_it(database):
    with database.writing() as session:
        in_room = rooms.room(session, officers=2)
        closed(session, in_room)
        row = change_key(session, in_room)
        after = closed(session, in_room, seat=1, at=LATER + timedelta(minutes=1))
        assert after.score == 7
        assert grounds.from_plain(after.grounds)[-1].code == "key_changed"
        own = session.scalars(
            sa.select(AttemptResult).where(AttemptResult.attempt_id == after.attempt_id)
        ).one()
        assert (own.scoring_version, own.key_changes, own.points[0]) == (1, [row.id], 0)
        told = session.scalars(
            sa.select(JournalEntry)
            .where(JournalEntry.tag == "attempt:closed")
            .order_by(JournalEntry.id.desc())
        ).first()
        assert told.facts["key_changes"] == [row.id]
        assert verify_result(session, after.id)
        assert rescoring.read_change(session, row.id, by=make.actor(session))[1].changes == ()


def test_a_result_that_names_a_key_which_nobody_confirmed_does_not_follow(database):
    with database.writing() as session:
        in_room = rooms.room(session)
        closed(session, in_room)
        change_key(session, in_room)
        row, second = kept(session, 2), newest(session)
        row.key_changes = [row.key_changes[0] + 1]
        with session.no_autoflush:
            assert not verify_result(session, second.id)
        session.expire(row)


def test_a_result_scored_before_its_key_was_confirmed_does_not_follow(database):
    with database.writing() as session:
        in_room = rooms.room(session)
        closed(session, in_room)
        change_key(session, in_room)
        row, second = kept(session, 2), newest(session)
        row.scored_at = NOON
        with session.no_autoflush:
            assert not verify_result(session, second.id)
        session.expire(row)


def test_a_row_from_before_keys_were_kept_is_verified_by_its_instant(database):
    with database.writing() as session:
        in_room = rooms.room(session)
        first = closed(session, in_room)
        change_key(session, in_room)
        second = newest(session)
        with session.no_autoflush:
            for version in (1, 2):
                kept(session, version).key_changes = None
            assert verify_result(session, first.id)
            assert verify_result(session, second.id)
        session.expire_all()
