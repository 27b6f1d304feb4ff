"""The history in the database: what was owed and paid, and what held it, each with the moment it was recorded (design 4.5)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import text

from policies.facts import DatedAmount, DebtorKind, Hold, HoldKind
from policies.replay.past import PastCustomer, PastHold, PastInvoice, PastMoney
from policies.stages import Channel, Stage
from storage import clock
from storage.bulk import rows_of
from storage.session import reading

_CUSTOMERS = text(
    """
    SELECT d.id, d.number, d.kind, coalesce(nullif(d.country, ''), r.country) AS country, d.region, d.zone
    FROM customer d JOIN creditor r ON r.id = d.creditor_id ORDER BY d.id
    """
)
_INVOICES = text(
    """
    SELECT i.id, i.customer_id, i.source, i.number, i.due, i.total - i.prepaid AS amount, i.currency, i.issued, i.recorded_at,
           i.reached_stage, i.reached_on, c.closed_at AS given_up
    FROM invoice i LEFT JOIN LATERAL (
        SELECT o.closed_at FROM cases o WHERE o.invoice_id = i.id AND (o.written_off IS NOT NULL OR o.withdrawn IS NOT NULL)
        ORDER BY o.id DESC LIMIT 1
    ) c ON true
    WHERE i.kind = 'invoice' AND i.total > i.prepaid ORDER BY i.id
    """
)
_MONEY = text(
    """
    SELECT invoice_id, kind, value_date, amount, recorded_at, undone_at FROM allocation ORDER BY id
    """
)
_HOLDS = text(
    """
    SELECT h.id, h.customer_id, o.invoice_id, h.kind, h.reason, h.since, h.until, h.owner, h.channels, h.ended_at,
           h.recorded_at
    FROM hold h LEFT JOIN cases o ON o.id = h.case_id ORDER BY h.id
    """
)
_INSTALMENTS = text("SELECT hold_id, on_day, amount FROM hold_instalment ORDER BY hold_id, on_day")

Rows = Sequence[Mapping[str, Any]]
AN_IMPORT = timedelta(hours=1)
"""No import takes longer."""


async def recorded(*, dated: bool = False) -> list[PastCustomer]:
    """Every customer with its history. What came in is known from the moment it was recorded.

    With `dated`, and on a stepped clock, whose days are not those of the database's own moments, it is known at the
    start of the day after its date. What people did (releasing, giving up) has its moment by either clock.
    """
    by_moment = not dated and not (await clock.read()).stepped
    async with reading() as connection:
        customers, invoices, money, holds, agreed = [
            await rows_of(connection, one, {}) for one in (_CUSTOMERS, _INVOICES, _MONEY, _HOLDS, _INSTALMENTS)
        ]
    moneys, held, owed = _by("invoice_id", money), _by("invoice_id", holds), _by("customer_id", invoices)
    general = _by("customer_id", [one for one in holds if one["invoice_id"] is None])
    instalments = _by("hold_id", agreed)
    names = _names(invoices)

    def past_holds(rows: Rows) -> tuple[PastHold, ...]:
        return tuple(_hold(row, instalments[row["id"]], by_moment=by_moment) for row in rows)

    return [
        PastCustomer(
            one["number"], DebtorKind(one["kind"]), one["country"] or "", one["region"], one["zone"],
            tuple(
                _invoice(row, names[row["id"]], moneys[row["id"]], past_holds(held[row["id"]]), by_moment=by_moment)
                for row in owed[one["id"]]
            ),
            past_holds(general[one["id"]]),
        )
        for one in customers
    ]  # fmt: skip


def _by(key: str, rows: Rows) -> Mapping[int, list[Mapping[str, Any]]]:
    found: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found


def _names(invoices: Rows) -> dict[int, str]:
    """Two programs may have given a customer's invoices the same number: those are told apart by their program."""
    seen: dict[tuple[int, str], int] = defaultdict(int)
    for row in invoices:
        seen[row["customer_id"], row["number"]] += 1
    return {
        row["id"]: row["number"]
        if seen[row["customer_id"], row["number"]] == 1
        else f"{row['number']} ({row['source']})"
        for row in invoices
    }


def _invoice(
    row: Mapping[str, Any], name: str, money: Rows, holds: tuple[PastHold, ...], *, by_moment: bool
) -> PastInvoice:
    return PastInvoice(
        name, row["due"], row["amount"], row["currency"], row["issued"], _recorded(row, by_moment=by_moment),
        tuple(_moves(money, by_moment=by_moment)), holds, Stage(row["reached_stage"]) if row["reached_stage"] else None, row["reached_on"],
        None if row["given_up"] is None else _minute(row["given_up"]),
    )  # fmt: skip


def _moves(rows: Rows, *, by_moment: bool) -> list[PastMoney]:
    """What was set against an invoice, and what was taken away from it again.

    Money that came back is gone on the value date of its return. What was only set against another invoice instead was a
    mistake: by dates it never counted, by moments until it was put right.
    """
    moves: list[PastMoney] = []
    for row in rows:
        gone, credit, amount = row["undone_at"], row["kind"] == "credit_note", row["amount"]
        mistaken = gone is not None and not _came_back(gone)
        if mistaken and not by_moment:
            continue
        moves.append(PastMoney(row["value_date"], amount, _recorded(row, by_moment=by_moment), credit))
        if mistaken:
            moves.append(PastMoney(row["value_date"], -amount, _put_right(gone, rows), credit))
        elif gone is not None:
            moves.append(PastMoney(gone.astimezone(UTC).date(), -amount, None, credit))
    return moves


def _came_back(undone: datetime) -> bool:
    """A return undoes at the first moment of its value date (`storage.settling`)."""
    return undone.astimezone(UTC).time() == time()


def _put_right(undone: datetime, rows: Rows) -> datetime:
    """One import takes away and sets anew: what it says is known all at once, never half of it."""
    anew = [row["recorded_at"] for row in rows if undone <= row["recorded_at"] <= undone + AN_IMPORT]
    return _minute(min(anew, default=undone))


def _recorded(row: Mapping[str, Any], *, by_moment: bool) -> datetime | None:
    return _minute(row["recorded_at"]) if by_moment else None


def _minute(moment: datetime) -> datetime:
    """The end of its minute: one import writes many rows, and what it says is known all at once, never half of it."""
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=1)


def _hold(row: Mapping[str, Any], agreed: Rows, *, by_moment: bool) -> PastHold:
    channels = frozenset(Channel(one) for one in row["channels"].split(",") if one)
    instalments = tuple(DatedAmount(one["on_day"], one["amount"]) for one in agreed)
    hold = Hold(
        HoldKind(row["kind"]), row["reason"], row["since"], row["until"], row["owner"], channels=channels,
        instalments=instalments,
    )  # fmt: skip
    ended = None if row["ended_at"] is None else _minute(row["ended_at"])
    return PastHold(hold, _recorded(row, by_moment=by_moment), ended=ended)
