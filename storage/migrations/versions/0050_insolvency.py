"""Insolvency proceedings, published notices, stays; two more kinds of hold, and an administrator as a contact."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0050"
down_revision = "0049"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
