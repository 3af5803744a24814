"""Write the next revision: what the tables say now against what the revisions so far make.

Run by ``make migration MESSAGE="what changes"``; read the file before it is committed.
"""

import re
import secrets
import sys
import tempfile
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory

from exam.storage import guard_sql, schema
from exam.storage.engine import Database
from exam.storage.migrations.statements import SEPARATOR


def main() -> None:
    """Compare on an empty embedded database and write the revision beside the others."""
    message = " ".join(sys.argv[1:]).strip() or "unnamed"
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/revise.db", key=secrets.token_bytes(32))
        schema.upgrade(database)
        with database.engine.connect().execution_options(writing=True) as connection, connection.begin():
            config = schema.alembic_config(connection)
            number = f"{len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1:04d}"
            command.revision(config, message, autogenerate=True, rev_id=number)
            raised = set(sa.inspect(connection).get_table_names()) and _raised(connection)
        _write_guards(number, raised)
        database.dispose()


def _raised(connection: sa.Connection) -> set[str]:
    rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    return {name for (name,) in rows}


def _write_guards(number: str, raised: set[str]) -> None:
    for dialect in ("sqlite", "postgresql"):
        new = [s for s in guard_sql.statements(dialect) if _name(s) not in raised]
        if new:
            path = Path(__file__).parent / "versions" / f"{number}_guards.{dialect}.sql"
            path.write_text(SEPARATOR.join(new) + "\n", encoding="utf-8")


def _name(statement: str) -> str:
    found = re.match(r"CREATE (?:TRIGGER|FUNCTION) (\w+)", statement)
    return found.group(1) if found else ""


if __name__ == "__main__":
    main()
