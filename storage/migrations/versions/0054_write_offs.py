"""What is given up: why, on which proof, and its VAT; steps that a payment had overtaken."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
