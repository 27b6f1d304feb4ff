"""Erasing the personal data of a consumer who owes nothing: names, addresses and texts go, the journal stands and verifies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from policies.retention import Retention, kept_until
from storage import journal
from storage.bulk import rows_of
from storage.facts import lock_debtor
from storage.session import reading, transaction
from storage.whom import SOURCE, Whom, find

_KNOWN = text(
    """
    SELECT d.kind, d.erased_at, d.name, r.keep_contract_years, r.keep_accounts_years,
        greatest((SELECT max(closed_at)::date FROM cases WHERE customer_id = d.id),
                 (SELECT max(greatest(i.due, i.issued)) FROM invoice i WHERE i.customer_id = d.id),
                 (SELECT max(a.value_date) FROM allocation a JOIN invoice i ON i.id = a.invoice_id
                  WHERE i.customer_id = d.id AND a.undone_at IS NULL)) AS last
    FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer
    """
)
_STANDS = text(
    """
    SELECT 'an invoice is not settled' AS why WHERE EXISTS (
        SELECT FROM invoice i WHERE i.customer_id = :customer AND i.kind = 'invoice' AND i.total - i.prepaid - i.paid - i.credited > 0
        AND NOT EXISTS (SELECT FROM cases c WHERE c.invoice_id = i.id AND c.closed_at IS NOT NULL))
    UNION ALL SELECT 'a case is open' WHERE EXISTS (SELECT FROM cases WHERE customer_id = :customer AND closed_at IS NULL)
    UNION ALL SELECT 'a dispute is not decided' WHERE EXISTS (
        SELECT FROM dispute WHERE customer_id = :customer AND state IN ('open', 'accepted'))
    UNION ALL SELECT 'a question about it waits for a person' WHERE EXISTS (
        SELECT FROM question WHERE customer_id = :customer AND state IN ('open', 'gathering'))
    UNION ALL SELECT 'a hold stands' WHERE EXISTS (SELECT FROM hold WHERE customer_id = :customer AND ended_at IS NULL)
    UNION ALL SELECT 'an agreement stands' WHERE EXISTS (
        SELECT FROM agreement WHERE customer_id = :customer AND state <> 'ended')
    UNION ALL SELECT 'a deadline runs' WHERE EXISTS (
        SELECT FROM deadline WHERE customer_id = :customer AND state = 'standing')
    UNION ALL SELECT 'a message to it is on its way, or nobody knows whether it arrived' WHERE EXISTS (
        SELECT FROM message WHERE customer_id = :customer AND state IN ('reserved', 'handing_over', 'ambiguous'))
    UNION ALL SELECT 'something is still to be told to it' WHERE EXISTS (
        SELECT FROM correspondence WHERE customer_id = :customer AND state = 'waiting')
    UNION ALL SELECT 'it is left alone for a time, by itself or with others (./relance stay list)' WHERE EXISTS (
        SELECT FROM stay s JOIN stay_customer m ON m.stay_id = s.id WHERE m.customer_id = :customer AND s.state = 'open')
    UNION ALL SELECT 'an e-mail to our own people, which may name it, has not left yet' WHERE EXISTS (
        SELECT FROM staff_message s JOIN customer d ON d.creditor_id = s.creditor_id
        WHERE d.id = :customer AND s.next_at IS NOT NULL AND s.key NOT LIKE 'seal-%')
    UNION ALL SELECT 'a credit or a payment of it is not used up' WHERE EXISTS (
        SELECT FROM invoice n WHERE n.customer_id = :customer AND n.kind = 'credit_note' AND n.aside_why = '' AND n.total > (
            SELECT coalesce(sum(a.amount), 0) FROM allocation a WHERE a.credit_note_id = n.id AND a.undone_at IS NULL))
    """
)
_FILES = text(
    """
    SELECT s.path FROM sink_message s JOIN message m ON m.sha256 = s.sha256 WHERE m.customer_id = :customer
    UNION SELECT p.file FROM posting p JOIN message m ON m.id = p.message_id WHERE m.customer_id = :customer AND p.file <> ''
    UNION SELECT provider_id FROM message WHERE customer_id = :customer AND provider_id LIKE 'handover/%'
    """
)
_VALUES = text(
    """
    SELECT name FROM customer WHERE id = :customer UNION SELECT unnest(ARRAY[name, email, phone, postal, split_part(postal, chr(10), 1)])
    FROM contact WHERE customer_id = :customer
    """
)
_ERASE = text("SELECT erased, count FROM erase_customer(:customer, :at)")


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: rows by table, files of ours to be removed, and the values by which to look for more of it."""

    number: str
    rows: Mapping[str, int]
    files: tuple[str, ...]
    values: tuple[str, ...]
    retention: Retention
    last: date


async def erase_customer(number: str, actor: str, at: datetime) -> Erased | list[Problem]:
    """Erase a settled consumer's personal data, or say in sentences why not. It cannot be undone."""
    async with transaction() as connection:
        whom = await find(connection, number, "")
        if isinstance(whom, list):
            return whom
        await lock_debtor(connection, whom.customer)
        known = (await rows_of(connection, _KNOWN, {"customer": whom.customer}))[0]
        retention = Retention(known["keep_contract_years"], known["keep_accounts_years"])
        if refused := await _why_not(connection, whom, known, retention, at):
            return refused
        return await _erase(connection, whom, known["last"] or whom.today(at), retention, actor, at)


async def _why_not(
    connection: AsyncConnection, whom: Whom, known: Mapping[str, object], retention: Retention, at: datetime
) -> list[Problem]:
    if known["erased_at"] is not None:
        return [_refused(f"Customer {whom.number} was erased already.")]
    if known["kind"] != "consumer":
        return [_refused(f"Customer {whom.number} is no consumer: only a person's data are erased.")]
    stands = await connection.scalars(_STANDS, {"customer": whom.customer})
    refused = [_refused(f"Nothing was erased: {why}.") for why in stands]
    last = known["last"]
    until = kept_until(last, retention) if isinstance(last, date) else whom.today(at)
    if until is None or (isinstance(last, date) and whom.today(at) <= until):
        when = "for good" if until is None else f"until {until}"
        refused.append(_refused(f"Nothing was erased: it must be kept {when}: {retention.words()}."))
    return refused


async def _erase(
    connection: AsyncConnection, whom: Whom, last: date, retention: Retention, actor: str, at: datetime
) -> Erased:
    about = {"customer": whom.customer}
    files = tuple(sorted(await connection.scalars(_FILES, about)))
    values = tuple(sorted({one.strip() for one in await connection.scalars(_VALUES, about) if one and one.strip()}))
    counted = {row["erased"]: row["count"] for row in await rows_of(connection, _ERASE, about | {"at": at})}
    facts = {"actor": actor, "messages": counted.get("message", 0), "rows": sum(counted.values())}
    for case in await connection.scalars(text("SELECT id FROM cases WHERE customer_id = :customer ORDER BY id"), about):
        await journal.append(connection, "case", case, "erased", facts, at)
    await journal.append(connection, "customer", whom.customer, "erased", facts, at)
    return Erased(whom.number, counted, files, values, retention, last)


async def still_found(values: tuple[str, ...]) -> dict[str, int]:
    """In how many rows of which tables one of these values still stands: other customers may bear the same name."""
    wanted = [one for one in values if len(one) > 3]
    async with reading() as connection:
        tables = list(await connection.scalars(_TABLES))
        found = {table: int(await connection.scalar(_rows_with(table), {"values": wanted}) or 0) for table in tables}
    return {table: count for table, count in found.items() if count}


_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")


def _rows_with(table: str) -> TextClause:
    """Rows in which a value can be read, or stands in the bytes of a file."""
    return text(
        f'SELECT count(*) FROM "{table}" t WHERE EXISTS (SELECT FROM unnest(CAST(:values AS text[])) v '  # noqa: S608
        "WHERE position(lower(v) IN lower(CAST(t AS text))) > 0 "
        "OR position(encode(convert_to(v, 'UTF8'), 'hex') IN CAST(t AS text)) > 0)"
    )


def _refused(words: str) -> Problem:
    return Problem(SOURCE, None, "customer", words)
