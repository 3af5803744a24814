from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from exam.errors import ForbiddenError, NotFoundError, RefusedError
from exam.rules.regimes import CommissionKind
from exam.rules.roles import Role
from exam.services.commission import agenda, commissions
from exam.storage.tables import Commission, JournalEntry
from tests import factories as make
from tests.commission_story import Story, stranger
from tests.factories import NOON

CENTRAL, REGIONAL = CommissionKind.CENTRAL, CommissionKind.REGIONAL


def set_up(session, campaign, kind=REGIONAL, region="AST", by=None):
    make.region(session, "AST")
    make.region(session, "ALA")
    make.region(session, "CENTRE")
    by = by or make.actor(session, Role.SECRETARY)
    return commissions.set_up(session, campaign, kind=kind, region=region, by=by, at=NOON)


@pytest.mark.parametrize("region", ["ALA", "CENTRE", "XXX", None])
def test_nobody_sets_up_the_commission_of_another_region(database, region):
    with database.writing() as session:
        by = make.actor(session, Role.SECRETARY, region_code="AST")
        with pytest.raises(NotFoundError):
            set_up(session, make.campaign(session), region=region, by=by)


def test_the_central_commission_is_set_up_from_the_centre_only(database):
    with database.writing() as session:
        of = make.campaign(session)
        regional = make.actor(session, Role.SECRETARY, region_code="AST")
        with pytest.raises(NotFoundError):
            set_up(session, of, CENTRAL, None, by=regional)
        central = make.actor(session, Role.SECRETARY, region_code="CENTRE")
        assert set_up(session, of, CENTRAL, None, by=central).region_code is None


@pytest.mark.parametrize("kind", [CENTRAL, REGIONAL])
def test_there_is_one_commission_of_a_kind_and_region(database, kind):
    with database.writing() as session:
        of = make.campaign(session)
        set_up(session, of, kind)
        with pytest.raises(RefusedError, match="commission-exists"):
            set_up(session, of, kind)


def test_the_database_holds_one_central_commission(database):
    with database.writing() as session:
        of = make.campaign(session)
        set_up(session, of, CENTRAL)
        second = Commission(campaign_id=of.id, kind="central", region_code=None, posts=8, voting_posts=7)
        with pytest.raises(DBAPIError, match=r"uq_commission_central|UNIQUE"), session.begin_nested():
            make.save(session, second)


def test_an_act_that_lists_no_posts_gives_no_composition(database):
    with database.writing() as session, pytest.raises(RefusedError, match="composition-not-in-regime"):
        set_up(session, make.campaign(session, regime="law-2025"))


@pytest.mark.parametrize(("kind", "posts", "voting"), [(CENTRAL, 8, 7), (REGIONAL, 10, 9)])
def test_the_regime_says_how_many_posts_there_are(database, kind, posts, voting):
    with database.writing() as session:
        row = set_up(session, make.campaign(session), kind)
        assert (row.posts, row.voting_posts) == (posts, voting)
        entry = session.scalar(sa.select(JournalEntry).where(JournalEntry.tag == "commission:set-up"))
        assert entry.facts["posts"] == posts


NAMING = {"post_number": 2, "full_name": "Қасымова Әлия", "act": "№ 12 бұйрық"}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"post_number": 11}, "post-not-in-composition"),
        ({"full_name": " "}, "member-name-missing"),
        ({"act": " "}, "act-missing"),
        ({"login": "nobody"}, "account-unknown"),
    ],
)
def test_a_member_is_named_on_a_post_of_the_list_by_an_act(database, given, code):
    with database.writing() as session:
        by = make.actor(session, Role.SECRETARY)
        row = set_up(session, make.campaign(session), by=by)
        with pytest.raises(RefusedError, match=code):
            commissions.name_member(session, row.id, **NAMING | given, by=by, at=NOON)


def test_a_post_has_one_person_and_an_account_one_post(database):
    with database.writing() as session:
        by = make.actor(session, Role.SECRETARY)
        row = set_up(session, make.campaign(session), by=by)
        login = make.account(session, Role.MEMBER, region_code="AST").login
        commissions.name_member(session, row.id, **NAMING, login=login, by=by, at=NOON)
        with pytest.raises(RefusedError, match="post-taken"):
            commissions.name_member(session, row.id, **NAMING, by=by, at=NOON)
        with pytest.raises(RefusedError, match="account-has-a-seat"):
            commissions.name_member(
                session, row.id, **NAMING | {"post_number": 3}, login=login, by=by, at=NOON
            )


@pytest.mark.parametrize(
    ("role", "region", "post"),
    [(Role.SECRETARY, "AST", 2), (Role.MEMBER, "ALA", 2), (Role.MEMBER, "AST", 1), (Role.MEMBER, "AST", 10)],
)
def test_the_account_of_a_member_holds_the_role_of_his_post_in_its_place(database, role, region, post):
    with database.writing() as session:
        by = make.actor(session, Role.SECRETARY)
        row = set_up(session, make.campaign(session), by=by)
        login = make.account(session, role, region_code=region).login
        with pytest.raises(RefusedError, match="account-without-role"):
            commissions.name_member(
                session, row.id, **NAMING | {"post_number": post}, login=login, by=by, at=NOON
            )


@pytest.mark.parametrize(("post", "office", "votes"), [(1, "chair", True), (10, "secretary", False)])
def test_the_office_follows_from_the_post(database, post, office, votes):
    with database.writing() as session:
        by = make.actor(session, Role.SECRETARY)
        row = set_up(session, make.campaign(session), by=by)
        member = commissions.name_member(session, row.id, **NAMING | {"post_number": post}, by=by, at=NOON)
        assert (member.office, member.votes) == (office, votes)


def test_a_stranger_does_not_find_the_commission(database):
    with database.writing() as session:
        story = Story(session)
        for by in (stranger(session), stranger(session, Role.MEMBER, region_code="AST")):
            with pytest.raises(NotFoundError):
                commissions.name_member(session, story.commission.id, **NAMING, by=by, at=NOON)


def test_a_member_does_not_do_the_work_of_the_secretary(database):
    with database.writing() as session:
        story = Story(session)
        with pytest.raises(ForbiddenError, match="role-missing"):
            commissions.name_member(session, story.commission.id, **NAMING, by=story.chair, at=NOON)


def plan(session, story, **given):
    common = {"schedule_id": story.schedule.id, "held_on": NOON.date(), "by": story.secretary, "at": NOON}
    return agenda.plan_meeting(session, story.commission.id, **common | given)


def test_no_meeting_without_an_approved_schedule(database):
    with database.writing() as session:
        story = Story(session)
        draft = make.schedule(session, story.campaign, "interview", approved=False)
        with pytest.raises(RefusedError, match="schedule-not-approved"):
            plan(session, story, schedule_id=draft.id)
        with pytest.raises(DBAPIError, match="no meeting without"), session.begin_nested():
            make.meeting(session, story.commission, schedule_id=draft.id)


@pytest.mark.parametrize(("stage", "region"), [("test", "AST"), ("interview", "ALA")])
def test_a_meeting_stands_under_its_own_schedule_of_interviews(database, stage, region):
    with database.writing() as session:
        story = Story(session)
        other = make.schedule(session, story.campaign, stage, region_code=region)
        with pytest.raises(NotFoundError):
            plan(session, story, schedule_id=other.id)


def test_a_meeting_is_held_on_a_day_of_its_schedule(database):
    with database.writing() as session:
        story = Story(session)
        with pytest.raises(RefusedError, match="day-outside-schedule"):
            plan(session, story, held_on=NOON.date() + timedelta(days=1))


def test_a_meeting_needs_a_person_on_every_post(database):
    with database.writing() as session:
        story = Story(session)
        story.commission.posts = 6
        with pytest.raises(RefusedError, match="composition-incomplete"):
            plan(session, story)


def test_meetings_are_numbered_one_after_another(database):
    with database.writing() as session:
        story = Story(session)
        assert [plan(session, story).number for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("given", "code"),
    [({"post_category": "central-3"}, "other-commission"), ({"region_code": "ALA"}, "other-commission")],
)
def test_an_officer_of_another_competence_is_not_put_before_it(database, given, code):
    with database.writing() as session:
        story = Story(session)
        make.region(session, "ALA")
        other = make.enrolment(session, of=story.campaign, stage=4, **given)
        make.outcome(session, other)
        story.plan()
        with pytest.raises(RefusedError, match=code):
            story.put(other)
        with pytest.raises(DBAPIError, match="belongs to another commission"), session.begin_nested():
            make.case(session, story.meeting, other, state="waiting")


def test_the_central_commission_hears_the_central_categories_of_every_region(database):
    with database.writing() as session:
        of = make.campaign(session)
        row = set_up(session, of, CENTRAL)
        make.region(session, "CENTRE")
        meeting = make.meeting(session, row, present=0)
        ours = make.enrolment(session, of=of, stage=4, post_category="central-12")
        make.enrolment(session, of=of, stage=4, post_category="regional-1")
        assert list(agenda.awaiting(session, meeting)) == [ours]


def test_an_officer_comes_before_it_after_the_tests_only(database):
    with database.writing() as session:
        story = Story(session, stage=3)
        story.plan()
        with pytest.raises(RefusedError, match="stage-not-interview"):
            story.put()
        assert not agenda.awaiting(session, story.meeting)


def test_an_officer_with_an_open_part_is_not_put_before_it(database):
    with database.writing() as session:
        story = Story(session, parts=("norms",))
        story.plan()
        with pytest.raises(RefusedError, match="parts-open"):
            story.put()


def test_an_exempt_officer_is_not_put_before_it(database):
    with database.writing() as session:
        story = Story(session)
        story.enrolment.exempt_reason, story.enrolment.exempt_until = "pregnancy", date(2024, 12, 1)
        story.plan()
        with pytest.raises(RefusedError, match="exempt"):
            story.put()


def test_an_officer_is_before_one_meeting_at_a_time(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        assert [e.id for e in agenda.awaiting(session, story.meeting)] == [story.enrolment.id]
        assert story.put().number == 1
        with pytest.raises(RefusedError, match="case-under-way"):
            story.put()
        assert not agenda.awaiting(session, story.meeting)


def test_nobody_is_put_before_a_meeting_of_another_campaign(database):
    with database.writing() as session:
        story = Story(session)
        story.plan()
        with pytest.raises(NotFoundError):
            story.put(make.enrolment(session, stage=4))
