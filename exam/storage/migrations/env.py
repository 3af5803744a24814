"""Alembic's entry: runs on the connection that `exam.storage.schema` hands over."""

from alembic import context

import exam.storage.tables  # noqa: F401  registers the tables on the metadata
from exam.storage.base import Row

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Row.metadata,
    compare_type=True,
    render_as_batch=connection.dialect.name == "sqlite",
    user_module_prefix="base.",
)
with context.begin_transaction():
    context.run_migrations()
