"""What an administrator does with accounts: list, open, give and take roles, a new password, shut."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role
from exam.services.accounts import entering
from exam.services.actors import Actor
from exam.services.journaling import record
from exam.services.paging import Paged, paged
from exam.storage.tables import Account, Officer, Region, RoleGrant


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A role that an account holds or held; without region it is held everywhere."""

    id: int
    role: Role
    region: str | None
    granted_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as the administrator sees it; `grants` are all it ever had, the present ones first."""

    id: int
    login: str
    full_name: str
    language: str
    created_at: datetime
    disabled_at: datetime | None
    must_change_password: bool
    officer: str | None
    grants: tuple[GrantLine, ...]

    @property
    def held(self) -> tuple[GrantLine, ...]:
        """The roles that are held now."""
        return tuple(grant for grant in self.grants if grant.revoked_at is None)


@dataclass(frozen=True, slots=True)
class Password:
    """A password that is shown once and must be changed at the first entry."""

    login: str
    words: str


def one_time_password() -> str:
    """Return a password of 64 random bits that can be read aloud."""
    return "-".join(secrets.token_hex(2) for _ in range(4))


def list_accounts(
    session: Session, *, words: str = "", role: str = "", number: int = 1
) -> Paged[AccountLine]:
    """Return one page of the accounts, by login."""
    wanted = sa.select(Account, Officer).outerjoin(Officer, Officer.id == Account.officer_id)
    if words := " ".join(words.split()):
        writings = sorted({words, words.title(), words.lower()})
        named = (Account.full_name.contains(each, autoescape=True) for each in writings)
        wanted = wanted.where(sa.or_(Account.login.contains(words.lower(), autoescape=True), *named))
    if role:
        held = sa.exists().where(
            RoleGrant.account_id == Account.id, RoleGrant.role == role, RoleGrant.revoked_at.is_(None)
        )
        wanted = wanted.where(held)
    return paged(session, wanted.order_by(Account.login), _line, number=number)


def read_account(session: Session, account_id: int) -> AccountLine:
    """Return one account, or raise NotFoundError."""
    account = _account(session, account_id)
    officer = session.get(Officer, account.officer_id) if account.officer_id else None
    return _line(account, officer)


def _account(session: Session, account_id: int) -> Account:
    account = session.get(Account, account_id)
    if account is None:
        raise NotFoundError("account")
    return account


def _line(account: Account, officer: Officer | None) -> AccountLine:
    return AccountLine(
        account.id,
        account.login,
        account.full_name,
        account.language,
        account.created_at,
        account.disabled_at,
        account.must_change_password,
        officer.full_name if officer else None,
        _grants(account.grants),
    )


def _grants(grants: Sequence[RoleGrant]) -> tuple[GrantLine, ...]:
    lines = (GrantLine(g.id, Role(g.role), g.region_code, g.granted_at, g.revoked_at) for g in grants)
    return tuple(sorted(lines, key=lambda line: (line.revoked_at is not None, line.id)))


def add_account(
    session: Session,
    *,
    login: str,
    full_name: str,
    language: str,
    iin: str = "",
    by: Actor | str,
    at: datetime,
) -> tuple[int, Password]:
    """Open an account with a one-time password; return its number and the password.

    An account of an officer names him by his IIN, so that he never examines or judges himself.

    Raises
    ------
    RefusedError
        ``officer-unknown``, ``officer-has-account``, ``login-malformed`` or ``login-taken``.
    """
    officer_id = _officer_with(session, iin) if iin else None
    password = one_time_password()
    account = entering.create_account(
        session,
        login=login,
        full_name=full_name,
        password=password,
        officer_id=officer_id,
        language=language,
        by=by,
        at=at,
    )
    return account.id, Password(account.login, password)


def _officer_with(session: Session, iin: str) -> int:
    officer_id = session.scalar(sa.select(Officer.id).where(Officer.iin == iin))
    if officer_id is None:
        raise RefusedError("officer-unknown")
    if login := session.scalar(sa.select(Account.login).where(Account.officer_id == officer_id)):
        raise RefusedError("officer-has-account", login=login)
    return officer_id


def give_role(
    session: Session, account_id: int, role: Role, region: str | None, *, by: Actor | str, at: datetime
) -> None:
    """Give a role, in a region or everywhere.

    Raises
    ------
    RefusedError
        ``account-disabled``, ``region-unknown`` and those of `entering.grant_role`.
    """
    account = _account(session, account_id)
    if account.disabled_at is not None:
        raise RefusedError("account-disabled", login=account.login)
    if region and session.get(Region, region) is None:
        raise RefusedError("region-unknown", region=region)
    entering.grant_role(session, account, role, region=region or None, by=by, at=at)


def take_role(session: Session, account_id: int, grant_id: int, *, by: Actor, at: datetime) -> None:
    """Take a role of this account back; nobody takes his own, so that an administrator always remains.

    Raises
    ------
    RefusedError
        ``own-account``.
    """
    account = _account(session, account_id)
    if grant_id not in {grant.id for grant in account.grants}:
        raise NotFoundError("role")
    _require_another(account, by)
    entering.revoke_role(session, grant_id, by=by, at=at)


def reset_password(session: Session, account_id: int, *, by: Actor | str, at: datetime) -> Password:
    """Replace a password by a one-time one that nobody chose; every session of the account ends.

    Raises
    ------
    RefusedError
        ``own-account`` or ``account-disabled``.
    """
    account = _account(session, account_id)
    _require_another(account, by)
    if account.disabled_at is not None:
        raise RefusedError("account-disabled", login=account.login)
    password = one_time_password()
    account.password_hash = entering.hash_password(password)
    account.must_change_password = True
    account.session_epoch += 1
    record(session, "account:password-reset", by=by, at=at, login=account.login)
    return Password(account.login, password)


def shut(session: Session, account_id: int, *, by: Actor, at: datetime) -> None:
    """Shut an account for good; its history stays.

    Raises
    ------
    RefusedError
        ``own-account`` or ``account-disabled``.
    """
    account = _account(session, account_id)
    _require_another(account, by)
    if account.disabled_at is not None:
        raise RefusedError("account-disabled", login=account.login)
    entering.disable(session, account.login, by=by, at=at)


def _require_another(account: Account, by: Actor | str) -> None:
    if isinstance(by, Actor) and by.id == account.id:
        raise RefusedError("own-account")
