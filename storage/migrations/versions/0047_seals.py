"""Daily seals; history that nobody rewrites, in every table that is history; salts for what the journal refers to."""

from alembic import op

from storage.migrations.guards import KEPT
from storage.migrations.statements import statements_beside

revision = "0047"
down_revision = "0046"


def upgrade() -> None:
    """Apply."""
    for statement in (*KEPT, *statements_beside(__file__)):
        op.execute(statement)
