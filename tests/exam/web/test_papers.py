"""The papers as they are downloaded: who gets them, and that what was decided stands on them."""

import pytest

from exam.rules.roles import Role
from exam.services.commission import meeting as meetings
from exam.services.commission import voting
from exam.services.commission.case_page import read_case
from exam.services.commission.meeting_page import read_meeting
from exam.storage.tables import Account
from exam.web.paper_facts import protocol_of, sheet_of
from tests.commission_story import WholeStory
from tests.exam.printing.test_papers import text_of, words_in
from tests.factories import NOON


@pytest.fixture
def decided(sqlite_database):
    """A restricted case decided 3 by five votes of nine, one member gone before; ids and accounts."""

    class Ids:
        pass

    with sqlite_database.writing() as session:
        story = WholeStory(session, failed=("logic",))
        story.call()
        meetings.mark_left(session, story.meeting.id, story.voters[8].id, by=story.secretary, at=NOON)
        meetings.record_interview(session, story.case.id, "AV-12/2024", by=story.secretary, at=NOON)

        voting.open_vote(session, story.case.id, by=story.chair, at=NOON)
        story.vote(3, 3, 3, 3, 3, 4, 5)
        story.decide(3)
        ids = Ids()
        ids.meeting, ids.case, ids.enrolment = story.meeting.id, story.case.id, story.enrolment.id
        ids.actor = story.secretary
        ids.account = session.get_one(Account, story.secretary_seat.account_id)
        session.expunge(ids.account)
    return ids


def addresses(ids):
    return (
        f"/papers/protocols/{ids.meeting}.pdf",
        f"/papers/sheets/{ids.case}.pdf",
        f"/papers/characteristics/{ids.enrolment}.pdf",
    )


def test_strangers_get_no_paper(decided, enter, client):
    examiner, elsewhere = enter(Role.EXAMINER, region_code="AST"), enter(Role.SECRETARY, region_code="ALA")
    for url in addresses(decided):
        assert client.get(url).status_code == 302
        examiner.get(url, status=403)
        elsewhere.get(url, status=404)


def test_there_is_no_sheet_before_the_decision(sqlite_database, enter):
    with sqlite_database.writing() as session:
        story = WholeStory(session)
        story.call()
        case, account = story.case.id, session.get_one(Account, story.voters[0].account_id)
        session.expunge(account)
    enter(account=account).get(f"/papers/sheets/{case}.pdf", status=404)


def test_every_paper_is_a_pdf_that_no_cache_keeps(decided, enter):
    page = enter(account=decided.account)
    for url in addresses(decided):
        reply = page.client.get(url)
        assert (reply.status_code, reply.mimetype) == (200, "application/pdf")
        assert reply.data.startswith(b"%PDF")
        assert reply.headers["Cache-Control"] == "no-store"


def test_the_hr_unit_gets_the_characteristic_of_its_region(decided, enter):
    page = enter(Role.HR, region_code="AST")
    assert page.client.get(addresses(decided)[2]).status_code == 200
    assert page.client.get(addresses(decided)[0]).status_code == 403


def test_the_protocol_tells_attendance_votes_and_decision_in_both_languages(
    decided, app, sqlite_database, tmp_path
):
    with app.test_request_context(), sqlite_database.reading() as session:
        meeting = read_meeting(session, decided.meeting, by=decided.actor)
        case = read_case(session, decided.case, by=decided.actor, today=NOON.date())
        paper = protocol_of(meeting, (case,))
    assert [seat.present for seat in paper.seats] == [True] * 8 + [False, True]
    assert [vote.decision for vote in paper.cases[0].votes] == [3, 3, 3, 3, 3, 4, 5, None]
    assert len(paper.signatories) == 9
    assert (paper.draft, paper.sample) == (True, True)
    told = paper.cases[0]
    assert told.decision.kk.endswith("лауазымын төмендету ұсынылады")
    assert told.decision.ru.endswith("рекомендуется к понижению в должности")
    assert "9" in told.count[0].kk
    text = words_in(text_of(paper, tmp_path))
    for both in (*told.grounds, *told.count, paper.quorum, paper.schedule):
        assert words_in(both.kk) | words_in(both.ru) <= text
        assert both.kk != both.ru


def test_the_sheet_of_annex_3_carries_the_decision_and_its_grounds(decided, app, sqlite_database, tmp_path):
    with app.test_request_context(), sqlite_database.reading() as session:
        case = read_case(session, decided.case, by=decided.actor, today=NOON.date())
        paper = sheet_of(case)
    assert (paper.number_of_decision, paper.decided_on, paper.acquainted_on) == (3, "14.05.2024", "")
    assert (paper.chair, paper.secretary) == (case.votes[0].full_name, case.votes[-1].full_name)
    text = words_in(text_of(paper, tmp_path))
    assert words_in(case.officer.full_name) | words_in("01.02.1993") <= text
