"""What is erased of a person counts the stays it was in."""

from alembic import op

from storage.migrations.erasing import ERASING

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Apply."""
    for statement in ERASING:
        op.get_bind().exec_driver_sql(statement)
