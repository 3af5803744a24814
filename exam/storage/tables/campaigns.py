"""Campaigns, their officers, settings with two approvers, and schedules."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.rules.commission import QuorumBase
from exam.storage.base import Facts, Row, one_of
from exam.storage.tables.people import Officer
from scoring.outcome import PartKind, RestrictionWhen


class Campaign(Row):
    """One attestation drive under one regime."""

    __tablename__ = "campaign"
    __table_args__ = (
        one_of("restriction_when", tuple(RestrictionWhen)),
        one_of("quorum_base", tuple(QuorumBase)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(32), unique=True)
    regime: Mapped[str] = mapped_column(sa.String(32))
    name_kk: Mapped[str]
    name_ru: Mapped[str]
    order: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    restriction_when: Mapped[str] = mapped_column(sa.String(8))
    quorum_base: Mapped[str] = mapped_column(sa.String(16))
    norms_edition: Mapped[str] = mapped_column(sa.String(40))
    created_at: Mapped[datetime]


class Enrolment(Row):
    """An officer in a campaign, at one of the five stages."""

    __tablename__ = "enrolment"
    __table_args__ = (
        sa.UniqueConstraint("campaign_id", "officer_id"),
        sa.CheckConstraint("stage BETWEEN 1 AND 5", name="stage"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    officer_id: Mapped[int] = mapped_column(sa.ForeignKey("officer.id"), index=True)
    stage: Mapped[int] = mapped_column(sa.SmallInteger, default=1)
    notified_on: Mapped[date | None]
    exempt_reason: Mapped[str | None]
    exempt_until: Mapped[date | None]

    officer: Mapped[Officer] = relationship(lazy="joined")
    campaign: Mapped[Campaign] = relationship()


class Threshold(Row):
    """How a test is held and what passes it: a dated setting with its source, never changed."""

    __tablename__ = "threshold"
    __table_args__ = (
        one_of("part", (PartKind.LEGISLATION.value, PartKind.LOGIC.value)),
        sa.CheckConstraint("points BETWEEN 0 AND questions", name="points"),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    part: Mapped[str] = mapped_column(sa.String(16))
    post_category: Mapped[str | None] = mapped_column(sa.String(16))
    questions: Mapped[int]
    minutes: Mapped[int]
    points: Mapped[int]
    minimum_by_area: Mapped[Any] = mapped_column(Facts)
    blueprint: Mapped[str] = mapped_column(sa.String(64))
    source: Mapped[str]
    sample: Mapped[bool]
    valid_from: Mapped[date]
    proposed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime]

    approvals: Mapped[list["ThresholdApproval"]] = relationship(lazy="selectin")


class ThresholdApproval(Row):
    """One of the two approvals that bring a threshold into force; never by who proposed it."""

    __tablename__ = "threshold_approval"

    threshold_id: Mapped[int] = mapped_column(sa.ForeignKey("threshold.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), primary_key=True)
    at: Mapped[datetime]


class Schedule(Row):
    """A schedule of norms, tests or interviews, approved by a named person (Decree 490, rule 8)."""

    __tablename__ = "schedule"
    __table_args__ = (
        one_of("stage", ("norms", "test", "interview")),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approver_name IS NULL)"
            " AND (approved_at IS NULL) = (approver_post IS NULL)",
            name="approval",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    stage: Mapped[str] = mapped_column(sa.String(12))
    region_code: Mapped[str] = mapped_column(sa.ForeignKey("region.code"))
    place: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    approver_name: Mapped[str | None]
    approver_post: Mapped[str | None]
    order: Mapped[str | None]
    approved_at: Mapped[datetime | None]
    entered_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))


class PartResult(Row):
    """The result of a part, with its grounds. A correction is a further row that names what it replaces."""

    __tablename__ = "part_result"
    __table_args__ = (
        one_of("kind", tuple(PartKind)),
        one_of("state", ("passed", "failed", "not_taken", "excused")),
        sa.CheckConstraint("(replaces_id IS NULL) = (reason IS NULL)", name="reason"),
        sa.Index("ix_part_result_enrolment_kind", "enrolment_id", "kind"),
        sa.Index(
            "uq_part_result_first",
            "enrolment_id",
            "kind",
            unique=True,
            sqlite_where=sa.text("replaces_id IS NULL"),
            postgresql_where=sa.text("replaces_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"))
    kind: Mapped[str] = mapped_column(sa.String(16))
    state: Mapped[str] = mapped_column(sa.String(12))
    grounds: Mapped[Any] = mapped_column(Facts)
    score: Mapped[int | None]
    maximum: Mapped[int | None]
    threshold_id: Mapped[int | None] = mapped_column(sa.ForeignKey("threshold.id"))
    attempt_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attempt.id"))
    input_digest: Mapped[str] = mapped_column(sa.String(64))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(sa.String(80))
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part_result.id"), unique=True)
    reason: Mapped[str | None]
    second_person: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class OutcomeRow(Row):
    """Parts combined under the campaign's reading of rule 18; the decision of the commission names one."""

    __tablename__ = "outcome"
    __table_args__ = (sa.UniqueConstraint("id", "restricted"), one_of("reading", tuple(RestrictionWhen)))

    id: Mapped[int] = mapped_column(primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), index=True)
    reading: Mapped[str] = mapped_column(sa.String(8))
    restricted: Mapped[bool]
    parts: Mapped[Any] = mapped_column(Facts)
    grounds: Mapped[Any] = mapped_column(Facts)
    computed_at: Mapped[datetime]
