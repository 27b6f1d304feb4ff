"""Deadlines with their articles; what a question is about beside customer and stage."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0043"
down_revision = "0042"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
