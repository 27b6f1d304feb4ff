"""Who has a question, since when, until when; who signed; what a salesperson was told before a notice."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
