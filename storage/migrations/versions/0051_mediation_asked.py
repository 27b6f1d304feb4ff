"""Who mediates is chosen by a person where several may; what became of a mediation is asked for; a proposal outside the ladder."""

from alembic import op

from storage.migrations.statements import statements_beside

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    """Apply."""
    for statement in statements_beside(__file__):
        op.execute(statement)
