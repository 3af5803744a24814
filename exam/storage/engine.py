"""Opening the database: SQLCipher embedded, PostgreSQL when one machine is not enough."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from exam.config import Config, read_key
from exam.errors import ConfigurationError

# SQLite 3.7.0-3.51.2 can corrupt a WAL database that two connections write or checkpoint at once.
OLDEST_SQLITE = (3, 51, 3)
REQUIRED_PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000}


def refuse_old_sqlite(version: tuple[int, ...]) -> None:
    """Refuse a SQLite that has the WAL-reset corruption bug."""
    if version < OLDEST_SQLITE:
        raise ConfigurationError(
            f"SQLite {'.'.join(map(str, version))} can corrupt this database; "
            f"{'.'.join(map(str, OLDEST_SQLITE))} or newer is needed"
        )


def open_sqlcipher(path: str, key: bytes) -> sqlite3.Connection:
    """Open one connection with its key and assert that the durable settings hold."""
    from sqlcipher3 import dbapi2

    refuse_old_sqlite(dbapi2.sqlite_version_info)
    connection: sqlite3.Connection = dbapi2.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except dbapi2.DatabaseError:
        connection.close()
        raise ConfigurationError(f"{path} cannot be opened with this key, or is not a database") from None
    for pragma, wanted in REQUIRED_PRAGMAS.items():
        connection.execute(f"PRAGMA {pragma} = {wanted}")
    assert_pragmas(connection)
    return connection


def assert_pragmas(connection: sqlite3.Connection) -> None:
    """Refuse a connection on which a required setting does not hold."""
    for pragma, wanted in REQUIRED_PRAGMAS.items():
        (found,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        if found != wanted:
            raise ConfigurationError(
                f"PRAGMA {pragma} is {found}, not {wanted}: answers would not be durable"
            )


class Database:
    """One database and the two ways to speak with it: `reading` and `writing`."""

    def __init__(self, url: str, *, key: bytes | None = None, pool_size: int = 16) -> None:
        self.url = sa.make_url(url)
        self.key = key
        self.embedded = self.url.get_backend_name() == "sqlite"
        self.engine = (
            self._sqlcipher(pool_size)
            if self.embedded
            else sa.create_engine(self.url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True)
        )
        self._writing = self.engine.execution_options(writing=True)

    @classmethod
    def of(cls, config: Config) -> "Database":
        """Open the database that an installation names."""
        embedded = sa.make_url(config.database_url).get_backend_name() == "sqlite"
        return cls(config.database_url, key=read_key(config.key_file) if embedded else None)

    @property
    def path(self) -> Path:
        """File of the embedded database."""
        return Path(str(self.url.database))

    def _sqlcipher(self, pool_size: int) -> sa.Engine:
        from sqlcipher3 import dbapi2

        if self.key is None or not self.url.database:
            raise ConfigurationError("the embedded database needs a file and a key")
        path, key = str(self.url.database), self.key
        engine = sa.create_engine(
            self.url,
            module=dbapi2,
            creator=lambda: open_sqlcipher(path, key),
            poolclass=sa.QueuePool,
            pool_size=pool_size,
            max_overflow=pool_size,
        )

        @sa.event.listens_for(engine, "begin")
        def begin(connection: sa.Connection) -> None:
            immediate = connection.get_execution_options().get("writing", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

        return engine

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session over one consistent view; whatever it changes is thrown away."""
        with Session(self.engine) as session:
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes all stand at the end, or none."""
        with Session(self._writing) as session, session.begin():
            yield session

    def raw(self) -> Any:
        """A driver connection past the mapping: for the answer journal and for tests of the constraints."""
        if self.embedded:
            return open_sqlcipher(str(self.url.database), self.key or b"")
        import psycopg

        return psycopg.connect(
            self.url.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        )

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
