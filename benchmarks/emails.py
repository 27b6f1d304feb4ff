"""E-mails a second from the decision to the confirmed effect, beside plain aiosmtplib with the same bytes and server.

Everything a wake-up does but Prefect's part: load, decide, reserve, write, hand over, confirm, each on real PostgreSQL.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import aiosmtplib
from sqlalchemy import text

from benchmarks.house import furnish
from benchmarks.mail_server import PASSWORD, USER, mail_server
from cli.home import open_home
from cli.postgres import Database
from policies.case import EffectState
from policies.decisions import Act
from storage import clock, collecting, handing, leases, opening, outgoing, session
from storage.handing import Reserved
from storage.migrate import migrate
from tasks import relay_connections
from tasks.hand_over import channels_with_credentials, hand_over
from tasks.write import write
from tests.engine.ports import free_port

Say = Callable[[str], None]
COUNT, AT_ONCE = 200, 16
"""Messages, and how many are on their way at once: the slots of a dispatcher."""
WANTED_RATIO = 0.6
MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
DUE = date(2026, 2, 25)


def run(say: Say) -> dict[str, Any]:
    """Ours, then the same bytes by aiosmtplib: as it sends a message, and over connections kept for all of them."""
    with _house() as server:
        figures: dict[str, Any] = asyncio.run(_measured(server))
    for name in ("plain", "plain_kept"):
        figures[f"ratio_to_{name}"] = round(figures["emails_per_s"] / figures[f"{name}_per_s"], 2)
    figures["wanted_ratio"] = WANTED_RATIO
    for name, value in figures.items():
        say(f"{name}: {value}")
    return figures


@contextmanager
def _house() -> Iterator[dict[str, Any]]:
    """A database and a mail server of our own, and how aiosmtplib is told of it."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        Path(folder).chmod(0o711)
        port = free_port()
        try:
            with Database(open_home(Path(folder))) as database, mail_server(port, Path(folder)) as authority:
                migrate(database.urls.owner)
                account = f"{USER}:{quote(PASSWORD)}@127.0.0.1:{port}"
                os.environ |= {
                    session.URL: database.urls.app,
                    "RELANCE_SMTP_URL": f"smtp://{account}?tls=starttls&ca={authority}",
                }
                yield {
                    "hostname": "127.0.0.1", "port": port, "username": USER, "password": PASSWORD, "start_tls": True,
                    "cert_bundle": str(authority),
                }  # fmt: skip
        finally:
            os.environ.clear()
            os.environ.update(before)


async def _measured(server: dict[str, Any]) -> dict[str, Any]:
    try:
        cases = await _furnished()
        ours = await _rate(cases, _carry_out)
        letters = await _letters()
        assert len(letters) == COUNT, f"{len(letters)} of {COUNT} messages are confirmed"
        return {
            "emails": COUNT,
            "emails_per_s": ours,
            "plain_per_s": await _rate(letters, lambda one: _plainly(one, server)),
            "plain_kept_per_s": await _kept(letters, server),
        }
    finally:
        await relay_connections.disconnect()
        await session.disconnect()


async def _furnished() -> list[int]:
    """So many customers with a courtesy reminder due, each with one late invoice."""
    await furnish(COUNT, COUNT, DUE, MORNING)
    async with session.transaction() as connection:
        await connection.execute(text("UPDATE creditor SET live = true, bank_max_age = NULL, courtesy_max_age = NULL"))
        await connection.execute(text("INSERT INTO dispatcher (id, name) VALUES (7, 'bench')"))
    await opening.open_due(MORNING)
    async with session.reading() as connection:
        return list(await connection.scalars(text("SELECT id FROM cases ORDER BY id")))


async def _carry_out(case: int) -> None:
    """What a wake-up of the case does, as `flows.acting` does it."""
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    at = await clock.now()
    found = await collecting.consider(case, lease.token, at, channels_with_credentials())
    assert isinstance(found.decision, Act), found.decision
    reserved = await handing.prepare(case, lease.token, at, channels_with_credentials(), write)
    assert isinstance(reserved, Reserved), reserved
    for message in reserved.messages:
        await outgoing.read(message)
        assert await hand_over.fn(message, case, str(lease.token), "") == EffectState.CONFIRMED
    await leases.give_back(lease)


async def _letters() -> list[outgoing.Outgoing]:
    async with session.reading() as connection:
        ids = list(await connection.scalars(text("SELECT id FROM message WHERE state = 'confirmed' ORDER BY id")))
    return [await outgoing.read(id) for id in ids]


async def _plainly(letter: outgoing.Outgoing, server: dict[str, Any]) -> None:
    await aiosmtplib.send(letter.raw, sender=letter.sender, recipients=[letter.recipient], **server)


async def _kept(letters: Sequence[outgoing.Outgoing], server: dict[str, Any]) -> float:
    """The best plain sending can do: workers that keep their connection for all they send."""
    left = iter(letters)

    async def worker() -> None:
        async with aiosmtplib.SMTP(**server) as client:
            for letter in left:
                await client.sendmail(letter.sender, [letter.recipient], letter.raw)

    began = time.monotonic()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return round(len(letters) / (time.monotonic() - began), 1)


async def _rate(things: Sequence[Any], work: Callable[[Any], Awaitable[None]]) -> float:
    """How many a second, so many at once."""
    left = iter(things)

    async def worker() -> None:
        for one in left:
            await work(one)

    began = time.monotonic()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return round(len(things) / (time.monotonic() - began), 1)
