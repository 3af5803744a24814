"""Thresholds: how a test is held and what passes it, a dated setting with its source and two approvers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.separation import Person, approvers_problem
from exam.services.actors import Actor
from exam.services.journaling import record
from exam.storage.tables import Account, Campaign, Threshold, ThresholdApproval
from question_bank.blueprint import Blueprint
from scoring.outcome import PartKind

APPROVERS = 2


@dataclass(frozen=True, slots=True)
class Proposal:
    """A threshold as somebody proposes it.

    Attributes
    ----------
    points : int
        The least number of points overall; reaching it passes.
    minimum_by_area : mapping of str to int
        The least number of points in each area that has its own minimum.
    blueprint : str
        Code of the blueprint of the forms.
    source : str
        The act with number, date and clause.
    sample : bool
        Whether the figures are a sample and not the body's own act.
    """

    part: PartKind
    questions: int
    minutes: int
    points: int
    minimum_by_area: Mapping[str, int]
    blueprint: str
    source: str
    sample: bool
    valid_from: date
    post_category: str | None = None


def propose(
    session: Session, campaign: Campaign, proposal: Proposal, *, by: Actor, at: datetime
) -> Threshold:
    """Propose a threshold; it is in force from its first day once two others have approved it.

    Raises
    ------
    RefusedError
        ``norms-have-no-threshold``, ``points-out-of-range``, ``minutes-out-of-range``, ``source-missing`` or
        ``minimum-out-of-range``.
    """
    _require_sense(proposal)
    row = Threshold(
        campaign_id=campaign.id,
        part=proposal.part.value,
        post_category=proposal.post_category,
        questions=proposal.questions,
        minutes=proposal.minutes,
        points=proposal.points,
        minimum_by_area=dict(proposal.minimum_by_area),
        blueprint=proposal.blueprint,
        source=proposal.source.strip(),
        sample=proposal.sample,
        valid_from=proposal.valid_from,
        proposed_by=by.id,
        proposed_at=at,
    )
    session.add(row)
    session.flush()
    record(
        session,
        "threshold:proposed",
        by=by,
        at=at,
        threshold=row.id,
        campaign=campaign.code,
        part=row.part,
        points=row.points,
        questions=row.questions,
        minutes=row.minutes,
        source=row.source,
        valid_from=row.valid_from,
    )
    return row


def _require_sense(proposal: Proposal) -> None:
    if proposal.part is PartKind.NORMS:
        raise RefusedError("norms-have-no-threshold")
    if not 1 <= proposal.points <= proposal.questions <= 500:
        raise RefusedError("points-out-of-range", questions=proposal.questions)
    if not 1 <= proposal.minutes <= 600:
        raise RefusedError("minutes-out-of-range")
    if not proposal.source.strip():
        raise RefusedError("source-missing")
    if any(not 0 < least <= proposal.questions for least in proposal.minimum_by_area.values()):
        raise RefusedError("minimum-out-of-range")


def approve(session: Session, threshold_id: int, *, by: Actor, at: datetime) -> Threshold:
    """Approve a threshold, as the first or the second of two who did not propose it.

    Raises
    ------
    RefusedError
        ``proposer-approves`` or ``approved-already``.
    """
    row = session.get(Threshold, threshold_id)
    if row is None:
        raise NotFoundError("threshold")
    approved = [a.account_id for a in row.approvals]
    if by.id in approved:
        raise RefusedError("approved-already")
    proposer = session.get_one(Account, row.proposed_by)
    author, approver = Person(proposer.id, proposer.officer_id), Person(by.id, by.officer_id)
    if author.is_same_as(approver):
        raise RefusedError("proposer-approves")
    if len(approved) + 1 == APPROVERS:
        people = [Person(a.id, a.officer_id) for a in (session.get_one(Account, i) for i in approved)]
        if problem := approvers_problem(author, [*people, approver]):
            raise RefusedError(problem.code, **dict(problem.facts))
    row.approvals.append(ThresholdApproval(account_id=by.id, at=at))
    session.flush()
    record(session, "threshold:approved", by=by, at=at, threshold=row.id, approvals=len(row.approvals))
    return row


def threshold_in_force(
    session: Session, campaign_id: int, part: PartKind | str, post_category: str | None, on: date
) -> Threshold | None:
    """Return what holds for a part, a post category and a day: the category's own before the general one.

    Of several the latest begun counts, and of two begun on one day the one entered later. A setting without
    two approvals does not count.
    """
    approvals = (
        sa.select(sa.func.count())
        .where(ThresholdApproval.threshold_id == Threshold.id)
        .correlate(Threshold)
        .scalar_subquery()
    )
    wanted = (
        sa.select(Threshold)
        .where(
            Threshold.campaign_id == campaign_id,
            Threshold.part == str(part),
            Threshold.valid_from <= on,
            sa.or_(Threshold.post_category.is_(None), Threshold.post_category == post_category),
            approvals >= APPROVERS,
        )
        .order_by(Threshold.post_category.is_(None), Threshold.valid_from.desc(), Threshold.id.desc())
    )
    return session.scalar(wanted.limit(1))


def cut_of(session: Session, campaign: str, blueprint: Blueprint, on: date) -> int | None:
    """Return the points that pass a form of a blueprint on a day; None while no threshold is in force."""
    campaign_id = session.scalar(sa.select(Campaign.id).where(Campaign.code == campaign))
    row = campaign_id and threshold_in_force(session, campaign_id, blueprint.part, None, on)
    return row.points if row and row.questions == blueprint.questions else None
