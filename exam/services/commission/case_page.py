"""What the commission sees of one case, gathered from the stored facts."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.rules.regimes import CommissionKind, Names, Regime, regime
from exam.services.actors import Actor
from exam.services.campaign.terms import days_after, days_before
from exam.services.commission.case_facts import (
    CasePage,
    Deadline,
    DecisionOption,
    DecisionTaken,
    MeetingFacts,
    OfficerFacts,
    PartCard,
    ScheduleApproval,
    Standing,
    VoteLine,
)
from exam.services.commission.characteristics import Characterisation, characterisation
from exam.services.commission.commission_scope import find_case, keeps, presides, seat_of
from exam.services.commission.meeting import present_members
from exam.services.commission.outcomes import (
    current_results,
    is_current,
    latest_outcome,
    outcome_now,
    recomputed,
    results_of,
)
from exam.services.commission.voting import count_votes, votes_of
from exam.services.grounds import from_plain
from exam.services.local_days import day_of
from exam.services.statistics.measurement_error import ScorePrecision, score_precision
from exam.storage.tables import (
    Campaign,
    Case,
    Commission,
    DecisionRow,
    Enrolment,
    Meeting,
    Officer,
    PartResult,
    Region,
    Schedule,
    Threshold,
)
from scoring.gate import Gate, explain, open_decisions
from scoring.outcome import Outcome, Part


def read_case(session: Session, case_id: int, *, by: Actor, today: date) -> CasePage:
    """Gather a case in the actor's sight.

    Raises
    ------
    NotFoundError
        If there is no such case within the actor's scope.
    """
    case = find_case(session, case_id, by=by)
    enrolment = case.enrolment
    campaign = session.get_one(Campaign, enrolment.campaign_id)
    under = regime(campaign.regime)
    decision = session.scalar(sa.select(DecisionRow).where(DecisionRow.case_id == case.id))
    outcome, stale = _outcome_of(session, case, decision)
    gate = open_decisions(outcome)
    characteristic = characterisation(session, enrolment.id)
    running = case.state == "vote" and not stale
    counted = count_votes(session, case) if running else None
    return CasePage(
        id=case.id,
        number=case.number,
        state=case.state,
        round=case.round,
        recording=case.recording,
        postponed_for=case.postponed_for,
        meeting=meeting_facts(session, case.meeting),
        rule=under.restriction_clause,
        officer=officer_facts(session, enrolment.officer, under),
        enrolment_id=enrolment.id,
        stage=enrolment.stage,
        restricted=outcome.restricted,
        stale=stale,
        reading=outcome.reading.value,
        parts=_cards(session, enrolment, outcome, decision),
        lines=explain(outcome, gate),
        gate_grounds=gate.grounds,
        decisions=_options(under, gate),
        characteristic=characteristic,
        deadlines=_deadlines(campaign, enrolment, case.meeting, characteristic, decision, today),
        votes=_vote_lines(session, case, under, decision),
        carried=int(counted.decision) if counted and counted.decision else None,
        tally=counted.grounds if counted else (),
        decision=_taken(decision, under),
        standing=standing_in(session, case.meeting.commission, by),
    )


def standing_in(session: Session, commission: Commission, by: Actor) -> Standing:
    """Return what the actor is in a commission."""
    seat, is_secretary = seat_of(session, commission, by), keeps(commission, by)
    return Standing(
        keeps=is_secretary,
        leads=is_secretary or presides(session, commission, by),
        seat_id=seat.id if seat else None,
        seat_votes=bool(seat and seat.votes),
    )


def meeting_facts(session: Session, meeting: Meeting) -> MeetingFacts:
    """Return what a heading says of a meeting."""
    commission = meeting.commission
    campaign = session.get_one(Campaign, commission.campaign_id)
    return MeetingFacts(
        id=meeting.id,
        number=meeting.number,
        held_on=meeting.held_on,
        place=meeting.place,
        state=meeting.state,
        kind=commission.kind,
        region=region_names(session, commission.region_code) if commission.region_code else None,
        quorum_base=campaign.quorum_base,
        schedule=_approval(session.get_one(Schedule, meeting.schedule_id)),
        campaign=Names(kk=campaign.name_kk, ru=campaign.name_ru, en=campaign.name_kk),
        act=regime(campaign.regime).act,
    )


def _approval(schedule: Schedule) -> ScheduleApproval:
    return ScheduleApproval(
        name=schedule.approver_name or "",
        post=schedule.approver_post or "",
        order=schedule.order or "",
        on=day_of(schedule.approved_at or schedule.starts_at),
    )


def region_names(session: Session, code: str) -> Names:
    """Return the names of a region; pages in English show the Kazakh one."""
    region = session.get_one(Region, code)
    return Names(kk=region.name_kk, ru=region.name_ru, en=region.name_kk)


def officer_facts(session: Session, officer: Officer, under: Regime) -> OfficerFacts:
    """Return what pages and papers say of an officer."""
    return OfficerFacts(
        full_name=officer.full_name,
        birth_date=officer.birth_date,
        rank=officer.rank,
        post=officer.post,
        category=under.category(officer.post_category).names,
        category_code=officer.post_category,
        unit=officer.unit,
        region=region_names(session, officer.region_code),
        appointed_on=officer.appointed_on,
        education=officer.education,
        speciality=officer.speciality,
    )


def _outcome_of(session: Session, case: Case, decision: DecisionRow | None) -> tuple[Outcome, bool]:
    """The outcome that the decision names, else the current one; and whether the vote began on another."""
    if decision is not None:
        return recomputed(session, decision.outcome), False
    stored = latest_outcome(session, case.enrolment_id)
    stale = case.state == "vote" and (stored is None or not is_current(session, stored))
    return outcome_now(session, case.enrolment), stale


def _cards(
    session: Session, enrolment: Enrolment, outcome: Outcome, decision: DecisionRow | None
) -> tuple[PartCard, ...]:
    """The results that the decision stood on, else those that count now."""
    counted = results_of(session, decision.outcome) if decision else current_results(session, enrolment.id)
    rows = {row.kind: row for row in counted}
    return tuple(_card(session, part, rows.get(part.kind.value)) for part in outcome.parts)


def _card(session: Session, part: Part, row: PartResult | None) -> PartCard:
    threshold = session.get(Threshold, row.threshold_id) if row and row.threshold_id else None
    return PartCard(
        kind=part.kind.value,
        state=part.state.value,
        score=row.score if row else None,
        maximum=row.maximum if row else None,
        threshold=threshold.points if threshold else None,
        precision=_precision(session, row, threshold, part),
        sample=bool(threshold and threshold.sample),
        grounds=part.grounds,
    )


def _precision(
    session: Session, row: PartResult | None, threshold: Threshold | None, part: Part
) -> ScorePrecision | None:
    if row is None or threshold is None or row.score is None or not row.maximum:
        return None
    return score_precision(
        session,
        row.attempt_id,
        score=row.score,
        cut=threshold.points,
        maximum=row.maximum,
        grounds=part.grounds,
    )


def _options(under: Regime, gate: Gate) -> tuple[DecisionOption, ...]:
    return tuple(
        DecisionOption(each.number, each.names, each.number in gate.open) for each in under.decisions
    )


def _vote_lines(
    session: Session, case: Case, under: Regime, decision: DecisionRow | None
) -> tuple[VoteLine, ...]:
    commission = case.meeting.commission
    posts = {post.number: post.names for post in under.composition(CommissionKind(commission.kind)).posts}
    present = _took_part(decision) or {member.id for member in present_members(session, case.meeting)}
    votes = {vote.member_id: vote for vote in votes_of(session, case)}
    lines = []
    for member in commission.members:
        vote = votes.get(member.id)
        lines.append(
            VoteLine(
                member_id=member.id,
                full_name=member.full_name,
                post=posts[member.post_number],
                office=member.office,
                votes=member.votes,
                present=member.id in present,
                decision=vote.decision if vote else None,
                by_roll_call=bool(vote and vote.recorded_by != member.account_id),
                account_id=member.account_id,
            )
        )
    return tuple(lines)


def _took_part(decision: DecisionRow | None) -> set[int]:
    """Who took part when the case was decided, as the decision itself keeps it."""
    grounds = from_plain(decision.grounds) if decision else ()
    told = next((ground.fact("members") for ground in grounds if ground.code == "took_part"), "")
    return {int(member) for member in told.split(",") if member}


def _taken(decision: DecisionRow | None, under: Regime) -> DecisionTaken | None:
    if decision is None:
        return None
    return DecisionTaken(
        number=decision.value,
        names=under.decision(decision.value).names,
        present=decision.present,
        composition=decision.composition,
        voters=decision.voters,
        votes_for=decision.votes_for,
        by_chair=decision.by_chair,
        round=decision.round,
        decided_at=decision.decided_at,
        grounds=tuple(g for g in from_plain(decision.grounds) if g.code != "took_part"),
        acquainted_on=decision.acquaintance.on if decision.acquaintance else None,
    )


def _deadlines(
    campaign: Campaign,
    enrolment: Enrolment,
    meeting: Meeting,
    characteristic: Characterisation | None,
    decision: DecisionRow | None,
    today: date,
) -> tuple[Deadline, ...]:
    before = days_before(campaign, meeting=meeting.held_on)
    acquainted = decision.acquaintance.on if decision and decision.acquaintance else None
    days: list[tuple[str, date, date | None]] = [
        ("notice", before.notice, enrolment.notified_on),
        ("characteristic", before.characteristic, characteristic.received_on if characteristic else None),
        ("materials", before.materials, None),
        ("meeting", meeting.held_on, day_of(meeting.opened_at) if meeting.opened_at else None),
    ]
    if decision is not None:
        after = days_after(campaign, decided=day_of(decision.decided_at))
        days += [("protocol", after.protocol, None), ("acquaintance", after.acquaintance, acquainted)]
    watched = {"notice", "characteristic", "acquaintance"}
    return tuple(
        Deadline(code, due, done, late=code in watched and (done or today) > due) for code, due, done in days
    )
