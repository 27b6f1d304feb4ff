"""Proceedings are closed: nobody administers the customer any more, so what went on to the administrator is the customer's again."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from storage import after_judgment, holds, policy_store
from storage.insolvency_holds import over
from storage.insolvency_views import InsolvencyView
from storage.ladder_choice import OF_CUSTOMER, alike_from, chooser

_YOUNGER = text(
    f"""
    SELECT c.id, c.closed_at IS NULL AS open, c.policy_hash, c.creditor_id, r.policy AS creditors, i.policy AS own, {OF_CUSTOMER},
           (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id
    WHERE c.customer_id = :customer AND i.issued >= :judgment ORDER BY c.id
    """  # noqa: S608 - no outside text
)


async def take_back(
    connection: AsyncConnection, found: InsolvencyView, actor: str, at: datetime, *, asks: bool
) -> None:
    """The cases that wrote to the administrator climb the customer's own ladder, from its first step, where one is known: those
    that have ended too, which may go on when money goes back. `asks`: nothing leaves before their owner has said what becomes
    of them. The proceedings are closed, the cases locked."""
    values = {"customer": found.customer, "judgment": found.judgment, "at": at}
    for row in (await connection.execute(_YOUNGER, values)).mappings().all():
        if not (await policy_store.pinned(connection, row["policy_hash"])).after_judgment:
            continue
        choosing = await chooser(connection, row["creditor_id"], row["creditors"])
        choice = (await choosing.chosen(alike_from(row))).choice
        if choice is not None:
            await after_judgment.climb(connection, [row["id"]], choice.ladder, actor, at)
        if row["open"] and (asks or choice is None):
            why = over(found.proceedings, found.judgment)
            await holds.place(
                connection, found.customer, row["id"], HoldKind.MANUAL, why, row["today"], None, found.owner, at, must_answer=True
            )  # fmt: skip
