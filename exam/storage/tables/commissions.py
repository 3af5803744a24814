"""Commissions, meetings, cases, votes and decisions."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.storage.base import Facts, Row, one_of
from exam.storage.tables.campaigns import Enrolment, OutcomeRow


class Commission(Row):
    """The central commission or a regional one, with the size of its composition by post."""

    __tablename__ = "commission"
    __table_args__ = (
        one_of("kind", ("central", "regional")),
        sa.CheckConstraint("(kind = 'regional') = (region_code IS NOT NULL)", name="region"),
        sa.UniqueConstraint("campaign_id", "region_code"),
        sa.Index(
            "uq_commission_central",
            "campaign_id",
            unique=True,
            sqlite_where=sa.text("region_code IS NULL"),
            postgresql_where=sa.text("region_code IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(8))
    region_code: Mapped[str | None] = mapped_column(sa.ForeignKey("region.code"))
    posts: Mapped[int]
    voting_posts: Mapped[int]

    members: Mapped[list["Member"]] = relationship(order_by="Member.post_number")


class Member(Row):
    """A person on a post of a commission, by an act of appointment."""

    __tablename__ = "member"
    __table_args__ = (
        sa.UniqueConstraint("id", "votes"),
        sa.UniqueConstraint("commission_id", "post_number"),
        one_of("office", ("chair", "member", "secretary")),
        sa.CheckConstraint("votes = (office <> 'secretary')", name="votes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commission_id: Mapped[int] = mapped_column(sa.ForeignKey("commission.id"), index=True)
    post_number: Mapped[int]
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    full_name: Mapped[str]
    office: Mapped[str] = mapped_column(sa.String(12))
    votes: Mapped[bool]
    act: Mapped[str]


class Meeting(Row):
    """A meeting of a commission."""

    __tablename__ = "meeting"
    __table_args__ = (
        sa.UniqueConstraint("commission_id", "number"),
        one_of("state", ("planned", "open", "closed")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    commission_id: Mapped[int] = mapped_column(sa.ForeignKey("commission.id"), index=True)
    schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("schedule.id"))
    number: Mapped[int]
    held_on: Mapped[date]
    place: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(8), default="planned")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    commission: Mapped[Commission] = relationship(lazy="joined")
    cases: Mapped[list["Case"]] = relationship(order_by="Case.number")


class Attendance(Row):
    """A member who takes part in a meeting, until he leaves it."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(sa.ForeignKey("member.id"), primary_key=True)
    marked_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class Characteristic(Row):
    """The service characteristic (annex 2), as its author signed it."""

    __tablename__ = "characteristic"

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), unique=True)
    sections: Mapped[Any] = mapped_column(Facts)
    author_name: Mapped[str]
    author_post: Mapped[str]
    author_rank: Mapped[str] = mapped_column(default="")
    signed_on: Mapped[date]
    acquainted_on: Mapped[date]
    received_on: Mapped[date]


class Case(Row):
    """An officer before a meeting."""

    __tablename__ = "commission_case"
    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "enrolment_id"),
        sa.UniqueConstraint("id", "meeting_id"),
        sa.UniqueConstraint("meeting_id", "number"),
        one_of("state", ("waiting", "interview", "vote", "decided", "postponed")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(12), default="waiting")
    recording: Mapped[str | None]
    round: Mapped[int] = mapped_column(default=1)
    postponed_for: Mapped[str | None]

    meeting: Mapped[Meeting] = relationship(back_populates="cases")
    enrolment: Mapped[Enrolment] = relationship(lazy="joined")


class Vote(Row):
    """An open vote by name. Only a present, voting member has one, once a round."""

    __tablename__ = "vote"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "round", "member_id"),
        sa.ForeignKeyConstraint(
            ["case_id", "meeting_id"], ["commission_case.id", "commission_case.meeting_id"]
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id", "member_id"], ["attendance.meeting_id", "attendance.member_id"]
        ),
        sa.ForeignKeyConstraint(["member_id", "votes"], ["member.id", "member.votes"]),
        sa.CheckConstraint("votes", name="secretary"),
        sa.CheckConstraint("decision BETWEEN 1 AND 5", name="decision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(index=True)
    meeting_id: Mapped[int]
    member_id: Mapped[int]
    votes: Mapped[bool] = mapped_column(default=True)
    round: Mapped[int]
    decision: Mapped[int] = mapped_column(sa.SmallInteger)
    cast_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))


class DecisionRow(Row):
    """The decision of a commission on a case: one of five, inside what the outcome leaves open."""

    __tablename__ = "decision"
    __table_args__ = (
        sa.ForeignKeyConstraint(["outcome_id", "restricted"], ["outcome.id", "outcome.restricted"]),
        sa.CheckConstraint("value BETWEEN 1 AND 5", name="value"),
        sa.CheckConstraint("NOT restricted OR value >= 3", name="restriction"),
        sa.CheckConstraint("present * 3 >= composition * 2", name="quorum"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("commission_case.id"), unique=True)
    outcome_id: Mapped[int]
    restricted: Mapped[bool]
    value: Mapped[int] = mapped_column(sa.SmallInteger)
    round: Mapped[int]
    present: Mapped[int]
    composition: Mapped[int]
    voters: Mapped[int]
    votes_for: Mapped[int]
    by_chair: Mapped[bool]
    grounds: Mapped[Any] = mapped_column(Facts)
    decided_at: Mapped[datetime]
    recorded_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    outcome: Mapped[OutcomeRow] = relationship()
    acquaintance: Mapped["Acquaintance | None"] = relationship()


class Acquaintance(Row):
    """The officer's signature that he knows the decision (Decree 490, rule 21)."""

    __tablename__ = "acquaintance"

    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("decision.id"), primary_key=True)
    on: Mapped[date]
    entered_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime]
