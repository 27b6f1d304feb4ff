"""What a bank line says of itself, so that it is known again in another file and format."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
