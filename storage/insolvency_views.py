"""Proceedings of customers as they stand in the books."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.insolvency import Office, ProceedingsKind
from storage.session import reading


@dataclass(frozen=True, slots=True)
class InsolvencyView:
    """Proceedings of a customer. `claim`: open, approved (its file is to be handed over), declared or given up.

    `retention`: empty (not answered), `none`, or `claim_back` with the goods and the last day.
    """

    number: int
    creditor: int
    customer: int
    customer_number: str
    customer_name: str
    owner: str
    zone: str
    kind: ProceedingsKind
    proceedings: str
    judgment: date
    published: date | None
    declare_by: date | None
    register: str
    court: str
    administrator: Office
    representative: Office
    ladder: str
    state: str
    claim: str
    claim_on: date | None
    claimed: str
    """What was open of which invoice when that was said; empty: nothing was said yet."""
    retention: str
    retention_by: date | None
    goods: str
    opened_by: str
    opened_at: datetime
    closed_on: date | None
    closed_how: str

    @property
    def subject(self) -> str:
        """How deadlines and questions name it: `insolvency:12`."""
        return f"insolvency:{self.number}"

    @property
    def eve(self) -> date:
        """The last day before the judgment: what is declared stands as at its end."""
        return date.fromordinal(self.judgment.toordinal() - 1)


_COLUMNS = """
    SELECT n.id AS number, n.creditor_id AS creditor, n.customer_id AS customer, d.number AS customer_number,
           d.name AS customer_name, coalesce(nullif(d.owner, ''), r.owner) AS owner, d.zone, n.kind, n.proceedings, n.judgment,
           n.published, n.declare_by, n.register_number AS register, n.court, n.administrator, n.administrator_email, n.administrator_postal,
           n.representative, n.representative_email, n.representative_postal, n.ladder, n.state, n.claim, n.claim_on, n.claimed,
           n.retention, n.retention_by, n.goods, n.opened_by, n.opened_at, n.closed_on, n.closed_how
    FROM insolvency n JOIN customer d ON d.id = n.customer_id JOIN creditor r ON r.id = n.creditor_id
"""
_ONE = text(f"{_COLUMNS} WHERE n.id = :number")
_ALL = text(f"{_COLUMNS} WHERE :every OR n.state = 'open' ORDER BY n.judgment, n.id")
_OF = text(f"{_COLUMNS} WHERE n.customer_id = :customer ORDER BY n.state = 'open' DESC, n.id DESC")


async def show(number: int) -> InsolvencyView | None:
    """The proceedings of this number; None: there are none."""
    async with reading() as connection:
        return await show_in(connection, number)


async def show_in(connection: AsyncConnection, number: int) -> InsolvencyView | None:
    """The same within a transaction."""
    row = (await connection.execute(_ONE, {"number": number})).mappings().first()
    return None if row is None else _from(row)


async def listing(*, every: bool = False) -> tuple[InsolvencyView, ...]:
    """The proceedings that are open, or `every` one, by their judgment."""
    async with reading() as connection:
        return await listing_in(connection, every=every)


async def listing_in(connection: AsyncConnection, *, every: bool = False) -> tuple[InsolvencyView, ...]:
    """The same within a transaction."""
    return tuple(_from(row) for row in (await connection.execute(_ALL, {"every": every})).mappings())


async def of_customer(connection: AsyncConnection, customer: int) -> tuple[InsolvencyView, ...]:
    """The proceedings of a customer, the open ones first."""
    return tuple(_from(row) for row in (await connection.execute(_OF, {"customer": customer})).mappings())


def _from(row: Any) -> InsolvencyView:
    values = dict(row)
    for name in ("administrator", "representative"):
        values[name] = Office(values[name], values.pop(f"{name}_email"), values.pop(f"{name}_postal"))
    return InsolvencyView(**values | {"kind": ProceedingsKind(values["kind"])})
