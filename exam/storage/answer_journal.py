"""The answer journal: steps are appended in groups, and nothing is told before the commit has returned.

Requests leave parcels; one writer per process takes all that waits, appends it in one transaction and then
says to each what became of it. A slow disk makes the groups larger, not the queue longer. On SQLite the
writers of several processes take turns by a file lock, because a writer that meets a busy database would
sleep; on PostgreSQL a group is one statement that holds the attempts by a shared row lock, so that nobody
closes an attempt between the check and the commit.

Whether an attempt takes answers is asked in the database each time, in the statement that appends.
"""

import fcntl
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from exam.storage.engine import Database

log = logging.getLogger(__name__)

NOT_YOURS = "not_yours"
OTHER_TERMINAL = "other_terminal"
ALREADY_SUBMITTED = "already_submitted"
ALREADY_CLOSED = "already_closed"
TIME_OVER = "time_over"
NO_SUCH_QUESTION = "no_such_question"
CONFLICT = "conflict"
TRY_AGAIN = "try_again"

MOST_WAITING = 20_000
IDLE_SECONDS = 5.0
KEEP_SECONDS = 20.0
PACE_SECONDS = 0.002
"""From the beginning of a group to the next: on a fast disk many small groups cost more than they save."""


class JournalError(Exception):
    """The journal could not keep a parcel now; the terminal keeps it and sends it again."""


class GivenStep(NamedTuple):
    """An answer as a terminal sent it: its number in the attempt, the place in the form, the response."""

    seq: int
    position: int
    response: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """The steps of one request, with what proves the right to write and the moment they were received."""

    attempt_id: int
    admission_id: int
    binding: int
    steps: tuple[GivenStep, ...]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """What became of a parcel: each step kept, with its first moment of receipt, or refused with a code."""

    kept: tuple[tuple[GivenStep, datetime], ...]
    refused: tuple[tuple[int, str], ...]
    deadline_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How an attempt stands in the database."""

    admission_id: int
    binding: int
    questions: int
    deadline_at: datetime
    accept_until: datetime
    closed_by: str | None


Key = tuple[int, int]
Stored = Mapping[Key, tuple[int, str, datetime]]
Done = Callable[[Entered | Exception], None]
Deliver = Callable[[Callable[[], None]], object]


def settle(parcel: Parcel, standing: Standing | None, stored: Stored) -> Entered:
    """Say what became of each step of `parcel`, from what the database holds after the group was appended.

    A step that is stored with the same content is kept, whenever it came; so a terminal that lost a receipt
    gets it again, also after the end of the test.
    """
    denied = _denial(parcel, standing)
    if denied or standing is None:
        return Entered((), tuple((step.seq, denied or NOT_YOURS) for step in parcel.steps), None)
    kept, refused = [], []
    for step in parcel.steps:
        found = stored.get((parcel.attempt_id, step.seq))
        if found is None:
            refused.append((step.seq, _ground(parcel, step, standing)))
        elif found[:2] != (step.position, step.response):
            refused.append((step.seq, CONFLICT))
        else:
            kept.append((step, found[2]))
    return Entered(tuple(kept), tuple(refused), standing.deadline_at)


def _denial(parcel: Parcel, standing: Standing | None) -> str | None:
    if standing is None or standing.admission_id != parcel.admission_id:
        return NOT_YOURS
    return None if standing.binding == parcel.binding else OTHER_TERMINAL


def _ground(parcel: Parcel, step: GivenStep, standing: Standing) -> str:
    if standing.closed_by:
        return ALREADY_SUBMITTED if standing.closed_by == "candidate" else ALREADY_CLOSED
    if parcel.received_at > standing.accept_until:
        return TIME_OVER
    if not 0 <= step.position < standing.questions:
        return NO_SUCH_QUESTION
    # The attempt changed between the statement that appends and the one that looks: extra time was given.
    return TRY_AGAIN


class AnswerJournal:
    """The writer of one process.

    Parameters
    ----------
    database : Database
    deliver : callable, optional
        Runs the calls that tell a whole group its fate; ``loop.call_soon_threadsafe`` wakes an event loop
        once a group instead of once an answer. In the writer's own thread when not given.
    """

    def __init__(
        self, database: Database, *, deliver: Deliver | None = None, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        self._database = database
        self._deliver: Deliver = deliver or (lambda tell: tell())
        self._idle_seconds = idle_seconds
        self._waiting: list[tuple[Parcel, Done]] = []
        self._arrived = threading.Condition()
        self._writing = False

    def submit(self, parcel: Parcel, done: Done) -> None:
        """Leave a parcel; `done` hears of it after the commit, or of the error that prevented it.

        Raises
        ------
        JournalError
            If too many parcels wait already.
        """
        with self._arrived:
            if len(self._waiting) >= MOST_WAITING:
                raise JournalError("too many answers wait")
            self._waiting.append((parcel, done))
            if self._writing:
                self._arrived.notify()
            else:
                self._writing = True
                threading.Thread(target=self._write, name="answer-journal", daemon=True).start()

    def keep(self, parcel: Parcel, *, seconds: float = KEEP_SECONDS) -> Entered:
        """Leave a parcel and wait until it is committed; JournalError when it was not, or not in time."""
        told: list[Entered | Exception] = []
        over = threading.Event()

        def done(entered: Entered | Exception) -> None:
            told.append(entered)
            over.set()

        self.submit(parcel, done)
        if not over.wait(seconds):
            raise JournalError("the answer was not kept in time")
        if isinstance(told[0], Exception):
            raise told[0]
        return told[0]

    def _write(self) -> None:
        """Write until nothing has arrived for a while; then put the connection away."""
        book: Book | None = None
        while group := self._next_group():
            began = time.monotonic()
            try:
                book = book or _open_book(self._database)
                fates = _enter(book, [parcel for parcel, _ in group])
            except Exception as error:  # noqa: BLE001  whoever waits must hear of it, whatever it is
                fates = [JournalError(repr(error))] * len(group)
                _put_away(book)
                book = None
            try:
                self._deliver(_telling(group, fates))
            except RuntimeError:
                log.exception("%d kept answers could not be told: the event loop is closed", len(group))
            time.sleep(max(0.0, began + PACE_SECONDS - time.monotonic()))
        _put_away(book)

    def _next_group(self) -> list[tuple[Parcel, Done]]:
        with self._arrived:
            if not self._waiting:
                self._arrived.wait(self._idle_seconds)
            group, self._waiting = self._waiting, []
            self._writing = bool(group)
            return group


def _telling(
    group: Sequence[tuple[Parcel, Done]], fates: Sequence[Entered | Exception]
) -> Callable[[], None]:
    def tell() -> None:
        for (_, done), fate in zip(group, fates, strict=True):
            done(fate)

    return tell


def _enter(book: "Book", parcels: Sequence[Parcel]) -> list[Entered | Exception]:
    """Enter a group at once; where the database refuses one of its rows, each parcel for itself."""
    try:
        return list(book.enter(parcels))
    except (book.connection.IntegrityError, book.connection.DataError) as error:
        if len(parcels) == 1:
            return [JournalError(repr(error))]
    return [fate for parcel in parcels for fate in _enter(book, [parcel])]


class Book(Protocol):
    """How the steps of a group are appended on one engine."""

    connection: Any

    def enter(self, parcels: Sequence[Parcel]) -> Sequence[Entered]:
        """Append a group durably and say what became of each parcel."""
        ...


def _open_book(database: Database) -> Book:
    return SqliteBook(database) if database.embedded else PostgresqlBook(database)


def _put_away(book: Book | None) -> None:
    if book is not None:
        book.connection.close()


def _rows(parcels: Sequence[Parcel]) -> Iterator[tuple[int, int, int, datetime, int, int, str]]:
    for parcel in parcels:
        for step in parcel.steps:
            yield parcel.attempt_id, parcel.admission_id, parcel.binding, parcel.received_at, *step


def _as_given(parcels: Sequence[Parcel]) -> Stored:
    return {
        (parcel.attempt_id, step.seq): (step.position, step.response, parcel.received_at)
        for parcel in parcels
        for step in parcel.steps
    }


def _settle_all(
    parcels: Sequence[Parcel], standings: Mapping[int, Standing], stored: Stored
) -> list[Entered]:
    return [settle(parcel, standings.get(parcel.attempt_id), stored) for parcel in parcels]


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# Each statement takes and gives one JSON text: the driver gives up the interpreter's lock at every row that
# it fetches, and may wait milliseconds for it while the event loop works.
SQLITE_APPEND = """
INSERT INTO step (attempt_id, seq, position, response, received_at)
SELECT a.id, g.value ->> 4, g.value ->> 5, g.value ->> 6, g.value ->> 3
FROM json_each(?) g CROSS JOIN attempt a
WHERE a.id = g.value ->> 0 AND a.admission_id = g.value ->> 1 AND a.binding = g.value ->> 2
 AND a.closed_at IS NULL AND g.value ->> 3 <= a.accept_until AND g.value ->> 5 BETWEEN 0 AND a.questions - 1
ON CONFLICT (attempt_id, seq) DO NOTHING"""
SQLITE_STANDING = """
SELECT json_group_array(
 json_array(id, admission_id, binding, questions, deadline_at, accept_until, closed_by))
FROM attempt WHERE id IN (SELECT value FROM json_each(?))"""
SQLITE_STORED = """
SELECT json_group_array(json_array(s.attempt_id, s.seq, s.position, s.response, s.received_at))
FROM json_each(?) k CROSS JOIN step s WHERE s.attempt_id = k.value ->> 0 AND s.seq = k.value ->> 1"""


class SqliteBook:
    """Groups as one immediate transaction; the writers of several processes queue at a file lock."""

    def __init__(self, database: Database) -> None:
        self.connection = database.raw()
        self._lock = Path(f"{database.path}.writers")

    def enter(self, parcels: Sequence[Parcel]) -> list[Entered]:
        rows = [(*row[:3], _text(row[3]), *row[4:]) for row in _rows(parcels)]
        with self._turn(), self._transaction():
            appended = self.connection.execute(SQLITE_APPEND, (json.dumps(rows),)).rowcount
            standings = self._standings({parcel.attempt_id for parcel in parcels})
            stored = _as_given(parcels) if appended == len(rows) else self._stored(rows)
        return _settle_all(parcels, standings, stored)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def _standings(self, attempts: set[int]) -> dict[int, Standing]:
        return {
            attempt: Standing(admission, binding, questions, _moment(deadline), _moment(until), closed_by)
            for attempt, admission, binding, questions, deadline, until, closed_by in self._json(
                SQLITE_STANDING, list(attempts)
            )
        }

    def _stored(self, rows: Sequence[Sequence[Any]]) -> Stored:
        keys = [(row[0], row[4]) for row in rows]
        return {
            (attempt, seq): (position, response, _moment(at))
            for attempt, seq, position, response, at in self._json(SQLITE_STORED, keys)
        }

    def _json(self, statement: str, asked: object) -> Any:
        (told,) = self.connection.execute(statement, (json.dumps(asked),)).fetchone()
        return json.loads(told)


POSTGRESQL_APPEND = """
WITH given AS (
 SELECT * FROM unnest(%s::int[], %s::int[], %s::int[], %s::timestamp[], %s::int[], %s::int[], %s::text[])
 AS g (attempt_id, admission_id, binding, received_at, seq, position, response)
), standing AS (
 SELECT id, admission_id, binding, questions, accept_until FROM attempt
 WHERE id = ANY(%s::int[]) AND closed_at IS NULL ORDER BY id FOR SHARE
)
INSERT INTO step (attempt_id, seq, position, response, received_at)
SELECT g.attempt_id, g.seq, g.position, g.response, g.received_at
FROM given g JOIN standing a
 ON a.id = g.attempt_id AND a.admission_id = g.admission_id AND a.binding = g.binding
WHERE g.received_at <= a.accept_until AND g.position BETWEEN 0 AND a.questions - 1
ORDER BY g.attempt_id, g.seq
ON CONFLICT (attempt_id, seq) DO NOTHING"""
POSTGRESQL_STANDING = """
SELECT id, admission_id, binding, questions, deadline_at, accept_until, closed_by
FROM attempt WHERE id = ANY(%s)"""
POSTGRESQL_STORED = """
SELECT s.attempt_id, s.seq, s.position, s.response, s.received_at
FROM unnest(%s::int[], %s::int[]) AS k (attempt_id, seq) JOIN step s USING (attempt_id, seq)"""


class PostgresqlBook:
    """Groups as one statement, committed by itself."""

    def __init__(self, database: Database) -> None:
        self.connection = database.raw()

    def enter(self, parcels: Sequence[Parcel]) -> list[Entered]:
        columns = [list(column) for column in zip(*_rows(parcels), strict=True)]
        columns[3] = [moment.astimezone(UTC).replace(tzinfo=None) for moment in columns[3]]
        attempts = sorted(set(columns[0]))
        appended = self.connection.execute(POSTGRESQL_APPEND, [*columns, attempts]).rowcount
        standings = {
            attempt: Standing(
                admission,
                binding,
                questions,
                deadline.replace(tzinfo=UTC),
                until.replace(tzinfo=UTC),
                closed_by,
            )
            for attempt, admission, binding, questions, deadline, until, closed_by in self.connection.execute(
                POSTGRESQL_STANDING, [attempts]
            )
        }
        stored = _as_given(parcels) if appended == len(columns[0]) else self._stored(columns[0], columns[4])
        return _settle_all(parcels, standings, stored)

    def _stored(self, attempts: list[int], seqs: list[int]) -> Stored:
        return {
            (attempt, seq): (position, response, at.replace(tzinfo=UTC))
            for attempt, seq, position, response, at in self.connection.execute(
                POSTGRESQL_STORED, [attempts, seqs]
            )
        }
