"""Money that came and whose invoice is not known, in part or whole: why, and what it may be for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from storage.bulk import rows_of
from storage.match_questions import Reading, readings_of
from storage.session import reading

MOST = 20
"""Invoices listed that an amount or a name could settle."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An invoice a line may be for; `open` in minor units of its currency."""

    invoice: str
    customer: str
    due: date
    open: int
    currency: str
    proposed: bool


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A bank line with what is left of it, in minor units; negative: money returned that undid no payment.

    `sureness` is *likely* where a match is proposed to a person; `readings` are the proposal and its alternatives.
    """

    payment: int
    booked: date
    value_date: date
    amount: int
    left: int
    currency: str
    reference: str
    counterparty: str
    text: str
    return_reason: str = ""
    """Of money returned: the bank's code (ISO 20022)."""
    sureness: str = "unknown"
    reason: str = "nothing"
    witnesses: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    aside: str = ""
    """Why a person set it aside; empty: nobody did."""
    question: int | None = None
    asked_from: datetime | None = None
    candidates: tuple[Candidate, ...] = field(default=())
    readings: tuple[Reading, ...] = field(default=())


_LINES = text(
    """
    SELECT p.id AS payment, p.booked, p.value_date, p.amount, p.amount - p.allocated AS left, p.currency, p.reference,
           p.counterparty, p.text, p.return_reason, coalesce(m.sureness, 'unknown') AS sureness, coalesce(m.reason, 'nothing') AS reason,
           m.said, m.ask_from AS asked_from,
           CASE WHEN m.aside THEN (SELECT d.why FROM match_decision d WHERE d.payment_id = p.id AND d.verdict = 'aside'
                                   ORDER BY d.id DESC LIMIT 1) ELSE '' END AS aside,
           (SELECT q.id FROM question q WHERE q.payment_id = p.id AND q.kind = 'match' AND q.state = 'open') AS question
    FROM payment p LEFT JOIN line_match m ON m.payment_id = p.id
    WHERE p.amount <> p.allocated AND NOT p.is_pending AND NOT p.is_replaced AND (CAST(:creditor AS bigint) IS NULL OR p.creditor_id = :creditor)
      AND (:set_aside OR NOT coalesce(m.aside, false)) AND (NOT :proposed OR m.sureness = 'likely')
    ORDER BY p.booked, p.id
    """
)
_CANDIDATES = text(
    """
    SELECT l.payment_id, l.proposed, i.id, i.number, i.due, i.currency, d.name,
           i.total - i.prepaid - i.paid - i.credited AS open
    FROM line_claim l JOIN invoice i ON i.id = l.invoice_id JOIN customer d ON d.id = i.customer_id
    WHERE l.payment_id = ANY(:lines) ORDER BY l.payment_id, NOT l.proposed, i.due, i.number
    """
)
_NOTES = text(
    """
    SELECT i.id, i.number, i.due, i.currency, d.name, i.total - i.prepaid AS open FROM invoice i
    JOIN customer d ON d.id = i.customer_id WHERE i.kind = 'credit_note' AND i.id = ANY(:ids)
    """
)


async def unmatched(
    creditor: int | None = None, *, set_aside: bool = False, proposed: bool = False
) -> tuple[Unmatched, ...]:
    """Every bank line that is not wholly set against invoices, oldest first; those set aside only when asked for.

    `proposed`: only those for which a match waits for a person.
    """
    async with reading() as connection:
        values = {"creditor": creditor, "set_aside": set_aside, "proposed": proposed}
        lines = await rows_of(connection, _LINES, values)
        ids = [line["payment"] for line in lines]
        claims = await rows_of(connection, _CANDIDATES, {"lines": ids})
        shares = {item for line in lines for item in _items(line["said"])}
        notes = await rows_of(connection, _NOTES, {"ids": sorted(shares)})
    items: dict[int, Mapping[str, Any]] = {row["id"]: row for row in (*claims, *notes)}
    by_line: dict[int, list[Mapping[str, Any]]] = {id: [] for id in ids}
    for row in claims:
        by_line[row["payment_id"]].append(row)
    return tuple(_unmatched(line, by_line[line["payment"]], items) for line in lines)


def _items(said: Mapping[str, Any] | None) -> set[int]:
    if said is None:
        return set()
    return {item for shares in (said["shares"], *(one["shares"] for one in said["alternatives"])) for item, _ in shares}


def _unmatched(
    line: dict[str, Any], claims: list[Mapping[str, Any]], items: Mapping[int, Mapping[str, Any]]
) -> Unmatched:
    said = line.pop("said")
    why = {} if said is None else said["why"]
    return Unmatched(
        **line,
        witnesses=tuple(why.get("witnesses", ())),
        doubts=tuple(why.get("doubts", ())),
        candidates=tuple(_candidate(row) for row in claims[:MOST]),
        readings=readings_of(said, items) if line["sureness"] == "likely" else (),
    )


def _candidate(row: Mapping[str, Any]) -> Candidate:
    return Candidate(row["number"], row["name"], row["due"], row["open"], row["currency"], row["proposed"])
