"""`synaq backup` and `synaq restore`: the embedded database, copied page by page while it is in use.

The copy stays encrypted under the same key; the key file is no part of it and is kept apart.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from exam.cli.installation import BY, instance_option, one_line, opened
from exam.clock import utc_now
from exam.config import load, read_key
from exam.errors import ConfigurationError
from exam.services.journal_page import check_chain
from exam.services.journaling import record
from exam.storage import schema
from exam.storage.engine import Database

# All in one step: a copy in several begins anew whenever somebody writes in between, so in an exam it would
# never end. The step only reads, and in WAL mode nobody waits for a reader.
ALL_PAGES = -1


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@instance_option
def backup(*, file: Path, instance: Path | None) -> None:
    """Copy the database into FILE while the service runs; FILE must not be there yet."""
    with opened(instance) as (config, database):
        _require_embedded(database)
        key = read_key(config.key_file)
        with _new_file(file) as target:
            _copy(database.path, target, key)
        with database.writing() as session:
            record(session, "database:backed-up", by=BY, at=utc_now(), file=file.name)
    click.echo(f"{file}: {file.stat().st_size} bytes, checked; its key is {config.key_file}, keep it apart")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@instance_option
def restore(*, file: Path, instance: Path | None) -> None:
    """Bring the database back from FILE; a database that is there is never replaced."""
    with one_line():
        config = load(instance)
        database = Database.of(config)
        try:
            _require_embedded(database)
            if not file.is_file():
                raise ConfigurationError(f"there is no file {file}")
            key = read_key(config.key_file)
            with _new_file(database.path) as target:
                _copy(file, target, key)
            schema.require_current(database)
            newest = _enter_restoring(database, file)
        finally:
            database.dispose()
    click.echo(f"{database.path} is restored; newest entry of the journal before it: {newest}")


def _require_embedded(database: Database) -> None:
    if not database.embedded:
        raise ConfigurationError(
            "this is for the embedded database; PostgreSQL has pg_dump and its own archive"
        )


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its name at the end, unless something has it by then."""
    if path.exists():
        raise ConfigurationError(f"{path} is there already; nothing is overwritten")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield part
        os.link(part, path)
    except FileExistsError:
        raise ConfigurationError(f"{path} is there already; nothing is overwritten") from None
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
            left.unlink(missing_ok=True)


def _copy(source: Path, target: Path, key: bytes) -> None:
    """Copy page by page and check the copy; refuse one that is not sound."""
    from sqlcipher3 import dbapi2

    with closing(_keyed(source, key, read_only=True)) as read, closing(_keyed(target, key)) as write:
        try:
            read.backup(write, pages=ALL_PAGES)
            write.execute("PRAGMA journal_mode = DELETE")  # the copy is one file
            torn = write.execute("PRAGMA cipher_integrity_check").fetchall()
            told = write.execute("PRAGMA integrity_check").fetchall()
        except dbapi2.DatabaseError as error:
            raise ConfigurationError(f"{source} is damaged ({error}); no copy was kept") from error
    if torn or told != [("ok",)]:
        raise ConfigurationError(f"{source} is damaged; no copy was kept")


def _keyed(path: Path, key: bytes, *, read_only: bool = False) -> sqlite3.Connection:
    from sqlcipher3 import dbapi2

    address = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    connection: sqlite3.Connection = dbapi2.connect(address, uri=True, isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except dbapi2.DatabaseError:
        connection.close()
        raise ConfigurationError(f"{path} cannot be opened with this key, or is not a database") from None
    return connection


def _enter_restoring(database: Database, file: Path) -> str | None:
    """Begin anew with an entry: what came after the backup is lost, and the journal says so."""
    with database.writing() as session:
        newest = check_chain(session).newest_digest
        record(session, "database:restored", by=BY, at=utc_now(), file=file.name, newest_digest=newest)
    return newest
