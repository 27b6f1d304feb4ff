"""A desk before a real Prefect server on PostgreSQL, with rows that are written to a file instead of our database.

Run by uvicorn in a process of its own: `uvicorn tests.web.served:app`, with RELANCE_HOME and RELANCE_PORT set.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from prefect.server.api.server import create_app
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from policies.staff import Signer
from web.callers import Caller, csrf_token
from web.desk import open_desk, route_book
from web.house_start import deployment_id

HOME = Path(os.environ["RELANCE_HOME"])


def write(event: dict[str, Any]) -> None:
    """Adds one event to the journal that the tests read."""
    with (HOME / "events.jsonl").open("a") as out:
        out.write(json.dumps(event) + "\n")


@dataclass(frozen=True)
class Receipt:
    """What the stand-in says about an answer."""

    answer: int | None
    refusal: str | None


UNUSABLE = "Date: 31 February does not exist."


class WrittenDoors:
    """Stand-in for `storage.doors`: the decision `stale` is refused, `unwritable` cannot be written down."""

    async def receive_answer(self, run_id: UUID, signer: Signer, door: str, values: dict[str, Any]) -> Receipt:
        """Refuses, fails or takes the answer, by what it decides."""
        write({"event": "receive", "run": str(run_id), "actor": signer.name, "door": door, "values": values})
        decision = values.get("decision")
        self._note = values.get("note")
        if decision == "unwritable":
            raise OSError("the database is away")
        if decision == "stale":
            return Receipt(None, "The amount has changed since this form was opened. Please open it again.")
        return Receipt(None if decision is None else 7, None)

    async def refuse_answer(self, run_id: UUID, actor: str, door: str, values: dict[str, Any], why: str) -> None:
        """Writes down an answer of nobody."""
        write({"event": "refuse", "run": str(run_id), "actor": actor, "door": door, "values": values})

    async def settle_answer(self, answer: int, accepted: bool, words: str) -> str | None:
        """Writes down the server's verdict; the note `unusable` is refused only now."""
        write({"event": "settle", "answer": answer, "accepted": accepted, "words": words})
        return UNUSABLE if accepted and self._note == "unusable" else None

    async def note_deed(self, actor: str, deed: str, run_id: UUID, detail: str) -> None:
        """Writes down an act; one whose message says so cannot be written."""
        if "unwritable" in detail:
            raise OSError("the database is away")
        write({"event": "deed", "actor": actor, "deed": deed, "run": str(run_id), "detail": detail})


async def house(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand-in for the desk's own pages: says who came, what their form carried, and where an act would lead."""
    caller: Caller = scope["relance.caller"]
    form = dict(parse_qsl((await Request(scope, receive).body()).decode()))
    told = {"actor": caller.actor, "role": caller.role.value, "csrf": csrf_token(scope), "form": form}
    if scope["path"].startswith("/desk/start/"):
        told["deployment"] = await deployment_id(scope["path"].removeprefix("/desk/start/"))
    await JSONResponse(told)(scope, receive, send)


class Witness:
    """Writes down every request that gets through to Prefect."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.routes = getattr(app, "routes")  # noqa: B009

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on what it writes down."""
        if scope["type"] != "lifespan":
            names = sorted(name.decode() for name, _ in scope["headers"])
            write({"event": "forward", "method": scope.get("method", "WS"), "path": scope["path"], "headers": names})
        await self.app(scope, receive, send)


def write_routes(prefect: Any) -> None:
    """The operations of the installed Prefect: those of its public description, and all its router knows."""
    paths = prefect.openapi()["paths"]
    described = sorted(f"{method.upper()} {path}" for path, methods in paths.items() for method in methods)
    routed = sorted(route_book(prefect).keys())
    (HOME / "routes.json").write_text(json.dumps({"described": described, "routed": routed}))


def desk() -> ASGIApp:
    """The desk as it is opened for business, but for the rows."""
    prefect = create_app()
    write_routes(prefect)
    port = int(os.environ["RELANCE_PORT"])
    return open_desk(Witness(prefect), home=HOME, port=port, doors=WrittenDoors(), house=house)


app = desk()
