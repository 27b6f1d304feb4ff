"""What the desk's own pages look for is found by indexes."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0035"
down_revision = "0034"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
