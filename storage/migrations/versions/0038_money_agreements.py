"""Agreements about money: plans over several invoices, settlements for less, set-offs."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0038"
down_revision = "0037"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
