"""A manager is asked about a write-off somebody proposes; with other figures it is asked anew. The answer makes it so, or not."""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import AddNote, Consequence, WriteOffAccepted, WriteOffRefused
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import write_off_books
from storage.beside_cases import put, write_note
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void
from storage.write_off_books import number_of, subject_of
from storage.write_off_views import WriteOffView, listing, show_in, today_of

Describe = Callable[[WriteOffView], Wording]
CHANGED = "what is open has changed, or its proofs have"

_OPEN = text("SELECT id, subject, fingerprint FROM question WHERE kind = 'write_off' AND state = 'open' ORDER BY id")
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")


async def ask_about_write_offs(at: datetime, describe: Describe) -> int:
    """One round; answers how many were asked. What is paid meanwhile is asked about no more: nothing is left to give up."""
    found = {subject_of(one.number): one for one in await listing() if one.state == "proposed"}
    async with transaction() as connection:
        rows = (await connection.execute(_OPEN)).all()
        stand = {
            row.subject for row in rows if row.subject in found and _content(found[row.subject]) == row.fingerprint
        }
        await void(connection, [row.id for row in rows if row.subject not in stand], CHANGED, at, wake=False)
    for one in found.values():
        if one.amount <= 0:  # apart: whoever answers holds the cases while it waits for the question
            async with transaction() as connection:
                await write_off_books.refuse(connection, one.number, "relance", at)
    asked = [one for subject, one in found.items() if subject not in stand and one.amount > 0]
    return sum([await put(QuestionKind.WRITE_OFF, _about(one), describe(one), _content(one), at) for one in asked])


async def is_asked_otherwise() -> bool:
    """Whether the next round has something to do."""
    found = {subject_of(one.number): _content(one) for one in await listing() if one.state == "proposed"}
    async with reading() as connection:
        asked = {row.subject: row.fingerprint for row in await connection.execute(_OPEN)}
    return found != asked


def _about(one: WriteOffView) -> dict[str, object]:
    return {
        "creditor": one.row["creditor_id"], "customer": one.row["customer_id"], "currency": one.currency,
        "todo": one.row["owner"], "amount": one.amount, "subject": subject_of(one.number),
    }  # fmt: skip


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what is proposed is what the question shows."""
    found = await show_in(connection, number_of(str(await connection.scalar(_SUBJECT, {"id": question}) or "")))
    return found is not None and found.state == "proposed" and _content(found) == shown


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """It is written off, or goes on being collected. The customer is locked."""
    number = number_of(str(await connection.scalar(_SUBJECT, {"id": question.id}) or ""))
    view = await show_in(connection, number)
    assert view is not None, "write-offs are never deleted"
    for one in outcome:
        match one:
            case WriteOffAccepted():
                await write_off_books.stand(connection, number, actor, today_of(view, at), at)
            case WriteOffRefused():
                await write_off_books.refuse(connection, number, actor, at)
            case AddNote(text=words):
                await write_note(connection, view.row["customer_id"], actor, words, at)
            case _:
                pass  # no other choice is offered


def _content(one: WriteOffView) -> str:
    items = [f"{each.invoice}={each.open}" for each in one.items]
    proofs = [each.sha256 for each in one.proofs]
    return fingerprint(
        ["write_off", str(one.number), str(one.amount), one.reason.value, one.row["remark"], *items, *proofs]
    )
