"""The code on the slip that an invigilator hands over: drawn, kept as a digest, counted when it is wrong.

The alphabet holds only characters that look alike on a Latin and on a Cyrillic keyboard, and none that is
taken for another: whoever types К for K enters the same code.
"""

import hmac
import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.storage.tables import LoginAttempt

ALPHABET = "23456789ACEHKMPTXY"
LENGTH = 8
LIFE = timedelta(minutes=10)
WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=10)
TERMINAL = "start code"  # no account can be called so: a login has no spaces
_LOOK_ALIKE = str.maketrans("АСЕНКМРТХУҮ", "ACEHKMPTXYY", " -–\u00a0")


def draw() -> str:
    """Draw a code: 18 characters, 8 places, 33 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def written(code: str) -> str:
    """A code as it is printed: two groups of four."""
    return f"{code[:4]} {code[4:]}"


def digest(code: str, secret: bytes) -> str:
    """Return what is kept of a code: HMAC-SHA256 under a key that only the server holds."""
    key = hmac.digest(secret, b"synaq/start-code/1", "sha256")
    return hmac.new(key, plain(code).encode(), "sha256").hexdigest()


def plain(code: str) -> str:
    """A code as it was drawn, however it was typed."""
    return code.upper().translate(_LOOK_ALIKE)


def is_locked(session: Session, address: str, *, at: datetime) -> bool:
    """Say whether a terminal has tried too often: five wrong codes since the last right one, in ten minutes.

    On PostgreSQL tries from one address wait for one another, so that none is left out of the count.
    """
    if session.get_bind().dialect.name == "postgresql":
        lock = sa.text("SELECT pg_advisory_xact_lock(hashtext(:address))")
        session.execute(lock, {"address": f"{TERMINAL} {address}"})
    tries = session.scalars(
        sa.select(LoginAttempt.succeeded)
        .where(
            LoginAttempt.login == TERMINAL,
            LoginAttempt.address == address[:64],
            LoginAttempt.at > at - LOCKED_FOR,
        )
        .order_by(LoginAttempt.id.desc())
        .limit(WRONG_TRIES)
    ).all()
    return len(tries) == WRONG_TRIES and not any(tries)


def count_try(session: Session, address: str, *, right: bool, at: datetime) -> None:
    """Keep a try; the caller commits whether it was right or wrong."""
    session.add(LoginAttempt(login=TERMINAL, at=at, address=address[:64], succeeded=right))
    session.flush()
