"""Making and moving the schema: Alembic revisions, and the same schema at once for tests."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import exam.storage.tables  # noqa: F401  registers the tables on the metadata
from exam.errors import ConfigurationError
from exam.storage import guard_sql
from exam.storage.base import Row
from exam.storage.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"


def alembic_config(connection: sa.Connection | None = None) -> Config:
    """Alembic's settings, with the connection on which it works."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def upgrade(database: Database) -> None:
    """Bring the schema to the newest revision."""
    with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
        command.upgrade(alembic_config(connection), "head")


def current_revision(database: Database) -> str | None:
    """Return the revision of the schema, or None for an empty database."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def require_current(database: Database) -> None:
    """Refuse to serve on a schema of another revision."""
    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    found = current_revision(database)
    if found != newest:
        raise ConfigurationError(f"the schema is at revision {found}, {newest} is needed: run `synaq init`")


def create(database: Database) -> None:
    """Create every table and guard at once, without revisions: for tests."""
    with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
        Row.metadata.create_all(connection)
        for statement in guard_sql.statements(connection.dialect.name):
            connection.exec_driver_sql(statement)
