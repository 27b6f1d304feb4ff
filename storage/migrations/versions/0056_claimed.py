"""What was open when a claim was declared."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0056"
down_revision = "0055"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
