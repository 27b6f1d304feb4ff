"""The migrations make exactly the tables the program works with."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection
from sqlmodel import SQLModel

from storage import tables
from storage.session import reading

pytestmark = pytest.mark.usefixtures("database_url")


def differences(connection: Connection) -> list[str]:
    assert tables.__all__
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return [str(one) for one in compare_metadata(context, SQLModel.metadata) if "alembic_version" not in str(one)]


async def test_a_migrated_database_has_the_tables_of_the_program() -> None:
    async with reading() as connection:
        assert await connection.run_sync(differences) == []


async def test_the_application_cannot_rewrite_history() -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import ProgrammingError

    for statement in (
        "UPDATE journal SET kind = ''",
        "DELETE FROM answer",
        "TRUNCATE effect_history",
        "DROP TABLE cases",
    ):
        async with reading() as connection:
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                await connection.execute(text(statement))
