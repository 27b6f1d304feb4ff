"""What a person, or a reply, asked to be written to a customer: it waits here until a run hands it over (decision 0015)."""

from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from storage import journal
from storage.facts import WAKE, lock

_INSERT = text(
    """
    INSERT INTO correspondence (creditor_id, customer_id, case_id, kind, currency, fact, on_day, subject, text, actor, why, state,
        at, next_at)
    SELECT d.creditor_id, d.id, CAST(:case AS bigint), :kind, coalesce(c.currency, ''), :fact,
           (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date, :subject, :text, :actor, :why, 'waiting', :at, :at
    FROM customer d LEFT JOIN cases c ON c.id = :case
    WHERE d.id = coalesce(c.customer_id, CAST(:customer AS bigint)) RETURNING id
    """
)
_COPY = text(
    """
    SELECT i.document IS NOT NULL AS stored, EXISTS (SELECT FROM correspondence w
        WHERE w.case_id = c.id AND w.kind = 'invoice_copy' AND w.state = 'waiting') AS waits
    FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = :case
    """
)
_DETAILS_WAIT = text(
    "SELECT true FROM correspondence WHERE case_id = :case AND kind = 'payment_details' AND state = 'waiting'"
)
NOTIFY = text(f"SELECT pg_notify('{WAKE}', '')")


async def queue_invoice_copy(connection: AsyncConnection, case: int, why: str, at: datetime, actor: str = "") -> bool:
    """Have the stored original file of the case's invoice sent to the customer, as soon as the hour allows it.

    `why` is a code (`not_received`). False: no file is stored, so nobody can send one. Asked twice before it left, it
    leaves once. It leaves under every hold but insolvency, a stay and an opt-out of e-mail; it counts as a contact.
    """
    await lock(connection, [case])
    row = (await connection.execute(_COPY, {"case": case})).mappings().one()
    if row["stored"] and not row["waits"]:
        await insert(connection, MessageKind.INVOICE_COPY, at, case=case, actor=actor, why=why)
        facts = {"actor": actor, "why": why}
        await journal.append(connection, "case", case, "copy_asked", facts, at)
    return bool(row["stored"])


async def queue_payment_details(connection: AsyncConnection, case: int, at: datetime, actor: str) -> None:
    """Have amount, IBAN and reference of the case's invoice sent, with the code a bank's program reads.

    What waits for several invoices of a customer leaves in one message. The customer asked for it: no cap holds it up.
    """
    await lock(connection, [case])
    if not await connection.scalar(_DETAILS_WAIT, {"case": case}):
        await insert(connection, MessageKind.PAYMENT_DETAILS, at, case=case, actor=actor, why="call")
        await journal.append(connection, "case", case, "payment_details_asked", {"actor": actor}, at)


async def insert(
    connection: AsyncConnection, kind: MessageKind, at: datetime, *, customer: int | None = None, case: int | None = None,
    subject: str = "", words: str = "", actor: str = "", why: str = "", fact: str = "",
) -> int:  # fmt: skip
    """Write down what is asked for, about a case or (without one) to the customer as a whole; answers its number.

    `fact`: what may be asked for once only.
    """
    values: dict[str, Any] = {
        "customer": customer, "case": case, "kind": kind, "subject": subject, "text": words, "actor": actor, "why": why,
        "fact": fact, "at": at,
    }  # fmt: skip
    number = int(await connection.scalar(_INSERT, values))
    await connection.execute(NOTIFY)
    return number
