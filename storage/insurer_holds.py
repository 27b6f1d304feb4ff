"""A promise, or a plan of one hold, beyond the extension of an insured invoice rests until the insurer agreed."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import HoldKind
from policies.hold_form import OF_MONEY
from policies.insurance import ConsentFor
from storage.facts import open_cases_of
from storage.insurer_consents import ask_for, needed

BY = "insurer"
"""Who ended a hold that waits: nothing else looks at it until the insurer agreed."""

_RESTS = text(f"SELECT ended_by = '{BY}' FROM hold WHERE id = :hold")  # noqa: S608 - no outside text
_REST = text(f"UPDATE hold SET ended_at = :at, ended_by = '{BY}' WHERE id = :hold")  # noqa: S608 - no outside text


async def waits(
    connection: AsyncConnection, hold: int, kind: HoldKind, customer: int, case: int | None, days: Iterable[date | None],
    actor: str, at: datetime,
) -> bool:  # fmt: skip
    """Whether a hold just written down has to wait for the insurer; it rests then. `days`: its own and those of its payments."""
    last = max((day for day in days if day is not None), default=None)
    if kind not in OF_MONEY or last is None:
        return False
    cases = [case] if case is not None else await open_cases_of(connection, customer)
    found = await needed(connection, cases, last)
    if not found:
        return False
    await connection.execute(_REST, {"hold": hold, "at": at})
    about = ConsentFor.PLAN if kind is HoldKind.PLAN else ConsentFor.PROMISE
    await ask_for(connection, about, customer, found, last, actor, at, hold=hold)
    return True


async def rests(connection: AsyncConnection, hold: int) -> bool:
    """Whether a hold just placed waits for the insurer; one that was never placed (0) does not."""
    return bool(await connection.scalar(_RESTS, {"hold": hold}))
