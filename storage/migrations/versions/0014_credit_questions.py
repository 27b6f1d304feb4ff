"""A question about credit notes that settle nothing."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
