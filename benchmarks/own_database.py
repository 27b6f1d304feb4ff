"""A database of a benchmark's own: its tables are made, nothing is in it, and it is gone afterwards with its folder."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.home import open_home
from cli.postgres import Database, Urls


@contextmanager
def own_database() -> Iterator[tuple[Urls, Path]]:
    """Its addresses, and the home it belongs to; sessions of this process lead to it as long as the block lasts."""
    from storage.migrate import migrate

    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        Path(folder).chmod(0o711)  # PostgreSQL may run under another account
        try:
            with Database(open_home(Path(folder))) as database:
                os.environ["RELANCE_DATABASE_URL"] = database.urls.app
                migrate(database.urls.owner)
                yield database.urls, Path(folder)
        finally:
            os.environ.clear()
            os.environ.update(before)
