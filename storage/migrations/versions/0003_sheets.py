"""Customers: what identifies them, how they pay, when their invoices are due, when their data were checked."""

from pathlib import Path

from alembic import op

revision = "0003_sheets"
down_revision = "0002"

TABLES = Path(__file__).with_name("0003_sheets.sql")


def upgrade() -> None:
    """Apply."""
    for statement in TABLES.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
