"""A message that left leaves once more: asked of a person, looked at anew when answered and when it leaves, and only then.

The words are those of the first; only Message-ID and date are new. It is an act of its own in the ledger (`resend-12-2`), which
no ladder knows: the step stays as done as it was, and what is in doubt is never sent again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import Approve
from policies.questions import QuestionKind
from policies.sending_again import why_not_again, why_not_now
from policies.stages import Channel
from storage import bundles, journal
from storage.content_proof import proof_of
from storage.dossier import Dossier, load
from storage.facts import lock
from storage.live_route import hold_room
from storage.questions import Question
from storage.session import reading, transaction


@dataclass(frozen=True, slots=True)
class Original:
    """The message that left, with what it demanded of each case (minor units)."""

    id: int
    row: RowMapping
    demanded: dict[int, int]


_MESSAGE = text(
    """
    SELECT m.*, d.name AS customer_name, d.number AS customer_number, coalesce(nullif(d.owner, ''), r.owner) AS owner,
        (SELECT max(o.occurrence) FROM message o WHERE o.id = m.id OR o.resend_of = m.id) AS last,
        (SELECT o.id FROM message o WHERE o.resend_of = m.id AND o.state IN ('reserved', 'handing_over', 'ambiguous') LIMIT 1) AS doubt,
        (SELECT q.id FROM question q WHERE q.kind = 'resend' AND q.state = 'open' AND q.customer_id = m.customer_id
            AND q.currency = m.currency LIMIT 1) AS asked,
        EXISTS (SELECT FROM allocation a JOIN invoice i ON i.id = a.invoice_id WHERE i.customer_id = m.customer_id
            AND i.currency = m.currency AND (a.recorded_at > m.recorded_at OR a.undone_at > m.calculated_at)) AS moved,
        EXISTS (SELECT FROM contact k WHERE k.customer_id = m.customer_id AND lower(k.email) = lower(m.recipient)
            AND k.email_dead_at IS NULL) AS known
    FROM message m JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = m.creditor_id WHERE m.id = :id
    """
)
_DEMANDED = text(
    "SELECT case_id, max(amount) AS amount FROM effect WHERE message_id = :id AND state = 'confirmed' GROUP BY case_id ORDER BY case_id"
)
_OF_QUESTION = text(
    "SELECT DISTINCT k.message_id AS draft, m.resend_of AS original, m.occurrence FROM question_case k JOIN message m ON m.id = k.message_id "
    "WHERE k.question_id = :question"
)
_ASKED_ABOUT = text(
    "SELECT m.id, m.recipient, m.state FROM question_case k JOIN message m ON m.id = k.message_id "
    "WHERE k.question_id = :question LIMIT 1"
)
_RESERVE = text(
    """
    UPDATE message SET state = 'reserved', route = :route, window_on = :window WHERE id = :draft AND state = 'draft'
      AND sha256 = encode(sha256(raw), 'hex') AND NOT EXISTS (SELECT FROM question_case k WHERE k.message_id = message.id
        AND NOT EXISTS (SELECT FROM approval a WHERE a.message_id = message.id AND a.case_id = k.case_id AND a.voided_at IS NULL))
    RETURNING sha256
    """
)
"""Only a draft that a person agreed to for every one of its invoices."""
_EFFECT = text(
    """
    INSERT INTO effect (case_id, step, occurrence, channel, attempt, state, route, token, case_version, amount, currency,
        content_hash, message_id, changed_at)
    SELECT :case, :step, :occurrence, 'email', 1 + coalesce(max(attempt), 0), 'reserved', :route, :token, :version, :amount,
        :currency, :sha, :message, :at FROM effect WHERE case_id = :case AND step = :step AND occurrence = :occurrence
    """
)


async def why_not_agreed(connection: AsyncConnection, question: Question, outcome: Any, at: datetime) -> str | None:
    """Why an agreement cannot be taken now: something changed, or nothing may leave at this hour; None: it can."""
    if question.kind is not QuestionKind.RESEND or not any(isinstance(one, Approve) for one in outcome):
        return None
    found = (await connection.execute(_OF_QUESTION, {"question": question.id})).first()
    if found is None:
        return "It cannot leave now: there is nothing to send."
    _, _, why = await _looked_at(connection, found.original, at)
    return f"It cannot leave now: {why}." if why else None


async def reserve(question: int, token: UUID, at: datetime) -> int | str:
    """Reserve what a person agreed to, under the lease of the run that hands it over; else why it does not leave."""
    async with transaction() as connection:
        found = (await connection.execute(_OF_QUESTION, {"question": question})).first()
        if found is None:
            return "there is nothing to send"
        before = await original_of(connection, found.original)
        assert before is not None, "messages are never deleted"
        if not await bundles.try_debtor(connection, before.row["customer_id"]):
            return "a message to the same customer is being prepared; ask once more"
        await lock(connection, before.demanded)
        await hold_room(connection, before.row["creditor_id"], at)
        original, dossiers, why = await _looked_at(connection, found.original, at)
        if why:
            return why
        if found.occurrence != original.row["last"]:
            return "a newer question about it was asked since"
        return await _reserve(connection, original, dossiers, found, token, at)


async def _reserve(
    connection: AsyncConnection, original: Original, dossiers: dict[int, Dossier], found: Any, token: UUID, at: datetime
) -> int | str:
    draft, occurrence = int(found.draft), int(found.occurrence)
    some = next(iter(dossiers.values()))
    route = "live" if some.live else "sink"
    values = {"draft": draft, "route": route, "window": some.case.calendar.day(at)}
    sha = await connection.scalar(_RESERVE, values)
    if sha is None:
        return "it was not agreed to for every invoice, or has left already"
    proof = await proof_of(connection, "message", draft)
    for case, dossier in sorted(dossiers.items()):
        effect = {
            "case": case, "step": step_of(original.id, occurrence), "occurrence": occurrence, "route": route, "token": token,
            "version": dossier.version, "amount": dossier.case.principal, "currency": dossier.case.currency, "sha": sha,
            "message": draft, "at": at,
        }  # fmt: skip
        await connection.execute(_EFFECT, effect)
        facts = {"message": draft, "again": original.id, "amount": dossier.case.principal, "proof": proof}
        await journal.append(connection, "case", case, "reserved", facts, at)
    return draft


async def _looked_at(
    connection: AsyncConnection, message: int, at: datetime
) -> tuple[Original, dict[int, Dossier], str]:
    original = await original_of(connection, message)
    assert original is not None, "messages are never deleted"
    dossiers = await load(connection, original.demanded, at, frozenset(Channel))
    some = next(iter(dossiers.values()), None)
    step = original.row["step"]
    why = why_not(original, dossiers, at) or ("" if some is None else why_not_now(some.case, some.ladder, step, at))
    return original, dossiers, why


def why_not(original: Original, dossiers: dict[int, Dossier], at: datetime) -> str:
    """The first reason why not one word of the message may be said again."""
    row = original.row
    facts = (
        (row["kind"] != "step" or row["channel"] != "email", "only e-mails of a ladder are sent again as they are"),
        (
            row["state"] != "confirmed",
            f"it is {row['state'].replace('_', ' ')}, and only what surely left leaves again",
        ),
        (row["doubt"] is not None, f"message {row['doubt']}, the last time it was sent, may have left or is about to"),
        (row["moved"], "payments or credits have changed the account since it was written"),
        (not row["known"], f"{row['recipient']} is no living address of the customer any more"),
        (any(one.closed for one in dossiers.values()) or not dossiers, "a case it tells of is over"),
    )
    if why := next((why for is_so, why in facts if is_so), ""):
        return why
    reasons = (
        why_not_again(one.case, one.ladder, row["step"], original.demanded[id], at)
        for id, one in sorted(dossiers.items())
    )
    return next((why for why in reasons if why), "")


async def original_of(connection: AsyncConnection, message: int) -> Original | None:
    """The message that left; None: there is none of this number."""
    row = (await connection.execute(_MESSAGE, {"id": message})).mappings().first()
    if row is None:
        return None
    demanded = {one.case_id: one.amount for one in await connection.execute(_DEMANDED, {"id": message})}
    return Original(message, row, demanded)


async def words_of(question: int) -> tuple[int, str, str]:
    """Number, recipient and state of the message a question was about."""
    async with reading() as connection:
        row = (await connection.execute(_ASKED_ABOUT, {"question": question})).one()
    return row.id, row.recipient, row.state


def step_of(message: int, occurrence: int) -> str:
    """What the ledger calls the act: no ladder has a step of that name."""
    return f"resend-{message}-{occurrence}"
