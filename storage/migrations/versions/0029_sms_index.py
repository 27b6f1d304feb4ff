"""SMS that left are found by the moment they did, and by the number they went to."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0029"
down_revision = "0021"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
