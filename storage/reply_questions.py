"""A person is asked what follows from a message of a customer."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection


async def ask_about(connection: AsyncConnection, incoming: int, at: datetime) -> None:
    """Put the question about the message, in the transaction that keeps it. Until it is put, the message waits in the list."""
