"""Sittings, admissions, attempts, and the steps of the answer journal."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.storage.base import Facts, Row, one_of
from exam.storage.tables.bank import Form
from exam.storage.tables.campaigns import Enrolment, Schedule


class Sitting(Row):
    """One room, one time, under an approved schedule."""

    __tablename__ = "sitting"
    __table_args__ = (one_of("state", ("planned", "open", "closed")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    schedule_id: Mapped[int] = mapped_column(sa.ForeignKey("schedule.id"), index=True)
    campaign_id: Mapped[int] = mapped_column(sa.ForeignKey("campaign.id"), index=True)
    region_code: Mapped[str] = mapped_column(sa.ForeignKey("region.code"))
    room: Mapped[str]
    state: Mapped[str] = mapped_column(sa.String(8), default="planned")
    opened_at: Mapped[datetime | None]
    opened_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]

    schedule: Mapped[Schedule] = relationship(lazy="joined")


class Admission(Row):
    """An officer at a seat of a sitting, with the start code that the invigilator hands over."""

    __tablename__ = "admission"
    __table_args__ = (
        sa.UniqueConstraint("sitting_id", "enrolment_id"),
        sa.UniqueConstraint("sitting_id", "seat"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"))
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), index=True)
    seat: Mapped[int]
    extra_percent: Mapped[int] = mapped_column(default=0)
    code_digest: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    code_expires_at: Mapped[datetime | None]
    code_tries: Mapped[int] = mapped_column(default=0)
    language: Mapped[str | None] = mapped_column(sa.String(2))
    identity_confirmed_at: Mapped[datetime | None]
    rules_accepted_at: Mapped[datetime | None]
    binding: Mapped[int] = mapped_column(default=0)

    sitting: Mapped[Sitting] = relationship()
    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
    attempts: Mapped[list["Attempt"]] = relationship(order_by="Attempt.id")


class Attempt(Row):
    """One officer, one test, one form. `binding` names the terminal that may write to it."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.UniqueConstraint("admission_id", "part"),
        one_of("part", ("legislation", "logic")),
        one_of("closed_by", ("candidate", "time", "invigilator")),
        sa.CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closing"),
        sa.Index(
            "ix_attempt_open",
            "accept_until",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    admission_id: Mapped[int] = mapped_column(sa.ForeignKey("admission.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"), index=True)
    part: Mapped[str] = mapped_column(sa.String(16))
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("form.id"), index=True)
    threshold_id: Mapped[int] = mapped_column(sa.ForeignKey("threshold.id"))
    language: Mapped[str] = mapped_column(sa.String(2))
    seed: Mapped[str] = mapped_column(sa.String(64))
    binding: Mapped[int] = mapped_column(default=0)
    questions: Mapped[int]
    started_at: Mapped[datetime]
    deadline_at: Mapped[datetime]
    accept_until: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None] = mapped_column(sa.String(12))

    admission: Mapped[Admission] = relationship(back_populates="attempts")
    form: Mapped[Form] = relationship()


class Step(Row):
    """One recorded answer. `position` is the item's place in the form, not on the candidate's page."""

    __tablename__ = "step"

    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(sa.SmallInteger)
    response: Mapped[str] = mapped_column(sa.String(64))
    received_at: Mapped[datetime]


class AttemptResult(Row):
    """An attempt scored: final responses and points in the order of the form, one row to read fast.

    `key_changes` names the changed keys under which it was scored, in the order of the form; a row from
    before they were kept has none, and its instant tells which were in force.
    """

    __tablename__ = "attempt_result"
    __table_args__ = (sa.UniqueConstraint("attempt_id", "scoring_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"))
    form_id: Mapped[int] = mapped_column(sa.ForeignKey("form.id"), index=True)
    scoring_version: Mapped[int]
    responses: Mapped[Any] = mapped_column(Facts)
    points: Mapped[Any] = mapped_column(Facts)
    total: Mapped[int]
    key_changes: Mapped[Any | None] = mapped_column(Facts)
    input_digest: Mapped[str] = mapped_column(sa.String(64))
    scored_at: Mapped[datetime]


class Incident(Row):
    """Something that changed time, terminal or validity, with who did it and why.

    Extra time is two incidents of two people: one asks, the other grants and names what he `answers`.
    """

    __tablename__ = "incident"

    id: Mapped[int] = mapped_column(primary_key=True)
    sitting_id: Mapped[int] = mapped_column(sa.ForeignKey("sitting.id"), index=True)
    admission_id: Mapped[int | None] = mapped_column(sa.ForeignKey("admission.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(sa.ForeignKey("attempt.id"), index=True)
    answers_id: Mapped[int | None] = mapped_column(sa.ForeignKey("incident.id"), unique=True)
    kind: Mapped[str] = mapped_column(sa.String(24))
    note: Mapped[str]
    seconds: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
