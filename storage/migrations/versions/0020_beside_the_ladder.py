"""Messages beside the ladder: news, and what a person asks to be written."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0020"
down_revision = "0017"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
