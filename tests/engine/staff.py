"""People of the house who answer in tests: as signers, and as accounts that are signed in or hold a token."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from policies.staff import Role, Signer
from storage import accounts, api_tokens, desk_sessions
from storage import session as database

T = TypeVar("T")
MARIE = Signer("marie", Role.ADMIN)
JEAN = Signer("jean", Role.ADMIN)


async def account(login: str, role: Role = Role.ADMIN) -> int:
    """The number of this person's account, made if need be; one that is there keeps its role."""
    await accounts.add(login, "", "", "en", role, "test", datetime.now(UTC))
    found = await accounts.find(login)
    assert found is not None, "just added"
    return found.id


async def session(login: str, role: Role = Role.ADMIN) -> str:
    """The key of a fresh session of this person."""
    key = await desk_sessions.open_session(await account(login, role), datetime.now(UTC))
    assert key is not None, "the account may sign in"
    return key


async def token(login: str, role: Role = Role.ADMIN) -> str:
    """A fresh token of this person."""
    return await api_tokens.make_token(await account(login, role), "test", timedelta(days=1), "test", datetime.now(UTC))


async def entry_link(login: str, url: str) -> str:
    """A one-time link that signs this person in."""
    key = await desk_sessions.new_link(await account(login), login, datetime.now(UTC))
    return f"{url}/enter?key={key}"


def in_a_thread(work: Coroutine[Any, Any, T]) -> T:
    """Do it in a loop of its own: this thread may have one that runs, a browser's."""

    async def whole() -> T:
        try:
            return await work
        finally:
            await database.disconnect()

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, whole()).result()
