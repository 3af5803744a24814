"""The meetings of the demonstration: attendance, interviews, open votes, decisions."""

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from exam.demo.preparation import Stage
from exam.rules.regimes import CommissionKind
from exam.services.actors import Actor
from exam.services.commission import agenda, commissions, meeting, outcomes, voting
from exam.services.local_days import day_of
from exam.storage.engine import Database
from exam.storage.tables import Campaign, Case, Commission, Meeting
from scoring.gate import open_decisions

ACT = "Ішкі істер министрінің № 126 бұйрығы (үлгі)"
FAMILIES = (
    "Абдрахманов",
    "Бейсенов",
    "Жаксыбеков",
    "Кенжебаев",
    "Молдабеков",
    "Нұғманов",
    "Орынбаев",
    "Сатыбалдин",
    "Тілеубаев",
    "Шәріпов",
)
INITIALS = ("А. Б.", "Д. Е.", "Қ. М.", "Н. С.", "Т. О.")
LEFT_FOR_THE_VISITOR = 3
"""Cases of the first region that stay undecided, so that whoever looks can hold the vote himself."""


def hold_meetings(
    database: Database,
    stage: Stage,
    actors: Mapping[str, Actor],
    *,
    seed: int,
    clock: Callable[[], datetime],
    told: Callable[[int], object],
) -> None:
    """Let the central commission and two regional ones hear their cases."""
    for region, suffix in (("AST", ""), ("ALA", "-ala"), (None, "-centre")):
        secretary, chair = actors[f"secretary{suffix}"], actors[f"chair{suffix}"]
        with database.writing() as session:
            held = _convene(session, stage, region, suffix, secretary, chair, seed=seed, at=clock())
            cases = [case.id for case in session.get_one(Meeting, held).cases]
        keep = LEFT_FOR_THE_VISITOR if region == "AST" else 0
        for case in cases[: len(cases) - keep]:
            with database.writing() as session:
                _decide(session, case, secretary, chair, Random(f"{seed}/{case}"), clock())  # noqa: S311
            told(1)
        if not keep:
            with database.writing() as session:
                meeting.close_meeting(session, held, by=chair, at=clock())


def _convene(
    session: Session,
    stage: Stage,
    region: str | None,
    suffix: str,
    secretary: Actor,
    chair: Actor,
    *,
    seed: int,
    at: datetime,
) -> int:
    campaign = session.get_one(Campaign, stage.campaign_id)
    kind = CommissionKind.REGIONAL if region else CommissionKind.CENTRAL
    commission = commissions.set_up(session, campaign, kind=kind, region=region, by=secretary, at=at)
    _name(session, commission, suffix, secretary, chair, seed=seed, at=at)
    held = agenda.plan_meeting(
        session,
        commission.id,
        schedule_id=stage.schedules["interview", region or "CENTRE"],
        held_on=day_of(at),
        by=secretary,
        at=at,
    )
    for enrolment in agenda.awaiting(session, held):
        agenda.put_before(session, held.id, enrolment.id, by=secretary, at=at)
    absent = max(member.post_number for member in commission.members if member.office == "member")
    for member in commission.members:
        if member.post_number != absent:
            meeting.mark_present(session, held.id, member.id, by=secretary, at=at)
    meeting.open_meeting(session, held.id, by=chair, at=at)
    session.refresh(held)
    return held.id


def _name(
    session: Session,
    commission: Commission,
    suffix: str,
    secretary: Actor,
    chair: Actor,
    *,
    seed: int,
    at: datetime,
) -> None:
    chance = Random(f"{seed}/{suffix}")  # noqa: S311
    families = chance.sample(FAMILIES, len(FAMILIES))
    logins = {"chair": (chair.login, chair.full_name), "secretary": (secretary.login, secretary.full_name)}
    member_given = suffix != ""
    for post in commissions.posts_of(session, commission):
        login, name = logins.get(
            post.duty.value, (None, f"{families[post.number - 1]} {chance.choice(INITIALS)}")
        )
        if login is None and not member_given:
            login, name, member_given = "member", "Досжанов Төлеген Ахметұлы", True
        commissions.name_member(
            session,
            commission.id,
            post_number=post.number,
            full_name=name,
            act=ACT,
            login=login,
            by=secretary,
            at=at,
        )


def _decide(
    session: Session, case_id: int, secretary: Actor, chair: Actor, chance: Random, at: datetime
) -> None:
    case = meeting.call_case(session, case_id, by=chair, at=at)
    meeting.record_interview(
        session, case_id, f"AV-{case.meeting_id:03d}-{case.number:03d}", by=secretary, at=at
    )
    voting.open_vote(session, case_id, by=chair, at=at)
    choice = _choice(session, case, chance)
    for member in meeting.present_members(session, case.meeting):
        if member.votes:
            other = chance.random() < 0.15
            value = chance.choice(_open(session, case)) if other and member.office != "chair" else choice
            voting.record_vote(session, case_id, member.id, value, by=secretary, at=at)
    carried = voting.count_votes(session, case).decision
    while carried is None:
        voting.open_new_round(session, case_id, by=chair, at=at)
        for member in meeting.present_members(session, case.meeting):
            if member.votes:
                voting.record_vote(session, case_id, member.id, choice, by=secretary, at=at)
        carried = voting.count_votes(session, case).decision
    voting.decide(session, case_id, int(carried), by=chair, at=at)


def _open(session: Session, case: Case) -> list[int]:
    outcome = outcomes.latest_outcome(session, case.enrolment_id)
    assert outcome is not None
    return sorted(int(decision) for decision in open_decisions(outcomes.recomputed(session, outcome)).open)


def _choice(session: Session, case: Case, chance: Random) -> int:
    allowed = _open(session, case)
    weights = {1: 2, 2: 7, 3: 5, 4: 3, 5: 2} if 1 not in allowed else {1: 2, 2: 7, 3: 0, 4: 0, 5: 0}
    return chance.choices(allowed, [weights[value] for value in allowed])[0]
