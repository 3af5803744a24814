"""The pages of the commission: strangers first, then each page in three languages, then every act."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from exam.rules.commission import TALLY_CODES
from exam.rules.roles import Role
from exam.services import commission
from exam.storage.tables import Account, Case, Commission, DecisionRow, JournalEntry, Meeting, Member, Vote
from exam.web.wordings.commission import GROUNDS, REFUSALS
from scoring.gate import EXPLANATION_CODES
from tests import factories as make
from tests.commission_story import Story, WholeStory
from tests.factories import NOON

SHARED = {"exempt", "own_case", "schedule-not-approved"}  # worded by the threads that refuse them too
LANGUAGES = ("kk", "ru", "en")


@pytest.fixture
def told(sqlite_database):
    """Tell a story up to a step and remember the ids; ``told("open_vote", failed=("norms",))``."""

    class Ids:
        pass

    def tell(step="open_vote", votes=(), story=WholeStory, **given):
        with sqlite_database.writing() as session:
            narrated = story(session, **given)
            getattr(narrated, step)()
            if votes:
                narrated.vote(*votes)
            ids = Ids()
            ids.commission, ids.meeting = narrated.commission.id, narrated.meeting.id
            ids.case = getattr(narrated, "case", None) and narrated.case.id
            ids.enrolment = narrated.enrolment.id
            ids.seats = [m.id for m in narrated.commission.members]
            ids.accounts = [session.get_one(Account, m.account_id) for m in narrated.commission.members]
            session.flush()
            for account in ids.accounts:
                session.refresh(account)
                session.expunge(account)
        ids.chair, ids.member, ids.secretary = ids.accounts[0], ids.accounts[1], ids.accounts[-1]
        return ids

    return tell


def journal(database, tag):
    with database.reading() as session:
        return [e.facts for e in session.scalars(sa.select(JournalEntry).where(JournalEntry.tag == tag))]


def addresses(ids):
    return {
        "index": "/commission/",
        "composition": f"/commission/{ids.commission}",
        "meeting": f"/commission/meetings/{ids.meeting}",
        "case": f"/commission/cases/{ids.case}",
        "characteristic": f"/characteristics/{ids.enrolment}",
    }


def test_without_a_role_of_the_commission_nothing_opens(told, enter):
    ids = told()
    page = enter(Role.EXAMINER, region_code="AST")
    for url in addresses(ids).values():
        page.get(url, status=403)
    page.post(f"/commission/cases/{ids.case}/vote", {"decision": 4}, status=403)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR])
def test_from_another_region_nothing_is_found(told, enter, role):
    ids = told()
    page = enter(role, region_code="ALA")
    for name, url in addresses(ids).items():
        page.get(url, status=200 if name == "index" else 404)
    for act in ("call", "vote/open", "vote/round", "decision", "postpone"):
        page.post(f"/commission/cases/{ids.case}/{act}", {"decision": 4, "reason": "-"}, status=404)


def test_a_member_of_another_commission_of_the_same_region_finds_nothing(told, enter):
    ids = told()
    enter(Role.MEMBER, region_code="AST").get(f"/commission/cases/{ids.case}", status=404)


def test_an_act_is_not_done_by_looking(told, enter):
    ids = told()
    page = enter(account=ids.secretary)
    for act in ("call", "recording", "vote/open", "vote", "roll-call", "vote/round", "decision", "postpone"):
        page.get(f"/commission/cases/{ids.case}/{act}", status=405)
    for act in ("open", "close", "attendance", "agenda"):
        page.get(f"/commission/meetings/{ids.meeting}/{act}", status=405)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["secretary", "chair", "member"])
def test_every_page_stands_in_every_language(told, enter, who, language):
    ids = told(votes=(3, 4))
    page = enter(account=getattr(ids, who), language=language)
    for url in addresses(ids).values():
        page.get(url)


@pytest.mark.parametrize("step", ["plan", "open", "call"])
def test_a_meeting_shows_its_acts_to_who_may_do_them(told, enter, step):
    ids = told(step)
    secretary = enter(account=ids.secretary).get(f"/commission/meetings/{ids.meeting}")
    member = enter(account=ids.member).get(f"/commission/meetings/{ids.meeting}")
    assert secretary.select("form[action$=attendance]")
    assert len(member.select("form[action$=attendance]")) == 1
    assert not member.select("form[action$=open], form[action$=close], form[action$=agenda]")


def test_a_closed_decision_is_shown_as_closed_and_has_no_button(told, enter):
    ids = told(failed=("norms",))
    page = enter(account=ids.chair).get(f"/commission/cases/{ids.case}")
    shut = page.select(".ribbon__decision--shut")
    assert [mark.select_one(".ribbon__mark").text.split()[0] for mark in shut] == ["1", "2"]
    assert {choice["value"] for choice in page.select("input[name=decision]")} == {"3", "4", "5"}
    secretary = enter(account=ids.secretary).get(f"/commission/cases/{ids.case}")
    offered = {option["value"] for option in secretary.select(".roll-call option")}
    assert offered == {"", "3", "4", "5"}


def test_without_a_restriction_all_five_are_open(told, enter):
    ids = told(failed=())
    page = enter(account=ids.chair).get(f"/commission/cases/{ids.case}")
    assert not page.select(".ribbon__decision--shut")
    assert len(page.select("input[name=decision]")) == 5


@pytest.mark.parametrize("decision", [1, 2])
def test_a_direct_post_of_a_closed_decision_is_refused_and_journalled(told, enter, sqlite_database, decision):
    ids = told(failed=("norms",), votes=(3, 3, 3))
    chair, member = enter(account=ids.chair), enter(account=ids.accounts[5])
    chair.get("/commission/")
    member.get("/commission/")
    chair.post(f"/commission/cases/{ids.case}/decision", {"decision": decision}, status=409)
    member.post(f"/commission/cases/{ids.case}/vote", {"decision": decision}, status=409)
    with sqlite_database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(DecisionRow)) == 0
        assert session.scalar(sa.select(sa.func.count()).select_from(Vote)) == 3
    entries = journal(sqlite_database, "act:refused")
    assert [(e["code"], str(e["decision"])) for e in entries] == [("decision_not_open", str(decision))] * 2
    assert entries[0]["path"] == f"/commission/cases/{ids.case}/decision"


@pytest.mark.parametrize("decision", ["", "1.0", "01x", "RESERVE", "[1]", "٣", "99999999999"])
def test_nonsense_for_a_decision_decides_nothing(told, enter, sqlite_database, decision):
    ids = told(failed=(), votes=(1,) * 9)
    page = enter(account=ids.chair)
    page.get("/commission/")
    page.post(f"/commission/cases/{ids.case}/decision", {"decision": decision}, status=409)
    with sqlite_database.reading() as session:
        assert session.get_one(Case, ids.case).state == "vote"


def test_a_vote_without_a_choice_says_what_is_missing(told, enter):
    ids = told()
    page = enter(account=ids.member)
    page.get(f"/commission/cases/{ids.case}")
    again = page.post(f"/commission/cases/{ids.case}/vote", {}, status=422)
    assert again.select_one(".error-summary a")["href"] == "#decision"


def test_a_case_goes_from_the_call_to_the_signature(told, enter, sqlite_database, clock):
    ids = told("open", failed=())
    secretary, chair, member = (enter(account=a) for a in (ids.secretary, ids.chair, ids.member))
    secretary.get(f"/commission/meetings/{ids.meeting}")
    secretary.post(f"/commission/meetings/{ids.meeting}/agenda", {"officers": [ids.enrolment]})
    with sqlite_database.reading() as session:
        case = session.scalar(sa.select(Case.id))
    at = f"/commission/cases/{case}"
    chair.get(at)
    chair.post(f"{at}/call")
    secretary.post(f"{at}/recording", {"reference": ""}, status=422)
    secretary.post(f"{at}/recording", {"reference": "AV-12/2024"})
    chair.post(f"{at}/vote/open")
    member.get(at)
    member.post(f"{at}/vote", {"decision": 2})
    chair.post(f"{at}/vote", {"decision": 2})
    votes = {f"vote-{seat}": 2 for seat in ids.seats[2:6]} | {f"vote-{ids.seats[6]}": ""}
    secretary.post(f"{at}/roll-call", votes)
    shown = chair.get(at)
    assert shown.select_one("form[action$=decision] input[name=decision]")["value"] == "2"
    chair.post(f"{at}/decision", {"decision": 2})
    secretary.get(at)
    secretary.post(f"{at}/acquaintance", {"on": "x"}, status=422)
    secretary.post(f"{at}/acquaintance", {"on": NOON.date().isoformat()})
    done = secretary.get(at)
    assert not done.select("form[action$=vote], form[action$=postpone]")
    chair.get(f"/commission/meetings/{ids.meeting}")
    chair.post(f"/commission/meetings/{ids.meeting}/close")
    with sqlite_database.reading() as session:
        assert session.scalar(sa.select(DecisionRow.votes_for)) == 6
        assert session.get_one(Meeting, ids.meeting).state == "closed"


def test_a_round_without_a_majority_is_followed_by_another(told, enter, sqlite_database):
    ids = told(votes=(3, 3, 3, 4, 4, 4, 5, 5, 5))
    page = enter(account=ids.chair)
    page.get(f"/commission/cases/{ids.case}")
    page.post(f"/commission/cases/{ids.case}/decision", {"decision": 3}, status=409)
    page.post(f"/commission/cases/{ids.case}/vote/round")
    with sqlite_database.reading() as session:
        assert session.get_one(Case, ids.case).round == 2


def test_a_case_is_postponed_with_its_reason(told, enter):
    ids = told("call")
    page = enter(account=ids.chair)
    page.get(f"/commission/cases/{ids.case}")
    page.post(f"/commission/cases/{ids.case}/postpone", {"reason": " "}, status=409)
    page.post(f"/commission/cases/{ids.case}/postpone", {"reason": "қызметкер ауырып қалды"})
    assert "қызметкер ауырып қалды" in page.get(f"/commission/cases/{ids.case}").text


def test_attendance_makes_the_quorum_and_opens_the_meeting(told, enter, sqlite_database):
    ids = told("plan")
    page = enter(account=ids.secretary)
    at = f"/commission/meetings/{ids.meeting}"
    assert not page.get(at).select("form[action$='/open']")
    page.post(f"{at}/open", status=409)
    for seat in ids.seats[:7]:
        page.post(f"{at}/attendance", {"member": seat, "came": "yes"})
    assert page.get(at).select("form[action$='/open']")
    page.post(f"{at}/attendance", {"member": ids.seats[0], "came": "no"})
    page.post(f"{at}/open", status=409)
    assert journal(sqlite_database, "act:refused")[-1]["code"] == "no_quorum"


def test_a_member_marks_nobody_but_himself(told, enter):
    ids = told("plan")
    page = enter(account=ids.member)
    at = f"/commission/meetings/{ids.meeting}"
    page.get(at)
    page.post(f"{at}/attendance", {"member": ids.seats[2], "came": "yes"}, status=403)
    page.post(f"{at}/attendance", {"member": ids.seats[1], "came": "yes"})


def test_a_commission_is_set_up_its_members_named_and_a_meeting_planned(enter, sqlite_database):
    with sqlite_database.writing() as session:
        of = make.campaign(session)
        schedule = make.schedule(session, of, "interview").id
    page = enter(Role.SECRETARY, region_code="AST")
    page.get("/commission/")
    page.post("/commission/", {"place": "ALA"}, status=422)
    page.post("/commission/", {"place": "AST"})
    with sqlite_database.reading() as session:
        at = f"/commission/{session.scalar(sa.select(Commission.id))}"
    page.get(at)
    member = {"full_name": "Қасымова Әлия", "act": "№ 12 бұйрық"}
    page.post(f"{at}/members", {"post": 1, "full_name": "", "act": ""}, status=422)
    refused = page.post(f"{at}/members", {"post": 1, **member, "login": "nobody"}, status=422)
    assert "nobody" in refused.select_one(".error-summary").text
    meeting = {"schedule": schedule, "held_on": NOON.date().isoformat()}
    page.post(f"{at}/meetings", meeting, status=422)
    for post in range(1, 11):
        page.post(f"{at}/members", {"post": post, **member})
    page.post(f"{at}/meetings", meeting | {"held_on": "2024-06-01"}, status=422)
    page.post(f"{at}/meetings", meeting)
    with sqlite_database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Member)) == 10
        assert session.scalar(sa.select(Meeting.number)) == 1


CHARACTERISTIC = {
    **dict.fromkeys(("duties", "knowledge", "legality", "qualities", "appraisal"), "жақсы"),
    "author_name": "Жұмабаев Ерлан",
    "author_post": "департамент бастығы",
    "signed_on": "2024-04-10",
    "acquainted_on": "2024-04-11",
    "received_on": "2024-04-12",
}


@pytest.mark.parametrize("role", [Role.HR, Role.SECRETARY])
def test_a_characteristic_is_entered_once(told, enter, role):
    ids = told("plan", story=Story)
    page = enter(role, region_code="AST")
    at = f"/characteristics/{ids.enrolment}"
    page.get(at)
    page.post(at, CHARACTERISTIC | {"duties": ""}, status=422)
    wrong = page.post(at, CHARACTERISTIC | {"acquainted_on": "2024-04-01"}, status=422)
    assert wrong.select(".error-summary li")
    page.post(at, CHARACTERISTIC)
    assert not page.get(at).select("textarea")
    page.post(at, CHARACTERISTIC, status=422)


def test_a_late_result_asks_for_a_new_round_on_the_page(sqlite_database, enter):
    with sqlite_database.writing() as session:
        story = WholeStory(session, failed=())
        story.open_vote()
        story.vote(1, 1)
        story.correct("logic", "failed")
        case, chair = story.case.id, session.get_one(Account, story.voters[0].account_id)
        session.expunge(chair)
    page = enter(account=chair).get(f"/commission/cases/{case}")
    assert page.select("form[action$=round]")
    assert not page.select("input[name=decision]")
    assert len(page.select(".ribbon__decision--shut")) == 2


THREAD = (
    "acquainting",
    "agenda",
    "characteristics",
    "commissions",
    "meeting",
    "outcomes",
    "voting",
)


@pytest.mark.parametrize("stem", THREAD)
def test_every_refusal_of_the_commission_has_words(stem):
    source = Path(commission.__file__).with_name(f"{stem}.py").read_text(encoding="utf-8")
    codes = re.findall(r'RefusedError\(\s*"([\w-]+)"', source)
    assert codes
    assert not [code for code in codes if code not in REFUSALS and code not in SHARED]


def test_every_ground_of_outcome_gate_and_count_has_words():
    assert set(GROUNDS) == EXPLANATION_CODES | TALLY_CODES
