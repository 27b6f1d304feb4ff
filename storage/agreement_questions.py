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
from storage.question_subject import Wording
from storage.questions import Question

ASKED = {AgreementKind.SETTLEMENT: QuestionKind.SETTLEMENT, AgreementKind.SET_OFF: QuestionKind.SET_OFF}


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed, for whoever puts it into words. Amounts in minor units; invoices with what is open, oldest first."""

    number: int
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


Describe = Callable[[Proposed], Wording]

_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at)
    SELECT :creditor, :customer, :currency, :kind, '', :step, 0, 'open', :todo, :title, :description, :fingerprint, :shown,
        :amount, :at
    """
)
_INVOICES = text(
    """
    SELECT i.number, i.due, i.total - i.prepaid - i.paid - i.credited AS open FROM agreement_case k JOIN cases c ON c.id = k.case_id
    JOIN invoice i ON i.id = c.invoice_id WHERE k.agreement_id = :id ORDER BY i.due, i.number
    """
)
_STEP = text("SELECT step FROM question WHERE id = :id")


async def ask(connection: AsyncConnection, number: int, scope: Scope, at: datetime, describe: Describe) -> None:
    """Put the question about a proposal that was just written down."""
    proposed = await _proposed(connection, number)
    assert proposed is not None, "it was written down"
    words = describe(proposed)
    given_up = proposed.open - proposed.amount if proposed.kind is AgreementKind.SETTLEMENT else proposed.amount
    values = {
        "creditor": scope.creditor, "customer": scope.customer, "currency": scope.currency, "kind": ASKED[proposed.kind],
        "step": str(number), "todo": scope.owner, "title": words.title, "description": words.description,
        "fingerprint": _content(proposed), "shown": words.shown_facts, "amount": given_up, "at": at,
    }  # fmt: skip
    await connection.execute(_ASK, values)


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the proposal stands and what is open is what the question shows."""
    proposed = await _proposed(connection, int(await connection.scalar(_STEP, {"id": question}) or 0))
    return proposed is not None and _content(proposed) == shown


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
        number, AgreementKind(row["kind"]), row["customer_number"], row["customer_name"], row["currency"], row["amount"],
        row["due"], row["their_invoice"], row["why"], row["proposed_by"],
        tuple((one.number, one.due, one.open) for one in owed),
    )  # fmt: skip


def _content(one: Proposed) -> str:
    invoices = [f"{number}={open_}" for number, _, open_ in one.invoices]
    return fingerprint([one.kind.value, str(one.number), str(one.amount), str(one.due), one.their_invoice, *invoices])
