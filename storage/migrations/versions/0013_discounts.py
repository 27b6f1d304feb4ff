"""Cash discounts an invoice offers."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
