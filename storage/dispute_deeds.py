"""Staff open a dispute, decide one from the terminal, and add files to it."""

import hashlib
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.answers import interpret
from policies.choices import choices
from policies.dispute_form import DisputeAsked, DisputeWords, read_dispute
from policies.dispute_reasons import in_words
from policies.facts import HoldKind
from policies.fingerprint import decision_text
from policies.money import plain
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.staff import Signer
from policies.who_may_answer import why_not as not_for
from storage import dispute_decisions, doors, holds, journal, questions
from storage.content_proof import proof_of
from storage.desk_refusals import Refusal, record
from storage.dispute_sums import OPEN
from storage.dispute_views import show_in
from storage.facts import lock, lock_debtor, touch
from storage.hold_deeds import Deed
from storage.ladder_choice import UNOPENED
from storage.opening import open_early
from storage.session import reading, transaction
from storage.whom import SOURCE, Whom, find

MOST_BYTES = 10_000_000
"""Of one document: a photograph, a delivery note, a letter."""

_INVOICE = text(
    f"""
    SELECT i.currency, {OPEN} AS open, (SELECT x.id FROM dispute x WHERE x.invoice_id = i.id AND x.state = 'open') AS disputed
    FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = :case
    """  # noqa: S608 - no outside text
)
_UNOPENED = text(
    f"""
    SELECT i.id, i.customer_id, i.creditor_id, r.policy, d.number FROM invoice i JOIN customer d ON d.id = i.customer_id
    JOIN creditor r ON r.id = i.creditor_id
    WHERE i.number = :invoice AND {UNOPENED} AND (CAST(:customer AS bigint) IS NULL OR d.id = :customer)
    """  # noqa: S608 - no outside text
)
_DETAILS = text(
    """
    UPDATE dispute SET reason = :reason, lines = :lines, owner = coalesce(nullif(:owner, ''), owner),
        deadline = coalesce(CAST(:deadline AS date), deadline)
    WHERE case_id = :case AND state = 'open'
    """
)
_ASKED = text("SELECT id FROM question WHERE dispute_id = :dispute AND state = 'open'")
_DOCUMENT = text(
    "INSERT INTO dispute_document (dispute_id, name, content, sha256, actor, at) "
    "VALUES (:dispute, :name, :content, :sha256, :actor, :at) RETURNING id"
)
_CONTENT = text("SELECT name, content FROM dispute_document WHERE dispute_id = :dispute ORDER BY id")


async def open_dispute(
    customer: str, invoice: str, words: DisputeWords, actor: str, at: datetime
) -> Deed | list[Problem]:
    """An invoice is disputed, in whole or in part: the rest of it goes on being collected."""
    if not invoice.strip():
        return [Problem(SOURCE, None, "invoice", "Say which invoice is disputed.")]
    async with transaction() as connection:
        whom = await _collected(connection, customer, invoice.strip(), at)
        if isinstance(whom, list):
            return whom
        await lock(connection, whom.concerned)
        row = (await connection.execute(_INVOICE, {"case": whom.case})).mappings().one()
        if row["disputed"] is not None:
            known = (
                f"{whom.invoice} is disputed already: decide dispute {row['disputed']} first, or add a document to it."
            )
            return [Problem(SOURCE, None, "invoice", known)]
        asked = read_dispute(words, row["open"], row["currency"], whom.today(at))
        if isinstance(asked, list):
            return asked
        await _open(connection, whom, asked, words, row["currency"], actor, at)
        await touch(connection, whom.concerned)
    amount = "the whole" if asked.amount is None else f"{plain(asked.amount, row['currency'])} {row['currency']}"
    return Deed("dispute", whom.number, whom.name, f"{whom.invoice}, {amount}", whom.concerned)


async def _collected(connection: AsyncConnection, customer: str, invoice: str, at: datetime) -> Whom | list[Problem]:
    """The invoice with its case; one that is not due yet is disputed all the same: its case is opened, and rests."""
    whom = await find(connection, customer, invoice)
    known = await find(connection, customer) if customer.strip() else whom
    values = {"invoice": invoice, "customer": known.customer if isinstance(known, Whom) else None}
    early = (await connection.execute(_UNOPENED, values)).all() if isinstance(whom, list) else []
    if len(early) != 1:
        return whom
    await lock_debtor(connection, early[0].customer_id)
    opened = await open_early(connection, early[0].creditor_id, early[0].policy, [early[0].id], at)
    if not opened:
        why = f"{invoice} is not due yet, and no ladder is chosen for it: see ./relance doctor, then dispute it again."
        return [Problem(SOURCE, None, "invoice", why)]
    return await find(connection, early[0].number, invoice)


async def _open(
    connection: AsyncConnection, whom: Whom, asked: DisputeAsked, words: DisputeWords, currency: str, actor: str,
    at: datetime,
) -> None:  # fmt: skip
    """By the door of every dispute: a hold, or a part of an invoice that is set aside."""
    amount = "" if asked.amount is None else f" {plain(asked.amount, currency)}"
    said = f"{in_words(asked.reason)}{amount}: {words.text.strip()}".strip()
    await holds.place(connection, whom.customer, whom.case, HoldKind.DISPUTE, said, whom.today(at), None, actor, at)
    details = {"reason": asked.reason, "lines": words.lines.strip(), "owner": words.owner.strip()}
    await connection.execute(_DETAILS, details | {"deadline": asked.deadline, "case": whom.case})


async def decide(number: int, values: dict[str, str], signer: Signer, at: datetime) -> str | None:
    """Decide a dispute, whether or not its owner is asked now: the same checks. Answers the sentence that refuses it."""
    async with reading() as connection:
        asked = await connection.scalar(_ASKED, {"dispute": number})
        view = await show_in(connection, number, at)
    if view is None:
        return f"There is no dispute {number}. See ./relance disputes list."
    choice = next((one for one in choices(QuestionKind.DISPUTE, None) if one.code == values.get("decision")), None)
    if choice is None:
        return f"Choose one of: {', '.join(one.code for one in choices(QuestionKind.DISPUTE, None))}."
    if asked is not None:
        found = await questions.read(int(asked))
        assert found is not None, "the question was read a moment ago"
        decision = decision_text(choice.sentence, found.shown_facts, found.fingerprint)
        return await doors.answer_directly(found.id, signer, "terminal", values | {"decision": decision})
    outcome = interpret(QuestionKind.DISPUTE, None, values, view.today, currency=view.currency)
    if isinstance(outcome, list):
        return " ".join(f"{one.field}: {one.reason}" for one in outcome)
    async with transaction() as connection:
        await dispute_decisions.lock_about(connection, number)
        not_they = not_for(QuestionKind.DISPUTE, None, choice, signer.role)
        refusal = not_they or await dispute_decisions.why_not(connection, number, outcome, at)
        if not refusal:
            await dispute_decisions.decided(connection, number, outcome, signer.name, at)
    if not_they:
        await record(Refusal(at, signer.name, signer.role.value, "terminal", "disputes decide", not_they))
    return refusal or None


async def add_document(number: int, name: str, content: bytes, actor: str, at: datetime) -> list[Problem]:
    """Keep a file with a dispute, byte for byte; the question about it is asked anew with it."""
    if not content or len(content) > MOST_BYTES:
        limit = f"The file is larger than {MOST_BYTES // 1_000_000} MB." if content else "The file is empty."
        return [Problem(SOURCE, None, "file", limit)]
    digest = hashlib.sha256(content).hexdigest()
    try:
        async with transaction() as connection:
            view = await show_in(connection, number, at)
            if view is None:
                return [Problem(SOURCE, None, "", f"There is no dispute {number}. See ./relance disputes list.")]
            if view.case is not None:
                await lock(connection, [view.case])
            else:
                await lock_debtor(connection, view.customer)
            kept = name.encode("utf-8", "replace").decode().replace("\x00", "?")  # any bytes may name a file
            values = {"dispute": number, "name": kept, "content": content, "sha256": digest, "actor": actor, "at": at}
            document = int(await connection.scalar(_DOCUMENT, values))
            chain, id = ("customer", view.customer) if view.case is None else ("case", view.case)
            proof = await proof_of(connection, "dispute_document", document)
            facts = {"dispute": number, "document": document, "proof": proof, "actor": actor}
            await journal.append(connection, chain, id, "dispute_document", facts, at)
    except IntegrityError:
        return [Problem(SOURCE, None, "file", "This very file is kept with the dispute already.")]
    return []


async def documents(number: int) -> tuple[tuple[str, bytes], ...]:
    """The files of a dispute, as they came."""
    async with reading() as connection:
        rows = (await connection.execute(_CONTENT, {"dispute": number})).all()
    return tuple((row.name, bytes(row.content)) for row in rows)
