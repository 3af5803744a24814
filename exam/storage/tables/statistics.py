"""Changed keys with their two people, standard-setting panels, and what people concluded of a lead."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.storage.base import Facts, Row, one_of
from exam.storage.tables.bank import ItemVersionRow

KEY_MODES = ("rekey", "accept", "everyone", "drop")
LEAD_CONCLUSIONS = ("nothing", "explained", "inquiry")


class KeyChangeRow(Row):
    """Another key for an item version in a campaign, as proposed; it counts once it is confirmed."""

    __tablename__ = "key_change"
    __table_args__ = (one_of("mode", KEY_MODES), sa.CheckConstraint("reason <> ''", name="reason"))

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    item_version_id: Mapped[int] = mapped_column(sa.ForeignKey("item_version.id"), index=True)
    mode: Mapped[str] = mapped_column(sa.String(12))
    accepted: Mapped[Any] = mapped_column(Facts)
    reason: Mapped[str]
    proposed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime]

    version: Mapped[ItemVersionRow] = relationship()
    answer: Mapped["KeyChangeAnswer | None"] = relationship()


class KeyChangeAnswer(Row):
    """What another person said to a proposed key, with the effect that he saw before him."""

    __tablename__ = "key_change_answer"

    key_change_id: Mapped[int] = mapped_column(sa.ForeignKey("key_change.id"), primary_key=True)
    confirmed: Mapped[bool]
    note: Mapped[str]
    effect: Mapped[Any] = mapped_column(Facts)
    answered_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    answered_at: Mapped[datetime]


class AngoffPanel(Row):
    """A panel that judges the questions of one form."""

    __tablename__ = "angoff_panel"

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("form.id"), index=True)
    purpose: Mapped[str]
    judges: Mapped[Any] = mapped_column(Facts, server_default="[]")
    opened_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    opened_at: Mapped[datetime]

    estimates: Mapped[list["AngoffEstimate"]] = relationship(order_by="AngoffEstimate.id")
    limits: Mapped[list["PanelLimits"]] = relationship(order_by="PanelLimits.id")


class AngoffEstimate(Row):
    """The estimates of one judge in one round: per cent for each question, in the order of the form."""

    __tablename__ = "angoff_estimate"
    __table_args__ = (
        sa.UniqueConstraint("panel_id", "round", "judge"),
        sa.CheckConstraint("round BETWEEN 1 AND 9", name="round"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey("angoff_panel.id"))
    round: Mapped[int] = mapped_column(sa.SmallInteger)
    judge: Mapped[str]
    percents: Mapped[Any] = mapped_column(Facts)
    entered_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime]


class PanelLimits(Row):
    """What one judge of a panel could accept: cuts in points, failures in per cent (Hofstee)."""

    __tablename__ = "panel_limits"
    __table_args__ = (
        sa.UniqueConstraint("panel_id", "judge"),
        sa.CheckConstraint("least_cut <= most_cut AND least_cut >= 0", name="cuts"),
        sa.CheckConstraint(
            "least_failing <= most_failing AND least_failing >= 0 AND most_failing <= 100", name="failing"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey("angoff_panel.id"))
    judge: Mapped[str]
    least_cut: Mapped[int]
    most_cut: Mapped[int]
    least_failing: Mapped[int]
    most_failing: Mapped[int]
    entered_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime]


class LeadReview(Row):
    """What a person concluded of a lead of the integrity list, or the agreement of a second person.

    `other_id` is the second attempt of a pair; `answers_id` names the review that a second person agrees to.
    """

    __tablename__ = "lead_review"
    __table_args__ = (
        one_of("conclusion", LEAD_CONCLUSIONS),
        sa.CheckConstraint("note <> ''", name="note"),
        sa.CheckConstraint("other_id IS NULL OR attempt_id < other_id", name="pair"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attempt.id"), index=True)
    conclusion: Mapped[str] = mapped_column(sa.String(12))
    note: Mapped[str]
    answers_id: Mapped[int | None] = mapped_column(sa.ForeignKey("lead_review.id"), unique=True)
    by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime]
