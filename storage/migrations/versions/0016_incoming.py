"""What comes back: messages of others, and what became of ours."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
