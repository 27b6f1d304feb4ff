"""What a bank line says of itself, so that it is known again in another file and format."""

from pathlib import Path

from alembic import op

revision = "0003_bank"
down_revision = "0002"

TABLES = Path(__file__).with_name("0003_bank.sql")


def upgrade() -> None:
    """Apply."""
    for statement in TABLES.read_text(encoding="utf-8").split(";\n"):
        if statement.strip():
            op.execute(statement)
