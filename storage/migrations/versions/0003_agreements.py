"""What contracts say of limitation and day counts, court titles, and the day that ends interest."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
