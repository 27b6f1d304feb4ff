"""Which processes the stack runs beside PostgreSQL, and what each may know."""

import os
import sys
from collections.abc import Mapping

from cli.children import Plan
from cli.home import CHECKOUT, Home
from cli.ports import LOOPBACK, Ports
from cli.postgres import Urls
from cli.prefect_settings import client_environment, server_environment

# Seconds after the stop was asked for until a process is killed; PostgreSQL comes last and has what remains of ten.
DISPATCHER, DESK, SINK = 7.6, 8.2, 8.5


def own_environment(home: Home, ports: Ports, urls: Urls) -> dict[str, str]:
    """What every process of ours knows: the folder, the ports, the database as the app. No Prefect setting of yours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    return kept | {
        "RELANCE_HOME": str(home.path),
        "RELANCE_PORT": str(ports.desk),
        "RELANCE_SINK_PORT": str(ports.sink),
        "RELANCE_DATABASE_URL": urls.app,
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUNBUFFERED": "1",
    }


def plans(home: Home, ports: Ports, urls: Urls, secrets: Mapping[str, str]) -> tuple[Plan, Plan, Plan]:
    """Mail sink, desk (with Prefect behind it) and dispatcher, in the order they start."""
    ours = own_environment(home, ports, urls)
    client = ours | client_environment(home.path, ports.desk, secrets["service"])
    server = ours | server_environment(home.path, ports.desk, urls.prefect)
    uvicorn = ("uvicorn", "web.desk:app", "--host", LOOPBACK, "--port", str(ports.desk), "--log-level", "warning",
               "--no-access-log", "--timeout-graceful-shutdown", "1")  # fmt: skip
    return (
        Plan("sink", _module("tasks.sink"), ours, SINK),
        Plan("desk", _module(*uvicorn), server, DESK),
        Plan("dispatcher", _module("flows.dispatcher"), client, DISPATCHER),
    )


def _module(name: str, *words: str) -> tuple[str, ...]:
    # -P: the current folder is not searched, whatever it holds
    return (sys.executable, "-P", "-m", name, *words)
