"""Letters as a channel: the print queue, what became of each letter, and addresses that reach nobody."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0021"
down_revision = "0023"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
