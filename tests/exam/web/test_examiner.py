import pytest

from exam.rules.roles import Role
from exam.services.examiner import heats
from exam.storage.tables import Measurement
from tests import factories as make
from tests.factories import NOON


@pytest.fixture
def track(sqlite_database):
    """A heat of 100 metres with two officers, one of whom has an entry by another examiner."""
    with sqlite_database.writing() as session:
        of = make.campaign(session)
        schedule = make.schedule(session, of, "norms")
        other = make.actor(session, Role.EXAMINER, region_code="AST")
        heat = heats.plan_heat(session, schedule.id, exercise="run100", starts_at=NOON, by=other, at=NOON)
        people = [make.enrolment(session, of=of, stage=2) for _ in range(3)]
        heats.put_on_the_start(session, heat, people[:2], by=other, at=NOON)
        found = {"heat": heat.id, "schedule": schedule.id, "starters": [s.id for s in heat.starters]}
        return found | {"waiting": people[2].id}


@pytest.mark.parametrize("role", [Role.HR, Role.INVIGILATOR, Role.CHAIR])
def test_a_stranger_is_turned_away(enter, track, role):
    page = enter(role, region_code="AST")
    page.get("/norms/", status=403)
    page.get(f"/norms/heats/{track['heat']}", status=403)


def test_a_heat_of_another_region_does_not_exist(enter, track):
    page = enter(Role.EXAMINER, region_code="ALA")
    page.get(f"/norms/heats/{track['heat']}", status=404)
    page.post(f"/norms/starters/{track['starters'][0]}/result", {"result": "14,2"}, status=404)


def test_a_result_is_not_entered_by_opening_an_address(enter, track):
    enter(Role.EXAMINER, region_code="AST").get(f"/norms/starters/{track['starters'][0]}/result", status=405)


def test_nonsense_is_told_beside_its_row(enter, track):
    page = enter(Role.EXAMINER, region_code="AST")
    page.get(f"/norms/heats/{track['heat']}")
    told = page.post(f"/norms/starters/{track['starters'][0]}/result", {"result": "жылдам"}, status=422)
    assert "жылдам" in told.select_one(".grid__problem").text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_the_examiner_opens_in_every_language(enter, track, language):
    page = enter(Role.EXAMINER, region_code="AST", language=language)
    page.get("/norms/")
    page.get(f"/norms/schedules/{track['schedule']}/heats")
    page.get(f"/norms/heats/{track['heat']}/starters")
    page.get(f"/norms/heats/{track['heat']}")
    page.post(f"/norms/starters/{track['starters'][0]}/result", {"result": "14,2"})
    page.get(f"/norms/heats/{track['heat']}")
    page.get(f"/norms/heats/{track['heat']}/sheet")


def test_a_row_is_judged_at_once_for_the_script(enter, track):
    page = enter(Role.EXAMINER, region_code="AST")
    page.get(f"/norms/heats/{track['heat']}")
    reply = page.client.post(
        f"/norms/starters/{track['starters'][0]}/result",
        data={"csrf_token": page.csrf_token, "result": "15,2"},
        headers={"Accept": "application/json"},
    )
    assert reply.status_code == 200
    assert "tone--failed" in reply.json["row"]
    assert "870" in reply.json["row"]


def test_the_second_person_confirms_and_the_first_may_not(enter, track, sqlite_database):
    first, second = (enter(Role.EXAMINER, region_code="AST") for _ in range(2))
    first.get(f"/norms/heats/{track['heat']}")
    first.post(f"/norms/starters/{track['starters'][0]}/result", {"result": "14,2"})
    with sqlite_database.reading() as session:
        entry = session.query(Measurement).one().id
    first.post(f"/norms/measurements/{entry}/confirm", status=409)
    second.get(f"/norms/heats/{track['heat']}")
    second.post(f"/norms/measurements/{entry}/confirm")
    told = second.get(f"/norms/heats/{track['heat']}")
    assert "расталды" in told.select_one(f"#starter-{track['starters'][0]}").text


def test_a_heat_is_planned_and_filled_from_the_pages(enter, track):
    page = enter(Role.EXAMINER, region_code="AST")
    page.get(f"/norms/schedules/{track['schedule']}/heats")
    page.post(
        f"/norms/schedules/{track['schedule']}/heats",
        {"exercise": "pullups", "starts_at": "2024-05-14T12:00", "conditions": "+18 °C"},
    )
    page.post("/norms/heats/2/starters", {"enrolments": [str(track["waiting"])]})
    assert len(page.get("/norms/heats/2").select(".grid__row")) == 1
