"""Rows for tests, one function a table, each with a common state; what a test cares for it says itself."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from exam.rules.roles import Role
from exam.services.accounts import entering
from exam.services.actors import Actor
from exam.storage.tables import (
    Account,
    Admission,
    Attempt,
    Attendance,
    Campaign,
    Case,
    Commission,
    Enrolment,
    Form,
    Heat,
    Meeting,
    Member,
    Officer,
    OutcomeRow,
    PartResult,
    Region,
    RoleGrant,
    Schedule,
    Sitting,
    Starter,
    Threshold,
    ThresholdApproval,
)

R = TypeVar("R")
NOON = datetime(2024, 5, 14, 7, 0, tzinfo=UTC)
_numbers = count(1)
PASSWORD = "a long password"
PASSWORD_HASH = entering.hash_password(PASSWORD)


def save(session: Session, row: R) -> R:
    session.add(row)
    session.flush()
    return row


def region(session: Session, code: str = "AST", **given: Any) -> Region:
    known = session.get(Region, code)
    return known or save(
        session, Region(**{"code": code, "name_kk": "Астана қаласы", "name_ru": "город Астана"} | given)
    )


def officer(session: Session, **given: Any) -> Officer:
    number = next(_numbers)
    region(session, given.get("region_code", "AST"))
    common = {
        "iin": f"{number:012d}",
        "full_name": f"Серіков Асан {number}",
        "birth_date": date(1993, 2, 1),
        "sex": "M",
        "rank": "полиция майоры",
        "post": "бөлім бастығы",
        "post_category": "regional-5",
        "unit": "Полиция департаменті",
        "region_code": "AST",
        "appointed_on": date(2020, 1, 10),
        "education": "жоғары",
        "speciality": "құқықтану",
        "test_language": "kk",
    }
    return save(session, Officer(**common | given))


def account(session: Session, *roles: Role, region_code: str | None = None, **given: Any) -> Account:
    """An account that holds `roles`, in one region or everywhere."""
    if region_code:
        region(session, region_code)
    common = {
        "login": f"user{next(_numbers)}",
        "full_name": "Ахметова Дана",
        "password_hash": PASSWORD_HASH,
        "created_at": NOON,
    }
    grants = [RoleGrant(role=r.value, region_code=region_code, granted_at=NOON) for r in roles]
    return save(session, Account(**common | given, grants=grants))


def actor(session: Session, *roles: Role, region_code: str | None = None, **given: Any) -> Actor:
    return entering.actor_of(account(session, *roles, region_code=region_code, **given))


def campaign(session: Session, **given: Any) -> Campaign:
    common = {
        "code": f"campaign-{next(_numbers)}",
        "regime": "decree-490",
        "name_kk": "Кезектен тыс аттестаттау",
        "name_ru": "Внеочередная аттестация",
        "order": "№ 490",
        "starts_on": date(2024, 4, 1),
        "ends_on": date(2024, 12, 31),
        "restriction_when": "any",
        "quorum_base": "all_posts",
        "norms_edition": "mia-870-2016",
        "created_at": NOON,
    }
    return save(session, Campaign(**common | given))


def enrolment(session: Session, *, stage: int = 1, of: Campaign | None = None, **given: Any) -> Enrolment:
    """An officer in a campaign, led to `stage` one step after another."""
    who = given.pop("officer", None) or officer(session, **given)
    row = save(session, Enrolment(campaign_id=(of or campaign(session)).id, officer_id=who.id, stage=1))
    for step in range(2, stage + 1):
        row.stage = step
        session.flush()
    session.refresh(row)
    return row


def schedule(
    session: Session, of: Campaign, stage: str = "test", *, approved: bool = True, **given: Any
) -> Schedule:
    region(session, given.get("region_code", "AST"))
    common = {
        "campaign_id": of.id,
        "stage": stage,
        "region_code": "AST",
        "place": "Астана, 1-сынып",
        "starts_at": NOON - timedelta(hours=1),
        "ends_at": NOON + timedelta(hours=8),
        "entered_by": account(session).id,
    }
    if approved:
        common |= {
            "approver_name": "А. Үлгібаев",
            "approver_post": "Ішкі істер министрі",
            "order": "№ 1",
            "approved_at": NOON,
        }
    return save(session, Schedule(**common | given))


def threshold(
    session: Session, of: Campaign, part: str = "legislation", *, approvals: int = 2, **given: Any
) -> Threshold:
    common = {
        "campaign_id": of.id,
        "part": part,
        "questions": 4,
        "minutes": 30,
        "points": 2,
        "minimum_by_area": {},
        "blueprint": f"{part}-60" if part == "legislation" else "logic-30",
        "source": "үлгі",
        "sample": True,
        "valid_from": date(2024, 1, 1),
        "proposed_by": account(session).id,
        "proposed_at": NOON,
    }
    row = save(session, Threshold(**common | given))
    for _ in range(approvals):
        save(session, ThresholdApproval(threshold_id=row.id, account_id=account(session).id, at=NOON))
    session.refresh(row)
    return row


def form(
    session: Session, of: Campaign, part: str = "legislation", *, sealed: bool = True, **given: Any
) -> Form:
    """An empty form; `sealed_at` is set at once unless told otherwise."""
    common = {
        "campaign_id": of.id,
        "part": part,
        "number": next(_numbers),
        "blueprint": "b",
        "seed": 1,
        "digest": "0" * 64,
        "certificate": {},
        "assembled_at": NOON,
        "sealed_at": NOON if sealed else None,
    }
    return save(session, Form(**common | given))


def sitting(session: Session, under: Schedule, *, state: str = "open", **given: Any) -> Sitting:
    common = {
        "schedule_id": under.id,
        "campaign_id": under.campaign_id,
        "region_code": under.region_code,
        "room": "1-сынып",
        "state": state,
        "opened_at": NOON if state == "open" else None,
    }
    return save(session, Sitting(**common | given))


def admission(session: Session, to: Sitting, who: Enrolment, **given: Any) -> Admission:
    return save(
        session, Admission(**{"sitting_id": to.id, "enrolment_id": who.id, "seat": next(_numbers)} | given)
    )


def attempt(session: Session, of: Admission, part: str = "legislation", **given: Any) -> Attempt:
    """A running attempt on a sealed form under an approved threshold."""
    in_campaign = session.get_one(Campaign, of.enrolment.campaign_id)
    common = {
        "admission_id": of.id,
        "enrolment_id": of.enrolment_id,
        "part": part,
        "language": "kk",
        "seed": "ab" * 16,
        "questions": 4,
        "started_at": NOON,
        "deadline_at": NOON + timedelta(minutes=30),
        "accept_until": NOON + timedelta(minutes=30, seconds=5),
    }
    if "form_id" not in given:
        common["form_id"] = form(session, in_campaign, part).id
    if "threshold_id" not in given:
        common["threshold_id"] = threshold(session, in_campaign, part).id
    return save(session, Attempt(**common | given))


def part_result(
    session: Session, who: Enrolment, kind: str, state: str = "passed", **given: Any
) -> PartResult:
    common = {
        "enrolment_id": who.id,
        "kind": kind,
        "state": state,
        "grounds": [],
        "input_digest": "0" * 64,
        "decided_at": NOON,
        "decided_by": "test",
    }
    return save(session, PartResult(**common | given))


def outcome(session: Session, who: Enrolment, *, failed: tuple[str, ...] = (), **given: Any) -> OutcomeRow:
    """All three parts, those in `failed` failed, and the outcome that follows under the reading `any`."""
    for kind in ("legislation", "logic", "norms"):
        part_result(session, who, kind, "failed" if kind in failed else "passed")
    common = {
        "enrolment_id": who.id,
        "reading": "any",
        "restricted": bool(failed),
        "parts": [],
        "grounds": [],
        "computed_at": NOON,
    }
    return save(session, OutcomeRow(**common | given))


def commission(session: Session, of: Campaign, *, voters: int = 4, **given: Any) -> Commission:
    """A regional commission: a chair, members and a secretary, each post with a person."""
    region(session, given.get("region_code", "AST"))
    common = {
        "campaign_id": of.id,
        "kind": "regional",
        "region_code": "AST",
        "posts": voters + 1,
        "voting_posts": voters,
    }
    row = save(session, Commission(**common | given))
    for post in range(1, voters + 2):
        office = "chair" if post == 1 else "secretary" if post == voters + 1 else "member"
        role = {"chair": Role.CHAIR, "secretary": Role.SECRETARY, "member": Role.MEMBER}[office]
        save(
            session,
            Member(
                commission_id=row.id,
                post_number=post,
                account_id=account(session, role, region_code=row.region_code).id,
                full_name=f"Мүше {post}",
                office=office,
                votes=office != "secretary",
                act="№ 2 бұйрық",
            ),
        )
    session.refresh(row)
    return row


def meeting(session: Session, of: Commission, *, present: int | None = None, **given: Any) -> Meeting:
    """An open meeting with the first `present` members (all, when not said)."""
    in_campaign = session.get_one(Campaign, of.campaign_id)
    common = {
        "commission_id": of.id,
        "schedule_id": schedule(session, in_campaign, "interview").id,
        "number": next(_numbers),
        "held_on": NOON.date(),
        "place": "Астана",
        "state": "open",
        "opened_at": NOON,
    }
    row = save(session, Meeting(**common | given))
    for member in of.members[: len(of.members) if present is None else present]:
        save(session, Attendance(meeting_id=row.id, member_id=member.id, marked_at=NOON))
    return row


def case(session: Session, before: Meeting, who: Enrolment, *, state: str = "vote", **given: Any) -> Case:
    common = {
        "meeting_id": before.id,
        "enrolment_id": who.id,
        "number": next(_numbers),
        "state": state,
        "recording": "AV-1" if state in ("vote", "decided") else None,
    }
    return save(session, Case(**common | given))


def heat(session: Session, under: Schedule, exercise: str = "run100", **given: Any) -> Heat:
    common = {
        "schedule_id": under.id,
        "campaign_id": under.campaign_id,
        "region_code": under.region_code,
        "exercise": exercise,
        "number": next(_numbers),
        "starts_at": NOON,
    }
    return save(session, Heat(**common | given))


def starter(session: Session, in_heat: Heat, who: Enrolment, **given: Any) -> Starter:
    return save(
        session,
        Starter(**{"heat_id": in_heat.id, "enrolment_id": who.id, "start_number": next(_numbers)} | given),
    )
