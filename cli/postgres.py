"""The database a command needs: embedded, started by the first and stopped by the last user; or a server of yours."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from cli.account import Account, database_account
from cli.binaries import programs, shared_folder
from cli.cluster import Cluster
from cli.home import Home, read_json, write_json
from cli.locks import FileLock, alone
from cli.refusal import Refusal
from cli.roles import APP, OWNER, PREFECT, Names, address, prepare, wait_for
from cli.your_server import your_server

Say = Callable[[str], None]
SERVER_URL = "RELANCE_DATABASE_URL"


@dataclass(frozen=True, slots=True)
class Urls:
    """Addresses (postgresql://…): for programs, for migrations, for Prefect's own database."""

    app: str
    owner: str
    prefect: str


def quiet(_: str) -> None:
    """Say nothing."""


class Database:
    """The running database, for as long as the block lasts.

    Everybody who uses it holds a shared lock; whoever starts or stops it holds the door. The last to leave stops it,
    and a user that was killed has left by dying.
    """

    def __init__(self, home: Home, say: Say = quiet) -> None:
        self.home = home
        self._say = say
        self._server = os.environ.get(SERVER_URL, "").strip()
        self._cluster: Cluster | None = None
        self._users: FileLock | None = None
        self.urls = Urls("", "", "")

    def __enter__(self) -> Self:
        if self._server:
            self.urls = Urls(*your_server(self._server, self.home.secrets()))
            return self
        with alone(self._door):
            self._users = FileLock(self.home.run / "database.users")
            self._users.take(shared=True)
            try:
                self.urls = self._started()
            except BaseException:
                self._leave()
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._users is not None:
            with alone(self._door):
                self._leave()

    def alive(self) -> bool:
        """Whether the embedded server still runs; a server of yours is yours to watch."""
        return self._cluster is None or self._cluster.pid() is not None

    def revive(self) -> None:
        """Start the embedded server again after it died under us: same folder, same port."""
        with alone(self._door):
            if not self.alive():
                self._started(only_there=True)

    @property
    def cluster_folder(self) -> Path:
        """Where the embedded server keeps its data."""
        return Path(read_json(self.home.path / "postgres.json")["folder"])

    @property
    def _door(self) -> Path:
        return self.home.run / "database.door"

    def _started(self, *, only_there: bool = False) -> Urls:
        known = read_json(self.home.path / "postgres.json")
        self._cluster = cluster = embedded(self.home, known, self._say)
        words = self.home.secrets()
        if not cluster.data.exists():
            self._say("Preparing the database (once)")
        cluster.create(words["superuser"])
        port = known.get("port") if cluster.pid() else cluster.start(known.get("port"), only_there=only_there)
        if port is None:
            cluster.stop()  # it runs on a port nobody remembers
            port = cluster.start(None)
        write_json(self.home.path / "postgres.json", {"folder": str(cluster.folder), "port": port})
        server = f"postgresql://postgres:{words['superuser']}@127.0.0.1:{port}/postgres"
        wait_for(prepare(server, words, Names()))
        return Urls(
            address(server, APP, words["app"], "relance"),
            address(server, OWNER, words["owner"], "relance"),
            address(server, PREFECT, words["prefect"], "prefect"),
        )

    def _leave(self) -> None:
        if self._users is None:
            return
        if self._users.try_take() and self._cluster is not None:
            self._cluster.stop()
        self._users.give_back()
        self._users = None


@contextmanager
def database(home: Home, say: Say = quiet) -> Iterator[Urls]:
    """The database for the block, named in the environment as this process's own (RELANCE_DATABASE_URL, as the app)."""
    with Database(home, say) as held, named(held.urls):
        yield held.urls


@contextmanager
def named(urls: Urls) -> Iterator[None]:
    """For the block, what `storage` finds in the environment is the application's address."""
    before = os.environ.get(SERVER_URL)
    os.environ[SERVER_URL] = urls.app
    try:
        yield
    finally:
        os.environ.pop(SERVER_URL)
        if before is not None:
            os.environ[SERVER_URL] = before


def embedded(home: Home, known: dict[str, object], say: Say) -> Cluster:
    """The cluster of this home: where it was, or where the account that will run it can reach."""
    folder = Path(str(known.get("folder") or home.path / "postgres"))
    account = database_account(folder)
    if not known.get("folder"):
        folder = _reachable(folder, account, say)
    elif not folder.exists():
        raise Refusal(
            f"The database folder {folder} has gone: bring it back from a backup, "
            f"or remove {home.path / 'postgres.json'} to begin with an empty one."
        )
    elif not account.can_write(folder):
        raise Refusal(f"The database folder {folder} belongs to somebody else: start Relance as the user who made it.")
    return Cluster(folder, programs(account), account)


def _reachable(folder: Path, account: Account, say: Say) -> Path:
    account.take(folder)
    if account.can_write(folder):
        return folder
    folder.rmdir()
    if not account.switch:
        raise Refusal(f"The folder {folder} cannot be written: set RELANCE_HOME to a folder of yours.")
    other = shared_folder() / secrets.token_hex(4)
    account.take(other)
    (other / "belongs-to").write_text(f"{folder.parent}\n", encoding="utf-8")  # nobody should have to guess whose it is
    say(f"{folder} is closed to the database's account; its data is kept in {other}")
    return other
