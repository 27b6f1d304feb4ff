"""An act a person started is carried out once."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
