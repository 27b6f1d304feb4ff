"""Amounts of court files nobody reads are gone."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0058"
down_revision = "0057"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
