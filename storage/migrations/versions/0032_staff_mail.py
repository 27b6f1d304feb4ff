"""E-mails to our own people, who wants a daily digest, and where their links lead."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
