"""One desk for all tests of the doors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.house import House, Visitor, open_house


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A running desk before a real Prefect server."""
    with open_house(Path(tmp_path_factory.mktemp("house"))) as opened:
        yield opened


@pytest.fixture(scope="session")
def person(house: House) -> Visitor:
    """A person with a session, on a page of the desk."""
    return house.person()


@pytest.fixture(scope="session")
def service(house: House) -> Visitor:
    """One of our own processes."""
    return house.service()
