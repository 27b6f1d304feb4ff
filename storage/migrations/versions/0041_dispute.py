"""Disputes: what is disputed of which invoice, who decides by when, what was decided, the files."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0041"
down_revision = "0040"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
