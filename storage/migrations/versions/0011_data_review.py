"""How often the data of customers are checked."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
