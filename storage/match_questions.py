"""A person is asked what a bank line pays, where matching proposes and does not know: one question per line."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.matching.reasons import Gap
from storage import journal
from storage.bulk import rows_of
from storage.facts import lock
from storage.journal import canonical
from storage.session import reading, transaction


@dataclass(frozen=True, slots=True)
class OfferedShare:
    """What a reading of the line sets against an item, in minor units; negative: a credit note that is netted."""

    invoice: int
    number: str
    customer: str
    due: date
    open: int
    amount: int
    lets_go: int
    gap: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a line, with the codes of what speaks for it and against it."""

    shares: tuple[OfferedShare, ...]
    reason: str
    witnesses: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A bank line about which a person is asked, for whoever puts it into words. `left` in minor units."""

    payment: int
    booked: date
    value_date: date
    amount: int
    left: int
    currency: str
    counterparty: str
    iban: str
    reference: str
    text: str
    readings: tuple[Reading, ...]
    """The proposal first."""


@dataclass(frozen=True, slots=True)
class LineWording:
    """A question about a line in words; `offers` are the sentences of its readings, in their order."""

    title: str
    description: str
    offers: tuple[str, ...]


Describe = Callable[[AskedLine], LineWording]

_UNASKED = """
    FROM line_match m JOIN payment p ON p.id = m.payment_id JOIN creditor r ON r.id = m.creditor_id
    WHERE m.sureness = 'likely' AND NOT m.aside
      AND NOT EXISTS (SELECT FROM question q WHERE q.payment_id = m.payment_id AND q.kind = 'match' AND q.state = 'open')
      AND NOT EXISTS (SELECT FROM match_decision d WHERE d.payment_id = m.payment_id AND d.id > r.decisions_settled)
"""
_TO_ASK = text(
    f"""
    SELECT m.creditor_id, m.payment_id, m.left, m.said, m.fingerprint, p.booked, p.value_date, p.amount, p.currency,
           p.counterparty, p.iban, p.reference, p.text {_UNASKED}
      AND (m.ask_from IS NULL OR m.ask_from <= :as_of) ORDER BY p.booked, p.id
    """
)
_NEXT = text(
    f"""
    SELECT min(moment) FROM (
        SELECT coalesce(m.ask_from, :now) AS moment {_UNASKED}
        UNION ALL SELECT CAST(:now AS timestamptz) FROM question WHERE kind = 'match' AND state = 'open' AND run_id IS NULL
        UNION ALL SELECT CAST(:now AS timestamptz) FROM match_decision d JOIN creditor r ON r.id = d.creditor_id
        WHERE d.id > r.decisions_settled
    ) waiting
    """  # noqa: S608 - no outside text
)
_ITEMS = text(
    """
    SELECT i.id, i.number, i.due, i.total - i.prepaid - i.paid - i.credited AS open, d.id AS customer_id, d.name,
           coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM invoice i JOIN customer d ON d.id = i.customer_id JOIN creditor r ON r.id = i.creditor_id WHERE i.id = ANY(:ids)
    """
)
_CASES = text(
    """
    SELECT c.id, i.total - i.prepaid - i.paid - i.credited AS principal FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE c.invoice_id = ANY(:invoices) AND c.closed_at IS NULL ORDER BY c.id
    """
)
_STILL = text("SELECT true FROM line_match WHERE payment_id = :line AND fingerprint = :print FOR UPDATE SKIP LOCKED")
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at, payment_id, offers)
    VALUES (:creditor, :customer, :currency, 'match', '', '', 0, 'open', :todo, :title, :description, :fingerprint, '',
        :amount, :at, :line, CAST(:offers AS jsonb)) RETURNING id
    """
)
_COVER = text("INSERT INTO question_case (question_id, case_id, principal) VALUES (:question, :case, :principal)")


async def ask_about_lines(as_of: datetime, describe: Describe) -> int:
    """Ask about every line for which something is proposed and nobody is asked yet; answers how many. Done twice it
    asks nothing more."""
    async with reading() as connection:
        lines = await rows_of(connection, _TO_ASK, {"as_of": as_of})
        ids = sorted({item for line in lines for item in _mentioned(line["said"])})
        items = {row["id"]: row for row in await rows_of(connection, _ITEMS, {"ids": ids})}
    asked = 0
    for line in lines:
        asked += await _ask(line, items, describe, as_of)
    return asked


async def next_question(now: datetime) -> datetime | None:
    """When a person is to be asked about a line next, or an answer to be settled; None: nothing waits."""
    async with reading() as connection:
        return await connection.scalar(_NEXT, {"now": now})  # type: ignore[no-any-return]


def readings_of(said: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]]) -> tuple[Reading, ...]:
    """The proposal and its alternatives, as matching left them; those that come to the same are one."""
    gaps = {item: (gap, amount) for item, gap, amount in said["remains"] if gap != Gap.SHORT}
    found = [_reading(said["shares"], said["why"], items, gaps)]
    for one in said["alternatives"]:
        if one["shares"] not in [[[share.invoice, share.amount] for share in other.shares] for other in found]:
            found.append(_reading(one["shares"], one["why"], items, {}))
    return tuple(found)


def _reading(
    shares: Sequence[Sequence[int]], why: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]],
    gaps: Mapping[int, tuple[str, int]],
) -> Reading:  # fmt: skip
    made = []
    for item, amount in shares:
        row, (gap, lets_go) = items[item], gaps.get(item, ("", 0))
        made.append(OfferedShare(item, row["number"], row["name"], row["due"], row["open"], amount, lets_go, gap))
    return Reading(tuple(made), why["reason"], tuple(why["witnesses"]), tuple(why["doubts"]))


def _mentioned(said: Mapping[str, Any]) -> set[int]:
    shares = [*said["shares"], *(share for one in said["alternatives"] for share in one["shares"])]
    return {item for item, _ in shares}


async def _ask(
    line: Mapping[str, Any], items: Mapping[int, Mapping[str, Any]], describe: Describe, as_of: datetime
) -> int:
    readings = readings_of(line["said"], items)
    known = {name: line[name] for name in ("booked", "value_date", "amount", "left", "currency", "counterparty", "iban",
                                           "reference", "text")}  # fmt: skip
    words = describe(AskedLine(payment=line["payment_id"], readings=readings, **known))
    offered = [[[share.invoice, max(share.amount, 0), share.lets_go] for share in one.shares] for one in readings]
    first = items[readings[0].shares[0].invoice]
    values = {
        "creditor": line["creditor_id"], "customer": first["customer_id"], "currency": line["currency"],
        "todo": first["owner"], "title": words.title, "description": words.description, "amount": line["left"],
        "fingerprint": line["fingerprint"], "at": as_of, "line": line["payment_id"],
        "offers": canonical({"sentences": words.offers, "readings": offered, "named": line["said"]["named"]}),
    }  # fmt: skip
    try:
        async with transaction() as connection:
            return await _write(connection, values, sorted(_mentioned(line["said"])), as_of)
    except IntegrityError:  # another round was quicker
        return 0


async def _write(connection: AsyncConnection, values: Mapping[str, Any], invoices: list[int], as_of: datetime) -> int:
    cases = (await connection.execute(_CASES, {"invoices": invoices})).all()
    await lock(connection, [case.id for case in cases])
    if not await connection.scalar(_STILL, {"line": values["line"], "print": values["fingerprint"]}):
        return 0
    question = int(await connection.scalar(_ASK, values))
    for case in cases:
        await connection.execute(_COVER, {"question": question, "case": case.id, "principal": case.principal})
        facts = {"question": question, "kind": "match", "payment": values["line"]}
        await journal.append(connection, "case", case.id, "asked", facts, as_of)
    return 1
