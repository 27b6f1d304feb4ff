"""Credit insurance: policies, cover, consents and claims."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0046"
down_revision = "0045"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
