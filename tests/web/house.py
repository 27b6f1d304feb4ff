"""A running desk, and the ways to knock at it: as nobody, as a person, as one of our processes, as a foreign page."""

import asyncio
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import text

from cli.home import open_home, read_json
from cli.ports import free_port
from cli.postgres import Database
from cli.prefect_schema import prepare_prefect
from cli.prefect_settings import server_environment
from policies.staff import Role
from storage import accounts, session
from storage.api_tokens import make_token
from storage.desk_sessions import new_link, open_session
from storage.migrate import migrate
from web.callers import COOKIE

CHECKOUT = Path(__file__).parents[2]
SECONDS_TO_START = 60
T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.text)


@dataclass(frozen=True)
class House:
    """One desk on one port, with its folder."""

    home: Path
    port: int
    credential: str
    """Our own processes' service credential."""
    database: str = ""
    """The address of our own tables, as the application."""

    @property
    def authority(self) -> str:
        """Host and port as a browser names them."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The desk's address."""
        return f"http://{self.authority}"

    def knock(self, method: str, target: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Reply:
        """Sends exactly this request line, headers and body, nothing tidied up."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            given = {"Host": self.authority, **(headers or {})}
            connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value)
            if body:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body or None)
            response = connection.getresponse()
            pairs = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, pairs, response.read().decode())
        finally:
            connection.close()

    def visitor(self, **headers: str) -> "Visitor":
        """Somebody who sends these headers with every request."""
        return Visitor(self, {name.replace("_", "-"): value for name, value in headers.items()})

    def service(self, **more: str) -> "Visitor":
        """One of our own processes."""
        return self.visitor(Authorization=f"Bearer {self.credential}", **more)

    def person(self, role: Role = Role.ADMIN, login: str = "") -> "Visitor":
        """A person's browser, on a page of the desk, signed in; the login is the role's name."""
        key = self.run(_session(login or role.value, role))
        return self.visitor(Cookie=f"{COOKIE}={key}", Origin=self.url, Sec_Fetch_Site="same-origin")

    def script(self, role: Role = Role.ADMIN) -> "Visitor":
        """A person's own program, with a token."""
        return self.visitor(Authorization=f"Bearer {self.run(_token(role))}")

    def link(self, login: str = "admin", life: timedelta = timedelta(minutes=30)) -> str:
        """The path of a fresh one-time link."""
        return f"/enter?key={self.run(_link(login, life))}"

    def enter(self) -> Reply:
        """Opens a fresh one-time link."""
        return self.knock("GET", self.link())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Does something with the tables of this house."""

        async def whole() -> T:
            try:
                return await work
            finally:
                await session.disconnect()

        with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as thread:
            patch.setenv(session.URL, self.database)
            return thread.submit(asyncio.run, whole()).result()

    def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """A look into the tables of this house."""

        async def look() -> list[tuple[Any, ...]]:
            async with session.reading() as connection:
                return [tuple(row) for row in (await connection.execute(text(statement), values)).all()]

        return self.run(look())

    def events(self) -> list[dict[str, Any]]:
        """Everything written down so far: requests that got through, answers, deeds."""
        path = self.home / "events.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@dataclass(frozen=True)
class Visitor:
    """Somebody at the desk, with the headers they always send."""

    house: House
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, method: str, target: str, body: Any = None, **headers: str) -> Reply:
        """A JSON request to a path of the desk."""
        given = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        raw = b"" if body is None else json.dumps(body).encode()
        return self.house.knock(method, target, given, raw)


def deployment(house: House) -> str:
    """The act `note` with the text parameter `note`; made on first use."""
    service = house.service()
    service.ask("POST", "/api/work_pools/", {"name": "collecting", "type": "process"})
    flow = service.ask("POST", "/api/flows/", {"name": "collect-invoice"}).json["id"]
    schema = {"type": "object", "properties": {"note": {"type": "string", "title": "note", "default": ""}}}
    wanted = {"name": "note", "flow_id": flow, "work_pool_name": "collecting", "parameter_openapi_schema": schema}
    return str(service.ask("POST", "/api/deployments/", wanted).json["id"])


def suspended_run(house: House, name: str, schema: Mapping[str, Any], description: str = "") -> uuid.UUID:
    """A run that waits for a person, made through the server's API as the engine makes it."""
    service = house.service()
    run = service.ask("POST", f"/api/deployments/{deployment(house)}/create_flow_run", {"name": name}).json["id"]
    keys = {part: f"q1-1-{part}" for part in ("description", "response", "schema")}
    for part, value in (("schema", json.dumps(schema)), ("description", json.dumps(description))):
        made = service.ask("POST", f"/api/flow_runs/{run}/input", {"key": keys[part], "value": value})
        assert made.status == 201, made.text
    details = {"pause_reschedule": True, "pause_key": "q1-1", "run_input_keyset": keys}
    state = {"type": "PAUSED", "name": "Suspended", "state_details": details}
    set_state = service.ask("POST", f"/api/flow_runs/{run}/set_state", {"state": state, "force": True})
    assert set_state.json["status"] == "ACCEPT", set_state.text
    return uuid.UUID(run)


async def _account(login: str, role: Role) -> accounts.Account:
    await accounts.add(login, "", "", "en", role, "test", datetime.now(UTC))
    found = await accounts.find(login)
    assert found is not None, "just added"
    assert found.role is role, "a login keeps its role here"
    return found


async def _session(login: str, role: Role) -> str:
    key = await open_session((await _account(login, role)).id, datetime.now(UTC))
    assert key is not None, "the account may sign in"
    return key


async def _token(role: Role) -> str:
    account = await _account(role.value, role)
    return await make_token(account.id, "test", timedelta(days=1), "test", datetime.now(UTC))


async def _link(login: str, life: timedelta) -> str:
    return await new_link((await _account(login, Role.ADMIN)).id, "test", datetime.now(UTC), life)


@contextmanager
def open_house(path: Path) -> Iterator[House]:
    """Starts an embedded PostgreSQL and a desk in a folder, with the settings of `up`; stops both at the end."""
    home = open_home(path)
    house = House(home.path, free_port(), home.secrets()["service"])
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("RELANCE_DATABASE_URL", raising=False)  # another stack's, where one was started before
        database = Database(home)
    with database:
        house = replace(house, database=database.urls.app)
        migrate(database.urls.owner)
        settings = server_environment(home.path, house.port, database.urls.prefect)
        prepare_prefect(home, database.urls.prefect, settings)
        with _serving(house, settings):
            yield house
    folder = Path(str(read_json(home.path / "postgres.json").get("folder")))
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _serving(house: House, settings: Mapping[str, str]) -> Iterator[None]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RELANCE_"))}
    ours = {"RELANCE_HOME": str(house.home), "RELANCE_PORT": str(house.port), "RELANCE_DATABASE_URL": house.database}
    with (house.home / "server.log").open("w") as log:
        server = subprocess.Popen(
            _command(house), cwd=CHECKOUT, env={**kept, **settings, **ours}, stdout=log, stderr=log
        )
        try:
            _wait(house, server)
            yield
        finally:
            server.terminate()
            server.wait(20)


def _command(house: House) -> list[str]:
    return [
        sys.executable,
        "-m",
        "uvicorn",
        "tests.web.served:app",
        "--port",
        str(house.port),
        "--log-level",
        "warning",
    ]


def _wait(house: House, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and server.poll() is None:
        try:
            if house.knock("GET", "/api/health").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("The desk did not start:\n" + (house.home / "server.log").read_text()[-4000:])
