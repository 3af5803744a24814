"""The first page of every role, in every language, with its addresses opened."""

import inspect
import re
from datetime import timedelta

import pytest

from exam.rules.roles import Role
from exam.services import home_tasks, reference
from exam.web.home import PLACES
from exam.web.wordings.home import TASKS
from tests import factories as make
from tests.factories import NOON


@pytest.fixture
def house(sqlite_database):
    """A house in which something waits for most of the roles."""
    with sqlite_database.writing() as session:
        reference.seed_regions(session)
        of = make.campaign(session)
        make.enrolment(session, of=of)
        make.enrolment(session, of=of, stage=4)
        make.schedule(session, of, approved=False)
        make.threshold(session, of, approvals=0)
        make.sitting(session, make.schedule(session, of))
        heat = make.heat(session, make.schedule(session, of, "norms"), starts_at=NOON - timedelta(days=3))
        make.starter(session, heat, make.enrolment(session, of=of, stage=2))
        make.form(session, of, sealed=False)
        make.account(session)


def test_a_stranger_is_sent_to_the_door(client):
    assert "/login" in client.get("/").headers["Location"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("role", Role)
def test_the_first_page_of_a_role_opens_and_so_does_what_it_offers(enter, house, role, language):
    page = enter(role, language=language)
    first = page.get("/")
    assert first.select(".doings__doing")
    for link in first.select(".tasks__task a"):
        page.get(link["href"])


@pytest.mark.parametrize(
    ("role", "late"), [(Role.HR, 2), (Role.EXAMINER, 1), (Role.PSYCHOMETRICIAN, 0), (Role.AUDITOR, 0)]
)
def test_what_is_late_stands_apart(enter, house, role, late):
    assert len(enter(role).get("/").select(".home__late .tasks__task")) == late


def test_every_task_has_words_and_a_place():
    codes = set(re.findall(r'Task\(\s*"([a-z-]+)"', inspect.getsource(home_tasks))) | {
        "act-refused",
        "guard-refused",
    }
    assert set(TASKS) == set(PLACES) == codes
