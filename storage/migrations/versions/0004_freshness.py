"""How far each bank account is known, and how old that may be before messages wait."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = Path(__file__).with_name("0004_freshness.sql")


def upgrade() -> None:
    """Apply."""
    for statement in TABLES.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
