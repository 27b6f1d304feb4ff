"""The agencies a creditor works with: named, changed, chosen for a customer's next file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from storage.facts import touch_customer
from storage.session import reading, transaction

FOLDER_DOMAIN = "folder.invalid"
"""Files for an agency with a folder bear its name at this domain, which never resolves (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency; amounts in minor units of `currency`. `address`: where its files go."""

    id: int
    name: str
    email: str
    folder: str
    mandate_on: date | None
    mandate_reference: str
    fee_percent: Decimal | None
    fee_flat: int | None
    minimum: int | None
    currency: str
    term_days: int | None
    is_default: bool

    @property
    def address(self) -> str:
        """Its e-mail address, or its folder's made one."""
        return f"{self.folder}@{FOLDER_DOMAIN}" if self.folder else self.email


_COLUMNS = (
    "a.id, a.name, a.email, a.folder, a.mandate_on, a.mandate_reference, a.fee_percent, a.fee_flat, a.minimum, a.currency, "
    "a.term_days, a.is_default"
)
ADDRESS = f"CASE WHEN a.folder <> '' THEN a.folder || '@{FOLDER_DOMAIN}' ELSE a.email END"
NAMED_FOR = """agency a WHERE a.creditor_id = d.creditor_id AND CASE
    WHEN EXISTS (SELECT FROM agency_choice k WHERE k.customer_id = d.id)
    THEN a.id = (SELECT k.agency_id FROM agency_choice k WHERE k.customer_id = d.id) ELSE a.is_default END"""
"""The agency for a customer `d`: the one chosen for it, else the default; none: the address of the creditor's settings."""
_ALL = text(f"SELECT {_COLUMNS} FROM agency a ORDER BY a.creditor_id, a.name")  # noqa: S608 - our own names
_FOR = text(f"SELECT {_COLUMNS} FROM customer d, {NAMED_FOR} AND d.id = :customer")  # noqa: S608 - our own names
_CALLED = text(f"SELECT {_COLUMNS} FROM agency a WHERE a.creditor_id = :creditor AND a.name = :name")  # noqa: S608 - our own names
_SAVE = text(
    """
    INSERT INTO agency (creditor_id, name, email, folder, mandate_on, mandate_reference, fee_percent, fee_flat, minimum, currency,
        term_days, named_by)
    VALUES (:creditor, :name, :email, :folder, :mandate_on, :mandate_reference, :fee_percent, :fee_flat, :minimum, :currency,
        :term_days, :by)
    ON CONFLICT (creditor_id, name) DO UPDATE SET email = excluded.email, folder = excluded.folder,
        mandate_on = excluded.mandate_on, mandate_reference = excluded.mandate_reference, fee_percent = excluded.fee_percent,
        fee_flat = excluded.fee_flat, minimum = excluded.minimum, currency = excluded.currency,
        term_days = excluded.term_days, named_by = excluded.named_by
    RETURNING id
    """
)
_NO_DEFAULT = text("UPDATE agency SET is_default = false WHERE creditor_id = :creditor AND id <> :id AND is_default")
_DEFAULT = text("UPDATE agency SET is_default = true WHERE id = :id")
_CHOOSE = text(
    "INSERT INTO agency_choice (customer_id, agency_id, chosen_by) VALUES (:customer, :agency, :by) "
    "ON CONFLICT (customer_id) DO UPDATE SET agency_id = excluded.agency_id, chosen_by = excluded.chosen_by"
)


async def agencies() -> tuple[Agency, ...]:
    """Every agency that was named."""
    async with reading() as connection:
        return tuple(Agency(**row) for row in (await connection.execute(_ALL)).mappings())


async def agency_for(connection: AsyncConnection, customer: int) -> Agency | None:
    """The agency a customer's file goes to; None: none was named, and the creditor's own setting counts."""
    row = (await connection.execute(_FOR, {"customer": customer})).mappings().first()
    return None if row is None else Agency(**row)


async def agency_called(connection: AsyncConnection, creditor: int, name: str) -> Agency | None:
    """The agency of this name; None: there is none."""
    row = (await connection.execute(_CALLED, {"creditor": creditor, "name": name})).mappings().first()
    return None if row is None else Agency(**row)


async def save(creditor: int, values: Mapping[str, Any], by: str, *, default: bool) -> int:
    """Name an agency, or replace what is known of one of that name; answers its number."""
    async with transaction() as connection:
        found = int(await connection.scalar(_SAVE, {**values, "creditor": creditor, "by": by}))
        if default:
            await connection.execute(_NO_DEFAULT, {"creditor": creditor, "id": found})
            await connection.execute(_DEFAULT, {"id": found})
    return found


async def choose(customer: int, name: str, by: str) -> list[Problem]:
    """The customer's next file goes to this agency: an approval of a file to another is void, and asked for anew."""
    known = {one.name.casefold(): one for one in await agencies()}
    agency = known.get(name.strip().casefold())
    if agency is None:
        names = ", ".join(one.name for one in known.values()) or "none yet: relance agency set"
        return [Problem("command", None, "agency", f"There is no agency “{name}”; known are {names}.")]
    async with transaction() as connection:
        await connection.execute(_CHOOSE, {"customer": customer, "agency": agency.id, "by": by})
        await touch_customer(connection, customer)
    return []
