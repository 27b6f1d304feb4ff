"""Whether a message to a customer leaves in earnest or stays at the sink, and how much may leave today (design 4.12).

Reserving and handing over ask the same words: a customer taken off the list in between hears nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.live_room import LiveRoom, most_on

GOES_LIVE = "(r.live AND (NOT r.live_only OR d.live))"
"""Of a creditor `r` and a customer `d`: `live` is on, and the customer is one of those it is limited to, if it is."""

LONGEST_DAYS = 30
"""After so many days a number for the first day limits nothing any more, whatever has left."""

_DAY = "((CAST(:as_of AS timestamptz) AT TIME ZONE r.zone)::date)"
_ROOMS = text(
    f"""
    SELECT s.creditor_id, s.first_day, ({_DAY} + 1)::timestamp AT TIME ZONE r.zone AS ends,
        (SELECT count(*) FROM message m WHERE m.creditor_id = r.id AND m.route = 'live' AND (m.state = 'reserved'
            OR m.handed_at >= {_DAY}::timestamp AT TIME ZONE r.zone AND (m.state IN ('handing_over', 'confirmed', 'ambiguous')
                OR m.state = 'refused' AND EXISTS (SELECT FROM delivery_event v WHERE v.message_id = m.id)))) AS used,
        (SELECT count(*) FROM generate_series((s.at AT TIME ZONE r.zone)::date, {_DAY} - 1, interval '1 day') AS g(day)
            WHERE EXISTS (SELECT FROM message m WHERE m.creditor_id = r.id AND m.route = 'live'
                AND m.handed_at >= g.day AT TIME ZONE r.zone
                AND m.handed_at < (g.day + interval '1 day') AT TIME ZONE r.zone)) AS days_before
    FROM live_start s JOIN creditor r ON r.id = s.creditor_id
    WHERE s.creditor_id = ANY(:creditors) AND r.live AND s.at > CAST(:as_of AS timestamptz) - make_interval(days => :longest)
    """  # noqa: S608 - no outside text
)
"""What bounced after it had left has left: a list of dead addresses makes no room for more of it."""
_HOLD = text("SELECT id FROM live_start WHERE creditor_id = :creditor AND at > :since FOR UPDATE")


async def rooms(connection: AsyncConnection, creditors: Iterable[int], as_of: datetime) -> dict[int, LiveRoom]:
    """What may still leave today of the creditors that are in their first days; those that are not are left out."""
    values: dict[str, Any] = {"creditors": sorted(set(creditors)), "as_of": as_of, "longest": LONGEST_DAYS}
    found: dict[int, LiveRoom] = {}
    for row in await connection.execute(_ROOMS, values):
        most = most_on(row.first_day, row.days_before)
        if most is not None:
            found[row.creditor_id] = LiveRoom(most, max(most - row.used, 0), row.ends)
    return found


async def hold_room(connection: AsyncConnection, creditor: int, as_of: datetime) -> None:
    """Until the end of the transaction nobody else reserves a message of a creditor that is in its first days at `as_of`.

    The cases are locked already: whoever switches `live` locks them first as well.
    """
    await connection.execute(_HOLD, {"creditor": creditor, "since": as_of - timedelta(days=LONGEST_DAYS)})
