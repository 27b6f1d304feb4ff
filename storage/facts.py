"""A fact that concerns cases locks their rows, raises their version and wakes them, in its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

WAKE = "relance_wake"
"""The NOTIFY channel on which dispatchers hear of wakes."""

_LOCK = text("SELECT id FROM cases WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")
_RAISE = text(
    "UPDATE cases SET version = version + 1, "
    "wake_at = CASE WHEN :wake THEN clock_timestamp() ELSE wake_at END WHERE id = ANY(:ids)"
)
_DEBTOR = text("SELECT id FROM cases WHERE customer_id = :customer AND closed_at IS NULL ORDER BY id")
_ALL_OF = text("SELECT id FROM cases WHERE customer_id = :customer ORDER BY id")
_CREDITOR = text("SELECT id FROM cases WHERE creditor_id = :creditor AND closed_at IS NULL ORDER BY id")
_CUSTOMER = text("SELECT id FROM customer WHERE id = :customer FOR UPDATE")
_OF_INVOICES = text(
    "SELECT id, invoice_id, closed_at IS NULL AS open FROM cases WHERE invoice_id = ANY(:invoices) ORDER BY id"
)
_BESIDE = text(
    """
    SELECT DISTINCT o.id FROM cases c JOIN cases o ON o.customer_id = c.customer_id AND o.currency = c.currency
    WHERE c.id = ANY(:cases) AND o.closed_at IS NULL
    """
)
_CARRIED = text("SELECT DISTINCT case_id FROM effect WHERE message_id = ANY(:messages) ORDER BY case_id")
_NOTIFY = text(f"SELECT pg_notify('{WAKE}', '')")


@dataclass(frozen=True, slots=True)
class InvoiceCases:
    """The cases of some invoices: of each the latest, those of them that are open, and the open cases beside any of them."""

    latest: dict[int, int]
    open: dict[int, int]
    beside: frozenset[int]

    @property
    def all(self) -> frozenset[int]:
        """Every case concerned."""
        return self.beside | {*self.latest.values(), *self.open.values()}


async def cases_of(connection: AsyncConnection, invoices: Iterable[int]) -> InvoiceCases:
    """The cases of these invoices. Beside them stand the other open cases of the same customers in the same currency: their
    messages may tell of these invoices."""
    rows = (await connection.execute(_OF_INVOICES, {"invoices": sorted(set(invoices))})).all()
    beside = await connection.scalars(_BESIDE, {"cases": [row.id for row in rows]}) if rows else ()
    latest = {row.invoice_id: row.id for row in rows}
    return InvoiceCases(latest, {row.invoice_id: row.id for row in rows if row.open}, frozenset(beside))


async def open_cases_of(connection: AsyncConnection, customer: int) -> tuple[int, ...]:
    """The open cases of a customer, in the order in which they are locked."""
    return tuple(await connection.scalars(_DEBTOR, {"customer": customer}))


async def carried_by(connection: AsyncConnection, messages: Iterable[int]) -> tuple[int, ...]:
    """The cases whose steps these messages carry, in the order in which they are locked."""
    return tuple(await connection.scalars(_CARRIED, {"messages": sorted(set(messages))}))


async def lock(connection: AsyncConnection, cases: Iterable[int]) -> None:
    """Lock case rows in the order of their numbers, so that two facts never wait for each other."""
    await connection.execute(_LOCK, {"ids": sorted(set(cases))})


async def lock_cases_of(connection: AsyncConnection, creditor: int) -> tuple[int, ...]:
    """Lock the open cases of a creditor; answers them. Whoever changes the creditor's row and wakes its cases locks them first:
    what is handed over holds its cases when it looks at the creditor."""
    cases = tuple(await connection.scalars(_CREDITOR, {"creditor": creditor}))
    await lock(connection, cases)
    return cases


async def lock_debtor(connection: AsyncConnection, customer: int) -> tuple[int, ...]:
    """Lock a customer's cases, then the customer itself; answers those that are open. Whoever needs both takes them in this order:
    what is closed too, because money that goes back holds a closed case and names its customer."""
    await lock(connection, await connection.scalars(_ALL_OF, {"customer": customer}))
    cases = await open_cases_of(connection, customer)
    await connection.execute(_CUSTOMER, {"customer": customer})
    return cases


async def touch(connection: AsyncConnection, cases: Iterable[int], *, wake: bool = True) -> None:
    """Something about these cases changed: raise their version and, unless told not to, wake them."""
    ids = sorted(set(cases))
    if not ids:
        return
    await lock(connection, ids)
    await connection.execute(_RAISE, {"ids": ids, "wake": wake})
    if wake:
        await connection.execute(_NOTIFY)


async def touch_customer(connection: AsyncConnection, customer: int) -> tuple[int, ...]:
    """Something about a customer changed: touch all its open cases and say which they are."""
    ids = await open_cases_of(connection, customer)
    await touch(connection, ids)
    return ids
