"""The language staff read."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
