"""Accounts: creating them, entering, roles, lockout."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import BoundedSemaphore

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.orm import Session

from exam.errors import NotFoundError, RefusedError
from exam.rules.roles import Role, needs_region, role_conflicts
from exam.services.actors import Actor
from exam.services.journaling import record
from exam.storage.tables import Account, LoginAttempt, RoleGrant

# OWASP ASVS 5.0: 19 MiB, two passes, one lane; 19 ms of processor time here.
# (the hash of nobody is compared too, so that a wrong login takes as long as a wrong password)
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
HASHING = BoundedSemaphore(4)
NOBODY = HASHER.hash("there is no such account")
LOCKOUT_TRIES = 5
LOCKOUT_WINDOW = timedelta(minutes=15)
SHORTEST_PASSWORD = 12


@dataclass(frozen=True, slots=True)
class Identity:
    """An account that has entered, as its session needs it; a raised `epoch` ends older sessions."""

    actor: Actor
    language: str
    epoch: int
    must_change_password: bool


def create_account(
    session: Session,
    *,
    login: str,
    full_name: str,
    password: str,
    by: Actor | str,
    at: datetime,
    must_change_password: bool = True,
    officer_id: int | None = None,
    language: str = "kk",
) -> Account:
    """Create an account without roles.

    Raises
    ------
    RefusedError
        ``login-malformed``, ``login-taken`` or ``password-short``.
    """
    login = login.strip().lower()
    if not (2 <= len(login) <= 64) or not login.isascii() or any(c.isspace() for c in login):
        raise RefusedError("login-malformed", login=login)
    if session.scalar(sa.select(Account.id).where(Account.login == login)):
        raise RefusedError("login-taken", login=login)
    account = Account(
        login=login,
        full_name=full_name.strip(),
        password_hash=hash_password(password),
        created_at=at,
        must_change_password=must_change_password,
        officer_id=officer_id,
        language=language,
    )
    session.add(account)
    session.flush()
    record(session, "account:created", by=by, at=at, login=login, full_name=account.full_name)
    return account


def hash_password(password: str) -> str:
    """Hash a password; refuse one that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise RefusedError("password-short", shortest=SHORTEST_PASSWORD)
    with HASHING:
        return HASHER.hash(password)


def grant_role(
    session: Session,
    account: Account,
    role: Role,
    *,
    region: str | None = None,
    by: Actor | str,
    at: datetime,
) -> RoleGrant:
    """Give a role, in a region or everywhere.

    Raises
    ------
    RefusedError
        ``region-not-fitting``, ``role-held`` or ``roles-conflict``.
    """
    if region and not needs_region(role):
        raise RefusedError("region-not-fitting", role=role.value)
    held = [g for g in account.grants if g.revoked_at is None]
    if any(g.role == role and g.region_code == region for g in held):
        raise RefusedError("role-held", role=role.value)
    if conflicts := role_conflicts(frozenset({*(Role(g.role) for g in held), role})):
        raise RefusedError("roles-conflict", first=conflicts[0][0].value, second=conflicts[0][1].value)
    if isinstance(by, Actor) and by.id == account.id:
        raise RefusedError("own-role", role=role.value)
    grant = RoleGrant(
        role=role.value,
        region_code=region,
        granted_at=at,
        granted_by=by.id if isinstance(by, Actor) else None,
    )
    account.grants.append(grant)
    session.flush()
    record(session, "role:granted", by=by, at=at, login=account.login, role=role.value, region=region)
    return grant


def revoke_role(session: Session, grant_id: int, *, by: Actor, at: datetime) -> None:
    """Take a role back; the grant stays in the history."""
    grant = session.get(RoleGrant, grant_id)
    if grant is None or grant.revoked_at is not None:
        raise NotFoundError("role")
    grant.revoked_at, grant.revoked_by = at, by.id
    record(
        session,
        "role:revoked",
        by=by,
        at=at,
        login=grant.account.login,
        role=grant.role,
        region=grant.region_code,
    )


def disable(session: Session, login: str, *, by: Actor | str, at: datetime) -> None:
    """Shut an account; every session that it has ends."""
    account = find(session, login)
    account.disabled_at = at
    account.session_epoch += 1
    record(session, "account:disabled", by=by, at=at, login=account.login)


def find(session: Session, login: str) -> Account:
    """Return the account called `login`, or raise NotFoundError."""
    account = session.scalar(sa.select(Account).where(Account.login == login.strip().lower()))
    if account is None:
        raise NotFoundError("account")
    return account


def actor_of(account: Account) -> Actor:
    """See an account as the rules see it: with the roles it holds now."""
    grants = tuple((Role(g.role), g.region_code) for g in account.grants if g.revoked_at is None)
    return Actor(account.id, account.login, account.full_name, grants, account.officer_id)


def identity_of(account: Account) -> Identity:
    """See an account as its session needs it."""
    return Identity(actor_of(account), account.language, account.session_epoch, account.must_change_password)


def resume(session: Session, account_id: int, epoch: int) -> Identity | None:
    """Return who a session belongs to; None when the account is shut or the session was ended."""
    account = session.get(Account, account_id)
    if account is None or account.disabled_at is not None or account.session_epoch != epoch:
        return None
    return identity_of(account)


def authenticate(
    session: Session, login: str, password: str, *, address: str, at: datetime
) -> Identity | None:
    """Check a login and its password; count the try.

    Returns
    -------
    Identity or None
        None when login or password is wrong; the caller must commit either way, so that the try is counted.

    Raises
    ------
    RefusedError
        ``locked-out`` after five wrong tries within fifteen minutes.
    """
    login = login.strip().lower()[:64]
    if recent_failures(session, login, at=at) >= LOCKOUT_TRIES:
        raise RefusedError("locked-out", minutes=int(LOCKOUT_WINDOW.total_seconds() // 60))
    account = session.scalar(sa.select(Account).where(Account.login == login))
    usable = account is not None and account.disabled_at is None
    right = _matches(account.password_hash if account else NOBODY, password) and usable
    session.add(LoginAttempt(login=login, at=at, address=address[:64], succeeded=right))
    record(
        session, "account:entered" if right else "account:refused", by=login or "?", at=at, address=address
    )
    return identity_of(account) if account and right else None


def _matches(stored: str, password: str) -> bool:
    try:
        with HASHING:
            return HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def recent_failures(session: Session, login: str, *, at: datetime) -> int:
    """Count the wrong tries since the last right one, inside the lockout window."""
    window = sa.select(LoginAttempt).where(LoginAttempt.login == login, LoginAttempt.at > at - LOCKOUT_WINDOW)
    tries: Iterable[LoginAttempt] = session.scalars(
        window.order_by(LoginAttempt.id.desc()).limit(LOCKOUT_TRIES)
    )
    failures = 0
    for attempt in tries:
        if attempt.succeeded:
            break
        failures += 1
    return failures


def change_password(session: Session, actor: Actor, old: str, new: str, *, at: datetime) -> Identity:
    """Set a new password; every other session of the account ends.

    Raises
    ------
    RefusedError
        ``password-wrong``, ``password-short`` or ``password-same``.
    """
    account = find(session, actor.login)
    if not _matches(account.password_hash, old):
        raise RefusedError("password-wrong")
    if old == new:
        raise RefusedError("password-same")
    account.password_hash = hash_password(new)
    account.must_change_password = False
    account.session_epoch += 1
    record(session, "account:password-changed", by=actor, at=at)
    return identity_of(account)
