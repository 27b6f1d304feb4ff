"""Sessions, links, tokens, failed sign-ins, starts and refusals at the desk."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
