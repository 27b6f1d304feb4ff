"""The first tables, the guards that keep history append-only, and the rights of the application's role."""

from alembic import op

from storage.migrations.guards import GUARDS, RIGHTS
from storage.migrations.statements import statements_beside

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply."""
    for statement in (*statements_beside(__file__), *GUARDS, *RIGHTS):
        op.execute(statement)
