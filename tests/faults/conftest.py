"""A world for faults: warm dispatchers, a stranger in the database, an empty outbox."""

from collections.abc import Iterator

import pytest

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


@pytest.fixture
def outside(stack: Stack) -> Iterator[Outside]:
    """Somebody who holds locks."""
    stranger = Outside(stack.superuser_url)
    yield stranger
    stranger.close()


@pytest.fixture
def dispatchers(stack: Stack, warm: WarmDispatchers) -> Iterator[WarmDispatchers]:
    """No dispatcher before the test, none after it, and nothing in the outbox."""
    stack.stop_dispatchers()
    for message in stack.home.outbox.glob("*.eml"):
        message.unlink()
    yield warm
    warm.stop()


@pytest.fixture
def world(stack: Stack, dispatchers: WarmDispatchers) -> World:
    """Thursday, 8 January 2026, seven in the morning UTC; nobody owes anything yet."""
    del dispatchers
    begun = World(stack, "2026-01-08")
    begun.begin()
    return begun
