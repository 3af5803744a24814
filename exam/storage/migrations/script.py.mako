"""${message}."""

import sqlalchemy as sa
from alembic import op

from exam.storage import base
from exam.storage.migrations.statements import raise_guards
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
    raise_guards(__file__, revision)


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
