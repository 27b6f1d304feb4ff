"""An invoice payable in instalments is as many due items."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
