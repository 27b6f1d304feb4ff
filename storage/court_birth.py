"""A court file is born when the ledger confirms that it was handed over, with the way a person chose for it."""

from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.court_proposal import CourtProposal
from policies.law.contact_rules import Route
from policies.stages import Channel
from storage.court_files import NewFile, open_file
from storage.court_proposals import proposal_for
from storage.court_routes import plain_route
from storage.dossier import load

NO_CHANNELS: frozenset[Channel] = frozenset()
_MESSAGE = text(
    """
    SELECT m.customer_id, m.currency, m.step, c.route, c.actor FROM message m
    LEFT JOIN LATERAL (SELECT route, actor FROM legal_choice l WHERE l.message_id = m.id ORDER BY l.id DESC LIMIT 1) c ON true
    WHERE m.id = :message AND m.stage = 'legal' AND m.kind = 'step'
      AND NOT EXISTS (SELECT FROM legal_file f WHERE f.message_id = m.id)
    """
)
_CLAIMED = text(
    "SELECT case_id, max(amount) AS amount FROM effect WHERE message_id = :message AND state = 'confirmed' "
    "AND channel = 'handover' GROUP BY case_id ORDER BY case_id"
)


async def born(connection: AsyncConnection, message: int, at: datetime) -> int | None:
    """The number of the file this message opened; None: it opened none. The caller has locked its cases."""
    row = (await connection.execute(_MESSAGE, {"message": message})).mappings().first()
    if row is None:
        return None
    claimed = {one.case_id: one.amount for one in await connection.execute(_CLAIMED, {"message": message})}
    if not claimed:
        return None
    members = list((await load(connection, claimed, at, NO_CHANNELS)).values())
    proposed = await proposal_for(connection, members, at)
    routes = () if proposed is None else _routes(proposed[1])
    law = "" if proposed is None else proposed[0].id
    today = members[0].case.calendar.day(at)
    new = NewFile(
        row["customer_id"], row["currency"], law, _route(row, routes), "", claimed, today, row["actor"] or "relance",
        message=message,
    )  # fmt: skip
    return await open_file(connection, new, at)


def _routes(found: CourtProposal) -> tuple[Route, ...]:
    return (*(one.route for one in found.open), *(one for one, _ in found.closed))


def _route(row: RowMapping, routes: tuple[Route, ...]) -> Route:
    """The way that was chosen, though it may have closed since; where nobody was asked, a file of which no way is known."""
    return next((one for one in routes if one.id == row["route"]), plain_route())
