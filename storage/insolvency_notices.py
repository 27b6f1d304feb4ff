"""Published notices held against the customers by their register numbers: who is found is held at once, and a person is asked.

Nothing is opened by itself: the hold is the safe side until the answer. A notice read again changes nothing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.public_notice import PublicNotice, are_alike, openings, sirens_of
from storage import insolvency_holds, journal
from storage.facts import lock_debtor, touch
from storage.insolvency_views import of_customer
from storage.session import transaction


@dataclass(frozen=True, slots=True)
class Matched:
    """A notice that bears a customer's number; `what` says what was done about it."""

    customer_number: str
    customer_name: str
    notice: PublicNotice
    what: str


@dataclass(frozen=True, slots=True)
class Possible:
    """A notice whose name resembles a customer's, and whose number is not that customer's, or not known: only told."""

    customer_number: str
    customer_name: str
    notice: PublicNotice


@dataclass(frozen=True, slots=True)
class Looked:
    """What an extract says of the customers."""

    read: int
    opening: int
    matched: tuple[Matched, ...]
    possible: tuple[Possible, ...]


HELD, KNOWN, OPEN = "held, a person is asked", "known already", "its proceedings are open already"

_CUSTOMERS = text(
    """
    SELECT d.id, d.number, d.name, d.company_number, d.vat_number, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.creditor_id = :creditor ORDER BY d.id
    """
)
_KEEP = text(
    """
    INSERT INTO insolvency_notice (creditor_id, customer_id, reference, register_number, name, kind, judgment, published, court, text,
        state, seen_at)
    VALUES (:creditor, :customer, :reference, :register, :name, :kind, :judgment, :published, :court, :text, 'waiting', :at)
    ON CONFLICT (customer_id, reference) DO NOTHING RETURNING id
    """
)


async def look_at(notices: Sequence[PublicNotice], creditor: int, actor: str, at: datetime) -> Looked:
    """Hold and ask about every customer whose number a notice bears that opens proceedings; tell of likenesses."""
    opening = openings(notices)
    async with transaction() as connection:
        customers = (await connection.execute(_CUSTOMERS, {"creditor": creditor})).all()
    by_number: dict[str, list[Row[tuple[object, ...]]]] = defaultdict(list)
    for row in customers:
        for number in sirens_of(row.company_number, row.vat_number):
            by_number[number].append(row)
    matched: list[Matched] = []
    for notice in opening:
        for row in {row.id: row for number in notice.numbers for row in by_number.get(number, ())}.values():
            what = await _hold(creditor, row, notice, actor, at)
            matched.append(Matched(row.number, row.name, notice, what))
    return Looked(len(notices), len(opening), tuple(matched), _possible(opening, customers, by_number))


def _possible(
    opening: Sequence[PublicNotice], customers: Sequence[Row[tuple[object, ...]]], by_number: Mapping[str, object]
) -> tuple[Possible, ...]:
    """Likenesses of name; where the customer's own number is known and is another one, it is somebody else."""
    strangers = [one for one in opening if one.name and not any(number in by_number for number in one.numbers)]
    unknown = [row for row in customers if not sirens_of(row.company_number, row.vat_number)]
    return tuple(
        Possible(row.number, row.name, one) for one in strangers for row in unknown if are_alike(row.name, one.name)
    )


async def _hold(creditor: int, row: Row[tuple[object, ...]], notice: PublicNotice, actor: str, at: datetime) -> str:
    async with transaction() as connection:
        cases = await lock_debtor(connection, row.id)
        if any(one.state == "open" for one in await of_customer(connection, row.id)):
            return OPEN
        number = await _kept(connection, creditor, row, notice, at)
        if number is None:
            return KNOWN
        since = min(notice.judgment or date.max, at.astimezone(ZoneInfo(row.zone)).date())
        reason = f"notice {notice.reference}: {notice.kind or 'proceedings'}"
        await insolvency_holds.place(
            connection, row.id, None, HoldKind.INSOLVENCY, reason, since, row.owner, f"notice:{number}", at
        )
        facts = {"notice": number, "judgment": notice.judgment, "actor": actor}
        await journal.append(connection, "customer", row.id, "notice_matched", facts, at)
        await touch(connection, cases)
    return HELD


async def _kept(
    connection: AsyncConnection, creditor: int, row: Row[tuple[object, ...]], notice: PublicNotice, at: datetime
) -> int | None:
    number = next(iter(notice.numbers), "")
    values = {
        "creditor": creditor, "customer": row.id, "reference": notice.reference, "register": number, "name": notice.name,
        "kind": notice.kind, "judgment": notice.judgment, "published": notice.published, "court": notice.court,
        "text": notice.text, "at": at,
    }  # fmt: skip
    got = await connection.scalar(_KEEP, values)
    return None if got is None else int(got)
