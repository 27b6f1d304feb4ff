"""Which customer and which of its open invoices an agreement is about, as a person names them."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from storage.dispute_sums import DEMANDED, OPEN
from storage.facts import lock_debtor
from storage.opening import open_early
from storage.whom import SHOWN, SOURCE, find

_OPEN = text(
    f"""
    SELECT i.id, i.number, i.part_of, i.due, i.currency, {OPEN} AS open, {DEMANDED} AS demanded, c.id AS case_id,
           (SELECT min(a.id) FROM agreement_case k JOIN agreement a ON a.id = k.agreement_id
            WHERE k.case_id = c.id AND a.state <> 'ended' AND NOT (a.kind = 'set_off' AND a.state = 'agreed')) AS agreement
    FROM invoice i LEFT JOIN cases c ON c.invoice_id = i.id AND c.closed_at IS NULL
    WHERE i.customer_id = :customer AND i.kind = 'invoice' AND {OPEN} > 0
      AND (c.id IS NOT NULL AND c.written_off IS NULL AND c.withdrawn IS NULL OR NOT i.case_opened)
    ORDER BY i.due, i.number
    """  # noqa: S608 - no outside text
)
_CREDITOR = text("SELECT r.id, r.policy, coalesce(nullif(d.owner, ''), r.owner) AS owner FROM customer d "
                 "JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer")  # fmt: skip
_BETWEEN = re.compile(r"[,;\n]+")


@dataclass(frozen=True, slots=True)
class Owed:
    """An open invoice; `case` None: not opened yet. Minor units; what is disputed in part is open, and not demanded."""

    invoice: int
    number: str
    due: date
    open: int
    demanded: int
    case: int | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What an agreement is about: open invoices of one customer in one currency, oldest first."""

    creditor: int
    policy: str
    customer: int
    number: str
    name: str
    zone: str
    owner: str
    currency: str
    owed: tuple[Owed, ...]

    @property
    def open(self) -> int:
        """What is open of all of them, in minor units."""
        return sum(one.open for one in self.owed)

    @property
    def demanded(self) -> int:
        """What may be asked for of all of them, in minor units."""
        return sum(one.demanded for one in self.owed)

    @property
    def numbers(self) -> str:
        """Their numbers, with commas."""
        return ", ".join(one.number for one in self.owed)

    def today(self, at: datetime) -> date:
        """The customer's day."""
        return at.astimezone(ZoneInfo(self.zone)).date()


async def scope_of(connection: AsyncConnection, customer: str, invoices: str) -> Scope | list[Problem]:
    """The invoices named (all open ones where none is), of which none is in another agreement; or why they cannot be.

    The customer and its cases are locked.
    """
    whom = await find(connection, customer)
    if isinstance(whom, list):
        return whom
    await lock_debtor(connection, whom.customer)
    rows = (await connection.execute(_OPEN, {"customer": whom.customer})).mappings().all()
    names = list(dict.fromkeys(one.strip() for one in _BETWEEN.split(invoices) if one.strip()))
    unknown = [one for one in names if not any(one in (row["number"], row["part_of"]) for row in rows)]
    if unknown:
        return [_no("invoice", f"{whom.name} has no open invoice {one}.") for one in unknown[:SHOWN]]
    meant = [row for row in rows if not names or row["number"] in names or row["part_of"] in names]
    if not meant:
        return [_no("customer", f"Nothing is open of {whom.name}.")]
    if bound := [row for row in meant if row["agreement"] is not None]:
        said = "; ".join(f"{row['number']} is in agreement {row['agreement']}" for row in bound[:SHOWN])
        return [_no("invoice", f"{said}: name other invoices, or cancel it first.")]
    currencies = sorted({row["currency"] for row in meant})
    if len(currencies) > 1:
        return [_no("invoice", f"Open invoices are in {' and '.join(currencies)}: name those of one currency.")]
    house = (await connection.execute(_CREDITOR, {"customer": whom.customer})).one()
    owed = tuple(
        Owed(row["id"], row["number"], row["due"], row["open"], row["demanded"], row["case_id"]) for row in meant
    )
    return Scope(
        house.id, house.policy, whom.customer, whom.number, whom.name, whom.zone, house.owner, currencies[0], owed
    )


async def cases_for(connection: AsyncConnection, scope: Scope, at: datetime) -> dict[int, int] | list[Problem]:
    """The case of every invoice, by invoice; those that have none yet are opened early."""
    found = {one.invoice: one.case for one in scope.owed if one.case is not None}
    missing = [one.invoice for one in scope.owed if one.case is None]
    if missing:
        await open_early(connection, scope.creditor, scope.policy, missing, at)
        rows = await connection.execute(_CASES, {"invoices": missing})
        found |= {row.invoice_id: row.id for row in rows}
    if lost := [one.number for one in scope.owed if one.invoice not in found]:
        return [_no("invoice", f"No case of {', '.join(lost[:SHOWN])} can be opened now: see ./relance doctor.")]
    return found


_CASES = text("SELECT id, invoice_id FROM cases WHERE invoice_id = ANY(:invoices) AND closed_at IS NULL")


def _no(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
