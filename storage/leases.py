"""Leases: who runs a case (or another run) now (design 2). A dispatcher lives as long as its advisory lock."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from policies.case import EffectState
from storage import clock, ledger, print_queue
from storage.facts import WAKE, touch
from storage.lock_classes import DISPATCHER
from storage.session import URL, async_url, glance, reading, transaction


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run `subject` and to change the state of its Prefect run."""

    subject: str
    token: UUID
    case: int | None


_TAKE = text(
    "INSERT INTO lease (subject, token, dispatcher_id, case_id, run_id) "
    "SELECT :subject, :token, d.id, :case, :run FROM dispatcher d WHERE d.id = :dispatcher AND d.gone_at IS NULL "
    "ON CONFLICT (subject) DO NOTHING RETURNING token"
)
_GIVE_BACK = text("DELETE FROM lease WHERE token = :token")
_DEAD = text(
    """
    SELECT d.id FROM dispatcher d
    WHERE d.gone_at IS NULL AND d.id <> :me AND NOT EXISTS (
        SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = :class AND l.objid = d.id AND l.granted
          AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
    """
)
_GONE = text("UPDATE dispatcher SET gone_at = clock_timestamp() WHERE id = :id AND gone_at IS NULL RETURNING id")
_LEFT = text("SELECT token, case_id FROM lease WHERE dispatcher_id = :id ORDER BY case_id")
_DROP = text("DELETE FROM lease WHERE dispatcher_id = :id")
_STRANDED = text(
    "SELECT m.id, m.state, m.sha256, m.route, m.channel FROM message m WHERE m.state IN ('reserved', 'handing_over') "
    "AND (m.token = ANY(:tokens) OR EXISTS (SELECT FROM effect e WHERE e.message_id = m.id "
    "AND e.token = ANY(:tokens) AND e.state = m.state)) ORDER BY m.id"
)
_WITHOUT_LEASE = text(
    """
    SELECT DISTINCT h.token FROM (
        SELECT token FROM effect WHERE state IN ('reserved', 'handing_over')
        UNION ALL SELECT token FROM message WHERE state IN ('reserved', 'handing_over')) h
    WHERE h.token IS NOT NULL AND NOT EXISTS (SELECT FROM lease l WHERE l.token = h.token)
    """
)
_LEAVE = text(
    "UPDATE dispatcher SET gone_at = clock_timestamp() WHERE id = :id "
    "AND NOT EXISTS (SELECT FROM lease WHERE dispatcher_id = :id)"
)
"""A dispatcher that still has leases does not leave in good order: its lock goes, and others bury it."""
_SUNK = text("SELECT true FROM sink_message WHERE sha256 = :sha LIMIT 1")
PATIENCE = (0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds between the attempts to give a lease back; after a longer outage the dispatcher has lost its place too."""
LOST_WORDS = "The program ended while this was being handed over: it may or may not have left."


class Registration:
    """A dispatcher's place among the living: one session advisory lock on a connection outside every pool."""

    def __init__(self, url: str, name: str) -> None:
        keepalive = {"tcp_keepalives_idle": "5", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "3"}
        self._engine: AsyncEngine = create_async_engine(
            async_url(url), pool_size=1, max_overflow=0, connect_args={"server_settings": keepalive}
        )
        self._name = name
        self._connection: AsyncConnection | None = None
        self.id = 0

    @classmethod
    def from_environment(cls, name: str) -> "Registration":
        """On the database the environment names."""
        return cls(os.environ[URL], name)

    async def register(self) -> int:
        """Become a dispatcher with a number of its own; the lock is held before the number is visible to others."""
        self._connection = await (await self._engine.connect()).execution_options(isolation_level="AUTOCOMMIT")
        number = await self._connection.scalar(text("SELECT nextval(pg_get_serial_sequence('dispatcher', 'id'))"))
        self.id = int(number)
        await self._connection.execute(
            text("SELECT pg_advisory_lock(:class, :id)"), {"class": DISPATCHER, "id": self.id}
        )
        await self._connection.execute(
            text("INSERT INTO dispatcher (id, name) VALUES (:id, :name)"), {"id": self.id, "name": self._name}
        )
        return self.id

    async def on_wake(self, heard: Callable[[], None]) -> None:
        """Call `heard` whenever a fact has woken a case."""
        assert self._connection is not None, "register first"
        raw = (await self._connection.get_raw_connection()).driver_connection
        assert raw is not None, "a registered dispatcher has a connection"
        await raw.add_listener(WAKE, lambda *_told: heard())

    async def alive(self) -> bool:
        """Whether the connection that holds the lock still stands and nobody has declared us gone."""
        if self._connection is None:
            return False
        try:
            found = await self._connection.scalar(
                text("SELECT gone_at IS NULL FROM dispatcher WHERE id = :id"), {"id": self.id}
            )
        except Exception:  # noqa: BLE001 - whatever broke it, the connection is gone
            return False
        return bool(found)

    async def leave(self) -> None:
        """Leave in good order."""
        if self._connection is not None:
            try:
                await self._connection.execute(_LEAVE, {"id": self.id})
                await self._connection.close()
            except Exception:  # noqa: BLE001 - the server may be gone already; the lock goes with the connection
                await self._connection.invalidate()
            self._connection = None
        await self._engine.dispose()


async def take(dispatcher: int, subject: str, case: int | None, run: UUID | None) -> Lease | None:
    """Take the lease on `subject`; None when somebody has it, or when this dispatcher was declared gone."""
    token = uuid4()
    values = {"subject": subject, "token": token, "dispatcher": dispatcher, "case": case, "run": run}
    async with transaction() as connection:
        got = await connection.scalar(_TAKE, values)
    return Lease(subject, token, case) if got else None


async def give_back(lease: Lease) -> None:
    """The engine has returned: others may take it. What it left half done is put right first.

    A database that is away for a moment is tried again: a lease its living dispatcher forgot would never be free.
    """
    for rest in PATIENCE:
        try:
            return await _give_back(lease)
        except (DBAPIError, OSError):
            await asyncio.sleep(rest)
    return await _give_back(lease)


async def _give_back(lease: Lease) -> None:
    at = await clock.now() if await _half_done(lease.token) else None
    async with transaction() as connection:
        if at is not None:
            await _strand_all(connection, [lease.token], at)
        await connection.execute(_GIVE_BACK, {"token": lease.token})


async def _half_done(token: UUID) -> bool:
    async with glance() as connection:
        return (await connection.execute(_STRANDED, {"tokens": [token]})).first() is not None


async def _strand_all(connection: AsyncConnection, tokens: list[UUID], at: datetime) -> None:
    for message in (await connection.execute(_STRANDED, {"tokens": tokens})).mappings().all():
        if (
            message["state"] == EffectState.HANDING_OVER
            and message["channel"] == "letter"
            and message["route"] == "live"
        ):
            await print_queue.enqueue_in(connection, message["id"], at)  # nothing of it had left: there is no doubt
        else:
            await _strand(connection, message["id"], message["state"], message["sha256"], message["route"], at)


async def free_dead(me: int, at: datetime) -> tuple[int, ...]:
    """Free what dispatchers left behind that no longer hold their lock, and wake its cases; answers who was buried."""
    async with reading() as connection:
        dead = list(await connection.scalars(_DEAD, {"me": me, "class": DISPATCHER}))
        lost = list(await connection.scalars(_WITHOUT_LEASE))
    if lost:
        async with transaction() as connection:
            await _strand_all(connection, lost, at)
    return tuple([dispatcher for dispatcher in dead if await _bury(dispatcher, at)])


async def _bury(dispatcher: int, at: datetime) -> bool:
    """False when another dispatcher has done it."""
    async with transaction() as connection:
        if await connection.scalar(_GONE, {"id": dispatcher}) is None:
            return False
        left = (await connection.execute(_LEFT, {"id": dispatcher})).mappings().all()
        tokens = [row["token"] for row in left]
        await _strand_all(connection, tokens, at)
        await connection.execute(_DROP, {"id": dispatcher})
        await touch(connection, [row["case_id"] for row in left if row["case_id"] is not None])
    return True


async def _strand(connection: AsyncConnection, message: int, state: str, sha: str, route: str, at: datetime) -> None:
    """A crash in `reserved` is redone; one in `handing_over` is ambiguous, unless the sink itself can tell (4.3)."""
    if state == EffectState.RESERVED:
        await ledger.void(connection, message, "the program ended before anything left", at)
        return
    arrived = route == "sink" and await connection.scalar(_SUNK, {"sha": sha})
    outcome = EffectState.CONFIRMED if arrived else EffectState.AMBIGUOUS
    words = "The sink has it." if arrived else LOST_WORDS
    await ledger.settle_in(
        connection, message, outcome, words, at, temporary=False, provider="", sender=None,
        before=(EffectState.HANDING_OVER,),
    )  # fmt: skip
