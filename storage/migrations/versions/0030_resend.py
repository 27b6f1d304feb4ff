"""May a message that left leave once more? A question of its own."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
