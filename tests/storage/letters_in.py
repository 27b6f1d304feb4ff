"""Messages of customers as the mailbox keeps them, and a person who answers what they say."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from policies.facts import HoldKind
from policies.questions import QuestionKind
from storage import clock, doors, holds, questions
from storage.clock import Mode
from storage.facts import touch_customer
from storage.questions import Question
from storage.reply_questions import ask_about, ask_about_replies
from storage.session import transaction
from tasks.reply_words import about_replies
from tests.storage.books import rows


async def reply(
    words: str, at: datetime, *invoices: str, channel: str = "email", kind: str = "reply", customer: str = "C1"
) -> int:
    """A message of the customer about these invoices (none named: all that are open); it holds until it is read."""
    async with transaction() as connection:
        creditor, of = (
            await connection.execute(text("SELECT creditor_id, id FROM customer WHERE number = :n"), {"n": customer})
        ).one()
        values: dict[str, Any] = {
            "creditor": creditor, "customer": of, "channel": channel, "kind": kind, "text": words, "at": at,
            "sender": "compta@dupont.example" if channel == "email" else "+33612345678",
        }  # fmt: skip
        id = int(await connection.scalar(
            text(
                "INSERT INTO incoming_message (creditor_id, customer_id, channel, provider_ref, sender, subject, text, raw, kind, "
                "received_at) VALUES (:creditor, :customer, :channel, gen_random_uuid()::text, :sender, 'Re: FA-1', :text, '', "
                ":kind, :at) RETURNING id"
            ), values,
        ))  # fmt: skip
        await connection.execute(
            text(
                "INSERT INTO incoming_case (incoming_id, case_id) SELECT :id, c.id FROM cases c JOIN invoice i "
                "ON i.id = c.invoice_id WHERE c.customer_id = :customer AND c.closed_at IS NULL "
                "AND (i.number = ANY(:numbers) OR cardinality(CAST(:numbers AS text[])) = 0)"
            ),
            {"id": id, "customer": of, "numbers": list(invoices)},
        )
        held = HoldKind.COMPLAINT if kind == "complaint" else HoldKind.UNREAD_REPLY
        hold = await holds.place(connection, of, None, held, "unread", at.date(), None, "marie", at)
        await connection.execute(
            text("UPDATE hold SET origin = :o WHERE id = :id"), {"o": f"incoming:{id}", "id": hold}
        )
        await touch_customer(connection, of)
        await ask_about(connection, id, at)
    return id


async def asked(at: datetime) -> list[Question]:
    """The questions about replies after a round."""
    await ask_about_replies(at, about_replies)
    return [one for one in await questions.inbox() if one.kind is QuestionKind.REPLY]


async def answer(question: Question, decision: str, at: datetime, actor: str = "marie", **values: str) -> str | None:
    """Answer from the terminal, by the sentence of the form; the sentence that refuses it."""
    await clock.start(Mode.STEPPED, at)
    given = values | {"decision": f"{decision} · {question.fingerprint}"}
    return await doors.answer_directly(question.id, actor, "terminal", given)


async def standing_holds() -> list[tuple[str, str, date | None, str]]:
    """What holds: kind, invoice (empty: the customer as a whole), last day, channels."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in await rows(
            "SELECT h.kind, coalesce(i.number, ''), h.until, h.channels FROM hold h LEFT JOIN cases c ON c.id = h.case_id "
            "LEFT JOIN invoice i ON i.id = c.invoice_id WHERE h.ended_at IS NULL ORDER BY 1, 2"
        )
    ]
