"""The pace at which e-mail leaves."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0022"
down_revision = "0020"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
