"""A world for every story: a dispatcher that starts fast, an empty database, nothing in the run list."""

from collections.abc import Callable, Iterator

import pytest

from tests.engine.stack import Stack
from tests.engine.world import World
from tests.faults.warm import WarmDispatchers


@pytest.fixture(scope="session")
def warm(stack: Stack) -> Iterator[WarmDispatchers]:
    """Dispatchers that start fast."""
    nursery = WarmDispatchers(stack)
    yield nursery
    nursery.close()


@pytest.fixture(scope="module")
def begin(stack: Stack, warm: WarmDispatchers) -> Iterator[Callable[[str], World]]:
    """Starts a world on a day, with one dispatcher; one world a module."""

    def begin(day: str, **creditor: str) -> World:
        world = World(stack, day)
        world.begin(**creditor)
        warm.start()
        return world

    yield begin
    warm.stop()
