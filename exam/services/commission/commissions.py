"""Commissions: set up from the composition of the regime, their members named by an act.

Source
------
Decree No. 490 of 28 February 2024, clause 3 and Rules, 9-11, annex 1.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.regimes import CommissionKind, CommissionPost, Composition, Duty, regime
from exam.rules.roles import Role
from exam.services.actors import Actor
from exam.services.commission.commission_scope import find_commission, require_secretary
from exam.services.journaling import record
from exam.services.reference import CENTRE
from exam.storage.tables import Account, Campaign, Commission, Member, Region

ROLE_OF = {Duty.CHAIR: Role.CHAIR, Duty.MEMBER: Role.MEMBER, Duty.SECRETARY: Role.SECRETARY}


def set_up(
    session: Session,
    campaign: Campaign,
    *,
    kind: CommissionKind,
    region: str | None = None,
    by: Actor,
    at: datetime,
) -> Commission:
    """Set up the central commission, or the one of a region, with the posts that the regime lists.

    Raises
    ------
    RefusedError
        ``composition-not-in-regime`` or ``commission-exists``.
    NotFoundError
        If the region is not the actor's.
    """
    place = region if kind is CommissionKind.REGIONAL else None
    mine = by.regions(Role.SECRETARY, Role.HR, Role.ADMINISTRATOR)
    unknown = kind is CommissionKind.REGIONAL and (place in (None, CENTRE) or not session.get(Region, place))
    if unknown or (mine is not None and (place or CENTRE) not in mine):
        raise NotFoundError("region")
    composition = _composition(campaign, kind)
    if _existing(session, campaign, place):
        raise RefusedError("commission-exists")
    row = Commission(
        campaign_id=campaign.id,
        kind=kind.value,
        region_code=place,
        posts=len(composition.posts),
        voting_posts=len(composition.voting_posts),
    )
    session.add(row)
    session.flush()
    record(
        session,
        "commission:set-up",
        by=by,
        at=at,
        commission=row.id,
        campaign=campaign.code,
        kind=row.kind,
        region=place,
        posts=row.posts,
    )
    return row


def _composition(campaign: Campaign, kind: CommissionKind) -> Composition:
    try:
        return regime(campaign.regime).composition(kind)
    except KeyError:
        raise RefusedError("composition-not-in-regime", campaign=campaign.code) from None


def _existing(session: Session, campaign: Campaign, region: str | None) -> int | None:
    wanted = sa.select(Commission.id).where(Commission.campaign_id == campaign.id)
    return session.scalar(wanted.where(Commission.region_code.is_not_distinct_from(region)))


def posts_of(session: Session, commission: Commission) -> tuple[CommissionPost, ...]:
    """Return the posts of a commission, as its regime lists them."""
    campaign = session.get_one(Campaign, commission.campaign_id)
    return _composition(campaign, CommissionKind(commission.kind)).posts


def name_member(
    session: Session,
    commission_id: int,
    *,
    post_number: int,
    full_name: str,
    act: str,
    login: str | None = None,
    by: Actor,
    at: datetime,
) -> Member:
    """Name the person on a post of a commission, by the act that approved him (rule 10).

    Parameters
    ----------
    act : str
        The act of appointment, with number and date.
    login : str, optional
        His account, with which he votes himself; without one the secretary records his vote.

    Raises
    ------
    RefusedError
        ``post-not-in-composition``, ``post-taken``, ``member-name-missing``, ``act-missing``,
        ``account-unknown``, ``account-has-a-seat`` or ``account-without-role``.
    """
    commission = find_commission(session, commission_id, by=by)
    require_secretary(commission, by)
    post = _free_post(session, commission, post_number)
    if not full_name.strip():
        raise RefusedError("member-name-missing")
    if not act.strip():
        raise RefusedError("act-missing")
    account = _account_for(session, commission, post.duty, login) if login else None
    member = Member(
        commission_id=commission.id,
        post_number=post_number,
        account_id=account.id if account else None,
        full_name=full_name.strip(),
        office=post.duty.value,
        votes=post.duty is not Duty.SECRETARY,
        act=act.strip(),
    )
    commission.members.append(member)
    session.flush()
    record(
        session,
        "member:named",
        by=by,
        at=at,
        commission=commission.id,
        post=post_number,
        name=member.full_name,
        act=member.act,
    )
    return member


def _free_post(session: Session, commission: Commission, number: int) -> CommissionPost:
    post = next((each for each in posts_of(session, commission) if each.number == number), None)
    if post is None:
        raise RefusedError("post-not-in-composition", post=number)
    if any(member.post_number == number for member in commission.members):
        raise RefusedError("post-taken", post=number)
    return post


def _account_for(session: Session, commission: Commission, duty: Duty, login: str) -> Account:
    account = session.scalar(sa.select(Account).where(Account.login == login.strip().lower()))
    if account is None or account.disabled_at is not None:
        raise RefusedError("account-unknown", login=login)
    if any(member.account_id == account.id for member in commission.members):
        raise RefusedError("account-has-a-seat", login=login)
    places = {None, commission.region_code or CENTRE}
    if not any(
        grant.role == ROLE_OF[duty] and grant.revoked_at is None and grant.region_code in places
        for grant in account.grants
    ):
        raise RefusedError("account-without-role", login=login, role=ROLE_OF[duty].value)
    return account
