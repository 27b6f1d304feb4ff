"""Where a cap may leave room for one message only: which currency of a customer goes first (design 4.11)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decide import decide
from policies.decisions import Decision
from policies.stages import Channel
from policies.turn_of_currency import Turn, matters, turn
from storage.dossier import Dossier, load

_LOOKING = text(
    """
    SELECT o.id FROM cases o WHERE o.customer_id = :customer AND o.currency <> :currency AND o.closed_at IS NULL
      AND (o.next_at BETWEEN CAST(:as_of AS timestamptz) - interval '1 hour' AND :as_of
        OR o.wake_at > clock_timestamp() - interval '1 hour'
        OR EXISTS (SELECT FROM lease l WHERE l.case_id = o.id)) ORDER BY o.id
    """
)
"""Cases in other currencies that are looked at now. One that has not been for an hour, as when a person has paused its
run, holds nobody up."""


async def comes_later(
    connection: AsyncConnection, dossiers: Mapping[int, Dossier], decisions: Mapping[int, Decision], as_of: datetime,
    channels: frozenset[Channel],
) -> bool:  # fmt: skip
    """Whether another currency of the customer goes before that of these cases, and a cap counts both."""
    some = next(iter(dossiers.values()))
    if not any(matters(one.case, one.ladder) for one in dossiers.values()):
        return False
    values = {"customer": some.case.customer, "currency": some.case.currency, "as_of": as_of}
    ours = _turn(dossiers, decisions, some.case.currency)
    others = await load(connection, await connection.scalars(_LOOKING, values), as_of, channels)
    theirs = (_turn(among, _decided(among, as_of), currency) for currency, among in _by_currency(others).items())
    return ours is not None and any(one < ours for one in theirs if one is not None)


def _by_currency(dossiers: Mapping[int, Dossier]) -> dict[str, dict[int, Dossier]]:
    found: dict[str, dict[int, Dossier]] = {}
    for id, one in dossiers.items():
        found.setdefault(one.case.currency, {})[id] = one
    return found


def _decided(dossiers: Mapping[int, Dossier], as_of: datetime) -> dict[int, Decision]:
    return {id: decide(one.case, one.ladder, as_of) for id, one in dossiers.items()}


def _turn(dossiers: Mapping[int, Dossier], decisions: Mapping[int, Decision], currency: str) -> Turn | None:
    return turn(decisions, {id: one.case.due for id, one in dossiers.items()}, currency)
