"""What was open on a day, by how late it was: the aged balance, as accountants call it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import text

from storage.session import reading

BUCKETS = ("current", "1-30", "31-60", "61-90", "90+")
"""Days past the due date, inclusive; *current* is not yet late (the due date itself included)."""


class By(StrEnum):
    """What the aged balance is divided by, beside the currency: sums never cross currencies."""

    CURRENCY = "currency"
    CUSTOMER = "customer"
    COUNTRY = "country"


_DIVIDED: Mapping[By, tuple[str, str]] = {
    By.CURRENCY: ("''", "''"),
    By.CUSTOMER: ("d.number", "d.name"),
    By.COUNTRY: ("coalesce(d.country, '')", "''"),
}


@dataclass(frozen=True, slots=True)
class Bucket:
    """Open principal of one currency and one band of days late, in minor units.

    `key` and `name`: the customer's number and name, or the country; empty where it is divided by currency alone, or the
    country is not known.
    """

    currency: str
    bucket: str
    count: int
    amount: int
    key: str = ""
    name: str = ""


STANDING = """
    standing AS (
        SELECT kind, invoice_id, credit_note_id, payment_id, amount FROM allocation
        WHERE value_date <= :day AND (undone_at IS NULL OR (undone_at AT TIME ZONE 'UTC')::date > :day
            AND (undone_at AT TIME ZONE 'UTC')::time = '00:00')
    ), given_up AS (
        SELECT invoice_id FROM cases
        WHERE outcome IN ('written_off', 'withdrawn') AND (closed_at AT TIME ZONE 'UTC')::date <= :day
    )
"""
"""What stood of allocations on the day `:day`, and what was given up by then: two parts of a query on the books as they were."""
_PARTS = """coalesce((SELECT sum(t.amount)::bigint FROM write_off_item t JOIN write_off w ON w.id = t.write_off_id
    WHERE t.invoice_id = i.id AND NOT w.whole AND w.stands_since <= :day
      AND (w.state = 'standing' OR w.state = 'reversed' AND (w.reversed_at AT TIME ZONE 'UTC')::date > :day)), 0)"""
OPEN_ON = f"(i.total - i.prepaid - coalesce(s.amount, 0) - least(greatest(i.total - i.prepaid - coalesce(s.amount, 0), 0), {_PARTS}))"
"""What was open of an invoice `i` on the day `:day`, without the parts written off by then; `s`: what stood against it."""
_OPEN = """
    WITH {standing}, late AS (
        SELECT i.currency, {key} AS key, {name} AS name, CAST(:day AS date) - i.due AS days,
               {open} AS open
        FROM invoice i JOIN customer d ON d.id = i.customer_id LEFT JOIN (
            SELECT invoice_id, sum(amount)::bigint AS amount FROM standing GROUP BY invoice_id) s ON s.invoice_id = i.id
        WHERE i.kind = 'invoice' AND (i.issued IS NULL OR i.issued <= :day)
        AND i.id NOT IN (SELECT invoice_id FROM given_up)
          AND (CAST(:creditor AS bigint) IS NULL OR i.creditor_id = :creditor)
    )
    SELECT currency, key, name, CASE WHEN days <= 0 THEN 'current' WHEN days <= 30 THEN '1-30' WHEN days <= 60 THEN '31-60'
                          WHEN days <= 90 THEN '61-90' ELSE '90+' END AS bucket,
           count(*)::bigint AS count, sum(open)::bigint AS amount
    FROM late WHERE open > 0 GROUP BY currency, key, name, bucket
"""


async def aging(as_of: date, creditor: int | None = None, by: By = By.CURRENCY) -> tuple[Bucket, ...]:
    """Open principal on the day `as_of`: what was invoiced by then, less payments and credits of that value date.

    A payment that bounced counts until the day it was returned (it is undone at that day's first moment); one that was set
    against the wrong invoice never counted for that one. What was written off or withdrawn does not count any
    more. Every currency in use has all five buckets, for each customer or country it is divided by.
    """
    key, name = _DIVIDED[by]
    query = text(_OPEN.format(standing=STANDING, open=OPEN_ON, key=key, name=name))
    async with reading() as connection:
        rows = (await connection.execute(query, {"day": as_of, "creditor": creditor})).mappings().all()
    found: dict[tuple[str, str, str], dict[str, Bucket]] = defaultdict(dict)
    for row in rows:
        found[row["key"], row["name"], row["currency"]][row["bucket"]] = Bucket(**row)
    return tuple(
        found[part].get(band, Bucket(part[2], band, 0, 0, part[0], part[1]))
        for part in sorted(found)
        for band in BUCKETS
    )
