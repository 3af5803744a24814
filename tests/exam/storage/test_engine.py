import pytest
import sqlalchemy as sa

from exam.errors import ConfigurationError
from exam.storage import engine
from exam.storage.engine import Database


def test_a_sqlite_with_the_wal_reset_bug_is_refused():
    with pytest.raises(ConfigurationError, match=r"3\.51\.3 or newer"):
        engine.refuse_old_sqlite((3, 51, 2))


def test_another_key_does_not_open_the_database(sqlite_database):
    other = Database(f"sqlite:///{sqlite_database.path}", key=b"x" * 32)
    with pytest.raises(ConfigurationError, match="cannot be opened"), other.reading() as session:
        session.execute(sa.text("SELECT 1"))


def test_a_pragma_that_does_not_hold_is_refused(sqlite_database):
    connection = sqlite_database.raw()
    connection.execute("PRAGMA synchronous = NORMAL")
    with pytest.raises(ConfigurationError, match="synchronous is 1, not 2"):
        engine.assert_pragmas(connection)
    connection.close()


def test_the_file_of_the_database_is_not_readable_without_its_key(sqlite_database):
    assert not sqlite_database.path.read_bytes().startswith(b"SQLite format 3")


def test_what_a_reading_session_changes_is_thrown_away(database):
    with database.reading() as session:
        session.execute(sa.text("INSERT INTO region VALUES ('AST', 'Астана', 'Астана')"))
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM region")) == 0


def test_a_writing_session_that_fails_leaves_no_trace(database):
    with pytest.raises(ValueError, match="stop"), database.writing() as session:
        session.execute(sa.text("INSERT INTO region VALUES ('AST', 'Астана', 'Астана')"))
        raise ValueError("stop")
    with database.reading() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM region")) == 0
