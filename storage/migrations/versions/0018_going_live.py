"""Going live with some customers first and more every day; what a message cost, to whom at the customer it went."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0018"
down_revision = "0016"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
