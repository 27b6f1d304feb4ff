"""A mediation is written down with the message that proposes it, before that leaves: what it names cannot change meanwhile."""

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.ladder import Step
from policies.mediation import MediationState, StartedBy
from policies.message import MessageFacts
from storage import mediation_books
from storage.dossier import Dossier

HOUSE = "relance"


async def draft(connection: AsyncConnection, message: int, some: Dossier, facts: MessageFacts, step: Step) -> None:
    """Nothing is proposed yet: it is once the message has left."""
    what = facts.proposal
    assert what is not None, "it proposes a mediation"
    by_law = what.days is not None
    rule = what.article if by_law else f"policy {some.ladder.id}, step {step.id}: {facts.pay_within} days to answer"
    asked = mediation_books.Asked(
        some.case.customer, facts.currency, StartedBy.LADDER, what, what.compulsory, facts.pay_by,
        rule if facts.pay_by is not None else "", HOUSE,
    )  # fmt: skip
    await mediation_books.make(connection, asked, MediationState.DRAFTED, facts.written_on, facts.written_at, message)
