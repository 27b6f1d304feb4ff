"""What every import shares: one at a time per creditor, counted, and remembered with the day it speaks of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from storage.lock_classes import IMPORT
from storage.session import transaction

PATIENCE = 120.0
"""Seconds an import waits for another one of the same creditor."""

_TRY = text("SELECT pg_try_advisory_xact_lock(:class, :creditor)")
_RECORD = text(
    "INSERT INTO import (creditor_id, kind, source, sha256, position_on) VALUES (:creditor, :kind, :source, "
    ":sha256, :on)"
)


class ImportBusy(RuntimeError):
    """Another import of the same creditor does not come to its end."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What an import did: rows read, and what became of each; `problems` are rows that did not go in."""

    read: int
    new: int
    changed: int
    unchanged: int
    problems: tuple[Problem, ...] = ()


@asynccontextmanager
async def importing(creditor: int, *, dry_run: bool = False) -> AsyncIterator[AsyncConnection]:
    """One import's transaction: all of it or nothing; nothing at all when it is only a dry run."""
    async with transaction() as connection:
        await _take_turn(connection, creditor)
        yield connection
        if dry_run:
            await connection.rollback()


async def _take_turn(connection: AsyncConnection, creditor: int) -> None:
    waited = 0.0
    while not await connection.scalar(_TRY, {"class": IMPORT, "creditor": creditor}):
        if waited >= PATIENCE:
            raise ImportBusy("Another import is running: wait for its end, then import again.")
        await asyncio.sleep(0.2)
        waited += 0.2


async def remember(connection: AsyncConnection, creditor: int, kind: str, source: str, sha256: str, on: date) -> None:
    """Keep that a file was read, and the last day it speaks of."""
    values = {"creditor": creditor, "kind": kind, "source": source, "sha256": sha256, "on": on}
    await connection.execute(_RECORD, values)
