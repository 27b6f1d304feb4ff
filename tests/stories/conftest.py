"""A world for every story: an empty database, an empty run list, a dispatcher that starts fast."""

import asyncio
from collections.abc import Callable, Iterator

import asyncpg
import pytest

from storage.clock import Mode
from tests.engine.stack import Stack
from tests.engine.world import World
from tests.faults.outside import Outside
from tests.faults.warm import WarmDispatchers


@pytest.fixture(scope="session")
def warm(stack: Stack) -> Iterator[WarmDispatchers]:
    """Dispatchers that start fast."""
    nursery = WarmDispatchers(stack)
    yield nursery
    nursery.close()


@pytest.fixture(scope="module")
def begin(stack: Stack, warm: WarmDispatchers) -> Iterator[Callable[..., World]]:
    """Starts a world on a day, with one dispatcher; one world a module. Capitals are the dispatcher's environment."""

    def begin(day: str, mode: Mode = Mode.STEPPED, **more: str | int) -> World:
        asyncio.run(forget_runs(stack))
        for left in (*stack.home.outbox.glob("*.eml"), *stack.home.prefect.glob("**/results/*")):
            left.unlink()
        world = World(stack, day, mode)
        world.begin(**{name: value for name, value in more.items() if name.islower()})
        warm.start({name: value for name, value in more.items() if name.isupper()})
        return world

    yield begin
    warm.stop()


@pytest.fixture(scope="module")
def outside(stack: Stack) -> Iterator[Outside]:
    """Somebody who holds locks in the database."""
    stranger = Outside(stack.superuser_url)
    yield stranger
    stranger.close()


async def forget_runs(stack: Stack) -> None:
    """Prefect starts with an empty run list: runs of another story would only be closed as superseded."""
    head, _, _ = stack.superuser_url.rpartition("/")
    connection = await asyncpg.connect(f"{head}/{stack.urls[2].rpartition('/')[2]}")
    await connection.execute("TRUNCATE flow_run CASCADE")
    await connection.close()
