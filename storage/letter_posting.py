"""How a letter is posted: to which address, registered or not, with what history."""

import json
from collections.abc import Sequence
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.entry import STATEMENT
from policies.ladder import Step
from policies.message import MessageFacts
from policies.posting import Posting, address_for, is_registered, to_the_seat
from policies.roles import Role
from policies.stages import REMINDERS
from storage.dossier import Dossier
from storage.recipients import administrator_of

_CREDITOR = text("SELECT country, registered_letters FROM creditor WHERE id = :id")
_SENT = text(
    """
    SELECT (m.handed_at AT TIME ZONE d.zone)::date AS on_day, m.channel,
           array_agg(DISTINCT i.number ORDER BY i.number) AS invoices
    FROM message m JOIN customer d ON d.id = m.customer_id JOIN effect e ON e.message_id = m.id
    JOIN cases c ON c.id = e.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE e.case_id = ANY(:cases) AND e.state = 'confirmed' AND m.state = 'confirmed' AND m.channel IN ('email', 'sms', 'letter')
      AND m.handed_at IS NOT NULL AND m.stage <> 'upcoming' AND (m.route = 'live' OR NOT :live)
    GROUP BY m.id, d.zone ORDER BY m.handed_at, m.id
    """
)
"""What a letter that leaves may say was sent: nothing that went to the sink only, before the creditor switched live on."""
SHOWN = 6
"""Invoices a line of the history names."""


async def posting_of(connection: AsyncConnection, members: Sequence[Dossier], step: Step) -> Posting:
    """How the letter of a step is posted. What is harder than a reminder carries what was sent before."""
    first = members[0]
    creditor = (await connection.execute(_CREDITOR, {"id": first.creditor})).one()
    law = first.ladder.country or first.case.country or ""
    gentle = step.stage in REMINDERS or step.text == STATEMENT
    history = () if gentle else await _sent(connection, members)
    administrator = administrator_of(first) if step.recipient is Role.ADMINISTRATOR else None
    if administrator is not None:
        return Posting(
            administrator.postal, creditor.country, creditor.country,
            is_registered(step.stage, law, creditor.registered_letters), administrator.name, history,
        )  # fmt: skip
    return Posting(
        address=address_for(step.stage, first.postal, first.seat),
        country=first.case.country or creditor.country,
        creditor_country=creditor.country,
        registered=is_registered(step.stage, law, creditor.registered_letters),
        # The registered office opens it, not the person who pays the bills.
        name=first.case.customer_name if to_the_seat(step.stage) and first.seat else "",
        history=history,
    )


async def _sent(connection: AsyncConnection, members: Sequence[Dossier]) -> tuple[tuple[date, str], ...]:
    rows = await connection.execute(_SENT, {"cases": [one.case.id for one in members], "live": members[0].live})
    return tuple((row.on_day, f"{row.channel} · {_named(row.invoices)}") for row in rows)


def _named(invoices: Sequence[str]) -> str:
    more = f" + {len(invoices) - SHOWN}" if len(invoices) > SHOWN else ""
    return ", ".join(invoices[:SHOWN]) + more


def posting_facts(facts: MessageFacts, pages: int) -> str:
    """What must be known of a letter, or of a file for an agency, once it has left: JSON, kept with its bytes; else empty."""
    if facts.file is not None:
        return json.dumps({"reference": facts.file.choice.reference, "receiver": facts.file.choice.receiver})
    if facts.posting is None:
        return "{}"
    kept = {
        "address": facts.posting.address, "registered": facts.posting.registered, "law": facts.law,
        "pay_within": facts.pay_within, "pages": pages,
    }  # fmt: skip
    return json.dumps(kept, ensure_ascii=False)
