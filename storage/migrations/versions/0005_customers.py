"""Customers: what identifies them, how they pay, when their invoices are due, when their data were checked."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
