"""What follows from a message that came in, in the transaction that keeps it.

A bounce counts only where it reports of a message of ours to exactly the address that one went to; any other may be forged,
and is for a person. What stops us (a reply, a complaint, an opt-out) counts at once, whoever sent it.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import EffectState
from policies.delivery import DeliveryKind
from policies.facts import DebtorKind, HoldKind
from policies.incoming import Failure, IncomingKind
from policies.roles import chosen, roles_for
from policies.stages import Channel, Stage
from storage import approvals, journal, ledger
from storage.beside_cases import write_note
from storage.content_proof import proof_of
from storage.deliveries import Report, note
from storage.facts import open_cases_of, touch_customer
from storage.incoming_holds import hold_customer
from storage.incoming_matching import Ours
from storage.received import Kept
from storage.recipients import people_of
from storage.undelivered import not_delivered

RELANCE = "relance"
"""Who writes notes about automatic replies, and who has dealt with what no person need see."""
REASON = 160
"""Letters of a reason kept with a hold."""
_STEP = text(
    "SELECT m.stage, d.kind FROM message m JOIN customer d ON d.id = m.customer_id WHERE m.id = :message AND m.stage <> ''"
)
_DEAD = text(
    "UPDATE contact SET email_dead_at = :at, email_dead_why = :why "
    "WHERE customer_id = :customer AND lower(email) = :address AND email_dead_at IS NULL RETURNING id"
)


async def carry_out(connection: AsyncConnection, kept: Kept, at: datetime) -> bool:
    """Make facts of what the message says; answers whether a person is to read it."""
    customer = kept.whose.customer
    if kept.whose.is_own:
        return False
    if customer is None:
        return await _of_several(connection, kept, at)
    proof = await proof_of(connection, "incoming_message", kept.id)
    facts = {"incoming": kept.id, "kind": kept.received.what.kind.value, "proof": proof}
    await journal.append(connection, "customer", customer, "came_in", facts, at)
    return await _EFFECTS[kept.received.what.kind](connection, kept, customer, at)


async def _of_several(connection: AsyncConnection, kept: Kept, at: datetime) -> bool:
    """Whoever shares the address may have written it: a reply holds all of them until a person has said whose it is."""
    kind = kept.received.what.kind
    for customer in kept.whose.perhaps:
        if kind is IncomingKind.REPLY:
            reason = (
                f"message {kept.id} of {kept.received.what.sender} may be theirs: ./relance incoming assign {kept.id}"
            )
            await hold_customer(connection, customer, HoldKind.UNREAD_REPLY, reason[:REASON], kept.origin, at)
        elif kind is IncomingKind.OPT_OUT:
            await _stop_channel(connection, kept, customer, at)
    return kind in FOR_PEOPLE


async def _undelivered(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> bool:
    """The message did not arrive: at a dead address, or this once."""
    ours = kept.whose.ours
    failure = None if ours is None else ours.failed(kept.received.what.failures)
    if ours is None or failure is None:
        await _doubt(connection, kept, at)
        return True
    kind = DeliveryKind.DEAD_ADDRESS if failure.hard else DeliveryKind.NOT_DELIVERED
    if not await note(connection, ours.id, _report(kept, kind, at, failure)):
        return False
    said = f"it came back undelivered{f' ({failure.status})' if failure.status else ''}"
    for_good = failure.hard
    if failure.hard:
        await _bury(connection, kept, customer, ours, failure, at)
        for_good = not await _somebody_else(connection, customer, ours)
    await not_delivered(connection, ours.id, said, at, for_good=for_good)
    await touch_customer(connection, customer)
    return False


async def _bury(
    connection: AsyncConnection, kept: Kept, customer: int, ours: Ours, failure: Failure, at: datetime
) -> None:
    """The address is dead, if it is still the customer's."""
    why = f"{failure.status} {failure.diagnostic}".strip()[:REASON] or "no such address"
    values = {"customer": customer, "address": ours.recipient.strip().lower(), "at": at, "why": why}
    dead = list(await connection.scalars(_DEAD, values))
    if dead:
        open_ = await open_cases_of(connection, customer)
        await approvals.void(connection, open_, "the address is dead", at)
    for contact in dead:
        facts = {"contact": contact, "incoming": kept.id, "message": ours.id, "status": failure.status}
        await journal.append(connection, "customer", customer, "email_dead", facts, at)


async def _somebody_else(connection: AsyncConnection, customer: int, ours: Ours) -> bool:
    """Whether another address of the customer stands in, so that the same channel carries the step to it."""
    row = (await connection.execute(_STEP, {"message": ours.id})).first()
    if row is None or ours.channel != Channel.EMAIL:
        return False
    people = (await people_of(connection, [customer])).get(customer, ())
    found = chosen(people, roles_for(Stage(row.stage), None, DebtorKind(row.kind)))
    return found is not None and found.email.lower() != ours.recipient.lower()


async def _doubt(connection: AsyncConnection, kept: Kept, at: datetime) -> None:
    """Somebody says a message did not arrive, and nothing proves that it was one of ours to that address."""
    if kept.whose.ours is not None:
        await note(connection, kept.whose.ours.id, _report(kept, DeliveryKind.DOUBTED, at))


async def _delayed(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> bool:
    await _tell(connection, kept, DeliveryKind.DELAYED, at)
    return False


async def _arrived(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> bool:
    """A server or the reader's program says that it arrived: what was in doubt is confirmed."""
    kind = DeliveryKind.READ if kept.received.what.kind is IncomingKind.READ else DeliveryKind.DELIVERED
    ours = kept.whose.ours
    if await _tell(connection, kept, kind, at) and ours is not None and ours.state == EffectState.AMBIGUOUS:
        await ledger.settle_in(
            connection, ours.id, EffectState.CONFIRMED, f"reported {kind.value}", at, temporary=False,
            provider=ours.provider, sender=None, before=(EffectState.AMBIGUOUS,),
        )  # fmt: skip
        await touch_customer(connection, customer)
    return False


async def _tell(connection: AsyncConnection, kept: Kept, kind: DeliveryKind, at: datetime) -> bool:
    ours = kept.whose.ours
    return ours is not None and await note(connection, ours.id, _report(kept, kind, at))


async def _absent(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> bool:
    """An automatic reply changes nothing: it is written into the customer's file, with the day of return."""
    what = kept.received.what
    until = f", back on {what.returns.isoformat()}" if what.returns else ""
    said = " ".join(what.text.split())[:500]
    await write_note(connection, customer, RELANCE, f"Automatic reply of {what.sender}{until}: {said}", at)
    return False


async def _complaint(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> bool:
    """The reader called a message spam: nothing leaves, and e-mail stays stopped when the complaint is settled."""
    reason = kept.received.what.reason[:REASON]
    await _tell(connection, kept, DeliveryKind.COMPLAINT, at)
    await hold_customer(connection, customer, HoldKind.COMPLAINT, reason, kept.origin, at)
    await _stop_channel(connection, kept, customer, at)
    return True


async def _opt_out(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> bool:
    await _stop_channel(connection, kept, customer, at)
    return True


async def _stop_channel(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> None:
    """The channel it came by carries nothing more to the customer, but for what the law demands."""
    channel, reason = Channel(kept.received.channel), kept.received.what.reason[:REASON]
    await hold_customer(
        connection, customer, HoldKind.OPT_OUT, reason, kept.origin, at, frozenset({channel}), once=True
    )


async def _reply(connection: AsyncConnection, kept: Kept, customer: int, at: datetime) -> bool:
    """Somebody wrote: nothing leaves to the customer until a person has read it."""
    sender = kept.received.what.sender or "an unknown sender"
    reason = f"an unread message of {sender}: {kept.received.what.subject}"[:REASON]
    await hold_customer(connection, customer, HoldKind.UNREAD_REPLY, reason, kept.origin, at)
    return True


def _report(kept: Kept, kind: DeliveryKind, at: datetime, failure: Failure | None = None) -> Report:
    what = kept.received.what
    said = failure or next(iter(what.failures), None) or Failure("", False, "", what.reason)
    return Report(kind, at, kept.received.reference, said.address, said.status, said.diagnostic[:500], kept.id)


FOR_PEOPLE = frozenset(
    {
        IncomingKind.REPLY, IncomingKind.COMPLAINT, IncomingKind.OPT_OUT, IncomingKind.HARD_BOUNCE,
        IncomingKind.SOFT_BOUNCE,
    }
)  # fmt: skip
"""Kinds that a person must read where nothing tells whose they are."""

_Effect = Callable[[AsyncConnection, Kept, int, datetime], Awaitable[bool]]
_EFFECTS: Mapping[IncomingKind, _Effect] = {
    IncomingKind.HARD_BOUNCE: _undelivered,
    IncomingKind.SOFT_BOUNCE: _undelivered,
    IncomingKind.DELAYED: _delayed,
    IncomingKind.DELIVERED: _arrived,
    IncomingKind.READ: _arrived,
    IncomingKind.AUTO_REPLY: _absent,
    IncomingKind.COMPLAINT: _complaint,
    IncomingKind.OPT_OUT: _opt_out,
    IncomingKind.REPLY: _reply,
}
