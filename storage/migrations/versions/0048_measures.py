"""Commercial measures; what customers have ordered."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0048"
down_revision = "0047"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
