"""Reserving: the first run of a debtor decides for all its cases and writes the one message they share (design 4.3)."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.bundle import bundle, harder_question_due
from policies.decisions import Act
from policies.ladder import Step
from policies.message import MessageFacts
from policies.stages import HARDNESS, Channel
from storage import approvals, bundles, currency_turns, mediation_drafts, mediators
from storage.agency_file import agency_file
from storage.bundles import Copy
from storage.collecting import LeaseLost
from storage.dossier import Dossier
from storage.facts import lock
from storage.letter_posting import posting_facts
from storage.live_route import hold_room
from storage.recipients import recipient_for, role_for
from storage.reserved_effects import reserve_effects
from storage.session import transaction


@dataclass(frozen=True, slots=True)
class Written:
    """A message in bytes, ready to leave."""

    sender: str
    recipient: str
    subject: str
    text: str
    raw: bytes
    pages: int = 0
    """Pages of a letter, with the copies behind it; 0: it is none."""

    @property
    def sha256(self) -> str:
        """The fingerprint of the exact bytes."""
        return hashlib.sha256(self.raw).hexdigest()


Write = Callable[[MessageFacts, Channel, str, Sequence[Copy]], Written]
"""Puts facts into words and bytes, for a channel and a recipient, with copies of invoices where the step asks for them."""


@dataclass(frozen=True, slots=True)
class Reserved:
    """Messages reserved for handing over, the main one first."""

    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotNow:
    """Nothing was reserved: `again` says whether to decide anew at once, wait half a minute, or wait for tomorrow."""

    why: str
    again: str  # "at_once" | "soon" | "tomorrow"


_MESSAGE = text(
    """
    INSERT INTO message (creditor_id, customer_id, currency, stage, step, window_on, channel, state, route, key, sender,
        recipient, subject, text, raw, sha256, demanded, contact_role, calculated_at, facts)
    VALUES (:creditor, :customer, :currency, :stage, :step, :window, :channel, :state, :route, :key, :sender,
        :recipient, :subject, :text, :raw, :sha256, :demanded, :role, :at, CAST(:facts AS jsonb)) RETURNING id
    """
)
_DRAFT = text(
    "UPDATE message SET state = 'reserved', route = :route, window_on = :window WHERE id = :id "
    "AND state IN ('draft', 'refused') AND sha256 = encode(sha256(raw), 'hex') RETURNING id"
)
_TOLD = text(
    "SELECT DISTINCT q.case_id, a.id IS NOT NULL AS agreed FROM question_case q LEFT JOIN approval a "
    "ON a.message_id = q.message_id AND a.case_id = q.case_id AND a.voided_at IS NULL WHERE q.message_id = :draft"
)
_TAKEN = text(
    "SELECT true FROM message WHERE customer_id = :customer AND currency = :currency AND stage = :stage "
    "AND window_on = :window AND channel = :channel "
    "AND state IN ('planned', 'reserved', 'handing_over', 'confirmed', 'ambiguous')"
)


async def prepare(
    case: int, token: UUID, as_of: datetime, channels: frozenset[Channel], write: Write
) -> Reserved | NotNow:
    """Reserve what the debtor of `case` is due now: one message, an effect for every case in it."""
    try:
        async with transaction() as connection:
            return await _prepare(connection, case, token, as_of, channels, write)
    except IntegrityError:
        return NotNow("another run of this customer was faster", "soon")


async def _prepare(
    connection: AsyncConnection, case: int, token: UUID, as_of: datetime, channels: frozenset[Channel], write: Write
) -> Reserved | NotNow:
    if refusal := await _hold_debtor(connection, case, token, as_of):
        return refusal
    dossiers, decisions = await bundles.debtor_of(connection, case, as_of, channels)
    if not isinstance(decisions.get(case), Act):
        return NotNow("the decision changed", "at_once")
    await bundles.note_all_words(connection, dossiers.values(), as_of)
    group = bundle(decisions)
    if case not in group:
        return NotNow("a harder message to the same customer leaves first", "soon")
    if harder_question_due(decisions, group):
        return NotNow("a harder stage of the same customer is about to be asked about", "soon")
    if await currency_turns.comes_later(connection, dossiers, decisions, as_of, channels):
        return NotNow("a message to the same customer in another currency leaves first", "soon")
    group = approvals.with_the_draft_of(case, group, dossiers)
    return await _reserve(connection, {id: dossiers[id] for id in group}, group, token, as_of, write)


async def _hold_debtor(connection: AsyncConnection, case: int, token: UUID, as_of: datetime) -> NotNow | None:
    """Take the debtor and all its cases for this transaction; or why not now."""
    creditor, customer, cases = await bundles.debtor(connection, case)
    if not await bundles.try_debtor(connection, customer):
        return NotNow("a message to the same customer is being prepared", "soon")
    await lock(connection, cases)
    await hold_room(connection, creditor, as_of)
    if await bundles.leased(connection, case, token):
        return None
    raise LeaseLost(f"The lease on case {case} is no longer ours.")


async def _reserve(
    connection: AsyncConnection, dossiers: Mapping[int, Dossier], group: Mapping[int, Act], token: UUID, as_of: datetime,
    write: Write,
) -> Reserved | NotNow:  # fmt: skip
    lead = max(group.values(), key=lambda act: HARDNESS[act.step.stage])
    some = next(iter(dossiers.values()))
    window = some.case.calendar.day(as_of)
    if await _window_taken(connection, some, lead, lead.channel, window):
        return NotNow("one message a day and stage is enough", "tomorrow")
    message = await _main_message(connection, dossiers, group, lead, window, as_of, write)
    if isinstance(message, NotNow):
        return message
    await reserve_effects(connection, message, lead.channel, dossiers, group, token, as_of)
    messages = [message]
    for channel in lead.also:
        if not await _window_taken(connection, some, lead, channel, window):
            besides = await _write(connection, dossiers, lead, channel, window, as_of, write)
            await reserve_effects(connection, besides, channel, dossiers, group, token, as_of)
            messages.append(besides)
    return Reserved(tuple(messages))


async def _main_message(
    connection: AsyncConnection, dossiers: Mapping[int, Dossier], group: Mapping[int, Act], lead: Act, window: date,
    as_of: datetime, write: Write,
) -> int | NotNow:  # fmt: skip
    """The draft a person approved, byte for byte; without one a message written now."""
    some = next(iter(dossiers.values()))
    draft = approvals.draft_of(some, next(iter(group.values())))
    if draft is None and await mediators.must_choose(connection, some, lead.step.stage, as_of):
        return NotNow("a person chooses the mediator first", "tomorrow")
    if draft is None:
        return await _write(connection, dossiers, lead, lead.channel, window, as_of, write)
    if not await _draft_still_whole(connection, draft, dossiers, as_of):
        return NotNow("the approved draft no longer says what is true", "at_once")
    taken = await _take_draft(connection, draft, dossiers, window)
    return taken if taken is not None else NotNow("the approved draft was used already", "tomorrow")


async def _window_taken(connection: AsyncConnection, some: Dossier, lead: Act, channel: Channel, window: date) -> bool:
    values = {"customer": some.case.customer, "currency": some.case.currency, "stage": lead.step.stage}
    return bool(await connection.scalar(_TAKEN, values | {"window": window, "channel": channel}))


async def _draft_still_whole(
    connection: AsyncConnection, draft: int, dossiers: Mapping[int, Dossier], as_of: datetime
) -> bool:
    """Whether every invoice the letter tells of leaves with it now; else the agreement to it is void."""
    told = (await connection.execute(_TOLD, {"draft": draft})).all()
    agreed = {row.case_id for row in told if row.agreed}
    stale = next((why for one in dossiers.values() if (why := approvals.stale(one, as_of))), None)
    if agreed == {row.case_id for row in told} == set(dossiers) and stale is None:
        return True
    why = stale or "the invoices of the draft changed"
    await approvals.void(connection, agreed | set(dossiers), why, as_of)
    return False


async def _take_draft(
    connection: AsyncConnection, draft: int, dossiers: Mapping[int, Dossier], window: date
) -> int | None:
    route = "live" if next(iter(dossiers.values())).live else "sink"
    return await connection.scalar(_DRAFT, {"id": draft, "route": route, "window": window})  # type: ignore[no-any-return]


async def _write(
    connection: AsyncConnection, dossiers: Mapping[int, Dossier], lead: Act, channel: Channel, window: date,
    as_of: datetime, write: Write,
) -> int:  # fmt: skip
    some = next(iter(dossiers.values()))
    facts = await bundles.message_facts(connection, dossiers.values(), lead.step, channel, as_of)
    facts = replace(facts, file=await agency_file(connection, list(dossiers.values()), lead.step, channel, as_of))
    copies = await bundles.copies(connection, dossiers, lead.step)
    written = write(facts, channel, recipient_for(some, lead.step, channel), copies)
    return await insert_message(connection, some, facts, lead.step, channel, written, window)


async def insert_message(
    connection: AsyncConnection, some: Dossier, facts: MessageFacts, step: Step, channel: Channel, written: Written,
    window: date, state: str = "reserved",
) -> int:  # fmt: skip
    """Keep the exact bytes of a message."""
    values: dict[str, Any] = {
        "creditor": some.creditor, "customer": some.case.customer, "currency": some.case.currency,
        "stage": facts.stage, "step": step.id, "window": window, "channel": channel, "state": state,
        "route": "live" if some.live else "sink", "key": facts.key, "sender": written.sender,
        "recipient": written.recipient, "subject": written.subject, "text": written.text, "raw": written.raw,
        "sha256": written.sha256, "demanded": facts.demanded, "at": facts.written_at,
        "role": role_for(some, step, channel), "facts": posting_facts(facts, written.pages),
    }  # fmt: skip
    message = int(await connection.scalar(_MESSAGE, values))
    if facts.proposal is not None:
        await mediation_drafts.draft(connection, message, some, facts, step)
    return message
