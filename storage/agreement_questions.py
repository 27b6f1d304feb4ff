"""A manager is asked about what an agreement gives away: a settlement for less, a set-off. The answer makes it so, or not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementKind
from policies.agreement_consequences import AgreementAccepted, AgreementRefused
from policies.agreement_words import EndedHow
from policies.beside import MessageKind
from policies.case import DatedAmount, HoldKind
from policies.consequences import AddNote, Consequence
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import agreement_books, agreement_set_off
from storage.agreement_news import queue
from storage.agreement_scope import Scope
from storage.beside_cases import write_note
from storage.facts import lock_debtor
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

CHANGED = "what is open has changed, or its day is over"
ASKED = {AgreementKind.SETTLEMENT: QuestionKind.SETTLEMENT, AgreementKind.SET_OFF: QuestionKind.SET_OFF}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed, for whoever puts it into words. Amounts in minor units; invoices with what is open, oldest first."""

    number: int
    creditor: int
    customer: int
    zone: str
    kind: AgreementKind
    customer_number: str
    name: str
    currency: str
    amount: int
    due: date | None
    their_invoice: str
    why: str
    by: str
    invoices: tuple[tuple[str, date, int], ...]

    @property
    def open(self) -> int:
        """What is open of all of it."""
        return sum(open_ for _, _, open_ in self.invoices)

    def makes_sense(self, at: datetime) -> bool:
        """Whether it can still be agreed on: less than is open, by a day to come; a set-off of no more than is open."""
        if self.kind is AgreementKind.SET_OFF:
            return self.amount <= self.open
        return (
            self.amount < self.open and self.due is not None and self.due >= at.astimezone(ZoneInfo(self.zone)).date()
        )


Describe = Callable[[Proposed], Wording]

_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at, since)
    SELECT :creditor, :customer, :currency, CAST(:kind AS text), '', CAST(:step AS text), 0, 'open', :todo, :title, :description,
        :fingerprint, :shown, :amount, CAST(:at AS timestamptz),
        (SELECT min(q.asked_at) FROM question q WHERE q.kind = :kind AND q.step = :step AND q.state = 'voided')
    """
)
_INVOICES = text(
    """
    SELECT i.number, i.due, i.total - i.prepaid - i.paid - i.credited AS open FROM agreement_case k JOIN cases c ON c.id = k.case_id
    JOIN invoice i ON i.id = c.invoice_id WHERE k.agreement_id = :id ORDER BY i.due, i.number
    """
)
_WAITING = text(
    "SELECT id, customer_id FROM question WHERE kind IN ('settlement', 'set_off') AND state = 'open' ORDER BY id"
)
_OPEN = text("SELECT step, fingerprint, todo FROM question WHERE id = :id AND state = 'open'")
_STEP = text("SELECT step FROM question WHERE id = :id")


async def ask(connection: AsyncConnection, number: int, scope: Scope, at: datetime, describe: Describe) -> None:
    """Put the question about a proposal that was just written down."""
    proposed = await _proposed(connection, number)
    assert proposed is not None, "it was written down"
    await _put(connection, proposed, scope.owner, at, describe)


async def ask_again(at: datetime, describe: Describe) -> None:
    """One round: a proposal of which something else is open by now is asked about anew, with the figures of today.

    One that makes no sense any more (its day is over, or no more than it is open) is over, and its invoices are free.
    """
    async with reading() as connection:
        waiting = (await connection.execute(_WAITING)).all()
    for row in waiting:
        async with transaction() as connection:
            await lock_debtor(connection, row.customer_id)
            await _look_again(connection, row.id, at, describe)


async def _look_again(connection: AsyncConnection, question: int, at: datetime, describe: Describe) -> None:
    row = (await connection.execute(_OPEN, {"id": question})).first()
    proposed = None if row is None else await _proposed(connection, int(row.step))
    if row is None or proposed is None or (_content(proposed) == row.fingerprint and proposed.makes_sense(at)):
        return
    await void(connection, [question], CHANGED, at, wake=False)
    if proposed.makes_sense(at):
        await _put(connection, proposed, row.todo, at, describe)
    else:
        await agreement_books.end(connection, proposed.number, EndedHow.CANCELLED, "relance", at)


async def _put(connection: AsyncConnection, proposed: Proposed, todo: str, at: datetime, describe: Describe) -> None:
    words = describe(proposed)
    given_up = proposed.open - proposed.amount if proposed.kind is AgreementKind.SETTLEMENT else proposed.amount
    values = {
        "creditor": proposed.creditor, "customer": proposed.customer, "currency": proposed.currency,
        "kind": ASKED[proposed.kind], "step": str(proposed.number), "todo": todo, "title": words.title, "description": words.description,
        "fingerprint": _content(proposed), "shown": words.shown_facts, "amount": given_up, "at": at,
    }  # fmt: skip
    await connection.execute(_ASK, values)


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the proposal stands and what is open is what the question shows."""
    proposed = await _proposed(connection, int(await connection.scalar(_STEP, {"id": question}) or 0))
    return proposed is not None and _content(proposed) == shown and proposed.makes_sense(at)


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Make the proposal an agreement, or end it. The customer is locked."""
    number = int(question.step)
    row = await agreement_books.read(connection, number)
    if row is None or row["state"] != "proposed":
        return
    for one in outcome:
        match one:
            case AgreementAccepted():
                await agreement_books.agree(connection, number, actor, at)
                await _carry_out(connection, number, actor, at)
            case AgreementRefused():
                await agreement_books.end(connection, number, EndedHow.REFUSED, actor, at)
            case AddNote(text=words):
                await write_note(connection, row["customer_id"], actor, words, at)
            case _:
                pass  # no other choice is offered


async def _carry_out(connection: AsyncConnection, number: int, actor: str, at: datetime) -> None:
    row = await agreement_books.read(connection, number)
    assert row is not None, "agreements are never deleted"
    today = at.astimezone(ZoneInfo(row["zone"])).date()
    if row["kind"] == AgreementKind.SETTLEMENT:
        payment = [DatedAmount(row["due"], row["amount"])]
        await agreement_books.hold(connection, number, HoldKind.PROMISE, payment, actor, today, at)
        await queue(connection, number, MessageKind.SETTLEMENT_OFFER, at)
    else:
        await agreement_set_off.book(connection, row, actor, today, at)
        await queue(connection, number, MessageKind.SET_OFF, at)


async def _proposed(connection: AsyncConnection, number: int) -> Proposed | None:
    row = await agreement_books.read(connection, number)
    if row is None or row["state"] != "proposed":
        return None
    owed = (await connection.execute(_INVOICES, {"id": number})).all()
    return Proposed(
        number, row["creditor_id"], row["customer_id"], row["zone"], AgreementKind(row["kind"]), row["customer_number"], row["customer_name"], row["currency"], row["amount"],
        row["due"], row["their_invoice"], row["why"], row["proposed_by"],
        tuple((one.number, one.due, one.open) for one in owed),
    )  # fmt: skip


def _content(one: Proposed) -> str:
    invoices = [f"{number}={open_}" for number, _, open_ in one.invoices]
    return fingerprint([one.kind.value, str(one.number), str(one.amount), str(one.due), one.their_invoice, *invoices])
