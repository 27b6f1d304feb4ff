"""Starts and stops the processes of a stack in a folder of its own; dispatchers can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import asyncpg

from cli.home import CHECKOUT, Home
from cli.postgres import Database
from cli.prefect_schema import prepare_prefect
from cli.prefect_settings import client_environment, server_environment
from storage.migrate import migrate
from tests.engine.ports import free_port


class Stack:
    """PostgreSQL, the Prefect server behind the desk, and the sink; dispatchers as the test wants them."""

    def __init__(self, folder: Path) -> None:
        self.home = Home(folder)
        for place in (folder, self.home.run, self.home.log, self.home.outbox, self.home.prefect):
            place.mkdir(parents=True, exist_ok=True)
        self.port, self.sink_port = free_port(), free_port()
        self._database = Database(self.home)
        self._desk: subprocess.Popen[bytes] | None = None
        self._sink: subprocess.Popen[bytes] | None = None
        self.dispatchers: list[subprocess.Popen[bytes]] = []
        self.environment: dict[str, str] = {}
        self._server_environment: dict[str, str] = {}

    def start(self) -> None:
        """Everything but dispatchers."""
        self._database.__enter__()
        urls = self._database.urls
        migrate(urls.owner)
        own = {
            "RELANCE_HOME": str(self.home.path), "RELANCE_DATABASE_URL": urls.app, "RELANCE_PORT": str(self.port),
            "RELANCE_SINK_PORT": str(self.sink_port),
        }  # fmt: skip
        server = server_environment(self.home.path, self.port, urls.prefect)
        prepare_prefect(self.home, urls.prefect, server)
        self.environment = {**os.environ, **client_environment(self.home.path, self.port, self.service), **own}
        self._server_environment = {**os.environ, **server, **own}
        try:
            self.start_sink()
            self.start_desk()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Everything, dispatchers first."""
        for process in (*self.dispatchers, self._desk, self._sink):
            self._end(process)
        self._database.__exit__(None, None, None)

    @property
    def urls(self) -> tuple[str, str, str]:
        """Addresses for the application, for its owner, for Prefect."""
        urls = self._database.urls
        return urls.app, urls.owner, urls.prefect

    @property
    def desk_pid(self) -> int:
        """The process of the desk and the Prefect server in it."""
        assert self._desk is not None, "started"
        return self._desk.pid

    @property
    def database_pid(self) -> int:
        """The process all others of PostgreSQL descend from."""
        assert self._database._cluster is not None, "tests run on the embedded server"
        found = self._database._cluster.pid()
        assert found is not None, "started"
        return found

    @property
    def superuser_url(self) -> str:
        """The superuser's address in the application's database: for setting the stage only."""
        head, _, tail = self.urls[0].partition("@")
        del head
        return f"postgresql://postgres:{self.home.secrets()['superuser']}@{tail}"

    @property
    def desk_url(self) -> str:
        """Where people reach the UI."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def service(self) -> str:
        """The service credential."""
        return self.home.secrets()["service"]

    def start_desk(self) -> None:
        """The Prefect server behind the desk."""
        port = str(self.port)
        arguments = ("-m", "uvicorn", "web.desk:app", "--host", "127.0.0.1", "--port", port, "--log-level", "warning")
        self._desk = self._spawn("desk", *arguments, environment=self._server_environment)
        self._until_healthy()

    def stop_desk(self) -> None:
        """The server goes away."""
        self._end(self._desk)

    def start_sink(self) -> None:
        """The mail sink."""
        self._sink = self._spawn("sink", "-m", "tasks.sink")

    def stop_sink(self) -> None:
        """The mail server goes away."""
        self._end(self._sink)

    def restart_postgres(self) -> None:
        """PostgreSQL stops at once and comes back, under everybody who uses it."""
        cluster = self._database._cluster
        assert cluster is not None, "tests run on the embedded server"
        cluster.stop()
        self._database.revive()

    def throw_prefect_away(self) -> None:
        """Prefect's database is lost; an empty one takes its place, as `up` makes it."""
        self.stop_desk()
        url = self.urls[2]
        asyncio.run(_made_anew(self.superuser_url, url.rpartition("/")[2]))
        prepare_prefect(self.home, url, self._server_environment)
        self.start_desk()

    def start_dispatcher(self) -> subprocess.Popen[bytes]:
        """One more dispatcher."""
        process = self._spawn(f"dispatcher-{len(self.dispatchers)}", "-m", "flows.dispatcher")
        self.dispatchers.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """kill -9, at once."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process in self.dispatchers:
            self.dispatchers.remove(process)

    def stop_dispatchers(self) -> None:
        """All dispatchers end in good order."""
        for process in list(self.dispatchers):
            self._end(process)
        self.dispatchers.clear()

    def log(self, name: str) -> str:
        """What a process has said."""
        return (self.home.log / f"{name}.log").read_text(errors="replace")

    def _spawn(self, name: str, *arguments: str, environment: dict[str, str] | None = None) -> subprocess.Popen[bytes]:
        with (self.home.log / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=CHECKOUT, env=environment or self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def _end(self, process: subprocess.Popen[bytes] | None) -> None:
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _until_healthy(self) -> None:
        until = time.monotonic() + 120  # a machine that is busy with other things takes its time
        while time.monotonic() < until:
            with suppress(OSError):
                urllib.request.urlopen(f"{self.desk_url}/api/health", timeout=2)
                return
            time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log('desk')[-3000:]}")


async def _made_anew(superuser_url: str, name: str) -> None:
    connection = await asyncpg.connect(superuser_url)
    await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await connection.execute(f'CREATE DATABASE "{name}" OWNER prefect')
    await connection.close()
