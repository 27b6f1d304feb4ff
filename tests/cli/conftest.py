"""The command line with a home of its own; its database stays up for all tests of a module."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.home import CHECKOUT, open_home, read_json
from cli.postgres import Database


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


Relance = Callable[..., Said]


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """An empty home whose database runs."""
    folder = Path(tempfile.mkdtemp(prefix="relance-"))
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RELANCE_DATABASE_URL", raising=False)
        database = Database(open_home(folder))
        database.__enter__()
    try:
        yield folder
    finally:
        database.__exit__(None, None, None)
        shutil.rmtree(Path(str(read_json(folder / "postgres.json")["folder"])), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def relance(home: Path) -> Relance:
    """Runs a command as a person does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    environment = kept | {"RELANCE_HOME": str(home), "COLUMNS": "200"}

    def run(*words: str, **more: str) -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            cwd=CHECKOUT,
            stdin=subprocess.DEVNULL,
            env=environment | more,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    return run


OPEN = """
from cli.at_work import at_work
from storage import clock, opening

async def work():
    return await opening.open_due(await clock.now())

print(len(at_work(work)))
"""


@pytest.fixture
def opened(home: Path) -> Callable[[], int]:
    """Opens the cases whose day has come, as the service does, and says how many."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}

    def run() -> int:
        words = [sys.executable, "-c", OPEN]
        environment = kept | {"RELANCE_HOME": str(home)}
        done = subprocess.run(words, cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=True)
        return int(done.stdout)

    return run
