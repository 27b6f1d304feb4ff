"""Folders that the database's own account can reach, and the command line as a person starts it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """An empty folder; pytest's own are closed to the account that runs PostgreSQL when the tests run as root."""
    made = Path(tempfile.mkdtemp(prefix="relance-"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(autouse=True)
def _nothing_of_yours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith(("RELANCE_", "PREFECT_")):
            monkeypatch.delenv(name)
