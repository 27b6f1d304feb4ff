"""A stranger in the database who holds a lock for as long as the test wants: so the dispatcher stops at a known place."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any

import asyncpg


class Outside:
    """Locks taken and let go from outside, each in a transaction of its own."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._held: list[asyncpg.Connection[Any]] = []

    def hold(self, statement: str) -> None:
        """Execute `statement` (LOCK TABLE…, SELECT … FOR UPDATE) and keep its transaction open."""
        self._do(self._hold(statement))

    def let_go(self) -> None:
        """Roll everything back that is held."""
        self._do(self._let_go())

    def until_waiting(self, words: str, seconds: float = 150) -> None:
        """Wait until somebody waits for a lock in a statement that contains `words`."""
        until(lambda: self._do(self._waiting(words)), f"nobody waits in “{words}”", seconds)

    def close(self) -> None:
        """Let go and leave."""
        self.let_go()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _hold(self, statement: str) -> None:
        connection = await asyncpg.connect(self._url)
        await connection.execute("BEGIN")
        await connection.execute(statement)
        self._held.append(connection)

    async def _let_go(self) -> None:
        while self._held:
            await self._held.pop().close(timeout=5)

    async def _waiting(self, words: str) -> bool:
        connection = await asyncpg.connect(self._url)
        try:
            return bool(
                await connection.fetchval(
                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND position($1 IN query) > 0 "
                    "AND datname = current_database()",
                    words,
                )
            )
        finally:
            await connection.close()


def until(true: Callable[[], object], otherwise: str, seconds: float = 150) -> None:
    """Wait until `true()` holds."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.03)
