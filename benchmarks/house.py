"""A house to measure: a stack of its own in a temporary folder, debtors by the hundred, and what its processes cost."""

import asyncio
import os
import tempfile
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import psutil
from sqlalchemy import text

from storage import clock, session
from storage.clock import Mode
from tests.engine.stack import Stack

T = TypeVar("T")

_CREDITOR = text(
    "INSERT INTO creditor (name, email, reply_to, owner, iban, address, mentions) VALUES ('Atelier Nord SAS', "
    "'compta@atelier-nord.example', 'compta@atelier-nord.example', 'marie', 'FR7630006000011234567890189', "
    "'1 rue du Port, 44000 Nantes', 'SIREN 552 100 554') RETURNING id"
)
_CUSTOMERS = text(
    "INSERT INTO customer (creditor_id, number, name, kind, country) "
    "SELECT :creditor, 'C' || n, 'Client ' || n || ' SARL', 'business', 'FR' FROM generate_series(1, :count) n"
)
_CONTACTS = text(
    "INSERT INTO contact (customer_id, role, email, name) SELECT id, 'accounts', 'compta@' || lower(number) || '.example', '' "
    "FROM customer"
)
_INVOICES = text(
    "INSERT INTO invoice (creditor_id, source, number, kind, customer_id, issued, due, currency, total) "
    "SELECT :creditor, 'bench', 'FA-' || n, 'invoice', d.id, CAST(:issued AS date), CAST(:due AS date), 'EUR', "
    "100000 + 100 * n FROM generate_series(1, :count) n "
    "JOIN customer d ON d.number = 'C' || (1 + (n - 1) % CAST(:customers AS integer))"
)


@contextmanager
def house() -> Iterator[Stack]:
    """A running stack without dispatchers; its settings are in the environment before Prefect is imported."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        Path(folder).chmod(0o711)
        stack = Stack(Path(folder))
        try:
            stack.start()
            os.environ.update(stack.environment)
            yield stack
        finally:
            stack.stop()
            os.environ.clear()
            os.environ.update(before)


def go(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine against the house's database."""

    async def whole() -> T:
        try:
            return await work
        finally:
            await session.disconnect()

    return asyncio.run(whole())


def next_tuesday() -> datetime:
    """Ten in the morning, Paris, of a Tuesday to come: an office hour later than any timer of Prefect's."""
    today = datetime.now(UTC).date()
    day = today + timedelta(days=(1 - today.weekday()) % 7 + 7)
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


async def furnish(invoices: int, customers: int, due: date, at: datetime | None) -> None:
    """One creditor and so many customers who owe so many invoices. The stepped clock stands at `at`; None: real time."""
    await clock.start(Mode.STEPPED if at else Mode.REAL, at)
    async with session.transaction() as connection:
        creditor = await connection.scalar(_CREDITOR)
        await connection.execute(_CUSTOMERS, {"creditor": creditor, "count": customers})
        await connection.execute(_CONTACTS)
        values = {"creditor": creditor, "issued": due - timedelta(days=30), "due": due, "count": invoices}
        await connection.execute(_INVOICES, values | {"customers": customers})


async def count(statement: str, values: Mapping[str, Any] | None = None) -> int:
    """One number out of the database."""
    async with session.reading() as connection:
        return int(await connection.scalar(text(statement), dict(values or {})) or 0)


class Meter:
    """Processor seconds of process trees, those that have ended and been waited for included."""

    def __init__(self, *roots: int) -> None:
        self._roots = [psutil.Process(root) for root in roots]
        self._before = self._seconds()

    def spent(self) -> float:
        """Seconds since the meter was made."""
        return self._seconds() - self._before

    def memory(self) -> int:
        """Megabytes that belong to these processes alone or in share (resident)."""
        return int(sum(one.memory_info().rss for one in self._alive()) / 1_000_000)

    def processes(self) -> int:
        """How many there are."""
        return len(self._alive())

    def _alive(self) -> list[psutil.Process]:
        return [one for root in self._roots for one in (root, *root.children(recursive=True))]

    def _seconds(self) -> float:
        total = 0.0
        for one in self._alive():
            try:
                times = one.cpu_times()
            except psutil.NoSuchProcess:
                continue
            total += times.user + times.system + times.children_user + times.children_system
        return total
