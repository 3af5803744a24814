"""The first page: what is not mine is not counted; then every kind of task for every role."""

from datetime import timedelta

import pytest

from exam.rules.roles import Role
from exam.services import home
from exam.services.accounts.entering import actor_of
from exam.services.campaign import thresholds
from exam.services.home_tasks import QUESTIONS
from exam.services.journaling import record
from exam.storage.tables import (
    Account,
    Confirmation,
    Incident,
    ItemMove,
    ItemRow,
    ItemVersionRow,
    Measurement,
    Vote,
)
from tests import factories as make
from tests.factories import NOON, save

WEEK = timedelta(days=7)


@pytest.fixture
def session(database):
    with database.writing() as session:
        make.region(session, "ALA")
        yield session


def tasks(session, by, at=NOON):
    found = home.today(session, by=by, at=at)
    return {task.code: task.count for task in (*found.waiting, *found.late)}


def late(session, by, at=NOON):
    return {task.code for task in home.today(session, by=by, at=at).late}


def measured(session, starter, by):
    return save(
        session,
        Measurement(
            starter_id=starter.id,
            status="measured",
            typed="14,2",
            value="14.2",
            unit="s",
            ground={},
            entered_by=by,
            entered_at=NOON,
        ),
    )


def test_every_role_has_its_questions_and_an_empty_house_asks_nothing(session):
    assert set(QUESTIONS) == set(Role)
    for role in Role:
        found = home.today(session, by=make.actor(session, role), at=NOON)
        assert (found.late, found.recent) == ((), ())
        assert {task.code for task in found.waiting} <= {"account-without-role"}


def test_hr_counts_its_own_region_and_only_who_is_waited_for(session):
    of = make.campaign(session, starts_on=NOON.date() + timedelta(days=90))
    make.enrolment(session, of=of)
    make.enrolment(session, of=of, region_code="ALA")
    make.enrolment(session, of=of).notified_on = NOON.date()
    make.enrolment(session, of=of).exempt_reason = "pregnancy"
    make.enrolment(session, of=of, stage=4)
    make.schedule(session, of, approved=False)
    make.schedule(session, of, approved=False, starts_at=NOON + WEEK, ends_at=NOON + 2 * WEEK)
    make.threshold(session, of, approvals=1)
    near = make.actor(session, Role.HR, region_code="AST")
    assert tasks(session, near) == {
        "not-notified": 1,
        "ready": 1,
        "characteristic-missing": 1,
        "schedule-begun": 1,
        "schedule-draft": 1,
    }
    assert late(session, near) == {"schedule-begun"}
    assert late(session, near, NOON + timedelta(days=61)) >= {"not-notified"}
    far = make.actor(session, Role.HR, region_code="ALA")
    assert tasks(session, far) == {"not-notified": 1}
    centre = make.actor(session, Role.HR)
    assert tasks(session, centre)["not-notified"] == 2
    assert tasks(session, centre)["threshold-to-approve"] == 1


def test_a_threshold_does_not_wait_for_its_author_nor_for_who_approved_it(session):
    of = make.campaign(session)
    author, first = make.actor(session, Role.PSYCHOMETRICIAN), make.actor(session, Role.CHAIR)
    row = make.threshold(session, of, approvals=0, proposed_by=author.id)
    assert tasks(session, author) == {}
    assert tasks(session, first) == {"threshold-to-approve": 1}
    thresholds.approve(session, row.id, by=first, at=NOON)
    assert tasks(session, first) == {}


def test_an_invigilator_sees_his_sittings_and_the_requests_of_others(session):
    of = make.campaign(session)
    plan = make.schedule(session, of)
    make.sitting(session, plan, state="planned")
    room = make.sitting(session, plan)
    by, other = (make.actor(session, Role.INVIGILATOR, region_code="AST") for _ in range(2))
    said = {"sitting_id": room.id, "note": "ток", "seconds": 60, "at": NOON}
    asked = save(session, Incident(kind="extra_time_asked", by=other.id, **said))
    assert tasks(session, by) == {"sitting-open": 1, "sitting-today": 1, "extra-time-asked": 1}
    assert "extra-time-asked" not in tasks(session, other)
    save(session, Incident(kind="extra_time_granted", by=by.id, answers_id=asked.id, **said))
    assert "extra-time-asked" not in tasks(session, by)
    assert late(session, by, NOON + WEEK) == {"sitting-over"}
    assert tasks(session, make.actor(session, Role.INVIGILATOR, region_code="ALA")) == {}


def test_an_examiner_confirms_what_others_entered(session):
    of = make.campaign(session)
    plan = make.schedule(session, of, "norms")
    heat = make.heat(session, plan)
    by, other = (make.actor(session, Role.EXAMINER, region_code="AST") for _ in range(2))
    first, second = (make.starter(session, heat, make.enrolment(session, of=of, stage=2)) for _ in range(2))
    assert tasks(session, by) == {"heat-today": 1}
    entry = measured(session, first, other.id)
    measured(session, second, by.id)
    assert tasks(session, by) == {"result-to-confirm": 1}
    assert late(session, by, NOON + WEEK) == {"result-to-confirm-late"}
    save(
        session,
        Confirmation(measurement_id=entry.id, entered_by=other.id, confirmed_by=by.id, confirmed_at=NOON),
    )
    assert tasks(session, by) == {}
    assert tasks(session, make.actor(session, Role.EXAMINER, region_code="ALA")) == {}


def test_an_author_and_an_approver_see_items_each_from_his_side(session):
    author, approver = make.actor(session, Role.ITEM_AUTHOR), make.actor(session, Role.ITEM_APPROVER)
    for number, state in enumerate(("draft", "draft", "in_review", "in_review")):
        item = save(
            session,
            ItemRow(code=f"i{number}", state=state, area="a", topic="t", created_by=author.id),
        )
        version = save(
            session,
            ItemVersionRow(
                item_id=item.id,
                number=1,
                kind="single",
                level=1,
                content={},
                digest="0" * 64,
                written_by=approver.id if number == 3 else author.id,
                written_at=NOON,
            ),
        )
        if number == 1:
            move = {"from_state": "in_review", "to_state": "draft", "note": "", "at": NOON}
            save(session, ItemMove(item_id=item.id, version_id=version.id, **move))
    assert tasks(session, author) == {"item-draft": 1, "item-returned": 1}
    assert tasks(session, approver) == {"item-to-review": 1}


def test_the_commission_sees_its_meetings_and_who_has_not_voted_sees_the_case(session):
    of = make.campaign(session)
    house = make.commission(session, of)
    held = make.meeting(session, house)
    make.meeting(session, house, state="planned", held_on=NOON.date() - WEEK)
    before = make.case(session, held, make.enrolment(session, of=of, stage=4))
    chair, member, *_, secretary = (actor_of(session.get_one(Account, m.account_id)) for m in house.members)
    assert tasks(session, chair) == {"vote-open": 1, "meeting-open": 1, "meeting-late": 1}
    assert tasks(session, secretary) == {"meeting-open": 1, "meeting-late": 1}
    save(
        session,
        Vote(
            case_id=before.id,
            meeting_id=held.id,
            member_id=house.members[1].id,
            round=1,
            decision=2,
            cast_at=NOON,
            recorded_by=secretary.id,
        ),
    )
    assert "vote-open" not in tasks(session, member)
    assert tasks(session, make.actor(session, Role.MEMBER, region_code="AST")) == {}


def test_the_administrator_the_psychometrician_and_the_auditor_have_their_own(session):
    of = make.campaign(session)
    make.form(session, of, sealed=False)
    make.account(session)
    record(session, "act:refused", by="x", at=NOON)
    record(session, "guard:refused", by="database", at=NOON - 2 * WEEK)
    assert tasks(session, make.actor(session, Role.PSYCHOMETRICIAN)) == {"form-unsealed": 1}
    assert tasks(session, make.actor(session, Role.AUDITOR)) == {"act-refused": 1}
    assert tasks(session, make.actor(session, Role.ADMINISTRATOR)) == {"account-without-role": 1}


def test_my_own_acts_come_newest_first_and_no_more_than_eight(session):
    by = make.actor(session, Role.HR)
    for number in range(10):
        record(session, f"act:{number}", by=by, at=NOON + timedelta(minutes=number))
    record(session, "account:refused", by=by.login, at=NOON)
    record(session, "act:other", by="somebody", at=NOON)
    assert [each.tag for each in home.today(session, by=by, at=NOON).recent] == [
        f"act:{number}" for number in range(9, 1, -1)
    ]
