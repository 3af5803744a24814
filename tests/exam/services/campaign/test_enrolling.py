"""Officers of a campaign, many at once: what is refused or left alone first."""

from datetime import date

import pytest
import sqlalchemy as sa

from exam.errors import ForbiddenError, NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.campaign import campaign_page, enrolling
from exam.services.campaign.enrolling import Chosen
from exam.storage.tables import Enrolment, JournalEntry
from tests import factories as make
from tests.factories import NOON

TODAY = NOON.date()
ALL = Chosen()


def stages(session):
    return session.scalars(sa.select(Enrolment.stage).order_by(Enrolment.id)).all()


def test_nobody_is_enrolled_whose_post_the_act_does_not_name_or_whose_region_is_not_mine(database):
    with database.writing() as session:
        of = make.campaign(session)
        by = make.actor(session, Role.HR, region_code="AST")
        make.officer(session, post_category="regional-18")
        make.officer(session, region_code="ALA")
        near = make.officer(session)
        with pytest.raises(RefusedError, match="category-not-in-regime"):
            enrolling.enrol_all(session, of, Chosen(category="regional-18"), by=by, at=NOON)
        assert enrolling.enrol_all(session, of, Chosen(region="ALA"), by=by, at=NOON) == 0
        assert enrolling.enrol_all(session, of, ALL, by=by, at=NOON) == 1
        assert enrolling.enrol_all(session, of, ALL, by=by, at=NOON) == 0
        [entry] = session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == "enrolment:many-made"))
        assert entry.facts["iins"] == [near.iin]


def test_an_enrolment_of_another_region_does_not_exist_for_me(database):
    with database.writing() as session:
        far = make.enrolment(session, region_code="ALA")
        by = make.actor(session, Role.HR, region_code="AST")
        for number in (far.id, 10**6):
            with pytest.raises(NotFoundError):
                enrolling.find_enrolment(session, number, by=by)
        assert enrolling.list_enrolments(session, far.campaign, by=by, on=TODAY).total == 0
        assert campaign_page.overview(session, far.campaign, by=by).at_stage == {}


def test_only_who_is_notified_and_not_exempt_is_led_on(database):
    with database.writing() as session:
        of = make.campaign(session)
        by = make.actor(session, Role.HR)
        for _ in range(3):
            make.enrolment(session, of=of)
        quiet, spared, ready = session.scalars(sa.select(Enrolment).order_by(Enrolment.id))
        with pytest.raises(RefusedError, match="date-in-future"):
            enrolling.notify_all(session, of, ALL, on=date(2024, 5, 15), by=by, at=NOON)
        assert enrolling.finish_all(session, of, ALL, by=by, at=NOON) == 0
        assert enrolling.notify_all(session, of, ALL, on=TODAY, by=by, at=NOON) == 3
        assert enrolling.notify_all(session, of, ALL, on=date(2024, 5, 1), by=by, at=NOON) == 0
        quiet.notified_on, spared.exempt_reason = None, "pregnancy"
        session.flush()

        def found(state):
            return [
                line.id for line in enrolling.list_enrolments(session, of, by=by, on=TODAY, state=state).rows
            ]

        assert (found("not-notified"), found("exempt"), found("ready")) == (
            [quiet.id],
            [spared.id],
            [ready.id],
        )
        assert enrolling.finish_all(session, of, ALL, by=by, at=NOON) == 1
        assert stages(session) == [1, 1, 2]


def test_the_notice_is_due_one_month_before_the_start(database):
    with database.writing() as session:
        assert enrolling.notice_deadline(make.campaign(session, starts_on=date(2024, 3, 31))) == date(
            2024, 2, 29
        )


def test_what_holds_for_the_country_is_set_at_the_centre(database):
    with database.writing() as session:
        with pytest.raises(ForbiddenError, match="centre-only"):
            campaign_page.require_centre(make.actor(session, Role.HR, region_code="AST"))
        campaign_page.require_centre(make.actor(session, Role.HR, region_code="CENTRE"))
        campaign_page.require_centre(make.actor(session, Role.PSYCHOMETRICIAN))


def test_a_threshold_is_told_with_its_people_and_offered_to_others_only(database):
    with database.writing() as session:
        of = make.campaign(session)
        author = make.actor(session, Role.PSYCHOMETRICIAN, full_name="Автор")
        make.threshold(session, of, approvals=0, proposed_by=author.id)
        reader, other = make.actor(session, Role.AUDITOR), make.actor(session, Role.HR)

        def told(by):
            [line] = campaign_page.list_thresholds(session, of, by=by, on=TODAY)
            return line.proposed_by, line.in_force, line.may_approve

        assert told(author) == told(reader) == ("Автор", False, False)
        assert told(other) == ("Автор", False, True)
