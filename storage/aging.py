"""What was open on a day, by how late it was: the aged balance, as accountants call it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from storage.session import reading

BUCKETS = ("current", "1-30", "31-60", "61-90", "90+")
"""Days past the due date, inclusive; *current* is not yet late (the due date itself included)."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Open principal of one currency and one band of days late, in minor units."""

    currency: str
    bucket: str
    count: int
    amount: int


_OPEN = text(
    """
    WITH standing AS (
        SELECT invoice_id, sum(amount)::bigint AS amount FROM allocation
        WHERE value_date <= :day
        AND (undone_at IS NULL OR (undone_at AT TIME ZONE 'UTC')::date > :day) GROUP BY invoice_id
    ), given_up AS (
        SELECT invoice_id FROM cases
        WHERE outcome IN ('written_off', 'withdrawn') AND (closed_at AT TIME ZONE 'UTC')::date <= :day
    ), late AS (
        SELECT i.currency, CAST(:day AS date) - i.due AS days, i.total - i.prepaid - coalesce(s.amount, 0) AS open
        FROM invoice i LEFT JOIN standing s ON s.invoice_id = i.id
        WHERE i.kind = 'invoice' AND (i.issued IS NULL OR i.issued <= :day)
        AND i.id NOT IN (SELECT invoice_id FROM given_up)
          AND (CAST(:creditor AS bigint) IS NULL OR i.creditor_id = :creditor)
    )
    SELECT currency, CASE WHEN days <= 0 THEN 'current' WHEN days <= 30 THEN '1-30' WHEN days <= 60 THEN '31-60'
                          WHEN days <= 90 THEN '61-90' ELSE '90+' END AS bucket,
           count(*)::bigint AS count, sum(open)::bigint AS amount
    FROM late WHERE open > 0 GROUP BY 1, 2
    """
)


async def aging(as_of: date, creditor: int | None = None) -> tuple[Bucket, ...]:
    """Open principal on the day `as_of`: what was invoiced by then, less payments and credits of that value date.

    A payment that bounced counts until the day it was returned; what was written off or withdrawn does not count any
    more. Every currency in use has all five buckets.
    """
    async with reading() as connection:
        rows = (await connection.execute(_OPEN, {"day": as_of, "creditor": creditor})).mappings().all()
    found: dict[str, dict[str, Bucket]] = defaultdict(dict)
    for row in rows:
        found[row["currency"]][row["bucket"]] = Bucket(**row)
    return tuple(
        found[currency].get(name, Bucket(currency, name, 0, 0)) for currency in sorted(found) for name in BUCKETS
    )
