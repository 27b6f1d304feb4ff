"""What contracts say of limitation and day counts, court titles, and the day that ends interest."""

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = Path(__file__).with_name("0003_law_rest.sql")


def upgrade() -> None:
    """Apply."""
    for statement in TABLES.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
