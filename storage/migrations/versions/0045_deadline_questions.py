"""People are asked about deadlines."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0045"
down_revision = "0044"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
