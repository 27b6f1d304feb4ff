"""What persons decided about bank lines, what matching says of those without a place, and differences let go."""

from pathlib import Path

from alembic import op

from storage.migrations.matching_guards import MATCHING_GUARDS, MATCHING_RIGHTS

revision = "0007"
down_revision = "0006"

TABLES = Path(__file__).with_name("0007_matching.sql")


def upgrade() -> None:
    """Apply."""
    tables = TABLES.read_text(encoding="utf-8").split(";\n")
    for statement in (*tables, *MATCHING_GUARDS, *MATCHING_RIGHTS):
        if statement.strip():
            op.execute(statement)
