"""Since when a mailbox is read."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0023"
down_revision = "0019"


def upgrade() -> None:
    """Since when a mailbox is read."""
    for statement in statements_beside(__file__):
        op.execute(statement)
