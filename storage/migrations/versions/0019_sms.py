"""SMS: numbers that take none, what a creditor allows, and where those that left are by now."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0019"
down_revision = "0022"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
