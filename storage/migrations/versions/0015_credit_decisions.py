"""What persons said credit notes are for."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
