"""Who of the team is there on a day, and who a question goes to."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.staff import Role
from policies.standing_in import in_charge


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a creditor on a day. A name without an account counts as there."""

    manager: str
    """The one the creditor names."""
    accounts: tuple[tuple[str, Role], ...]
    """Logins of those who have not left, the oldest account first."""
    away: frozenset[str]
    """Absent today, or gone for good."""

    def of(self, *roles: Role) -> tuple[str, ...]:
        """Who of these roles has an account, there or not."""
        return tuple(login for login, role in self.accounts if role in roles)

    @property
    def managers(self) -> tuple[str, ...]:
        """Who a question is passed on to, in this order."""
        return (self.manager, *self.of(Role.MANAGER)) if self.manager else self.of(Role.MANAGER)


_MANAGER = text("SELECT manager FROM creditor WHERE id = :creditor")
_PEOPLE = text(
    """
    SELECT p.login, p.role, p.disabled_at IS NOT NULL AS gone,
           (p.absent_from IS NOT NULL OR p.absent_until IS NOT NULL)
           AND (CAST(:at AS timestamptz) AT TIME ZONE r.zone)::date BETWEEN coalesce(p.absent_from, '-infinity')
               AND coalesce(p.absent_until, 'infinity') AS absent
    FROM person p, creditor r WHERE r.id = :creditor ORDER BY p.id
    """
)
_BACKUP = text("SELECT backup FROM customer WHERE id = :customer")


async def team(connection: AsyncConnection, creditor: int, at: datetime) -> Team:
    """The people of the creditor on the day of `at`."""
    rows = (await connection.execute(_PEOPLE, {"creditor": creditor, "at": at})).all()
    manager = str(await connection.scalar(_MANAGER, {"creditor": creditor}) or "")
    return Team(
        manager,
        tuple((row.login, Role(row.role)) for row in rows if not row.gone),
        frozenset(row.login for row in rows if row.gone or row.absent),
    )


async def asked_of(connection: AsyncConnection, creditor: int, owner: str, customer: int | None, at: datetime) -> str:
    """Who a new question of this owner goes to: the owner, while away the backup of the customer, else the manager."""
    there = await team(connection, creditor, at)
    return await in_place_of(connection, owner, customer, there)


async def in_place_of(connection: AsyncConnection, owner: str, customer: int | None, there: Team) -> str:
    """The same of a team that is known already."""
    if owner not in there.away:
        return owner
    backup = str(await connection.scalar(_BACKUP, {"customer": customer}) or "") if customer is not None else ""
    return in_charge(owner, backup, there.manager, there.away)
