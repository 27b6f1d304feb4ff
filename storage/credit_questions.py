"""A person is asked what a credit note is for that settles nothing, while a notice to its customer waits for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import AllocateCredits, Consequence, LeaveCreditsAside
from policies.decisions import Reason
from policies.fingerprint import fingerprint
from storage import journal
from storage.facts import touch
from storage.importing import importing
from storage.open_credits import OpenCredit, cleared, of_customers
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.settling import settle_all
from storage.settling_books import BETWEEN
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
    SELECT id, customer_id, currency, fingerprint, state FROM question
    WHERE kind = 'credit' AND (state = 'open' OR state = 'answered' AND ended_at > :rested) ORDER BY id
    """
)
_OWED = text(
    """
    SELECT number, total - prepaid - paid - credited AS open FROM invoice WHERE customer_id = :customer AND currency = :currency
      AND kind = 'invoice' AND total - prepaid - paid - credited > 0 ORDER BY due, number
    """
)
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at)
    VALUES (:creditor, :customer, :currency, 'credit', '', '', 0, 'open', :todo, :title, :description, :fingerprint, :shown,
        :amount, :at)
    """
)
_OF = text("SELECT creditor_id, customer_id, currency FROM question WHERE id = :id")
_NOTES = "customer_id = :customer AND currency = :currency AND kind = 'credit_note' AND number = ANY(:numbers)"
_NAME = text(f"UPDATE invoice SET reference = :reference WHERE {_NOTES}")  # noqa: S608 - no outside text
_ASIDE = text(f"UPDATE invoice SET aside_why = :why, aside_by = :actor WHERE {_NOTES}")  # noqa: S608 - no outside text


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
    """When somebody is to be asked next; None while nothing waits, or everybody was asked."""
    found = {(one.customer, one.currency): one for one in await _to_clear()}
    async with reading() as connection:
        known = (await connection.execute(_KNOWN, {"rested": now - REST})).all()
    is_over = any(row.state == "open" and not _still(found, row) for row in known)
    return now + SOON if is_over or found.keys() - {(row.customer_id, row.currency) for row in known} else None


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
    words = describe(one)
    values = {
        "creditor": one.creditor, "customer": one.customer, "currency": one.currency, "todo": one.owner, "title": words.title,
        "description": words.description, "fingerprint": _content(one), "shown": words.shown_facts, "at": at,
        "amount": sum(credit.left for credit in one.credits),
    }  # fmt: skip
    try:
        async with transaction() as connection:
            await connection.execute(_ASK, values)
    except IntegrityError:  # another round was quicker
        return False
    return True


async def decided(
    connection: AsyncConnection, question: int, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Write down what the credit notes are for; the books are settled afterwards."""
    row = (await connection.execute(_OF, {"id": question})).one()
    which = {"customer": row.customer_id, "currency": row.currency}
    for one in outcome:
        if isinstance(one, AllocateCredits):
            owed = [found.number for found in await connection.execute(_OWED, which)]
            values = which | {"reference": BETWEEN.join(owed), "numbers": await _numbers(connection, row)}
            await connection.execute(_NAME, values)
            await _tell(connection, row.customer_id, "credit_allocated", question, actor, at)
        if isinstance(one, LeaveCreditsAside):
            values = which | {"why": one.reason, "actor": actor, "numbers": await _numbers(connection, row)}
            await connection.execute(_ASIDE, values)
            await _tell(connection, row.customer_id, "credit_left_aside", question, actor, at)
            await touch(connection, await cleared(connection, row.creditor_id))


async def _numbers(connection: AsyncConnection, row: Row[Any]) -> Sequence[str]:
    customer, currency = row.customer_id, row.currency
    found = (await of_customers(connection, [customer]))[customer]
    return [one.credit_note for one in found if one.currency == currency and not one.aside]


async def _tell(connection: AsyncConnection, customer: int, kind: str, question: int, actor: str, at: datetime) -> None:
    await journal.append(connection, "customer", customer, kind, {"question": question, "actor": actor}, at)


async def settle_of(question: int, at: datetime) -> None:
    """Settle the books of the creditor the question is of. Called twice it does nothing more."""
    async with reading() as connection:
        creditor = int((await connection.execute(_OF, {"id": question})).one().creditor_id)
    async with importing(creditor) as connection:
        await settle_all(connection, creditor, at)
