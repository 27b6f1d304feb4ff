"""The draft of a court file: the way it takes is the one a person chose, else the cheapest that is open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.claim_file import FileChoice
from policies.court_facts import CourtFacts
from policies.court_proposal import CourtProposal, OpenWay
from policies.step import Step
from storage.answered import Change
from storage.claim_file import claim_file
from storage.court_proposals import proposal_for
from storage.dossier import Dossier

FRENCH = frozenset({"FR", "BE", "LU"})
"""Laws whose courts read French; the others get the file in English."""
_WISH = text(
    """
    SELECT l.route FROM legal_choice l WHERE l.customer_id = :customer AND l.currency = :currency AND l.step = :step
      AND NOT EXISTS (SELECT FROM legal_file f WHERE f.customer_id = l.customer_id AND f.opened_at >= l.at)
    ORDER BY l.id DESC LIMIT 1
    """
)
_CHOSE = text(
    """
    INSERT INTO legal_choice (customer_id, currency, step, route, question_id, message_id, actor, at)
    SELECT q.customer_id, q.currency, q.step, :route, q.id, CAST(:message AS bigint), :actor, :at FROM question q
    WHERE q.id = :question AND NOT EXISTS (SELECT FROM legal_choice l WHERE l.question_id = q.id) RETURNING id
    """
)


async def court_facts(
    connection: AsyncConnection, members: Sequence[Dossier], step: Step, as_of: datetime
) -> CourtFacts:
    """What the file of these cases of one debtor says, and which way it takes."""
    proposed = await proposal_for(connection, members, as_of)
    proposal = None if proposed is None else proposed[1]
    ways = await _ways(connection, members[0], step, proposal)
    forbids = bool(ways and ways[0].route.at_court.forbids_payment)
    law = members[0].ladder.country or (members[0].case.country or "")
    court = ways[0].route.at_court.court if ways else ""
    choice = FileChoice("fr" if law in FRENCH else "en", payment_details=not forbids, receiver=court)
    return CourtFacts(proposal, ways, await claim_file(connection, [one.case.id for one in members], as_of, choice))


async def _ways(
    connection: AsyncConnection, lead: Dossier, step: Step, proposal: CourtProposal | None
) -> tuple[OpenWay, ...]:
    """The open ways, the one that was wished for first."""
    if proposal is None:
        return ()
    values = {"customer": lead.case.customer, "currency": lead.case.currency, "step": step.id}
    wished = await connection.scalar(_WISH, values)
    return tuple(sorted(proposal.open, key=lambda one: one.route.id != wished))


async def chosen(change: Change, route: str, *, drafted: bool) -> None:
    """A person's choice is kept, once for the question: with the draft that takes this way, or to write one that does."""
    case = change.case
    values = {
        "route": route, "question": change.question.id, "message": case.message if drafted else None, "actor": change.actor,
        "at": change.at,
    }  # fmt: skip
    if await change.connection.scalar(_CHOSE, values) is not None:
        await change.told("court_route_chosen", question=change.question.id, route=route, actor=change.actor)
