"""The open items of a day for the accountant: those that are doubtful, each with its reason, and what the rest comes to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping, text

from policies.doubtful import Doubt, Standing, doubt
from policies.stages import Stage
from storage.aging import OPEN_ON, STANDING
from storage.session import reading

_ROWS = text(
    f"""
    WITH {STANDING}
    SELECT d.number AS customer, d.name, i.number AS invoice, i.currency, i.net, i.vat, i.total, i.due, {OPEN_ON} AS open,
           CAST(:day AS date) - i.due AS days,
           (SELECT s.stage FROM step_done s JOIN cases c ON c.id = s.case_id WHERE c.invoice_id = i.id AND s.done_on <= :day
              AND s.how IN ('confirmed', 'elsewhere') ORDER BY s.done_on DESC, s.id DESC LIMIT 1) AS stage,
           EXISTS (SELECT FROM hold h LEFT JOIN cases c ON c.id = h.case_id WHERE h.customer_id = i.customer_id
              AND (h.case_id IS NULL OR c.invoice_id = i.id) AND h.kind = 'insolvency' AND h.since <= :day
              AND (h.ended_at IS NULL OR (h.ended_at AT TIME ZONE d.zone)::date > :day)) AS insolvent,
           EXISTS (SELECT FROM hold h LEFT JOIN cases c ON c.id = h.case_id WHERE h.customer_id = i.customer_id
              AND (h.case_id IS NULL OR c.invoice_id = i.id) AND h.kind = 'dispute' AND h.since <= :day
              AND (h.ended_at IS NULL OR (h.ended_at AT TIME ZONE d.zone)::date > :day))
           OR EXISTS (SELECT FROM dispute x WHERE x.invoice_id = i.id AND x.opened_on <= :day AND x.state = 'open') AS disputed
    FROM invoice i JOIN customer d ON d.id = i.customer_id LEFT JOIN (
        SELECT invoice_id, sum(amount)::bigint AS amount FROM standing GROUP BY invoice_id) s ON s.invoice_id = i.id
    WHERE i.kind = 'invoice' AND (i.issued IS NULL OR i.issued <= :day) AND i.id NOT IN (SELECT invoice_id FROM given_up)
      AND {OPEN_ON} > 0
    ORDER BY i.currency, d.number, i.due, i.number
    """  # noqa: S608 - no outside text
)
"""The same items, and the same sums, as the aged balance of the day (`storage.aging`)."""


@dataclass(frozen=True, slots=True)
class DoubtfulItem:
    """An open item that is doubtful; minor units. Net and VAT are those of the whole invoice, where they are known."""

    customer: str
    name: str
    invoice: str
    currency: str
    net: int | None
    vat: int | None
    total: int
    open: int
    due: date
    days: int
    stage: str
    reason: Doubt


@dataclass(frozen=True, slots=True)
class DoubtfulTotal:
    """Of one currency, in minor units: together they are what the aged balance of the day shows."""

    currency: str
    doubtful: int
    others: int

    @property
    def open(self) -> int:
        """Everything that is open."""
        return self.doubtful + self.others


@dataclass(frozen=True, slots=True)
class DoubtfulReport:
    """What an accountant goes through on a closing day."""

    as_of: date
    items: tuple[DoubtfulItem, ...]
    totals: tuple[DoubtfulTotal, ...]


async def doubtful(as_of: date) -> DoubtfulReport:
    """The doubtful items of the day `as_of`, and the sums per currency."""
    async with reading() as connection:
        rows = (await connection.execute(_ROWS, {"day": as_of})).mappings().all()
    items = tuple(one for row in rows if (one := _item(row)) is not None)
    return DoubtfulReport(as_of, items, tuple(_totals(rows, items)))


def _item(row: RowMapping) -> DoubtfulItem | None:
    stage = Stage(row["stage"]) if row["stage"] else None
    reason = doubt(Standing(stage, row["insolvent"], row["disputed"], row["days"]))
    if reason is None:
        return None
    return DoubtfulItem(
        row["customer"], row["name"], row["invoice"], row["currency"], row["net"], row["vat"], row["total"], row["open"],
        row["due"], row["days"], row["stage"] or "", reason,
    )  # fmt: skip


def _totals(rows: Iterable[RowMapping], items: Iterable[DoubtfulItem]) -> Iterable[DoubtfulTotal]:
    found: dict[str, int] = {}
    for row in rows:
        found[row["currency"]] = found.get(row["currency"], 0) + row["open"]
    doubted = {one.currency: 0 for one in items}
    for one in items:
        doubted[one.currency] += one.open
    for currency in sorted(found):
        mine = doubted.get(currency, 0)
        yield DoubtfulTotal(currency, mine, found[currency] - mine)
