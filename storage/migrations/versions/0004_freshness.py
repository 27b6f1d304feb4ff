"""How far each bank account is known, and how old that may be before messages wait."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
