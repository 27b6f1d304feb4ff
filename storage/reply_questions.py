"""A person is asked what follows from what a customer wrote: one question a customer, asked anew when more comes.

What is unread is asked about by every round, so that nothing is lost between keeping a message and asking about it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.questions import QuestionKind
from policies.reply_deadlines import Waited
from storage import journal
from storage.beside_cases import put
from storage.facts import lock_debtor
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.unread_replies import RepliesToRead, unread
from storage.voiding import void

SOON = timedelta(minutes=1)
MORE_CAME = "the customer wrote more, or owes something else"

Describe = Callable[[RepliesToRead], Wording]

_OPEN = text(
    "SELECT id, customer_id, fingerprint, step, todo FROM question WHERE kind = 'reply' AND state = 'open' "
    "AND (CAST(:customer AS bigint) IS NULL OR customer_id = :customer) ORDER BY id"
)
_CUSTOMER = text("SELECT customer_id FROM incoming_message WHERE id = :incoming")
_OF = text("SELECT customer_id FROM question WHERE id = :id")
_PASS_ON = text(
    "UPDATE question SET step = :waited, todo = :todo, title = :title, description = :description, "
    "wake_at = clock_timestamp() WHERE id = :id AND state = 'open' RETURNING id"
)


async def ask_about(connection: AsyncConnection, incoming: int, at: datetime) -> None:
    """A message has come in: a question that does not show it is no longer asked. The next round asks about all of them."""
    customer = await connection.scalar(_CUSTOMER, {"incoming": incoming})
    shown = [row.id for row in await connection.execute(_OPEN, {"customer": customer})] if customer else []
    await void(connection, shown, MORE_CAME, at, wake=False)


async def ask_about_replies(as_of: datetime, describe: Describe) -> int:
    """One round: take back what shows something else than there is, pass on what lies too long, ask what is not asked.

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
    stand = {row.customer_id: row for row in asked if row.id not in gone}
    for customer, row in stand.items():
        if (found[customer].waited, found[customer].todo) != (row.step, row.todo):
            await _pass_on(row.id, found[customer], describe, as_of)
    new = [one for customer, one in found.items() if customer not in stand]
    return sum([await _ask(one, describe, as_of) for one in new])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while everything unread is asked about and everybody was told."""
    async with reading() as connection:
        found = await unread(connection, now)
        asked = (await connection.execute(_OPEN, {"customer": None})).all()
    as_it_is = {(one.customer, one.content, one.waited.value, one.todo) for one in found.values()}
    if as_it_is ^ {(row.customer_id, row.fingerprint, row.step, row.todo) for row in asked}:
        return now + SOON
    return min((one.next_deadline for one in found.values() if one.next_deadline is not None), default=None)


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what the customer wrote and owes is what the question shows, by the fingerprint of it."""
    customer = int(await connection.scalar(_OF, {"id": question}))
    found = (await unread(connection, at, customer)).get(customer)
    return found is not None and found.content == shown


async def _ask(one: RepliesToRead, describe: Describe, at: datetime) -> bool:
    about = {
        "creditor": one.creditor, "customer": one.customer, "todo": one.todo, "step": one.waited.value,
        "amount": sum(invoice.open for invoice in one.invoices if invoice.in_question),
    }  # fmt: skip
    return await put(QuestionKind.REPLY, about, describe(one), one.content, at)


async def _pass_on(question: int, one: RepliesToRead, describe: Describe, at: datetime) -> None:
    """Its owner is reminded, its manager told, or it has another owner: the same question, at the head of the inbox again."""
    words = describe(one)
    values = {
        "id": question, "waited": one.waited.value, "todo": one.todo, "title": words.title,
        "description": words.description,
    }  # fmt: skip
    async with transaction() as connection:
        await lock_debtor(connection, one.customer)  # before its question, as every answer does
        if await connection.scalar(_PASS_ON, values) is not None and one.waited is not Waited.NOT_LONG:
            facts = {"question": question, "to": one.todo}
            await journal.append(connection, "customer", one.customer, f"reply_{one.waited.value}", facts, at)
