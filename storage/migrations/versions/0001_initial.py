"""The first tables, the guards that keep history append-only, and the rights of the application's role."""

from pathlib import Path

from alembic import op

from storage.migrations.guards import GUARDS, RIGHTS

revision = "0001"
down_revision = None

TABLES = Path(__file__).with_name("0001_initial.sql")


def upgrade() -> None:
    """Apply."""
    tables = TABLES.read_text(encoding="utf-8").split(";\n")
    for statement in (*tables, *GUARDS, *RIGHTS):
        if statement.strip():
            op.execute(statement)
