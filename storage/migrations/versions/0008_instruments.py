"""How, by whom and to whom invoices are paid, and what holds follow from."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
