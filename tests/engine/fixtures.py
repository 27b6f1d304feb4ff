"""The session's stack and a fresh world on it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One stack for every test that needs the whole machinery."""
    folder: Path = tmp_path_factory.mktemp("relance")
    started = Stack(folder)
    before = dict(os.environ)
    started.start()
    os.environ.update(started.environment)
    try:
        yield started
    finally:
        started.stop()
        os.environ.clear()
        os.environ.update(before)
