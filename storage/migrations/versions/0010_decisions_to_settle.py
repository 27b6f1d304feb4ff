"""Which decisions about bank lines the books do not rest on yet, one by one."""

from alembic import op

from storage.migrations.matching_guards import TO_SETTLE_RIGHTS
from storage.migrations.statements import statements_beside

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Apply."""
    for statement in (*statements_beside(__file__), *TO_SETTLE_RIGHTS):
        op.execute(statement)
