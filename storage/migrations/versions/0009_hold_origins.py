"""What ledgers say of invoices, who wrote off what, and credit notes left aside."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
