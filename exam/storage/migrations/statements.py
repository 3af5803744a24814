"""The guards of a revision: SQL that stands beside it, one file for each engine."""

from pathlib import Path

from alembic import op

SEPARATOR = "\n-- next\n"


def raise_guards(revision_file: str, number: str) -> None:
    """Raise the guards that came with a revision on the engine that is being moved."""
    path = Path(revision_file).parent / f"{number}_guards.{op.get_bind().dialect.name}.sql"
    if path.exists():
        for statement in path.read_text(encoding="utf-8").split(SEPARATOR):
            op.get_bind().exec_driver_sql(statement.strip())
