"""How far each bank account of a creditor is known, and the cases that wait for newer files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.account_key import account_key
from policies.bank_position import BankPosition
from policies.calendar import Calendar
from policies.decisions import Reason
from policies.fresh_money import age_of
from storage import journal
from storage.facts import lock_cases_of, touch
from storage.holiday_sets import holidays_around
from storage.session import reading, transaction


@dataclass(frozen=True, slots=True)
class Account:
    """An account whose files are read. `age` in bank days; `said_by`: who looked at it himself, empty: its files say so."""

    account: str
    through: date
    said_by: str
    read_at: datetime
    closed: bool
    age: int


_READ = text(
    """
    INSERT INTO bank_account (creditor_id, account, through, read_at) VALUES (:creditor, :account, :through, :at)
    ON CONFLICT (creditor_id, account) DO UPDATE SET
        through = greatest(bank_account.through, excluded.through), read_at = excluded.read_at,
        said_by = CASE WHEN excluded.through >= bank_account.through THEN '' ELSE bank_account.said_by END,
        closed_at = CASE WHEN excluded.through > bank_account.through THEN NULL ELSE bank_account.closed_at END
    """
)
"""A closed account of which a newer file comes is open again."""
_SAID = text(
    "UPDATE bank_account SET through = :through, said_by = :actor WHERE creditor_id = :creditor AND closed_at IS NULL "
    "AND through < :through"
)
_NAMES = text("SELECT account FROM bank_account WHERE creditor_id = :creditor ORDER BY id")
_OPEN = text("SELECT account FROM bank_account WHERE creditor_id = :creditor AND closed_at IS NULL")
_CLOSE = text(
    "UPDATE bank_account SET closed_at = :at, closed_by = :actor, closed_why = :why "
    "WHERE creditor_id = :creditor AND account = :account AND closed_at IS NULL RETURNING id"
)
_POSITIONS = text(
    """
    SELECT r.id, min(a.through) AS through, r.country, r.zone, r.bank_max_age, r.courtesy_max_age
    FROM creditor r JOIN bank_account a ON a.creditor_id = r.id AND a.closed_at IS NULL
    WHERE r.id = ANY(:creditors) GROUP BY r.id
    """
)
"""What is known of all accounts is what is known of the one that is furthest behind."""
_ACCOUNTS = text(
    """
    SELECT a.account, a.through, a.said_by, a.read_at, a.closed_at IS NOT NULL AS closed, r.country, r.zone
    FROM bank_account a JOIN creditor r ON r.id = a.creditor_id
    WHERE CAST(:creditor AS bigint) IS NULL OR a.creditor_id = :creditor ORDER BY a.closed_at IS NOT NULL, a.through, a.id
    """
)
_WAITING = text(
    "SELECT id FROM cases WHERE creditor_id = :creditor AND waits_for = :reason AND closed_at IS NULL ORDER BY id"
)


async def positions(connection: AsyncConnection, creditors: Iterable[int], as_of: datetime) -> dict[int, BankPosition]:
    """How far the bank files of each creditor reach; who has none is not in it."""
    rows = (await connection.execute(_POSITIONS, {"creditors": sorted(set(creditors))})).mappings()
    return {
        row["id"]: BankPosition(
            row["through"],
            Calendar(ZoneInfo(row["zone"]), _holidays(row["country"], row["through"], as_of)),
            row["bank_max_age"],
            row["courtesy_max_age"],
        )
        for row in rows
    }


async def accounts(as_of: datetime, creditor: int | None = None) -> tuple[Account, ...]:
    """Every account with its age, the oldest first."""
    async with reading() as connection:
        rows = (await connection.execute(_ACCOUNTS, {"creditor": creditor})).mappings().all()
    found = []
    for row in rows:
        calendar = Calendar(ZoneInfo(row["zone"]), _holidays(row["country"], row["through"], as_of))
        age = age_of(BankPosition(row["through"], calendar, None, None), as_of)
        known = {name: row[name] for name in ("account", "through", "said_by", "read_at", "closed")}
        found.append(Account(**known, age=age))
    return tuple(found)


def _holidays(country: str, through: date, as_of: datetime) -> frozenset[date]:
    return holidays_around(country, through) | holidays_around(country, as_of.date())


async def open_accounts(connection: AsyncConnection, creditor: int) -> set[str]:
    """The accounts whose files are read."""
    return set(await connection.scalars(_OPEN, {"creditor": creditor}))


async def read_through(connection: AsyncConnection, creditor: int, through: Mapping[str, date], at: datetime) -> None:
    """Files were read that speak of these accounts up to these days: who waited for them looks again.

    An account keeps the name it was first read under, however another bank format writes it.
    """
    known = {account_key(account): account for account in await connection.scalars(_NAMES, {"creditor": creditor})}
    for account, day in sorted(through.items()):
        name = known.setdefault(account_key(account), account)
        await connection.execute(_READ, {"creditor": creditor, "account": name, "through": day, "at": at})
    if through:
        await look_again(connection, creditor)


async def read_in_part(connection: AsyncConnection, creditor: int, first: Mapping[str, date], at: datetime) -> None:
    """A file was read of which rows are missing: known accounts are known no further by it.

    An account that is new is known up to the day before its `first` line: from then on its files are waited for.
    """
    known = {account_key(account) for account in await connection.scalars(_NAMES, {"creditor": creditor})}
    new = {account: day - timedelta(days=1) for account, day in first.items() if account_key(account) not in known}
    await read_through(connection, creditor, new, at)


async def declare_complete(connection: AsyncConnection, creditor: int, through: date, actor: str, at: datetime) -> None:
    """A person looked at the accounts: every payment up to and including `through` is in Relance."""
    await lock_cases_of(connection, creditor)
    await connection.execute(_SAID, {"creditor": creditor, "through": through, "actor": actor})
    facts = {"through": through, "actor": actor}
    await journal.append(connection, "creditor", creditor, "bank_complete", facts, at)
    await look_again(connection, creditor)


async def close_account(creditor: int, account: str, actor: str, why: str, at: datetime) -> bool:
    """No further file of this account is expected: its age does not matter any more. False: there is no such account."""
    async with transaction() as connection:
        await lock_cases_of(connection, creditor)
        values = {"creditor": creditor, "account": account, "actor": actor, "why": why, "at": at}
        closed = await connection.scalar(_CLOSE, values)
        if closed is None:
            return False
        facts = {"account": int(closed), "actor": actor}
        await journal.append(connection, "creditor", creditor, "bank_account_closed", facts, at)
        await look_again(connection, creditor)
    return True


async def look_again(connection: AsyncConnection, creditor: int) -> None:
    """Wake the cases that wait for newer bank data."""
    await touch(connection, await waiting(connection, creditor))


async def waiting(connection: AsyncConnection, creditor: int) -> list[int]:
    """The open cases whose next message waits for newer bank data."""
    values = {"creditor": creditor, "reason": Reason.MONEY_TOO_OLD}
    return list(await connection.scalars(_WAITING, values))
