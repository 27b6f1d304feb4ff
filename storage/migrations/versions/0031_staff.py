"""The people who work here, and in which role somebody answered."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
