from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from exam.errors import ForbiddenError, NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.commission import meeting
from exam.storage.tables import Attendance, JournalEntry
from tests import factories as make
from tests.commission_story import Story, stranger
from tests.factories import NOON


def tags(session):
    return list(session.scalars(sa.select(JournalEntry.tag).order_by(JournalEntry.id)))


def test_a_stranger_finds_neither_meeting_nor_case(database):
    with database.writing() as session:
        story = Story(session)
        story.call()
        for by in (stranger(session), stranger(session, Role.CHAIR, region_code="AST")):
            with pytest.raises(NotFoundError):
                meeting.open_meeting(session, story.meeting.id, by=by, at=NOON)
            with pytest.raises(NotFoundError):
                meeting.call_case(session, story.case.id, by=by, at=NOON)


def test_a_member_does_not_lead_a_meeting(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        member = story.actor_of(story.voters[1])
        for act in (meeting.open_meeting, meeting.close_meeting):
            with pytest.raises(ForbiddenError):
                act(session, story.meeting.id, by=member, at=NOON)
        with pytest.raises(ForbiddenError):
            meeting.mark_present(session, story.meeting.id, story.voters[2].id, by=member, at=NOON)


def test_without_two_thirds_no_meeting_is_opened(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        story.come(*story.voters[:3])
        with pytest.raises(RefusedError, match="no_quorum") as refused:
            meeting.open_meeting(session, story.meeting.id, by=story.chair, at=NOON)
        assert refused.value.facts["needed"] == "4"
        story.come(story.secretary_seat)
        assert meeting.open_meeting(session, story.meeting.id, by=story.chair, at=NOON).state == "open"


def test_the_secretary_counts_for_the_quorum_only_where_the_campaign_counts_every_post(database):
    with database.writing() as session:
        story = Story(session, voters=6, quorum_base="voting_posts")
        story.plan()
        story.come(story.secretary_seat, *story.voters[:3])
        with pytest.raises(RefusedError, match="no_quorum"):
            meeting.open_meeting(session, story.meeting.id, by=story.chair, at=NOON)


def test_a_meeting_is_not_opened_before_its_day_nor_twice(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        story.come()
        evening_before = NOON - timedelta(days=1)
        with pytest.raises(RefusedError, match="meeting-too-early"):
            meeting.open_meeting(session, story.meeting.id, by=story.chair, at=evening_before)
        meeting.open_meeting(session, story.meeting.id, by=story.chair, at=NOON)
        with pytest.raises(RefusedError, match="meeting-not-planned"):
            meeting.open_meeting(session, story.meeting.id, by=story.chair, at=NOON)


def test_the_day_of_a_meeting_begins_with_the_day_here(database):
    """Half past midnight of the 14th in Kazakhstan is still the 13th in UTC."""
    with database.writing() as session:
        story = Story(session)
        story.plan()
        story.come()
        just_begun = NOON.replace(hour=19, minute=30) - timedelta(days=1)
        assert meeting.open_meeting(session, story.meeting.id, by=story.chair, at=just_begun)


def test_who_is_there_is_not_marked_twice_and_who_is_not_cannot_leave(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        story.come(story.voters[0])
        with pytest.raises(RefusedError, match="present-already"):
            story.come(story.voters[0])
        with pytest.raises(RefusedError, match="not_present"):
            meeting.mark_left(session, story.meeting.id, story.voters[1].id, by=story.secretary, at=NOON)


def test_a_member_of_another_commission_is_not_marked_present(database):
    with database.writing() as session:
        story, other = Story(session), Story(session)
        story.plan()
        with pytest.raises(NotFoundError):
            story.come(other.voters[0])


def test_a_member_marks_himself_and_comes_back_after_he_left(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        member, himself = story.voters[1], story.actor_of(story.voters[1])
        for act in (meeting.mark_present, meeting.mark_left, meeting.mark_present):
            act(session, story.meeting.id, member.id, by=himself, at=NOON)
        assert meeting.present_members(session, story.meeting) == (member,)
        assert tags(session)[-3:] == ["attendance:came", "attendance:left", "attendance:came"]


def test_nobody_comes_or_goes_while_a_vote_is_open(database):
    with database.writing() as session:
        story = Story(session)
        story.open_vote()
        with pytest.raises(RefusedError, match="vote-running"):
            meeting.mark_left(session, story.meeting.id, story.voters[1].id, by=story.secretary, at=NOON)
        for statement in (
            sa.update(Attendance).values(left_at=NOON),
            sa.delete(Attendance).where(Attendance.member_id == story.secretary_seat.id),
        ):
            with pytest.raises(DBAPIError, match="nobody comes or goes"), session.begin_nested():
                session.execute(statement)


def test_a_case_is_called_in_an_open_meeting_with_a_quorum_one_at_a_time(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        story.come()
        case = story.put()
        with pytest.raises(RefusedError, match="meeting-not-open"):
            meeting.call_case(session, case.id, by=story.chair, at=NOON)
        meeting.open_meeting(session, story.meeting.id, by=story.chair, at=NOON)
        gone = story.voters[2:]
        for member in gone:
            meeting.mark_left(session, story.meeting.id, member.id, by=story.secretary, at=NOON)
        with pytest.raises(RefusedError, match="no_quorum"):
            meeting.call_case(session, case.id, by=story.chair, at=NOON)
        story.come(*gone)
        meeting.call_case(session, case.id, by=story.chair, at=NOON)
        with pytest.raises(RefusedError, match="case-not-waiting"):
            meeting.call_case(session, case.id, by=story.chair, at=NOON)
        second = make.enrolment(session, of=story.campaign, stage=4)
        make.outcome(session, second)
        with pytest.raises(RefusedError, match="another-case-heard"):
            meeting.call_case(session, story.put(second).id, by=story.chair, at=NOON)


def test_the_recording_has_a_reference_and_an_interview(database):
    with database.writing() as session:
        story = Story(session)
        story.call()
        with pytest.raises(RefusedError, match="recording-missing"):
            meeting.record_interview(session, story.case.id, " ", by=story.secretary, at=NOON)
        meeting.record_interview(session, story.case.id, "AV-7", by=story.secretary, at=NOON)
        meeting.postpone(session, story.case.id, "ауырып қалды", by=story.chair, at=NOON)
        with pytest.raises(RefusedError, match="interview-not-running"):
            meeting.record_interview(session, story.case.id, "AV-8", by=story.secretary, at=NOON)


def test_a_case_is_postponed_with_a_reason_and_may_come_again(database):
    with database.writing() as session:
        story = Story(session)
        case = story.call()
        with pytest.raises(RefusedError, match="postponing-needs-reason"):
            meeting.postpone(session, case.id, "", by=story.chair, at=NOON)
        meeting.postpone(session, case.id, "ауырып қалды", by=story.chair, at=NOON)
        with pytest.raises(RefusedError, match="case-postponed"):
            meeting.postpone(session, case.id, "тағы", by=story.chair, at=NOON)
        meeting.close_meeting(session, story.meeting.id, by=story.chair, at=NOON)
        story.plan()
        assert story.put().state == "waiting"


def test_a_meeting_with_an_open_case_is_not_closed(database):
    with database.writing() as session:
        story = Story(session)
        story.open()
        story.put()
        with pytest.raises(RefusedError, match="cases-open"):
            meeting.close_meeting(session, story.meeting.id, by=story.chair, at=NOON)


def test_nothing_is_added_to_a_closed_meeting(database):
    with database.writing() as session:
        story = Story(session)
        story.open()
        meeting.close_meeting(session, story.meeting.id, by=story.chair, at=NOON)
        with pytest.raises(RefusedError, match="meeting-closed"):
            story.put()
        with pytest.raises(RefusedError, match="meeting-closed"):
            meeting.mark_left(session, story.meeting.id, story.voters[0].id, by=story.secretary, at=NOON)
