"""Whose an incoming message is, and which message of ours it answers: the surest sign first.

An SMS is of whoever got our last one at the telephone it came from, else of the one customer who has that number. Of an e-mail
count a Message-ID of ours that it names; the address a bounce is about; its sender, where one customer alone has that address;
the sender's domain, where one customer alone has it and no strangers share it; invoice numbers in its subject. What two
customers fit is nobody's: a person is told, and where they share the very address it came from it holds all of them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.free_mail import is_shared
from policies.incoming import Failure, Incoming


@dataclass(frozen=True, slots=True)
class Ours:
    """A message of ours that left, or began to."""

    id: int
    customer: int
    recipient: str
    channel: str
    state: str
    is_live: bool
    provider: str

    def failed(self, failures: Iterable[Failure]) -> Failure | None:
        """What is reported of exactly the address it really went to; None: nothing."""
        if not self.is_live:
            return None
        there = self.recipient.strip().lower()
        return next((one for one in failures if one.address.strip().lower() == there), None)


@dataclass(frozen=True, slots=True)
class Whose:
    """The customer, our message and the cases an incoming message is about; `how` says by what it was found."""

    customer: int | None = None
    ours: Ours | None = None
    cases: tuple[int, ...] = ()
    """Open cases it names; none: all open cases of the customer."""
    how: str = ""
    perhaps: tuple[int, ...] = ()
    """Where nobody knows which: the customers who share the very address or telephone it came from."""
    is_own: bool = False
    """It is a copy of a message of ours, which came to our own mailbox."""


_LOCAL = re.compile(r"<([0-9a-f]{32})@[^<>@\s]+>")
_OURS = "id, customer_id AS customer, recipient, channel, state, route = 'live' AS is_live, provider_id AS provider"
_BY_ID = text(
    f"""
    SELECT {_OURS}, substring(raw FROM 1 FOR 1000) AS head
    FROM message WHERE left(encode(sha256(CAST(key AS bytea)), 'hex'), 32) = ANY(:locals) AND handed_at IS NOT NULL
    ORDER BY handed_at DESC, id DESC
    """  # noqa: S608 - no outside text
)
_TELEPHONE = re.compile(r"\+\d{7,15}")
_LAST_SMS = text(
    f"""
    SELECT {_OURS}
    FROM message WHERE recipient = :number AND channel = 'sms' AND route = 'live' AND handed_at IS NOT NULL
    ORDER BY handed_at DESC, id DESC LIMIT 1
    """  # noqa: S608 - no outside text
)
_BY_TELEPHONE = text("SELECT DISTINCT customer_id FROM contact WHERE phone = :number LIMIT 2")
_SHARE = text(
    "SELECT DISTINCT customer_id FROM contact WHERE lower(email) = :sender AND :sender <> '' OR phone = :sender "
    "ORDER BY 1 LIMIT 100"
)
_WE_SENT = text("SELECT true FROM creditor WHERE :sender IN (lower(email), lower(reply_to)) AND :sender <> '' LIMIT 1")
_BY_ADDRESS = text("SELECT DISTINCT customer_id FROM contact WHERE lower(email) = ANY(:addresses) LIMIT 2")
_BY_DOMAIN = text("SELECT DISTINCT customer_id FROM contact WHERE lower(split_part(email, '@', 2)) = :domain LIMIT 2")
_BY_NUMBER = text(
    "SELECT DISTINCT customer_id FROM invoice WHERE lower(coalesce(nullif(part_of, ''), number)) = ANY(:numbers) "
    "OR lower(number) = ANY(:numbers) LIMIT 2"
)
_OF_OURS = text(
    "SELECT c.id FROM cases c WHERE c.closed_at IS NULL AND (c.id IN (SELECT case_id FROM effect WHERE message_id = :message) "
    "OR c.id IN (SELECT case_id FROM correspondence WHERE message_id = :message)) ORDER BY 1"
)
_NAMED = text(
    "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.customer_id = :customer AND c.closed_at IS NULL "
    "AND (lower(i.number) = ANY(:numbers) OR lower(nullif(i.part_of, '')) = ANY(:numbers)) ORDER BY c.id"
)


async def whose(connection: AsyncConnection, what: Incoming, *, is_marked_ours: bool = False) -> Whose:
    """Whose the message is. `is_marked_ours`: its head says that Relance wrote it, which counts from our own address only."""
    if is_marked_ours and await connection.scalar(_WE_SENT, {"sender": what.sender.lower()}):
        own = await _by_message_id(connection, (what.message_id,)) or Whose()
        return replace(own, how="it is a copy of a message of ours", is_own=True)
    if _TELEPHONE.fullmatch(what.sender):
        found = await _by_telephone(connection, what.sender)
    else:
        found = await _by_message_id(connection, what.answers, what.failures) or await _by_sign(connection, what)
    if found is None:
        share = tuple(await connection.scalars(_SHARE, {"sender": what.sender.lower()}))
        return Whose(how="nothing in it names a customer", perhaps=share)
    return await about_cases(connection, found, what.references)


async def about_cases(connection: AsyncConnection, found: Whose, references: Sequence[str]) -> Whose:
    """The same with the open cases it names: invoices of its subject, else those our message was about."""
    numbers = [one.lower() for one in references]
    cases = await connection.scalars(_NAMED, {"customer": found.customer, "numbers": numbers})
    named = tuple(cases)
    if not named and found.ours is not None:
        named = tuple(await connection.scalars(_OF_OURS, {"message": found.ours.id}))
    return replace(found, cases=named)


async def _by_message_id(
    connection: AsyncConnection, answers: Sequence[str], failures: Sequence[Failure] = ()
) -> Whose | None:
    """The nearest message it answers that is really ours: the whole Message-ID is compared, not only its key.

    A message tried again on the same day at another address keeps its Message-ID: a bounce is of the one that went there.
    """
    locals_ = {match[1] for one in answers if (match := _LOCAL.fullmatch(one))}
    rows = (await connection.execute(_BY_ID, {"locals": sorted(locals_)})).mappings().all() if locals_ else ()
    for wanted in answers:
        head = f"Message-ID: {wanted}\r\n".encode()
        found = [
            Ours(**{name: value for name, value in row.items() if name != "head"})
            for row in rows if head in bytes(row["head"])
        ]  # fmt: skip
        if found:
            ours = next((one for one in found if one.failed(failures)), found[0])
            return Whose(ours.customer, ours, how="it answers a message of ours")
    return None


async def _by_telephone(connection: AsyncConnection, number: str) -> Whose | None:
    """Whose an SMS from this number is: who got our last one there, else the one customer who has it."""
    row = (await connection.execute(_LAST_SMS, {"number": number})).mappings().first()
    if row is not None:
        return Whose(row["customer"], Ours(**row), how="it answers an SMS of ours")
    customers = list(await connection.scalars(_BY_TELEPHONE, {"number": number}))
    return Whose(customers[0], how="the customer has that number") if len(customers) == 1 else None


async def _by_sign(connection: AsyncConnection, what: Incoming) -> Whose | None:
    """By weaker signs, each of which must fit one customer alone."""
    failed = [one.address.lower() for one in what.failures if one.address]
    domain = what.sender.rpartition("@")[2].lower()
    signs = [
        (_BY_ADDRESS, {"addresses": failed} if failed else None, "the address it is about is the customer's"),
        (_BY_ADDRESS, {"addresses": [what.sender.lower()]} if what.sender else None, "the customer writes from there"),
        (_BY_DOMAIN, {"domain": domain} if domain and not is_shared(domain) else None, "the customer has that domain"),
        (
            _BY_NUMBER,
            {"numbers": [one.lower() for one in what.references]} if what.references else None,
            "its subject names an invoice",
        ),
    ]
    for statement, values, how in signs:
        customers = [] if values is None else list(await connection.scalars(statement, values))
        if len(customers) == 1:
            return Whose(customers[0], how=how)
    return None
