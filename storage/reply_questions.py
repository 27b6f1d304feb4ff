"""A person is asked what follows from what a customer wrote: one question a customer, asked anew when more comes.

What is unread is asked about by every round, so that nothing is lost between keeping a message and asking about it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.questions import QuestionKind
from storage.beside_cases import put
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.unread_replies import RepliesToRead, unread
from storage.voiding import void

SOON = timedelta(minutes=1)
MORE_CAME = "the customer wrote more, or owes something else"

Describe = Callable[[RepliesToRead], Wording]

_OPEN = text(
    "SELECT id, customer_id, fingerprint FROM question WHERE kind = 'reply' AND state = 'open' "
    "AND (CAST(:customer AS bigint) IS NULL OR customer_id = :customer) ORDER BY id"
)
_CUSTOMER = text("SELECT customer_id FROM incoming_message WHERE id = :incoming")
_OF = text("SELECT customer_id FROM question WHERE id = :id")


async def ask_about(connection: AsyncConnection, incoming: int, at: datetime) -> None:
    """A message has come in: a question that does not show it is no longer asked. The next round asks about all of them."""
    customer = await connection.scalar(_CUSTOMER, {"incoming": incoming})
    shown = [row.id for row in await connection.execute(_OPEN, {"customer": customer})] if customer else []
    await void(connection, shown, MORE_CAME, at, wake=False)


async def ask_about_replies(as_of: datetime, describe: Describe) -> int:
    """One round: take back what shows something else than there is, ask what is not asked.

    Answers how many were asked.
    """
    async with transaction() as connection:
        found = await unread(connection, as_of)
        asked = (await connection.execute(_OPEN, {"customer": None})).all()
        gone = [
            row.id for row in asked
            if row.customer_id not in found or found[row.customer_id].content != row.fingerprint
        ]  # fmt: skip
        await void(connection, gone, MORE_CAME, as_of, wake=False)
    stand = {row.customer_id for row in asked if row.id not in gone}
    new = [one for customer, one in found.items() if customer not in stand]
    return sum([await _ask(one, describe, as_of) for one in new])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while everything unread is asked about."""
    async with reading() as connection:
        found = await unread(connection, now)
        asked = (await connection.execute(_OPEN, {"customer": None})).all()
    as_it_is = {(one.customer, one.content) for one in found.values()}
    return now + SOON if as_it_is ^ {(row.customer_id, row.fingerprint) for row in asked} else None


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what the customer wrote and owes is what the question shows, by the fingerprint of it."""
    customer = int(await connection.scalar(_OF, {"id": question}))
    found = (await unread(connection, at, customer)).get(customer)
    return found is not None and found.content == shown


async def _ask(one: RepliesToRead, describe: Describe, at: datetime) -> bool:
    about = {
        "creditor": one.creditor, "customer": one.customer, "todo": one.owner, "since": one.since,
        "amount": sum(invoice.open for invoice in one.invoices if invoice.in_question),
    }  # fmt: skip
    return await put(QuestionKind.REPLY, about, describe(one), one.content, at)
