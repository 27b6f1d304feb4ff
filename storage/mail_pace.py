"""The lines before mail servers, shared by all dispatchers and kept over a restart: what has piled up leaves at a pace."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies import pace
from policies.pace import Pace, Queue
from storage.session import transaction

Line = tuple[str, str]
"""A server, and a domain behind it; an empty domain is the server itself."""

_STAND = text(
    "INSERT INTO mail_pace (server, domain, free_at, turn_at) VALUES (:server, :domain, :now, :now) "
    "ON CONFLICT (server, domain) DO UPDATE SET server = excluded.server RETURNING free_at, turn_at"
)
_MOVE = text("UPDATE mail_pace SET free_at = :free_at, turn_at = :turn_at WHERE server = :server AND domain = :domain")
_GIVEN = text("SELECT at FROM mail_turn WHERE customer_id = :customer AND at > :now AND at <= :last")
_GIVE = text(
    "INSERT INTO mail_turn (customer_id, at) VALUES (:customer, :at) "
    "ON CONFLICT (customer_id) DO UPDATE SET at = excluded.at"
)


async def turn(paces: Mapping[Line, Pace], customer: int, now: datetime) -> datetime | None:
    """When the runs of a customer who want to send now must come back; None: the way is free."""
    async with transaction() as connection:
        lines = await _stand(connection, paces, now)
        found = pace.turn(tuple(lines.values()), now)
        if found is None:
            return None
        given: datetime | None = await connection.scalar(
            _GIVEN, {"customer": customer, "now": now, "last": now + pace.FARTHEST}
        )
        if given is None:
            given = found[0]
            await _move(connection, lines, found[1])
            await connection.execute(_GIVE, {"customer": customer, "at": given})
    return given


async def leave(paces: Mapping[Line, Pace], now: datetime, longest: timedelta) -> datetime | None:
    """The moment at which the message may leave, now its own; None: not within `longest`, and nothing was taken."""
    async with transaction() as connection:
        lines = await _stand(connection, paces, now)
        found = pace.leave(tuple(lines.values()), now, longest)
        if found is None:
            return None
        await _move(connection, lines, found[1])
    return found[0]


async def _stand(connection: AsyncConnection, paces: Mapping[Line, Pace], now: datetime) -> dict[Line, Queue]:
    """Lock the lines for this transaction, a moment long, in the order of their names."""
    lines = {}
    for line in sorted(paces):
        row = (await connection.execute(_STAND, {"server": line[0], "domain": line[1], "now": now})).one()
        lines[line] = pace.stands(Queue(paces[line], row.free_at, row.turn_at), now)
    return lines


async def _move(connection: AsyncConnection, lines: Mapping[Line, Queue], after: Sequence[Queue]) -> None:
    for (line, before), now in zip(lines.items(), after, strict=True):
        if now != before:
            moved = {"server": line[0], "domain": line[1], "free_at": now.free_at, "turn_at": now.turn_at}
            await connection.execute(_MOVE, moved)
