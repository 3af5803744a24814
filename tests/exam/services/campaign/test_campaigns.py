from datetime import date

import pytest

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services import journaling, reference
from exam.services.campaign import campaigns, schedules
from exam.storage.tables import JournalEntry
from tests import factories as make
from tests.factories import NOON

OPENING = {
    "code": "2024",
    "regime_code": "decree-490",
    "name_kk": "Кезектен тыс аттестаттау",
    "name_ru": "Внеочередная аттестация",
    "order": "№ 490",
    "starts_on": date(2024, 4, 1),
    "ends_on": date(2024, 12, 31),
    "norms_edition": "mia-870-2016",
    "by": "test",
    "at": NOON,
}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"regime_code": "decree-1"}, "regime-unknown"),
        ({"ends_on": date(2024, 3, 1)}, "dates-in-wrong-order"),
    ],
)
def test_a_campaign_that_cannot_be_is_refused(database, given, code):
    with database.writing() as session, pytest.raises(RefusedError, match=code):
        campaigns.open_campaign(session, **OPENING | given)


def test_a_campaign_is_as_its_regime_where_nothing_else_is_said(database):
    with database.writing() as session:
        campaign = campaigns.open_campaign(session, **OPENING)
        assert (campaign.restriction_when, campaign.quorum_base) == ("any", "all_posts")
        with pytest.raises(RefusedError, match="campaign-exists"):
            campaigns.open_campaign(session, **OPENING)


def test_only_posts_that_the_regime_names_are_enrolled_and_once(database):
    with database.writing() as session:
        of = make.campaign(session)
        with pytest.raises(RefusedError, match="category-not-in-regime"):
            campaigns.enrol(
                session, of, make.officer(session, post_category="regional-18"), by="test", at=NOON
            )
        officer = make.officer(session, post_category="regional-17")
        assert campaigns.enrol(session, of, officer, by="test", at=NOON).stage == 1
        with pytest.raises(RefusedError, match="already-enrolled"):
            campaigns.enrol(session, of, officer, by="test", at=NOON)


def test_preparation_ends_only_after_the_notice_and_never_for_who_is_exempt(database):
    with database.writing() as session:
        by = make.actor(session, Role.HR)
        who = make.enrolment(session)
        with pytest.raises(RefusedError, match="not-notified"):
            campaigns.finish_preparation(session, who, by=by, at=NOON)
        campaigns.notify(session, who, on=date(2024, 4, 10), by=by, at=NOON)
        campaigns.exempt(session, who, reason="pregnancy", until=NOON.date(), by=by, at=NOON)
        with pytest.raises(RefusedError, match="exempt"):
            campaigns.finish_preparation(session, who, by=by, at=NOON)
        campaigns.exempt(session, who, reason="pregnancy", until=date(2024, 5, 13), by=by, at=NOON)
        campaigns.finish_preparation(session, who, by=by, at=NOON)
        assert who.stage == 2


def test_a_stage_is_not_skipped(database):
    with database.writing() as session, pytest.raises(RefusedError, match="stage-out-of-order"):
        campaigns.advance_stage(session, make.enrolment(session), 3, by="test", at=NOON)


def test_a_schedule_of_another_region_does_not_exist_for_me(database):
    with database.writing() as session:
        reference.seed_regions(session)
        of = make.campaign(session)
        by = make.actor(session, Role.HR, region_code="AST")
        plan = {
            "stage": "test",
            "place": "1-сынып",
            "starts_at": NOON,
            "ends_at": NOON.replace(hour=9),
            "by": by,
            "at": NOON,
        }
        with pytest.raises(NotFoundError):
            schedules.draw_up(session, of, region="ALA", **plan)
        row = schedules.draw_up(session, of, region="AST", **plan)
        with pytest.raises(RefusedError, match="approver-missing"):
            schedules.enter_approval(session, row.id, name="А. Ү.", post="", order="№ 1", by=by, at=NOON)
        schedules.enter_approval(
            session, row.id, name="А. Үлгібаев", post="Министр", order="№ 1", by=by, at=NOON
        )
        with pytest.raises(RefusedError, match="approved-already"):
            schedules.enter_approval(session, row.id, name="Б", post="Министр", order="№ 2", by=by, at=NOON)


def test_the_regions_are_twenty_and_the_centre_and_come_once(database):
    with database.writing() as session:
        assert reference.seed_regions(session) == 21
        assert reference.seed_regions(session) == 0


def test_a_changed_entry_of_the_journal_is_found(sqlite_database):
    with sqlite_database.writing() as session:
        for number in range(3):
            journaling.record(session, "test:act", by="test", at=NOON, number=number)
        assert journaling.verify_chain(session) is None
    connection = sqlite_database.raw()
    connection.execute("DROP TRIGGER journal_entry_is_append_only_update")
    connection.execute("""UPDATE journal_entry SET facts = '{"number":7}' WHERE id = 2""")
    connection.close()
    with sqlite_database.reading() as session:
        broken = journaling.verify_chain(session)
        assert broken.entry_id == 2
        assert session.get(JournalEntry, 2).facts == {"number": 7}
