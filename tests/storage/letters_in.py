"""Messages of customers as they come in, and a person who answers what they say."""

from datetime import date, datetime
from uuid import uuid4

from policies.incoming import Incoming, IncomingKind
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from storage import clock, doors, questions
from storage.clock import Mode
from storage.incoming import Received, keep
from storage.questions import Question
from storage.reply_questions import ask_about_replies
from storage.session import transaction
from tasks.reply_words import about_replies
from tests.storage.books import rows


async def reply(
    words: str,
    at: datetime,
    *invoices: str,
    channel: str = "email",
    kind: IncomingKind = IncomingKind.REPLY,
    sender: str = "compta@dupont.example",
) -> int:
    """A message of the customer about these invoices (none named: all that are open); it holds until it is read."""
    ref = f"<{uuid4().hex}@dupont.example>"
    what = Incoming(kind, "It says so.", ref, sender, "Re: FA-1", words, references=invoices)
    async with transaction() as connection:
        kept = await keep(connection, Received(what, channel, ref, "compta@us.example", words.encode(), at), at)
    assert kept is not None
    return kept


async def asked(at: datetime) -> list[Question]:
    """The questions about replies after a round."""
    await ask_about_replies(at, about_replies)
    return [one for one in await questions.inbox() if one.kind is QuestionKind.REPLY]


async def answer(question: Question, decision: str, at: datetime, actor: str = "marie", **values: str) -> str | None:
    """Answer from the terminal, by the sentence of the form; the sentence that refuses it."""
    await clock.start(Mode.STEPPED, at)
    given = values | {"decision": f"{decision} · {question.fingerprint}"}
    return await doors.answer_directly(question.id, Signer(actor, Role.ADMIN), "terminal", given)


async def standing_holds() -> list[tuple[str, str, date | None, str]]:
    """What holds: kind, invoice (empty: the customer as a whole), last day, channels."""
    return [
        (row[0], row[1], row[2], row[3])
        for row in await rows(
            "SELECT h.kind, coalesce(i.number, ''), h.until, h.channels FROM hold h LEFT JOIN cases c ON c.id = h.case_id "
            "LEFT JOIN invoice i ON i.id = c.invoice_id WHERE h.ended_at IS NULL ORDER BY 1, 2"
        )
    ]
