"""A settled consumer's personal data can be erased; how long they are kept before."""

from alembic import op

from storage.migrations.erasing import ERASING
from storage.migrations.statements import statements_beside

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    """Apply."""
    for statement in (*ERASING, *statements_beside(__file__)):
        op.get_bind().exec_driver_sql(statement)
