"""Which policy a case follows, what the parties agreed, what keeps a claim alive, and migrations of policies."""

from pathlib import Path

from alembic import op

from storage.migrations.law_guards import LAW_GUARDS, LAW_RIGHTS

revision = "0002"
down_revision = "0001"

TABLES = Path(__file__).with_name("0002_law.sql")


def upgrade() -> None:
    """Apply."""
    tables = TABLES.read_text(encoding="utf-8").split(";\n")
    for statement in (*tables, *LAW_GUARDS, *LAW_RIGHTS):
        if statement.strip():
            op.execute(statement)
