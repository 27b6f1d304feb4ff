"""The switch `live`: to everybody or to named customers, with a number of messages for the first day (design 4.12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from storage import journal, sink_only
from storage.facts import lock_cases_of, touch
from storage.importing import importing
from storage.live_route import rooms
from storage.session import reading, transaction

FIRST_DAY = 50
"""Messages that may leave on the first day, where nobody says another number."""


@dataclass(frozen=True, slots=True)
class LiveState:
    """Where the messages of a creditor go. `only` are numbers of customers; empty: everybody, if it is `live`."""

    creditor: int
    name: str
    live: bool
    only: tuple[str, ...]
    limited: bool
    most_today: int | None
    """How many messages may leave today; None: any number."""
    left_today: int | None


_STATES = text(
    "SELECT r.id, r.name, r.live, r.live_only, "
    "coalesce((SELECT array_agg(d.number ORDER BY d.number) FROM customer d WHERE d.creditor_id = r.id AND d.live), '{}') "
    "AS only FROM creditor r ORDER BY r.id"
)
_WAS = text("SELECT live, live_only FROM creditor WHERE id = :creditor FOR NO KEY UPDATE")
"""A message that is being written names its creditor, and holds the room that is set anew here: neither waits for the other."""
_NUMBERS = text("SELECT number FROM customer WHERE creditor_id = :creditor AND number = ANY(:numbers)")
_LISTED = text("SELECT number FROM customer WHERE creditor_id = :creditor AND live ORDER BY number")
_SWITCH = text("UPDATE creditor SET live = :on, live_only = :limited WHERE id = :creditor")
_NAME = text(
    "UPDATE customer SET live = :on WHERE creditor_id = :creditor AND live <> :on "
    "AND (CAST(:numbers AS text[]) IS NULL OR number = ANY(:numbers)) RETURNING number"
)
_START = text(
    "INSERT INTO live_start (creditor_id, at, first_day) VALUES (:creditor, :at, :first_day) "
    "ON CONFLICT (creditor_id) DO UPDATE SET at = excluded.at, first_day = excluded.first_day"
)


async def live_states(as_of: datetime) -> tuple[LiveState, ...]:
    """Where the messages of every creditor go at `as_of`, and how many may still leave today."""
    async with reading() as connection:
        found = (await connection.execute(_STATES)).all()
        room = await rooms(connection, [row.id for row in found], as_of)
    return tuple(
        LiveState(
            row.id, row.name, row.live, tuple(row.only), row.live_only,
            room[row.id].most if row.id in room else None, room[row.id].left if row.id in room else None,
        )
        for row in found
    )  # fmt: skip


async def go_live(
    creditor: int, only: Iterable[str], first_day: int, actor: str, at: datetime, sha256: str
) -> tuple[str, ...] | list[Problem]:
    """Send in earnest from now on: to everybody, or to the customers `only` besides those it is limited to already.

    Answers who is on the list (nobody: there is none, everybody hears). The first days begin anew: at most `first_day`
    messages leave today. Steps only the sink had of those who now hear are carried out again (`sink_only`). `sha256` is that
    of the test message the creditor's own server has taken. Numbers that are no customer's change nothing.
    """
    wanted = sorted(set(only))
    async with importing(creditor) as connection:  # files of customers lock these rows the other way round
        cases = await lock_cases_of(connection, creditor)
        if unknown := await _unknown(connection, creditor, wanted):
            return _strange(unknown)
        was = (await connection.execute(_WAS, {"creditor": creditor})).one()
        kept = bool(wanted) and was.live and was.live_only
        silent = await sink_only.silent(connection, creditor)
        if not kept:
            await connection.execute(_NAME, {"creditor": creditor, "on": False, "numbers": None})
        await connection.execute(_NAME, {"creditor": creditor, "on": True, "numbers": wanted})
        await connection.execute(_SWITCH, {"creditor": creditor, "on": True, "limited": bool(wanted)})
        await connection.execute(_START, {"creditor": creditor, "at": at, "first_day": first_day})
        await sink_only.begin_again(connection, silent, at)
        facts = {"actor": actor, "only": wanted, "first_day": first_day, "test": sha256}
        await journal.append(connection, "creditor", creditor, "live_on", facts, at)
        await touch(connection, cases)
        return tuple(await connection.scalars(_LISTED, {"creditor": creditor}))


async def strangers(creditor: int, numbers: Iterable[str]) -> list[Problem]:
    """The numbers that are no customer's of this creditor, a sentence each."""
    async with reading() as connection:
        return _strange(await _unknown(connection, creditor, sorted(set(numbers))))


def _strange(numbers: Iterable[str]) -> list[Problem]:
    return [Problem("command", None, "customer", f"There is no customer “{one}”.") for one in numbers]


async def note_test(creditor: int, facts: Mapping[str, Any], at: datetime) -> None:
    """A test message that the creditor's own server did not surely take: it stays off, and the journal says why."""
    async with transaction() as connection:
        await journal.append(connection, "creditor", creditor, "live_test_failed", dict(facts), at)


async def take_off(creditor: int, numbers: Iterable[str], actor: str, at: datetime) -> list[Problem]:
    """From now on these customers hear nothing: messages to them go to the sink, those already reserved too."""
    wanted = sorted(set(numbers))
    async with importing(creditor) as connection:
        cases = await lock_cases_of(connection, creditor)
        was = (await connection.execute(_WAS, {"creditor": creditor})).one()
        if not (was.live and was.live_only):
            told = "every debtor: name those who may get them with live on --only" if was.live else "nobody"
            return [Problem("command", None, "", f"Messages go to {told}.")]
        listed = set(await connection.scalars(_LISTED, {"creditor": creditor}))
        if others := [one for one in wanted if one not in listed]:
            return [Problem("command", None, "customer", f"{one} is not on the list.") for one in others]
        await connection.execute(_NAME, {"creditor": creditor, "on": False, "numbers": wanted})
        await journal.append(connection, "creditor", creditor, "live_off", {"actor": actor, "only": wanted}, at)
        await touch(connection, cases)
    return []


async def _unknown(connection: AsyncConnection, creditor: int, numbers: list[str]) -> list[str]:
    known = set(await connection.scalars(_NUMBERS, {"creditor": creditor, "numbers": numbers})) if numbers else set()
    return [one for one in numbers if one not in known]
