"""Money a customer paid to the agency: the debt falls by the gross amount, the fee is our cost, the net transfer is its line.

The gross amount is booked as money of its own (`source` agency), on the day it was paid to who may receive it for us; the bank
line of the net transfer is set aside as that same money, so that no euro counts twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.matching.verdicts import Part, Verdict
from policies.money import plain
from policies.placement import PlacementState, fee_of
from policies.problems import Problem
from storage import placements
from storage.bulk import rows_of
from storage.dispute_sums import OPEN
from storage.importing import importing
from storage.match_decisions import decide
from storage.placement_review import FROM_AGENCY, open_row
from storage.session import reading
from storage.settling import settle_all

SOURCE = "form"
_PLACEMENT = text(
    """
    SELECT p.id, p.creditor_id, p.reference, p.currency, p.agency_name, p.fee_percent, p.fee_flat, p.told, d.name AS customer,
           d.number, p.ended_at IS NOT NULL AS over, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today
    FROM placement p JOIN customer d ON d.id = p.customer_id WHERE p.id = :id
    """
)
_KNOWN = text(
    "SELECT true FROM placement_payment WHERE placement_id = :id AND paid_on = :on AND gross = :gross AND their_reference = :ref"
)
_OWED = text(
    f"""
    SELECT i.id, i.number, ({OPEN} + coalesce((SELECT sum(l.amount) FROM allocation l WHERE l.invoice_id = i.id
        AND l.undone_at IS NULL AND l.payment_id = ANY(:lines)), 0))::bigint AS open
    FROM placement_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE k.placement_id = :id ORDER BY i.due, i.number
    """  # noqa: S608 - no outside text
)
_GROSS = text(
    """
    INSERT INTO payment (creditor_id, fingerprint, source, booked, value_date, amount, currency, reference, counterparty, text,
        account)
    VALUES (:creditor, :fingerprint, 'agency', :on, :on, :gross, :currency, :reference, :customer, :text, 'agency') RETURNING id
    """
)
_PAID = text(
    """
    INSERT INTO placement_payment (placement_id, paid_on, gross, fee, their_reference, payment_id, line_id, actor, at)
    VALUES (:id, :on, :gross, :fee, :ref, :payment, :line, :actor, :at)
    """
)
_TOLD = text("UPDATE placement SET told = greatest(told - :gross, 0) WHERE id = :id")
_LINES = text(
    f"""
    SELECT p.id, p.amount FROM payment p JOIN placement a ON a.id = :id
    WHERE p.creditor_id = a.creditor_id AND p.currency = a.currency AND p.amount > 0 AND p.booked >= :since AND NOT p.is_pending
      AND NOT p.is_replaced AND {FROM_AGENCY} AND NOT EXISTS (SELECT FROM placement_payment o WHERE o.line_id = p.id)
    ORDER BY p.booked, p.id
    """  # noqa: S608 - no outside text
)
_AWAITED = text(
    """
    SELECT o.id, o.placement_id, o.gross - o.fee AS net, o.paid_on, p.creditor_id FROM placement_payment o
    JOIN placement p ON p.id = o.placement_id WHERE o.line_id IS NULL AND o.gross > o.fee ORDER BY o.id
    """
)
_LINK = text("UPDATE placement_payment SET line_id = :line WHERE id = :id AND line_id IS NULL RETURNING id")


@dataclass(frozen=True, slots=True)
class Collected:
    """What was booked of a payment to the agency, in minor units; `line`: the bank line of the net, None: it is awaited."""

    placement: int
    customer_number: str
    customer_name: str
    reference: str
    currency: str
    gross: int
    fee: int
    line: int | None
    is_over: bool
    """Nothing is open any more: the placement has ended."""

    @property
    def net(self) -> int:
        """What the agency passes on."""
        return self.gross - self.fee


async def agency_paid(
    placement: int, gross: int, fee: int | None, on: date | None, their_reference: str, actor: str, at: datetime
) -> Collected | list[Problem]:
    """The customer paid `gross` to the agency on the day `on` (None: today); `fee` None: as agreed. The same twice books once."""
    async with reading() as connection:
        row = (await connection.execute(_PLACEMENT, {"id": placement, "at": at})).mappings().first()
    if row is None:
        return _no("placement", f"There is no placement {placement}. See ./relance placement list.")
    share = fee_of(gross, row["fee_percent"], row["fee_flat"]) if fee is None else fee
    paid_on = on or row["today"]
    if wrong := _wrong(row, gross, share, paid_on):
        return wrong
    async with importing(row["creditor_id"]) as connection:
        known = {"id": placement, "on": paid_on, "gross": gross, "ref": their_reference}
        if await connection.scalar(_KNOWN, known):
            return _no(
                "amount", "This payment is booked already; give its reference at the agency if it is another one."
            )
        return await _book(connection, row, gross, share, paid_on, their_reference, actor, at)


def _wrong(row: RowMapping, gross: int, fee: int, on: date) -> list[Problem]:
    if gross <= 0:
        return _no("amount", "Say what the customer paid to the agency: more than nothing.")
    if not 0 <= fee <= gross:
        return _no("fee", "The fee is at most what was paid.")
    if on > row["today"]:
        return _no("date", f"{on.isoformat()} is not yet here: money is noted once it was paid.")
    return []


async def _book(
    connection: AsyncConnection, row: RowMapping, gross: int, fee: int, on: date, ref: str, actor: str, at: datetime
) -> Collected | list[Problem]:
    lines = await rows_of(connection, _LINES, {"id": row["id"], "since": on})
    line = next((one["id"] for one in lines if one["amount"] == gross - fee), None)
    owed = await rows_of(connection, _OWED, {"id": row["id"], "lines": [] if line is None else [line]})
    parts = _parts([(one["id"], one["open"]) for one in owed], gross)
    if sum(part.amount for part in parts) != gross:
        left = plain(sum(max(one["open"], 0) for one in owed), row["currency"])
        return _no("amount", f"Only {left} {row['currency']} is open of this file: check what the customer paid.")
    if line is not None:
        await decide(connection, row["creditor_id"], line, Verdict.ASIDE, [], actor, f"net of {row['reference']}", at)
    payment = int(await connection.scalar(_GROSS, _gross(row, gross, on, ref)))
    why = f"paid to the agency: {row['reference']}"
    await decide(connection, row["creditor_id"], payment, Verdict.BOOK, parts, actor, why, at)
    await settle_all(connection, row["creditor_id"], at)
    paid = {
        "id": row["id"],
        "on": on,
        "gross": gross,
        "fee": fee,
        "ref": ref,
        "payment": payment,
        "line": line,
        "actor": actor,
        "at": at,
    }
    await connection.execute(_PAID, paid)
    await connection.execute(_TOLD, {"id": row["id"], "gross": gross})
    await placements.note(connection, row["id"], "paid_to_agency", on, actor, at, amount=gross, said=ref)
    standing = await open_row(connection, row["id"], at)
    still_open = 0 if standing is None else int(standing["open"])
    await _after(connection, row["id"], still_open, row["today"], actor, at)
    return Collected(
        row["id"], row["number"], row["customer"], row["reference"], row["currency"], gross, fee, line, still_open <= 0
    )


def _gross(row: RowMapping, gross: int, on: date, ref: str) -> dict[str, object]:
    return {
        "creditor": row["creditor_id"], "fingerprint": f"agency|{row['id']}|{on.isoformat()}|{gross}|{ref}", "on": on,
        "gross": gross, "currency": row["currency"], "reference": row["reference"], "customer": row["customer"],
        "text": f"paid to {row['agency_name']}",
    }  # fmt: skip


def _parts(owed: Sequence[tuple[int, int]], gross: int) -> list[Part]:
    """The oldest invoice first."""
    parts, left = [], gross
    for invoice, open_ in owed:
        share = min(max(open_, 0), left)
        if share:
            parts.append(Part(invoice, share))
            left -= share
    return parts


async def _after(connection: AsyncConnection, placement: int, left: int, today: date, actor: str, at: datetime) -> None:
    if left <= 0:
        await placements.end(connection, placement, PlacementState.PAID, "paid to the agency", today, actor, at)
    else:
        await placements.set_state(connection, placement, PlacementState.PAYING)


async def match_transfers(at: datetime) -> int:
    """Bank lines of net transfers that came after what they are for was noted: set aside as that money, each once."""
    async with reading() as connection:
        awaited = await rows_of(connection, _AWAITED, {})
    return sum([await _match(one, at) for one in awaited])


async def _match(one: dict[str, object], at: datetime) -> int:
    which = {"id": one["placement_id"], "since": one["paid_on"]}
    async with reading() as connection:
        lines = [row["id"] for row in await rows_of(connection, _LINES, which) if row["amount"] == one["net"]]
    if not lines:
        return 0
    creditor = int(str(one["creditor_id"]))
    async with importing(creditor) as connection:
        if await connection.scalar(_LINK, {"id": one["id"], "line": lines[0]}) is None:
            return 0
        await decide(connection, creditor, lines[0], Verdict.ASIDE, [], "relance", "net transfer of an agency", at)
        await settle_all(connection, creditor, at)
    return 1


def _no(field: str, reason: str) -> list[Problem]:
    return [Problem(SOURCE, None, field, reason)]
