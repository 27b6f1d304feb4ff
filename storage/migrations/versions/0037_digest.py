"""What a daily digest tells is found by its moment."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0037"
down_revision = "0036"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
