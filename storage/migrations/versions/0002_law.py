"""Which policy a case follows, what the parties agreed, what keeps a claim alive, and migrations of policies."""

from alembic import op

from storage.migrations.law_guards import LAW_GUARDS, LAW_RIGHTS
from storage.migrations.statements import statements_beside

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply."""
    for statement in (*statements_beside(__file__), *LAW_GUARDS, *LAW_RIGHTS):
        op.execute(statement)
