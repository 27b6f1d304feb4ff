"""A person is asked what a credit note is for that settles nothing, while a notice to its customer waits for it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import AddNote, AllocateCredits, Consequence, LeaveCreditsAside
from policies.decisions import Reason
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import credit_decisions, journal
from storage.beside_cases import put, write_note
from storage.open_credits import OpenCredit, of_customers
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

REST = timedelta(hours=20)
"""After *later* the team is left alone until the next working day."""
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class CreditsToClear:
    """What a customer has in credit notes of one currency, the notices that wait for it, and its open invoices with what
    is open of each, oldest first. Minor units."""

    creditor: int
    customer: int
    name: str
    owner: str
    currency: str
    credits: tuple[OpenCredit, ...]
    waiting: tuple[str, ...]
    invoices: tuple[tuple[str, int], ...]


Describe = Callable[[CreditsToClear], Wording]

_WAITING = text(
    """
    SELECT c.creditor_id, c.customer_id, c.currency, d.name, coalesce(nullif(d.owner, ''), r.owner) AS owner,
           array_agg(i.number ORDER BY i.due, i.number) AS numbers
    FROM cases c JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id
    JOIN invoice i ON i.id = c.invoice_id
    WHERE c.waits_for = :reason AND c.closed_at IS NULL GROUP BY c.creditor_id, c.customer_id, c.currency, d.name, d.owner, r.owner
    ORDER BY c.customer_id, c.currency
    """
)
_KNOWN = text(
    """
    SELECT id, customer_id, currency, fingerprint, state, ended_at FROM question
    WHERE kind = 'credit' AND (state = 'open' OR state = 'answered' AND ended_at > :rested) ORDER BY id
    """
)
_OWED = text(
    """
    SELECT id, number, total - prepaid - paid - credited AS open FROM invoice WHERE customer_id = :customer AND currency = :currency
      AND kind = 'invoice' AND total - prepaid - paid - credited > 0 ORDER BY due, number
    """
)
_OF = text("SELECT creditor_id, customer_id, currency FROM question WHERE id = :id")
_NOTES = text(
    "SELECT id FROM invoice WHERE customer_id = :customer AND currency = :currency AND kind = 'credit_note' "
    "AND number = ANY(:numbers) AND aside_why = '' ORDER BY id"
)


async def ask_about_credits(as_of: datetime, describe: Describe) -> int:
    """Ask where a notice waits and nobody was asked; take back what shows something else than there is. Answers how many
    were asked."""
    found = {(one.customer, one.currency): one for one in await _to_clear()}
    async with transaction() as connection:
        known = (await connection.execute(_KNOWN, {"rested": as_of - REST})).all()
        gone = [row.id for row in known if row.state == "open" and not _still(found, row)]
        await void(connection, gone, "no notice waits for it any more, or the credit is another", as_of, wake=False)
    asked_of = {(row.customer_id, row.currency) for row in known if row.id not in gone}
    asked = [one for place, one in found.items() if place not in asked_of]
    return sum([await _ask(one, describe, as_of) for one in asked])


async def next_question(now: datetime) -> datetime | None:
    """When somebody is to be asked next; None while nothing waits, or everybody is asked."""
    found = {(one.customer, one.currency): one for one in await _to_clear()}
    async with reading() as connection:
        known = (await connection.execute(_KNOWN, {"rested": now - REST})).all()
    is_over = any(row.state == "open" and not _still(found, row) for row in known)
    if is_over or found.keys() - {(row.customer_id, row.currency) for row in known}:
        return now + SOON
    rested = [
        row.ended_at + REST for row in known if row.state == "answered" and (row.customer_id, row.currency) in found
    ]
    return min(rested, default=None)


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the credit notes and invoices are those the question shows, by the fingerprint of what it shows."""
    row = (await connection.execute(_OF, {"id": question})).one()
    found = [one for one in await _to_clear() if (one.customer, one.currency) == (row.customer_id, row.currency)]
    return bool(found) and _content(found[0]) == shown


def _still(found: dict[tuple[int, str], CreditsToClear], row: Row[Any]) -> bool:
    one = found.get((row.customer_id, row.currency))
    return one is not None and _content(one) == row.fingerprint


async def _to_clear() -> list[CreditsToClear]:
    async with reading() as connection:
        rows = (await connection.execute(_WAITING, {"reason": Reason.CREDIT_OPEN})).all()
        credits = await of_customers(connection, {row.customer_id for row in rows})
        found = []
        for row in rows:
            which = {"customer": row.customer_id, "currency": row.currency}
            owed = (await connection.execute(_OWED, which)).all()
            own = tuple(one for one in credits[row.customer_id] if one.currency == row.currency and not one.aside)
            if own:
                found.append(
                    CreditsToClear(
                        row.creditor_id, row.customer_id, row.name, row.owner, row.currency, own, tuple(row.numbers),
                        tuple((one.number, one.open) for one in owed),
                    )
                )  # fmt: skip
    return found


def _content(one: CreditsToClear) -> str:
    credits = [f"{credit.credit_note}={credit.left}" for credit in one.credits]
    return fingerprint(["credit", *credits, *(f"{number}={left}" for number, left in one.invoices)])


async def _ask(one: CreditsToClear, describe: Describe, at: datetime) -> bool:
    about = {
        "creditor": one.creditor, "customer": one.customer, "currency": one.currency, "todo": one.owner,
        "amount": sum(credit.left for credit in one.credits),
    }  # fmt: skip
    return await put(QuestionKind.CREDIT, about, describe(one), _content(one), at)


async def decided(
    connection: AsyncConnection, question: int, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Write down what the credit notes are for; the books are settled afterwards. The customer is locked before its invoices,
    as imports do."""
    row = (await connection.execute(_OF, {"id": question})).one()
    which = {"customer": row.customer_id, "currency": row.currency}
    own = [one for one in (await of_customers(connection, [row.customer_id]))[row.customer_id] if not one.aside]
    numbers = [one.credit_note for one in own if one.currency == row.currency]
    notes = list(await connection.scalars(_NOTES, which | {"numbers": numbers}))
    for one in outcome:
        if isinstance(one, AllocateCredits):
            owed = [found.id for found in await connection.execute(_OWED, which)]
            await _tell(connection, row.customer_id, "credit_allocated", question, actor, at)
            await credit_decisions.set_against(connection, notes, owed, actor, at)
        if isinstance(one, LeaveCreditsAside):
            await _tell(connection, row.customer_id, "credit_left_aside", question, actor, at)
            await credit_decisions.leave(connection, notes, one.reason, actor, at)
        if isinstance(one, AddNote):
            await write_note(connection, row.customer_id, actor, one.text, at)


async def _tell(connection: AsyncConnection, customer: int, kind: str, question: int, actor: str, at: datetime) -> None:
    await journal.append(connection, "customer", customer, kind, {"question": question, "actor": actor}, at)
