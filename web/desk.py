"""The staff door as uvicorn runs it: `uvicorn web.desk:app`, with the environment and secrets of this house."""

import json
import os
from pathlib import Path

from prefect.server.api.server import create_app
from starlette.routing import Mount
from starlette.types import ASGIApp

from web.callers import Credentials
from web.doors import Doors
from web.gate import Desk
from web.provenance import own_hosts
from web.routes import RouteBook, UnknownRoutes

DEFAULT_PORT = "4200"


def open_desk(app: ASGIApp, *, home: Path, port: int, doors: Doors, house: ASGIApp, more_hosts: str = "") -> Desk:
    """A desk before a Prefect app, with the session key and service credential of `home/secrets.json`."""
    secrets = json.loads((home / "secrets.json").read_text())
    credentials = Credentials(secrets["session"], secrets["service"])
    hosts = own_hosts(port, more_hosts)
    return Desk(app, book=route_book(app), credentials=credentials, hosts=hosts, doors=doors, house=house)


def route_book(app: ASGIApp) -> RouteBook:
    """The routes of the API inside Prefect's app."""
    mounts = [route for route in getattr(app, "routes", ()) if isinstance(route, Mount) and route.path == "/api"]
    if len(mounts) != 1:
        raise UnknownRoutes("Prefect's API is not where the desk expects it, below /api.")
    return RouteBook(mounts[0].routes)


def relance_home() -> Path:
    """RELANCE_HOME; by default the folder `var` of the checkout."""
    return Path(os.environ.get("RELANCE_HOME") or Path(__file__).parents[1] / "var")


class _Rows:
    """The real rows, loaded only when a desk opens for business."""

    def __init__(self) -> None:
        from storage import doors
        from storage.desk_refusals import refuse_answer

        self.receive_answer, self.settle_answer, self.note_deed = (
            doors.receive_answer,
            doors.settle_answer,
            doors.note_deed,
        )
        self.refuse_answer = refuse_answer


def _house() -> ASGIApp:
    """The desk's own pages."""
    from web.house import house

    return house


def __getattr__(name: str) -> Desk:
    """`app`, made when uvicorn first asks for it: importing this module opens nothing."""
    if name != "app":
        raise AttributeError(name)
    desk = open_desk(
        create_app(),
        home=relance_home(),
        port=int(os.environ.get("RELANCE_PORT") or DEFAULT_PORT),
        doors=_Rows(),
        house=_house(),
        more_hosts=os.environ.get("RELANCE_HOSTS", ""),
    )
    globals()["app"] = desk
    return desk
