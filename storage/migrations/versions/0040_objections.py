"""A salesperson objects to a formal notice."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0040"
down_revision = "0039"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
