"""The desk's own pages and the terminal's inbox with 10,000 open questions: our tables, our pages, no Prefect."""

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from starlette.types import Receive, Scope, Send

from benchmarks.desk_world import furnish
from benchmarks.own_database import own_database
from cli.home import CHECKOUT
from cli.postgres import Urls
from policies.staff import Role
from storage import clock, session

Say = Callable[[str], None]
ASKED, CUSTOMERS, INVOICES = 10_000, 20_000, 200_000
LIMIT_MS, TERMINAL_LIMIT_S = 500, 1.0
"""For a page at the server, and for the whole command from its start to its end."""
RUNS = 7
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
PAGES = {
    "home": "/desk",
    "inbox": "/desk/inbox",
    "inbox_mine": "/desk/inbox?whose=mine",
    "inbox_by_age": "/desk/inbox?order=age",
    "inbox_by_deadline": "/desk/inbox?order=deadline&whose=role",
    "inbox_last_page": "/desk/inbox?page=200",
    "calls": "/desk/calls",
    "sent": "/desk/sent",
    "search_name": "/desk/search?q=client+19",
    "search_invoice": "/desk/search?q=FA-199999",
    "search_amount": "/desk/search?q=179%2C19",
    "customer": "/desk/customers/C77",
}


@dataclass(frozen=True, slots=True)
class Someone:
    """Who looks."""

    actor: str = "marie"
    role: Role = Role.MANAGER
    language: str = "fr"


def run(say: Say) -> dict[str, Any]:
    """Milliseconds of each page, the middle of several; seconds of the command."""
    with own_database() as (urls, folder):
        return _measured(urls, folder, say)


def _measured(urls: Urls, folder: Path, say: Say) -> dict[str, Any]:
    asyncio.run(furnish(urls.owner, customers=CUSTOMERS, asked=ASKED, invoices=INVOICES))
    pages = asyncio.run(_pages())
    terminal, spent = _terminal(folder)
    for name, took in pages.items():
        say(f"{name.replace('_', ' ')}: {took} ms, {LIMIT_MS} at most")
    say(
        f"./relance inbox: {terminal} s from its start to its end ({spent} s of a processor), {TERMINAL_LIMIT_S} at most"
    )
    return {
        "questions": ASKED, "pages_ms": pages, "limit_ms": LIMIT_MS, "terminal_s": terminal, "terminal_cpu_s": spent,
        "terminal_limit_s": TERMINAL_LIMIT_S,
    }  # fmt: skip


async def _pages() -> dict[str, float]:
    from web.house import house

    async def gate(scope: Scope, receive: Receive, send: Send) -> None:
        await house({**scope, "relance.caller": Someone()}, receive, send)

    try:
        await clock.start(clock.Mode.STEPPED, NOON)
        async with httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url="http://desk") as client:
            return {name: await _page(client, address) for name, address in PAGES.items()}
    finally:
        await session.disconnect()


async def _page(client: httpx.AsyncClient, address: str) -> float:
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        reply = await client.get(address)
        took.append(time.perf_counter() - began)
        assert reply.status_code == 200, f"{address}: {reply.text[:300]}"
    return round(median(took) * 1000, 1)


def _terminal(folder: Path) -> tuple[float, float]:
    """The middle of several: the launcher, Python's start, the imports, the question, the table; and what a processor did."""
    environment = {**os.environ, "RELANCE_HOME": str(folder)}
    del environment["RELANCE_DATABASE_URL"]
    command = [sys.executable, "-m", "cli.main", "inbox"]
    took, before = [], _children()
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - began)
    return round(median(took), 2), round((_children() - before) / RUNS, 2)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
