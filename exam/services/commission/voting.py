"""The open vote on a case, by name, and the decision that follows from it.

Votes, rounds and the decision take the rows of the meeting and of the case before they look, so a vote and
a decision that race are one after the other, whichever comes first (READ COMMITTED is enough).

Source
------
Decree No. 490 of 28 February 2024, Rules, 11, 12, 15, 18 and 19.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import ForbiddenError, NotFoundError, RefusedError
from exam.rules.commission import Tally, quorum_counts, require_vote, tally
from exam.rules.commission import Vote as NamedVote
from exam.rules.errors import VoteRefusedError
from exam.rules.separation import Person, own_case
from exam.services.actors import Actor
from exam.services.campaign.campaigns import DECISION, advance_stage
from exam.services.commission.commission_scope import require_leading, require_secretary, seat_of
from exam.services.commission.meeting import (
    attendance_of,
    hold_case,
    present_members,
    quorum_base,
    require_a_quorum,
)
from exam.services.commission.outcomes import is_current, latest_outcome, recomputed, store_outcome
from exam.services.grounds import to_plain
from exam.services.journaling import record
from exam.storage.tables import Account, Case, DecisionRow, Member, OutcomeRow, Vote
from scoring.gate import Decision, open_decisions
from scoring.outcome import Ground


def open_vote(session: Session, case_id: int, *, by: Actor, at: datetime) -> Case:
    """Open the vote after a recorded interview, with a quorum and every part decided.

    Raises
    ------
    RefusedError
        ``interview-not-running``, ``recording-missing``, ``no_quorum`` or ``parts-open``.
    """
    case = hold_case(session, case_id, by=by)
    require_leading(session, case.meeting.commission, by)
    if case.state != "interview":
        raise RefusedError("interview-not-running")
    if not case.recording:
        raise RefusedError("recording-missing")
    require_a_quorum(session, case.meeting)
    outcome = store_outcome(session, case.enrolment, by=by, at=at)
    case.state = "vote"
    session.flush()
    record(session, "vote:opened", by=by, at=at, case=case.id, round=case.round, outcome=outcome.id)
    return case


def cast_vote(session: Session, case_id: int, decision: int, *, by: Actor, at: datetime) -> Vote:
    """Cast the actor's own vote.

    Raises
    ------
    ForbiddenError
        If the actor has no seat in this commission.
    RefusedError
        As `record_vote`.
    """
    case = hold_case(session, case_id, by=by)
    seat = seat_of(session, case.meeting.commission, by)
    if seat is None:
        raise ForbiddenError("role-missing", roles="chair, member")
    return _vote(session, case, seat, decision, by=by, at=at)


def record_vote(
    session: Session, case_id: int, member_id: int, decision: int, *, by: Actor, at: datetime
) -> Vote:
    """Record a member's vote as the secretary hears it at the roll call.

    Raises
    ------
    NotFoundError
        If the member is not of this commission.
    RefusedError
        ``no-such-decision``, ``outcome-stale``, ``secretary_votes``, ``not_present``, ``voted_twice``,
        ``decision_not_open``, ``vote-not-open`` or ``own_case``.
    """
    case = hold_case(session, case_id, by=by)
    require_secretary(case.meeting.commission, by)
    member = next((m for m in case.meeting.commission.members if m.id == member_id), None)
    if member is None:
        raise NotFoundError("member")
    return _vote(session, case, member, decision, by=by, at=at)


def _vote(session: Session, case: Case, member: Member, decision: int, *, by: Actor, at: datetime) -> Vote:
    chosen = _decision(decision)
    outcome = _outcome_of(session, case)
    voters = frozenset(m.id for m in present_members(session, case.meeting))
    secretary = next((m.id for m in case.meeting.commission.members if not m.votes), None)
    _refuse_as_rules_do(
        NamedVote(member.id, chosen),
        member,
        present=voters,
        secretary_id=secretary,
        voted=[vote.member_id for vote in votes_of(session, case)],
        gate=open_decisions(recomputed(session, outcome)).open,
    )
    if case.state != "vote":
        raise RefusedError("vote-not-open")
    _refuse_own_case(session, case, member)
    vote = Vote(
        case_id=case.id,
        meeting_id=case.meeting_id,
        member_id=member.id,
        round=case.round,
        decision=int(chosen),
        cast_at=at,
        recorded_by=by.id,
    )
    session.add(vote)
    session.flush()
    record(
        session,
        "vote:cast",
        by=by,
        at=at,
        case=case.id,
        round=case.round,
        member=member.full_name,
        decision=int(chosen),
    )
    return vote


def _decision(value: int) -> Decision:
    try:
        return Decision(value)
    except ValueError:
        raise RefusedError("no-such-decision", decision=value) from None


def _outcome_of(session: Session, case: Case) -> OutcomeRow:
    outcome = latest_outcome(session, case.enrolment_id)
    if outcome is None:
        raise RefusedError("vote-not-open")
    if not is_current(session, outcome):
        raise RefusedError("outcome-stale", officer=case.enrolment.officer.full_name)
    return outcome


def _refuse_as_rules_do(
    vote: NamedVote,
    member: Member,
    *,
    present: frozenset[int],
    secretary_id: int | None,
    voted: list[int],
    gate: frozenset[Decision],
) -> None:
    try:
        require_vote(vote, present=present, secretary_id=secretary_id, voted=voted, open_decisions=gate)
    except VoteRefusedError as refused:
        facts = {**dict(refused.refusal.facts), "member": member.full_name}
        raise RefusedError(refused.code, **facts) from refused


def _refuse_own_case(session: Session, case: Case, member: Member) -> None:
    account = session.get(Account, member.account_id) if member.account_id else None
    if account and own_case(Person(account.id, account.officer_id), case.enrolment.officer_id):
        raise RefusedError("own_case", member=member.full_name)


def votes_of(session: Session, case: Case) -> tuple[Vote, ...]:
    """Return the votes of the round that runs, in the order in which they were cast."""
    rows = session.scalars(
        sa.select(Vote).where(Vote.case_id == case.id, Vote.round == case.round).order_by(Vote.id)
    )
    return tuple(rows)


def count_votes(session: Session, case: Case) -> Tally:
    """Count the round that runs, as rule 19 does."""
    present = present_members(session, case.meeting)
    commission = case.meeting.commission
    chair = next((m.id for m in present if m.office == "chair"), None)
    secretary = next((m.id for m in commission.members if not m.votes), None)
    gate = open_decisions(recomputed(session, _outcome_of(session, case)))
    return tally(
        [NamedVote(vote.member_id, Decision(vote.decision)) for vote in votes_of(session, case)],
        present=[member.id for member in present],
        chair_id=chair,
        secretary_id=secretary,
        open_decisions=gate.open,
    )


def open_new_round(session: Session, case_id: int, *, by: Actor, at: datetime) -> Case:
    """Begin another round where the votes of this one carry no decision, or a result came after they began.

    Raises
    ------
    RefusedError
        ``vote-not-open``, ``no-votes-yet`` or ``decision-carried``.
    """
    case = hold_case(session, case_id, by=by)
    require_leading(session, case.meeting.commission, by)
    if case.state != "vote":
        raise RefusedError("vote-not-open")
    known = latest_outcome(session, case.enrolment_id)
    if known and is_current(session, known):
        _require_undecided(session, case)
    outcome = store_outcome(session, case.enrolment, by=by, at=at)
    case.round += 1
    session.flush()
    record(session, "vote:round", by=by, at=at, case=case.id, round=case.round, outcome=outcome.id)
    return case


def _require_undecided(session: Session, case: Case) -> None:
    if not votes_of(session, case):
        raise RefusedError("no-votes-yet")
    carried = count_votes(session, case).decision
    if carried is not None:
        raise RefusedError("decision-carried", decision=int(carried))


def decide(session: Session, case_id: int, announced: int, *, by: Actor, at: datetime) -> DecisionRow:
    """Write down the decision that the votes carry; the officer goes to the last stage.

    Parameters
    ----------
    announced : int
        The decision as the chair announces it. It must be the one that the votes carry, so that nobody
        confirms what he has not seen.

    Raises
    ------
    RefusedError
        ``no-such-decision``, ``case-decided``, ``outcome-stale``, ``decision_not_open``,
        ``vote-not-open``, ``no_quorum``, ``no-decision`` or ``decision-differs``.
    """
    case = hold_case(session, case_id, by=by)
    require_leading(session, case.meeting.commission, by)
    chosen = _decision(announced)
    if case.state == "decided":
        raise RefusedError("case-decided")
    outcome = _outcome_of(session, case)
    if chosen not in open_decisions(recomputed(session, outcome)).open:
        raise RefusedError(
            "decision_not_open", decision=int(chosen), officer=case.enrolment.officer.full_name
        )
    if case.state != "vote":
        raise RefusedError("vote-not-open")
    require_a_quorum(session, case.meeting)
    counted = count_votes(session, case)
    if counted.decision is None:
        raise RefusedError("no-decision", needed=counted.needed)
    if counted.decision is not chosen:
        raise RefusedError("decision-differs", decision=int(counted.decision), announced=int(chosen))
    return _write_decision(session, case, outcome, counted, by=by, at=at)


def _write_decision(
    session: Session, case: Case, outcome: OutcomeRow, counted: Tally, *, by: Actor, at: datetime
) -> DecisionRow:
    here = present_members(session, case.meeting)
    attendance = attendance_of(case.meeting.commission, here)
    base = quorum_base(session, case.meeting.commission)
    present, composition = quorum_counts(attendance, base)
    decision = counted.decision
    assert decision is not None
    took_part = Ground("took_part", (("members", ",".join(str(member.id) for member in here)),))
    row = DecisionRow(
        case_id=case.id,
        outcome_id=outcome.id,
        restricted=outcome.restricted,
        value=int(decision),
        round=case.round,
        present=present,
        composition=composition,
        voters=len(attendance.members),
        votes_for=counted.counts[decision],
        by_chair=counted.by_chair,
        grounds=to_plain([*counted.grounds, took_part]),
        decided_at=at,
        recorded_by=by.id,
    )
    session.add(row)
    case.state = "decided"
    session.flush()
    record(
        session,
        "case:decided",
        by=by,
        at=at,
        case=case.id,
        decision=row.value,
        votes_for=row.votes_for,
        voters=row.voters,
        present=row.present,
        composition=row.composition,
        outcome=outcome.id,
    )
    advance_stage(session, case.enrolment, DECISION, by=by, at=at)
    return row
