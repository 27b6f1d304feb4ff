"""Placements and agencies as people look at them: how each stands, what it brought, what it cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from storage.placement_names import placement_named
from storage.session import reading


@dataclass(frozen=True, slots=True)
class PlacementView:
    """One placement; amounts in minor units of `currency`."""

    id: int
    reference: str
    their_reference: str
    agency: str
    customer_number: str
    customer_name: str
    invoices: tuple[str, ...]
    currency: str
    principal: int
    told: int
    """What the agency knows to be open."""
    state: str
    fee_percent: Decimal | None
    fee_flat: int | None
    placed_on: date
    ends_on: date | None
    ended_on: date | None
    ended_how: str
    recovered: int
    """Paid to the agency, gross."""
    direct: int
    """Paid to us since, not by the agency."""
    fees: int
    awaited: int
    """Net amounts the agency has not passed on yet."""


@dataclass(frozen=True, slots=True)
class EventView:
    """One thing that was told."""

    on: date
    status: str
    amount: int
    said: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AgencyFigures:
    """What an agency did with what was placed with it, in one currency; `days`: from the placement to its money, on average."""

    agency: str
    currency: str
    files: int
    placed: int
    recovered: int
    direct: int
    fees: int
    days: int | None
    open_files: int


_PLACEMENTS = text(
    """
    SELECT p.id, p.reference, p.their_reference, p.agency_name AS agency, d.number AS customer_number, d.name AS customer_name,
           ARRAY(SELECT i.number FROM placement_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
                 WHERE k.placement_id = p.id ORDER BY i.due, i.number) AS invoices,
           p.currency, p.principal, p.told, p.state, p.fee_percent, p.fee_flat, p.placed_on, p.ends_on, p.ended_on, p.ended_how,
           m.recovered, m.fees, m.awaited,
           (SELECT coalesce(sum(l.amount), 0) FROM placement_case k JOIN cases c ON c.id = k.case_id
            JOIN allocation l ON l.invoice_id = c.invoice_id JOIN payment y ON y.id = l.payment_id
            WHERE k.placement_id = p.id AND l.kind = 'payment' AND l.undone_at IS NULL AND y.source <> 'agency'
              AND l.recorded_at > p.recorded_at AND (p.ended_at IS NULL OR l.recorded_at <= p.ended_at OR p.ended_how = 'paid'))::bigint
            AS direct
    FROM placement p JOIN customer d ON d.id = p.customer_id
    CROSS JOIN LATERAL (SELECT coalesce(sum(o.gross), 0)::bigint AS recovered, coalesce(sum(o.fee), 0)::bigint AS fees,
        coalesce(sum(o.gross - o.fee) FILTER (WHERE o.line_id IS NULL), 0)::bigint AS awaited
        FROM placement_payment o WHERE o.placement_id = p.id) m
    WHERE (:all OR p.ended_at IS NULL) AND (CAST(:id AS bigint) IS NULL OR p.id = :id)
    ORDER BY p.placed_on, p.id
    """
)
_EVENTS = text(
    "SELECT on_day AS on, status, amount, said, actor, at FROM placement_event WHERE placement_id = :id ORDER BY id"
)
_COMPARE = text(
    """
    SELECT p.agency_name AS agency, p.currency, o.gross, o.fee, o.paid_on - p.placed_on AS days
    FROM placement p JOIN placement_payment o ON o.placement_id = p.id
    """
)


async def placements(*, every: bool = False) -> tuple[PlacementView, ...]:
    """Open placements, or all of them."""
    async with reading() as connection:
        return await _views(connection, every=every)


async def placement_of(said: str, at: datetime) -> PlacementView | list[Problem]:
    """The placement of a number or reference, over or not."""
    async with reading() as connection:
        row = await placement_named(connection, said, at)
        return row if isinstance(row, list) else (await _views(connection, every=True, id=row["id"]))[0]


async def _views(connection: AsyncConnection, *, every: bool, id: int | None = None) -> tuple[PlacementView, ...]:
    rows = (await connection.execute(_PLACEMENTS, {"all": every, "id": id})).mappings()
    return tuple(PlacementView(**{**row, "invoices": tuple(row["invoices"])}) for row in rows)


async def events(placement: int) -> tuple[EventView, ...]:
    """What was told about it, the earliest first."""
    async with reading() as connection:
        return tuple(EventView(**row) for row in (await connection.execute(_EVENTS, {"id": placement})).mappings())


async def compare() -> tuple[AgencyFigures, ...]:
    """The agencies side by side, each in each of its currencies."""
    groups: dict[tuple[str, str], list[PlacementView]] = {}
    for one in await placements(every=True):
        groups.setdefault((one.agency, one.currency), []).append(one)
    async with reading() as connection:
        rows = [dict(row) for row in (await connection.execute(_COMPARE)).mappings()]
    return tuple(_figures(key, files, rows) for key, files in sorted(groups.items()))


def _figures(key: tuple[str, str], files: list[PlacementView], rows: Sequence[Mapping[str, Any]]) -> AgencyFigures:
    paid = [row for row in rows if (row["agency"], row["currency"]) == key]
    gross = sum(row["gross"] for row in paid)
    return AgencyFigures(
        *key, len(files), sum(one.principal for one in files), gross, sum(one.direct for one in files),
        sum(row["fee"] for row in paid), round(sum(row["days"] * row["gross"] for row in paid) / gross) if gross else None,
        sum(one.ended_on is None for one in files),
    )  # fmt: skip
