"""A room on paper: who may not, and papers that can be read in both languages, with digest and no key."""

import pytest

from exam.app import create_app
from exam.config import Config
from exam.rules.roles import Role
from exam.services.invigilator import paper_room
from exam.services.invigilator import sitting as sittings
from tests import examination_room as rooms
from tests.exam.printing.test_papers import text_in
from tests.exam.web.test_invigilator import signed_in, stranger
from tests.examination_room import SECRET
from tests.factories import NOON


@pytest.fixture
def app(sqlite_database, clock, tmp_path):
    config = Config(tmp_path, "sqlite://", SECRET, cookie_secure=False)
    application = create_app(config, clock=clock, database=sqlite_database)
    application.testing = True
    return application


@pytest.fixture
def room(sqlite_database):
    with sqlite_database.writing() as session:
        return rooms.room(session, officers=3)


@pytest.fixture
def words_of(tmp_path):
    return lambda reply: text_in(reply.data, tmp_path)


def first_form(database, room):
    with database.writing() as session:
        by = room.invigilator
        return paper_room.read_room_forms(session, room.sitting_id, by=by, at=NOON).forms[0]


def printed(page, room, what, language="kk"):
    form = {"csrf_token": page.csrf_token, "language": language}
    return page.client.post(f"/invigilator/sittings/{room.sitting_id}/papers/{what}", data=form)


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.PSYCHOMETRICIAN, Role.ITEM_AUTHOR])
def test_nobody_else_prints(app, sqlite_database, room, role):
    page = stranger(app, sqlite_database, role)
    page.get(f"/invigilator/sittings/{room.sitting_id}/papers", status=403)
    assert printed(page, room, "room").status_code == 403


def test_a_room_of_another_region_is_not_there(app, sqlite_database, room):
    page = stranger(app, sqlite_database, Role.INVIGILATOR, region="ALA")
    page.get(f"/invigilator/sittings/{room.sitting_id}/papers", status=404)
    assert printed(page, room, "room").status_code == 404


@pytest.mark.parametrize("what", ["9999/questions", "1/else"])
def test_no_other_form_and_no_other_paper_is_printed(app, room, what):
    page = signed_in(app, room.invigilator.login)
    page.get(f"/invigilator/sittings/{room.sitting_id}/papers")
    assert printed(page, room, what).status_code == 404


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_names_the_forms_with_their_digests(app, sqlite_database, room, language):
    page = signed_in(app, room.invigilator.login, language)
    shown = page.get(f"/invigilator/sittings/{room.sitting_id}/papers")
    assert first_form(sqlite_database, room).digest in shown.text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_questions_and_answer_sheet_bear_the_digest_and_no_key(
    app, sqlite_database, room, words_of, language
):
    form = first_form(sqlite_database, room)
    page = signed_in(app, room.invigilator.login)
    page.get(f"/invigilator/sittings/{room.sitting_id}/papers")
    questions = words_of(printed(page, room, f"{form.id}/questions", language))
    assert form.digest[:12] in questions
    assert ("контрольная" in questions) is (language == "ru")
    answers = words_of(printed(page, room, f"{form.id}/answers", language))
    assert ("ЖСН" in answers, "ИИН" in answers) == (language == "kk", language == "ru")
    assert printed(page, room, f"{form.id}/key", language).status_code == 409


def test_the_key_comes_after_the_sitting(app, sqlite_database, room, words_of):
    form = first_form(sqlite_database, room)
    with sqlite_database.writing() as session:
        sittings.close_sitting(session, room.sitting_id, by=room.invigilator, at=NOON)
    page = signed_in(app, room.invigilator.login)
    page.get(f"/invigilator/sittings/{room.sitting_id}/papers")
    key = words_of(printed(page, room, f"{form.id}/key", "ru"))
    assert "Ключ" in key
    assert form.digest[:12] in key


def test_the_sheet_of_the_room_has_every_whole_digest(app, sqlite_database, room, words_of):
    digest = first_form(sqlite_database, room).digest
    page = signed_in(app, room.invigilator.login)
    page.get(f"/invigilator/sittings/{room.sitting_id}/papers")
    sheet = words_of(printed(page, room, "room"))
    assert digest[:32] in sheet
    assert digest[32:] in sheet
