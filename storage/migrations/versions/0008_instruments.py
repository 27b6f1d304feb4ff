"""How, by whom and to whom invoices are paid, and what holds follow from."""

from pathlib import Path

from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = Path(__file__).with_name("0008_instruments.sql")


def upgrade() -> None:
    """Apply."""
    for statement in TABLES.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
