"""Messages of ours that left for Dupont, and what comes back about them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from policies.case import EffectState
from policies.incoming import Failure, Incoming, IncomingKind
from policies.message import MessageFacts
from policies.stages import Channel
from storage import handing, leases, ledger
from storage.bundles import Copy
from storage.handing import Reserved, Written
from storage.incoming import Received, keep
from storage.session import transaction
from tasks.compose import message_id
from tests.storage.books import bill, do, invoice, open_cases, rows

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
NOON = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
BOTH = frozenset({Channel.EMAIL, Channel.SMS})
DUPONT = "compta@dupont.example"


def write(facts: MessageFacts, channel: Channel, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """A message whose bytes bear its Message-ID."""
    words = f"{channel.value} {facts.stage.value} {facts.demanded}"
    raw = f"Message-ID: {message_id(facts.key, 'us.example')}\r\n\r\n{words}".encode()
    return Written("compta@us.example", recipient, words, words, raw)


async def dupont(due: str = "2026-02-27", phone: str = "+33612345678", number: str = "F1") -> int:
    """Dupont owes 100 euros since that day, and messages leave in earnest; the case."""
    await bill(invoice(number, due, 10_000, phone=phone))
    await do("UPDATE creditor SET live = true, owner = 'marie'")
    await open_cases(MORNING)
    if not await rows("SELECT id FROM dispatcher"):
        await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    found = await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=number)
    return int(found[0][0])


async def lease(case: int) -> UUID:
    """A lease on the case."""
    await do("DELETE FROM lease")
    taken = await leases.take(7, f"case:{case}", case, uuid4())
    assert taken is not None
    return taken.token


async def reserve(case: int, at: datetime = MORNING) -> tuple[tuple[int, ...], UUID]:
    """What is due is reserved: the messages, and the lease."""
    token = await lease(case)
    reserved = await handing.prepare(case, token, at, BOTH, write)
    assert isinstance(reserved, Reserved), reserved
    return reserved.messages, token


async def send(case: int, at: datetime = MORNING, ended: EffectState = EffectState.CONFIRMED) -> int:
    """What is due leaves, and the server takes it; the message."""
    (message, *_), token = await reserve(case, at)
    assert await ledger.begin_handing_over(message, token, at)
    await ledger.settle(message, ended, "250 Ok", at, provider="queued as 7", sender=case)
    await do("UPDATE cases SET wake_at = NULL")
    return message


async def id_of(message: int) -> str:
    """The Message-ID it left with."""
    raw = bytes((await rows("SELECT raw FROM message WHERE id = :m", m=message))[0][0])
    return raw.split(b"\r\n")[0].removeprefix(b"Message-ID: ").decode()


def what(kind: IncomingKind, **more: object) -> Incoming:
    """Something that came in from Dupont."""
    base = Incoming(kind, "It says so.", "<in-1@dupont.example>", DUPONT, "Re: F", "Bonjour")
    return replace(base, **more)  # type: ignore[arg-type]


async def bounce(message: int, *, hard: bool = True, address: str = DUPONT, ref: str = "<b1@mx.example>") -> Incoming:
    """A bounce about a message of ours."""
    failure = Failure(address, hard, "5.1.1" if hard else "4.2.2", "550 User unknown" if hard else "452 Mailbox full")
    kind = IncomingKind.HARD_BOUNCE if hard else IncomingKind.SOFT_BOUNCE
    return what(
        kind, message_id=ref, sender="mailer-daemon@mx.example", failures=(failure,), answers=(await id_of(message),)
    )


async def come(what_: Incoming, at: datetime = NOON, raw: bytes = b"raw", channel: str = "email") -> int | None:
    """It comes in."""
    received = Received(what_, channel, what_.message_id, "compta@us.example", raw, at)
    async with transaction() as connection:
        return await keep(connection, received, at)
