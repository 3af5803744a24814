"""Taking answers in: who may write, what is handed to the journal, and the receipt that proves what was kept.

A terminal proves its right by a signed pass, which names an admission and a binding. Releasing the officer to
another terminal raises the binding, and closing the attempt ends its use: both are asked in the database at
each save, so a pass needs no end of its own.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from itsdangerous import BadSignature, URLSafeSerializer

from exam.storage.answer_journal import AnswerJournal, Deliver
from exam.storage.answer_journal import JournalError as JournalError
from exam.storage.engine import Database
from exam.storage.settling import (
    ALREADY_CLOSED,
    ALREADY_SUBMITTED,
    CONFLICT,
    NO_SUCH_QUESTION,
    NOT_YOURS,
    OTHER_TERMINAL,
    TIME_OVER,
    TRY_AGAIN,
    Entered,
    GivenStep,
    Parcel,
)

PASS_COOKIE = "synaq_terminal"  # noqa: S105  the name of a cookie
FOREIGN = frozenset({NOT_YOURS, OTHER_TERMINAL})
"""The terminal may not write to this attempt at all."""
OVER = frozenset({ALREADY_CLOSED, ALREADY_SUBMITTED, TIME_OVER})
"""The attempt takes no further answer."""
SAVE_REFUSALS = FOREIGN | OVER | {CONFLICT, NO_SUCH_QUESTION, TRY_AGAIN}
"""Every code with which a step is refused; only ``try_again`` is worth sending again."""
REMEMBERED_PASSES = 20_000
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class TerminalPass:
    """The right of one terminal to write for one admission, until it is released to another terminal."""

    admission_id: int
    binding: int


@dataclass(frozen=True, slots=True)
class Step:
    """One answer of an attempt.

    `position` is the item's 0-based place in the form; `response` is in the order that the candidate was
    shown, empty where an answer was cleared.
    """

    attempt_id: int
    seq: int
    position: int
    response: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the service owes: this step was kept, received at this moment. `signature` is hexadecimal."""

    attempt_id: int
    seq: int
    received_at: datetime
    signature: str


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """The answer to one request of a terminal.

    Attributes
    ----------
    receipts : tuple of Receipt
        Of every step that is in the journal, whether it came now or earlier.
    refused : tuple of (int, str)
        Number of the step and its code, one of `SAVE_REFUSALS`.
    seconds_left : int
        Whole seconds until the deadline, a begun second counted; 0 when it has passed, or the attempt is
        foreign.
    """

    receipts: tuple[Receipt, ...]
    refused: tuple[tuple[int, str], ...]
    seconds_left: int


def sign_pass(terminal_pass: TerminalPass, secret_key: bytes) -> str:
    """Return the pass as the text of the cookie `PASS_COOKIE`."""
    signed = _serializer(secret_key).dumps([terminal_pass.admission_id, terminal_pass.binding])
    return signed if isinstance(signed, str) else signed.decode("ascii")


def read_pass(text: str | None, secret_key: bytes) -> TerminalPass | None:
    """Return the pass that a cookie holds; None when there is none or its signature is not ours."""
    try:
        admission_id, binding = _serializer(secret_key).loads(text or "")
    except BadSignature:
        return None
    return TerminalPass(admission_id, binding)


def _serializer(secret_key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(
        secret_key, salt="synaq terminal pass", signer_kwargs={"digest_method": hashlib.sha256}
    )


def sign_receipt(step: Step, received_at: datetime, secret_key: bytes) -> Receipt:
    """Sign that `step` was kept: HMAC-SHA256 over the step and its moment of receipt.

    The same step with the same moment has the same signature, so a receipt can be given again, and be checked
    years later from the rows alone.
    """
    given = GivenStep(step.seq, step.position, step.response)
    return _receipt(step.attempt_id, given, received_at, secret_key)


def _receipt(attempt_id: int, step: GivenStep, received_at: datetime, secret_key: bytes) -> Receipt:
    at = received_at.astimezone(UTC)
    told = (
        f"synaq receipt 1\n{attempt_id}\n{step.seq}\n{step.position}\n{step.response}\n"
        f"{at.isoformat(timespec='microseconds')}"
    )
    signature = hmac.digest(_receipt_key(secret_key), told.encode("ascii"), "sha256").hex()
    return Receipt(attempt_id, step.seq, at, signature)


def verify_receipt(receipt: Receipt, step: Step, secret_key: bytes) -> bool:
    """Say whether `receipt` is ours and speaks of `step`."""
    owed = sign_receipt(step, receipt.received_at, secret_key)
    return owed == receipt and hmac.compare_digest(owed.signature, receipt.signature)


@lru_cache(maxsize=4)
def _receipt_key(secret_key: bytes) -> bytes:
    return hmac.digest(secret_key, b"synaq receipt", "sha256")


class AnswerDesk:
    """Where the answers of a process come in.

    Parameters
    ----------
    database : Database
    secret_key : bytes
        Signs passes and receipts.
    deliver : callable, optional
        How a group of answers is told its fate; see `AnswerJournal`.
    """

    def __init__(self, database: Database, secret_key: bytes, *, deliver: Deliver | None = None) -> None:
        self._journal = AnswerJournal(database, deliver=deliver)
        self._secret_key = secret_key
        self._passes: dict[str, TerminalPass] = {}

    def pass_of(self, cookie: str | None) -> TerminalPass | None:
        """Read a pass; one that was verified is remembered, so its signature is checked once per process."""
        if cookie is None:
            return None
        known = self._passes.get(cookie)
        if known is None:
            known = read_pass(cookie, self._secret_key)
            if known is not None:
                if len(self._passes) >= REMEMBERED_PASSES:
                    self._passes.clear()
                self._passes[cookie] = known
        return known

    def keep(
        self, by: TerminalPass, attempt_id: int, steps: tuple[GivenStep, ...], *, at: datetime
    ) -> Acknowledgement:
        """Keep the steps of one attempt and wait for the commit.

        Parameters
        ----------
        by : TerminalPass
        attempt_id : int
        steps : tuple of GivenStep
        at : datetime
            When the server had the whole request; aware.

        Raises
        ------
        JournalError
            If the journal could not keep them; nothing is promised, the terminal sends again.
        """
        parcel = Parcel(attempt_id, by.admission_id, by.binding, steps, at)
        return self._acknowledge(parcel, self._journal.keep(parcel))

    def submit(
        self,
        by: TerminalPass,
        attempt_id: int,
        steps: tuple[GivenStep, ...],
        *,
        at: datetime,
        done: Callable[[Acknowledgement | Exception], None],
    ) -> None:
        """Do the same without waiting: `done` hears of it after the commit."""
        parcel = Parcel(attempt_id, by.admission_id, by.binding, steps, at)

        def entered(fate: Entered | Exception) -> None:
            done(fate if isinstance(fate, Exception) else self._acknowledge(parcel, fate))

        self._journal.submit(parcel, entered)

    def _acknowledge(self, parcel: Parcel, entered: Entered) -> Acknowledgement:
        receipts = tuple(_receipt(parcel.attempt_id, step, at, self._secret_key) for step, at in entered.kept)
        return Acknowledgement(
            receipts, entered.refused, _seconds_left(entered.deadline_at, parcel.received_at)
        )


def _seconds_left(deadline: datetime | None, now: datetime) -> int:
    return 0 if deadline is None else max(0, -((now - deadline) // _ONE_SECOND))
