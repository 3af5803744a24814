"""Heats and the measurements of the fitness norms."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.storage.base import Facts, Row, one_of
from exam.storage.tables.campaigns import Enrolment, Schedule


class Heat(Row):
    """People who do one exercise together."""

    __tablename__ = "heat"

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("schedule.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    region_code: Mapped[str] = mapped_column(sa.ForeignKey("region.code"))
    exercise: Mapped[str] = mapped_column(sa.String(24))
    number: Mapped[int]
    starts_at: Mapped[datetime]
    conditions: Mapped[str] = mapped_column(default="")

    schedule: Mapped[Schedule] = relationship()
    starters: Mapped[list["Starter"]] = relationship(order_by="Starter.start_number")


class Starter(Row):
    """An officer in a heat, under a start number."""

    __tablename__ = "starter"
    __table_args__ = (
        sa.UniqueConstraint("heat_id", "enrolment_id"),
        sa.UniqueConstraint("heat_id", "start_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    heat_id: Mapped[int] = mapped_column(sa.ForeignKey("heat.id"))
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), index=True)
    start_number: Mapped[int]

    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
    measurements: Mapped[list["Measurement"]] = relationship(order_by="Measurement.id", lazy="selectin")


class Measurement(Row):
    """A fitness result as entered. It counts once a second person has confirmed it."""

    __tablename__ = "measurement"
    __table_args__ = (
        one_of("status", ("measured", "not_taken", "excused")),
        sa.CheckConstraint("(status = 'measured') = (value IS NOT NULL)", name="value"),
        sa.CheckConstraint("(replaces_id IS NULL) = (reason IS NULL) OR status <> 'measured'", name="reason"),
        sa.UniqueConstraint("id", "entered_by"),
        sa.Index(
            "uq_measurement_first",
            "starter_id",
            unique=True,
            sqlite_where=sa.text("replaces_id IS NULL"),
            postgresql_where=sa.text("replaces_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starter_id: Mapped[int] = mapped_column(sa.ForeignKey("starter.id"), index=True)
    status: Mapped[str] = mapped_column(sa.String(12))
    typed: Mapped[str] = mapped_column(sa.String(24))
    value: Mapped[str | None] = mapped_column(sa.String(24))
    unit: Mapped[str] = mapped_column(sa.String(8))
    passed: Mapped[bool | None]
    grade: Mapped[str | None] = mapped_column(sa.String(24))
    ground: Mapped[Any] = mapped_column(Facts)
    entered_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    entered_at: Mapped[datetime]
    replaces_id: Mapped[int | None] = mapped_column(sa.ForeignKey("measurement.id"), unique=True)
    reason: Mapped[str | None]

    confirmation: Mapped["Confirmation | None"] = relationship(lazy="selectin")


class Confirmation(Row):
    """The second person's word that a measurement is what was seen."""

    __tablename__ = "confirmation"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["measurement_id", "entered_by"], ["measurement.id", "measurement.entered_by"]
        ),
        sa.CheckConstraint("confirmed_by <> entered_by", name="second_person"),
    )

    measurement_id: Mapped[int] = mapped_column(primary_key=True)
    entered_by: Mapped[int]
    confirmed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_at: Mapped[datetime]
