"""The officer's signature that he knows the decision (Decree No. 490, Rules, 21)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.campaign.terms import days_after
from exam.services.commission.commission_scope import keeps
from exam.services.journaling import record
from exam.services.local_days import day_of
from exam.storage.tables import Acquaintance, Campaign, Case, DecisionRow


def acquaint(session: Session, case_id: int, *, on: date, by: Actor, at: datetime) -> Acquaintance:
    """Enter the day on which the officer signed; a late day is entered too, and told as late.

    Raises
    ------
    NotFoundError
        If no decided case of this number is in the actor's region.
    RefusedError
        ``acquainted-already``, ``date-in-future`` or ``before-the-decision``.
    """
    case = session.get(Case, case_id)
    decision = session.scalar(sa.select(DecisionRow).where(DecisionRow.case_id == case_id))
    if case is None or decision is None or not _may_enter(case, by):
        raise NotFoundError("case")
    if decision.acquaintance is not None:
        raise RefusedError("acquainted-already")
    if on > day_of(at):
        raise RefusedError("date-in-future")
    decided = day_of(decision.decided_at)
    if on < decided:
        raise RefusedError("before-the-decision", day=f"{decided:%d.%m.%Y}")
    campaign = session.get_one(Campaign, case.enrolment.campaign_id)
    row = Acquaintance(decision_id=decision.id, on=on, entered_by=by.id, entered_at=at)
    decision.acquaintance = row
    session.flush()
    record(
        session,
        "decision:acquainted",
        by=by,
        at=at,
        case=case.id,
        on=on,
        late=on > days_after(campaign, decided=decided).acquaintance,
    )
    return row


def _may_enter(case: Case, by: Actor) -> bool:
    mine = by.regions(Role.HR)
    return keeps(case.meeting.commission, by) or mine is None or case.enrolment.officer.region_code in mine
