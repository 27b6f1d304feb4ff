"""Messages about some cases with their exact bytes and what proves them; replies of the customer beside them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import TO_OTHERS
from policies.claim_proof import Posted, Proven
from policies.stages import Channel
from storage.confidential import Confidential
from storage.deliveries import Report
from storage.dossier import Dossier
from storage.proofs import Proof, proofs_in

_BYTES = text("SELECT id, raw FROM message WHERE id = ANY(:ids)")
_LETTERS = text(
    "SELECT message_id, posted_on, tracking, registered, outcome, outcome_on FROM posting "
    "WHERE message_id = ANY(:ids) AND withdrawn_at IS NULL"
)
_REPLIES = text(
    """
    SELECT m.id, m.channel, m.sender, m.recipient, m.subject, m.received_at, m.sha256, m.provider_ref, m.raw,
           array_agg(i.number ORDER BY i.due, i.number) AS invoices
    FROM incoming_message m JOIN incoming_case k ON k.incoming_id = m.id AND k.case_id = ANY(:cases)
    JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE m.kind = 'reply' AND m.customer_id = :customer
      AND NOT EXISTS (SELECT FROM message o WHERE o.id = m.message_id AND (o.channel = 'handover' OR o.kind = ANY(:others)))
    GROUP BY m.id ORDER BY m.received_at, m.id
    """
)


async def messages_in(
    connection: AsyncConnection, members: Sequence[Dossier], kept: Confidential
) -> tuple[Proven, ...]:
    """In the order they left or came. Once we send in earnest, what only the local sink had is no message."""
    first = members[0]
    numbers = {one.case.invoice for one in members}
    ours = [
        one
        for one in await proofs_in(connection, customer=first.customer_number)
        if numbers & set(one.invoices)
        and one.id not in kept.messages
        and one.channel != Channel.HANDOVER
        and one.kind not in TO_OTHERS
        and (one.route == "live" or not first.live)
    ]
    ids = {"ids": [one.id for one in ours]}
    raw = {row.id: bytes(row.raw) for row in await connection.execute(_BYTES, ids)}
    posted = {
        row.message_id: Posted(row.posted_on, row.tracking, row.registered, row.outcome or "", row.outcome_on)
        for row in await connection.execute(_LETTERS, ids)
    }
    sent = [_proven(one, raw[one.id], posted.get(one.id), numbers) for one in ours]
    both = [*sent, *await _replies(connection, members, kept)]
    return tuple(sorted(both, key=lambda one: (one.left_at or one.written_at, one.id)))


def _proven(one: Proof, raw: bytes, letter: Posted | None, numbers: Iterable[str]) -> Proven:
    return Proven(
        id=one.id, direction="out", invoices=tuple(each for each in one.invoices if each in set(numbers)),
        about=one.stage or one.kind, channel=one.channel, state=one.state, route=one.route, sender=one.sender,
        recipient=one.recipient, subject=one.subject, written_at=one.written_at, left_at=one.handed_at,
        sha256=one.sha256, answer=one.answer, provider_id=one.provider_id, message_id=one.key,
        reports=tuple(_report(each) for each in one.reports), letter=letter, raw=raw,
    )  # fmt: skip


def _report(one: Report) -> str:
    parts = (one.at.isoformat(), one.kind.value, one.status, one.words)
    return " ".join(part for part in parts if part)


async def _replies(connection: AsyncConnection, members: Sequence[Dossier], kept: Confidential) -> list[Proven]:
    """What the customer wrote back, and no agency, insurer or counsel; what may speak of an offer is as confidential as the offer."""
    which = {
        "cases": [one.case.id for one in members], "customer": members[0].case.customer, "others": sorted(TO_OTHERS),
    }  # fmt: skip
    rows = (await connection.execute(_REPLIES, which)).all()
    return [
        Proven(
            id=row.id, direction="in", invoices=tuple(row.invoices), about="reply", channel=row.channel, state="received",
            route="live", sender=row.sender, recipient=row.recipient, subject=row.subject, written_at=row.received_at,
            left_at=row.received_at, sha256=row.sha256, answer="", provider_id="", message_id=row.provider_ref,
            reports=(), raw=bytes(row.raw),
        )
        for row in rows
        if row.id not in kept.incoming
    ]  # fmt: skip
