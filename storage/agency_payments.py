"""Money a customer paid to the agency: the debt falls by the gross amount, the fee is our cost, the net transfer is its line.

The gross amount, but for the interest and flat sums in it, is booked as money of its own (`source` agency), on the day it was paid
to who may receive it for us; the bank line of the net transfer is set aside as that same money, so that no euro counts twice.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.matching.verdicts import Part, Verdict
from policies.money import plain
from policies.placement import PlacementState, fee_of
from policies.placement_form import SOURCE, PaidTold
from policies.problems import Problem
from storage import placements
from storage.bulk import rows_of
from storage.dispute_sums import OPEN
from storage.facts import lock
from storage.importing import importing
from storage.match_decisions import decide
from storage.placement_review import FROM_AGENCY, open_row
from storage.session import reading
from storage.settling import settle_all

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
    VALUES (:creditor, :fingerprint, 'agency', :on, :on, :principal, :currency, :reference, :customer, :text, 'agency') RETURNING id
    """
)
_PAID = text(
    """
    INSERT INTO placement_payment (placement_id, paid_on, gross, accessories, fee, their_reference, payment_id, line_id, actor, at)
    VALUES (:id, :on, :gross, :accessories, :fee, :ref, :payment, :line, :actor, :at)
    """
)
_TOLD = text("UPDATE placement SET told = greatest(told - :principal, 0) WHERE id = :id")
Row = dict[str, Any]
_LINES = text(
    f"""
    SELECT p.id, p.amount, p.booked FROM payment p JOIN placement a ON a.id = :id
    WHERE p.creditor_id = a.creditor_id AND p.currency = a.currency AND p.amount > 0 AND p.booked >= :since AND NOT p.is_pending
      AND NOT p.is_replaced AND {FROM_AGENCY} AND NOT EXISTS (SELECT FROM placement_payment o WHERE o.line_id = p.id)
    ORDER BY p.booked, p.id
    """  # noqa: S608 - no outside text
)
_AWAITED = text(
    """
    SELECT o.id, o.placement_id, o.gross - o.fee AS net, o.paid_on, p.creditor_id, p.agency_name, p.currency FROM placement_payment o
    JOIN placement p ON p.id = o.placement_id WHERE o.line_id IS NULL AND o.gross > o.fee ORDER BY o.id
    """
)
_LINK = text("UPDATE placement_payment SET line_id = :line WHERE id = ANY(:ids) AND line_id IS NULL RETURNING id")


async def agency_paid(
    row: RowMapping, told: PaidTold, their_reference: str, actor: str, at: datetime
) -> int | list[Problem]:
    """What the customer paid to the agency of a placement (`row`) is booked; answers the fee. The same twice books once."""
    fee = fee_of(told.gross, row["fee_percent"], row["fee_flat"]) if told.fee is None else told.fee
    if fee > told.gross:
        return _no(
            "fee", f"The agreed fee, {plain(fee, row['currency'])}, is more than what was paid: say what it keeps."
        )
    async with importing(row["creditor_id"]) as connection:
        known = {"id": row["id"], "on": told.on, "gross": told.gross, "ref": their_reference}
        if await connection.scalar(_KNOWN, known):
            return _no(
                "amount", "This payment is booked already; give its reference at the agency if it is another one."
            )
        return await _book(connection, row, told, fee, their_reference, actor, at)


async def _book(
    connection: AsyncConnection, row: RowMapping, told: PaidTold, fee: int, ref: str, actor: str, at: datetime
) -> int | list[Problem]:
    gross, on = told.gross, told.on
    lines = await rows_of(connection, _LINES, {"id": row["id"], "since": on})
    line = next((one["id"] for one in lines if one["amount"] == gross - fee), None)
    owed = await rows_of(connection, _OWED, {"id": row["id"], "lines": [] if line is None else [line]})
    parts = _parts([(one["id"], one["open"]) for one in owed], told.principal)
    if sum(part.amount for part in parts) != told.principal:
        left = plain(sum(max(one["open"], 0) for one in owed), row["currency"])
        return _no(
            "amount",
            f"Only {left} {row['currency']} is open of this file: check what the customer paid, and say what of it is "
            "interest and flat sums.",
        )
    await lock(connection, await connection.scalars(placements.CASES, {"id": row["id"]}))
    if line is not None:
        await decide(connection, row["creditor_id"], line, Verdict.ASIDE, [], actor, f"net of {row['reference']}", at)
    payment = int(await connection.scalar(_GROSS, _gross(row, told, ref)))
    why = f"paid to the agency: {row['reference']}"
    await decide(connection, row["creditor_id"], payment, Verdict.BOOK, parts, actor, why, at)
    await settle_all(connection, row["creditor_id"], at)
    paid = {
        "id": row["id"], "on": on, "gross": gross, "accessories": told.accessories, "fee": fee, "ref": ref, "payment": payment,
        "line": line, "actor": actor, "at": at,
    }  # fmt: skip
    await connection.execute(_PAID, paid)
    await connection.execute(_TOLD, {"id": row["id"], "principal": told.principal})
    await placements.note(connection, row["id"], "paid_to_agency", on, actor, at, amount=gross, said=ref)
    standing = await open_row(connection, row["id"], at)
    still_open = 0 if standing is None else int(standing["open"])
    await _after(connection, row["id"], still_open, row["today"], actor, at)
    return fee


def _gross(row: RowMapping, told: PaidTold, ref: str) -> dict[str, object]:
    return {
        "creditor": row["creditor_id"], "fingerprint": f"agency|{row['id']}|{told.on.isoformat()}|{told.gross}|{ref}", "on": told.on,
        "principal": told.principal, "currency": row["currency"], "reference": row["reference"], "customer": row["name"],
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
    linked = sum([await _match(one, at) for one in await _awaited()])
    agencies: dict[tuple[object, ...], list[Row]] = defaultdict(list)
    for one in await _awaited():
        agencies[one["creditor_id"], one["agency_name"], one["currency"]].append(one)
    return linked + sum([await _match_together(ones, at) for ones in agencies.values() if len(ones) > 1])


async def _awaited() -> list[Row]:
    async with reading() as connection:
        return await rows_of(connection, _AWAITED, {})


async def _match(one: Row, at: datetime) -> int:
    lines = [line["id"] for line in await _lines(one) if line["amount"] == one["net"]]
    return await _link([one], lines[0], at) if lines else 0


async def _match_together(ones: Sequence[Row], at: datetime) -> int:
    """An agency may pass on at once what several customers paid it: everything up to the day of the transfer."""
    for line in await _lines(min(ones, key=lambda one: one["paid_on"])):
        covered = [one for one in ones if one["paid_on"] <= line["booked"]]
        if len(covered) > 1 and sum(one["net"] for one in covered) == line["amount"]:
            return await _link(covered, line["id"], at)
    return 0


async def _lines(one: Row) -> Sequence[Row]:
    """Transfers of the agency since it was paid that are for nothing known yet, the oldest first."""
    async with reading() as connection:
        return await rows_of(connection, _LINES, {"id": one["placement_id"], "since": one["paid_on"]})


async def _link(ones: Sequence[Row], line: int, at: datetime) -> int:
    creditor = ones[0]["creditor_id"]
    async with importing(creditor) as connection:
        linked = list(await connection.scalars(_LINK, {"ids": [one["id"] for one in ones], "line": line}))
        if linked:
            await decide(connection, creditor, line, Verdict.ASIDE, [], "relance", "net transfer of an agency", at)
            await settle_all(connection, creditor, at)
    return len(linked)


def _no(field: str, reason: str) -> list[Problem]:
    return [Problem(SOURCE, None, field, reason)]
