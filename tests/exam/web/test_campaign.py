"""A campaign on its pages: strangers, foreign regions and bad input first, then its way to the test."""

from datetime import date

import pytest

from exam.rules.roles import Role
from exam.services import reference
from exam.storage.tables import Campaign, Enrolment, Schedule, Threshold
from tests import factories as make

OPENING = {
    "code": "2024",
    "regime": "decree-490",
    "name_kk": "Кезектен тыс аттестаттау",
    "name_ru": "Внеочередная аттестация",
    "order": "№ 490",
    "starts_on": "2024-04-01",
    "ends_on": "2024-12-31",
    "norms_edition": "mia-870-2016",
    "restriction_when": "any",
    "quorum_base": "all_posts",
}
THRESHOLD = {
    "post_category": "",
    "questions": "60",
    "minutes": "60",
    "points": "36",
    "minimum-constitution": "3",
    "valid_from": "2024-05-01",
    "source": "№ 1 бұйрық, 2-тармақ",
}
SCHEDULE = {
    "stage": "test",
    "region": "AST",
    "place": "1-сынып",
    "starts_at": "2024-05-20T09:00",
    "ends_at": "2024-05-20T13:00",
}
APPROVAL = {"name": "Е. Саденов", "post": "Ішкі істер министрі", "order": "№ 12"}


@pytest.fixture
def db(sqlite_database):
    with sqlite_database.writing() as session:
        reference.seed_regions(session)
    return sqlite_database


@pytest.fixture
def campaign(db):
    with db.writing() as session:
        make.campaign(session, code="2024")
        make.officer(session, full_name="Алмасов Асан")
        make.officer(session, full_name="Бекова Дана", region_code="ALA", post_category="central-3")


def rows(db, table):
    with db.reading() as session:
        found = session.query(table).order_by(table.id).all()
        session.expunge_all()
        return found


@pytest.mark.parametrize(
    ("address", "role"),
    [
        ("/campaign/", Role.EXAMINER),
        ("/campaign/2024", Role.INVIGILATOR),
        ("/campaign/new", Role.PSYCHOMETRICIAN),
        ("/campaign/2024/officers", Role.CHAIR),
        ("/campaign/enrolments/1", Role.AUDITOR),
        ("/campaign/2024/thresholds", Role.EXAMINER),
        ("/campaign/2024/thresholds/new?blueprint=legislation-60", Role.AUDITOR),
        ("/campaign/2024/schedules/new", Role.CHAIR),
        ("/campaign/2024/schedules/1/approval", Role.ADMINISTRATOR),
    ],
)
def test_a_stranger_is_turned_away(enter, campaign, address, role):
    enter(role).get(address, status=403)


@pytest.mark.parametrize(
    "address", ["2024/enrol", "2024/notify", "2024/ready", "enrolments/1/notify", "thresholds/1/approve"]
)
def test_an_act_is_not_a_page(enter, campaign, address):
    enter(Role.HR).get(f"/campaign/{address}", status=405)


@pytest.mark.parametrize(
    "address",
    ["2023", "2023/officers", "2023/thresholds", "2023/schedules", "2024/thresholds/new?blueprint=x"],
)
def test_what_is_not_there_is_not_found(enter, campaign, address):
    enter(Role.HR).get(f"/campaign/{address}", status=404)


def test_an_officer_and_a_schedule_of_another_region_are_not_there(enter, campaign, db):
    with db.writing() as session:
        of = session.query(Campaign).one()
        far = make.enrolment(session, of=of, region_code="ALA").id
        plan = make.schedule(session, of, approved=False, region_code="ALA").id
    page = enter(Role.HR, region_code="AST")
    page.get(f"/campaign/enrolments/{far}", status=404)
    page.get(f"/campaign/2024/schedules/{plan}/approval", status=404)
    page.get("/campaign/2024/officers")
    for act in ("notify", "exempt", "ready"):
        page.post(
            f"/campaign/enrolments/{far}/{act}", {"on": "2024-05-01", "reason": "pregnancy"}, status=404
        )
    page.post("/campaign/2024/schedules/new", SCHEDULE | {"region": "ALA"}, status=422)
    assert len(rows(db, Schedule)) == 1


def test_a_region_sets_nothing_for_the_whole_country(enter, campaign, db):
    with db.writing() as session:
        proposed = make.threshold(session, session.query(Campaign).one(), approvals=0).id
    page = enter(Role.HR, region_code="AST")
    page.get("/campaign/new", status=403)
    page.get("/campaign/2024/thresholds/new?blueprint=logic-30", status=403)
    page.get("/campaign/2024/thresholds")
    page.post(f"/campaign/thresholds/{proposed}/approve", status=403)


@pytest.mark.parametrize(
    ("changed", "status", "place"),
    [
        ({"code": "new"}, 422, "#code-errors"),
        ({"code": "2024\n"}, 422, "#code-errors"),
        ({"code": "Ә"}, 422, "#code-errors"),
        ({"name_kk": ""}, 422, "#name_kk-errors"),
        ({"starts_on": "yesterday"}, 422, "#starts_on-errors"),
        ({"regime": "decree-1"}, 422, "#regime-errors"),
        ({"ends_on": "2024-01-01"}, 409, "#error-summary"),
    ],
)
def test_a_campaign_that_cannot_be_is_answered_beside_its_field(enter, db, changed, status, place):
    page = enter(Role.HR)
    page.get("/campaign/new")
    answer = page.post("/campaign/new", OPENING | changed, status=status)
    assert answer.select_one(f"{place} li")
    assert not rows(db, Campaign)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_campaign_is_opened_and_told(enter, db, language):
    page = enter(Role.HR, language=language)
    page.get("/campaign/")
    page.get("/campaign/new")
    page.post("/campaign/new", OPENING)
    page.get("/campaign/")
    page.get("/campaign/new")
    page.post("/campaign/new", OPENING, status=409)
    page.post("/campaign/new", OPENING | {"code": "2025", "starts_on": "2023-04-01"})
    assert page.get("/campaign/2024").select_one("a[href='/campaign/2025']")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_officers_are_enrolled_notified_exempted_and_led_on(enter, campaign, db, language):
    page = enter(Role.HR, language=language)
    page.get("/campaign/2024/officers")
    page.post("/campaign/2024/enrol", {"region": "AST"})
    page.post("/campaign/2024/enrol")
    asan, dana = rows(db, Enrolment)
    page.post("/campaign/2024/notify", {"on": ""})
    page.post("/campaign/2024/notify", {"on": "2024-06-01"})
    assert len(page.get("/campaign/2024/officers").select(".flash.tone--failed")) == 2
    page.post("/campaign/2024/notify", {"on": "2024-05-13", "region": "AST"})
    assert [each.notified_on for each in rows(db, Enrolment)] == [date(2024, 5, 13), None]
    own = f"/campaign/enrolments/{dana.id}"
    page.get(own)
    page.post(f"{own}/notify", {"on": "2030-01-01"}, status=409)
    page.post(f"{own}/notify", {"on": ""}, status=422)
    page.post(f"{own}/ready", status=409)
    page.post(f"{own}/notify", {"on": "2024-03-01"})
    page.post(f"{own}/exempt", {"reason": "twenty_years"}, status=422)
    page.post(f"{own}/exempt", {"reason": "pregnancy", "until": "2024-12-31"})
    page.get(own)
    page.post("/campaign/2024/ready")
    assert [each.stage for each in rows(db, Enrolment)] == [2, 1]
    page.get(f"/campaign/enrolments/{asan.id}")
    [link] = page.get("/campaign/2024/officers?state=exempt").select("tbody th a")
    assert link.text == "Бекова Дана"
    for query in ("state=not-notified", "state=ready", "stage=3", "q=жоқ", "stage=x"):
        page.get(f"/campaign/2024/officers?{query}")
    page.get("/campaign/2024")


@pytest.mark.parametrize(
    ("changed", "status", "place"),
    [
        ({"points": "３６"}, 422, "#points-errors"),
        ({"points": "-1"}, 422, "#points-errors"),
        ({"points": "61"}, 409, "#error-summary"),
        ({"minimum-constitution": "0"}, 422, "#minimum-constitution-errors"),
        ({"minimum-constitution": "61"}, 409, "#error-summary"),
        ({"source": " "}, 422, "#source-errors"),
        ({"minutes": ""}, 422, "#minutes-errors"),
        ({"post_category": "regional-99"}, 422, "#post_category-errors"),
    ],
)
def test_a_threshold_without_sense_is_answered_beside_its_field(enter, campaign, db, changed, status, place):
    page = enter(Role.PSYCHOMETRICIAN)
    address = "/campaign/2024/thresholds/new?blueprint=legislation-60"
    page.get(address)
    assert page.post(address, THRESHOLD | changed, status=status).select_one(f"{place} li")
    assert not rows(db, Threshold)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_threshold_is_in_force_once_two_others_approve(enter, campaign, db, language):
    author = enter(Role.PSYCHOMETRICIAN, language=language)
    author.get("/campaign/2024/thresholds")
    author.get("/campaign/2024/thresholds/new?blueprint=logic-30")
    address = "/campaign/2024/thresholds/new?blueprint=legislation-60"
    author.get(address)
    author.post(address, THRESHOLD)
    [line] = rows(db, Threshold)
    assert line.minimum_by_area == {"constitution": 3}
    approve = f"/campaign/thresholds/{line.id}/approve"
    assert not author.get("/campaign/2024/thresholds").select("form[action$=approve]")
    author.post(approve, status=409)
    for role in (Role.CHAIR, Role.HR):
        other = enter(role, language=language)
        assert other.get("/campaign/2024/thresholds").select("form[action$=approve]")
        other.post(approve)
        other.post(approve, status=409)
    told = author.get("/campaign/2024/thresholds")
    assert told.select_one(".panel .chip.tone--passed")
    author.post("/campaign/thresholds/999/approve", status=404)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_schedule_is_drawn_up_and_approved_once(enter, campaign, db, language):
    page = enter(Role.HR, region_code="AST", language=language)
    page.get("/campaign/2024/schedules/new")
    page.post("/campaign/2024/schedules/new", SCHEDULE | {"ends_at": "2024-05-20T08:00"}, status=409)
    page.post("/campaign/2024/schedules/new", SCHEDULE | {"starts_at": "x"}, status=422)
    page.post("/campaign/2024/schedules/new", SCHEDULE)
    [plan] = rows(db, Schedule)
    assert plan.starts_at.isoformat() == "2024-05-20T04:00:00+00:00"
    [link] = page.get("/campaign/2024/schedules").select("tbody a")
    page.get(link["href"])
    page.post(link["href"], APPROVAL | {"post": ""}, status=422)
    page.post(link["href"], APPROVAL)
    page.get("/campaign/2024/schedules")
    page.post(link["href"], APPROVAL, status=409)
    assert rows(db, Schedule)[0].approver_name == "Е. Саденов"
