"""Who may enter, in which roles, and who tried."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exam.rules.roles import Role
from exam.storage.base import Row, one_of


class Account(Row):
    """A person who works with the service (candidates have no account)."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(sa.String(64), unique=True)
    full_name: Mapped[str]
    password_hash: Mapped[str]
    totp_secret: Mapped[str | None] = mapped_column(sa.String(64))
    officer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("officer.id"))
    language: Mapped[str] = mapped_column(sa.String(2), default="kk")
    must_change_password: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    session_epoch: Mapped[int] = mapped_column(default=0)

    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="account",
        lazy="selectin",
        foreign_keys="RoleGrant.account_id",
        order_by="RoleGrant.id",
    )


class RoleGrant(Row):
    """A role given to an account, in one region or (without region) everywhere, until it is revoked."""

    __tablename__ = "role_grant"
    __table_args__ = (one_of("role", tuple(Role)),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    role: Mapped[str] = mapped_column(sa.String(20))
    region_code: Mapped[str | None] = mapped_column(sa.ForeignKey("region.code"))
    granted_at: Mapped[datetime]
    granted_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    account: Mapped[Account] = relationship(back_populates="grants", foreign_keys=[account_id])


class LoginAttempt(Row):
    """One try to enter; the lockout counts these rows."""

    __tablename__ = "login_attempt"
    __table_args__ = (sa.Index("ix_login_attempt_login_at", "login", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime]
    address: Mapped[str] = mapped_column(sa.String(64))
    succeeded: Mapped[bool]
