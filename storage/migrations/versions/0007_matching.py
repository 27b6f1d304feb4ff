"""What persons decided about bank lines, what matching says of those without a place, and differences let go."""

from alembic import op

from storage.migrations.matching_guards import MATCHING_GUARDS, MATCHING_RIGHTS
from storage.migrations.statements import statements_beside

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Apply."""
    for statement in (*statements_beside(__file__), *MATCHING_GUARDS, *MATCHING_RIGHTS):
        op.execute(statement)
