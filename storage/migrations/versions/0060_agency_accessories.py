"""What of a payment to an agency is interest and flat sums."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0060"
down_revision = "0059"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
