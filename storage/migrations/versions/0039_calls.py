"""Telephone calls, and what is needed to pay."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
