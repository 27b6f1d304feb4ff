"""Collection agencies and what is placed with them."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0053"
down_revision = "0051"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
