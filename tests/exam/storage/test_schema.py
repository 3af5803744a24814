import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from exam.errors import ConfigurationError
from exam.storage import guard_sql, guards, schema
from exam.storage.base import Row
from exam.storage.engine import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request, tmp_path):
    """A database made by the revisions."""
    if request.param == "sqlite":
        database = Database(f"sqlite:///{tmp_path}/migrated.db", key=b"k" * 32)
    else:
        from tests.conftest import _execute, _renamed

        server = request.getfixturevalue("postgresql")
        _execute(server, "DROP DATABASE IF EXISTS migrated WITH (FORCE)")
        _execute(server, "CREATE DATABASE migrated")
        database = Database(_renamed(server, "migrated"))
    schema.upgrade(database)
    yield database
    database.dispose()


def test_an_empty_database_is_not_served(tmp_path):
    database = Database(f"sqlite:///{tmp_path}/empty.db", key=b"k" * 32)
    with pytest.raises(ConfigurationError, match="run `synaq init`"):
        schema.require_current(database)
    database.dispose()


def test_the_revisions_make_the_tables_that_the_code_describes(migrated):
    schema.require_current(migrated)
    with migrated.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []


def test_the_revisions_raise_every_guard_as_it_stands(migrated):
    with migrated.engine.connect() as connection:
        if migrated.embedded:
            rows = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            assert {sql for (sql,) in rows} == set(guard_sql.statements("sqlite"))
        else:
            rows = connection.exec_driver_sql("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            assert {name for (name,) in rows} == {g.name for g in guards.GUARDS}


def test_every_constraint_has_a_name():
    for table in Row.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"
    assert isinstance(Row.metadata, sa.MetaData)
