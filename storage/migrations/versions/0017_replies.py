"""Why customers do not pay in time, and who is told of replies nobody reads."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0017"
down_revision = "0018"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
