"""How a group of answers is appended durably: one statement on PostgreSQL, one short transaction on SQLite.

Whether an attempt takes answers is asked in the database each time, in the statement that appends.
"""

import fcntl
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from exam.storage.engine import Database
from exam.storage.settling import Entered, Parcel, Standing, Stored, settle


class Book(Protocol):
    """How the steps of a group are appended on one engine."""

    connection: Any

    def enter(self, parcels: Sequence[Parcel]) -> Sequence[Entered]:
        """Append a group durably and say what became of each parcel."""
        ...


def open_book(database: Database) -> Book:
    return SqliteBook(database) if database.embedded else PostgresqlBook(database)


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
