"""A person writes to a customer, or has an invoice sent once more: looked at at once, sent as soon as the hour allows it."""

import hashlib
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.by_hand import words_wrong
from policies.contact_budget import first_day
from policies.problems import Problem
from policies.said import short_day
from policies.stages import Channel
from storage import beside_truth, correspondence, journal
from storage.bulk import append_to_cases
from storage.dossier import Dossier, load
from storage.due_items import in_instalments
from storage.facts import lock
from storage.hold_deeds import Deed
from storage.session import transaction
from storage.whom import SHOWN, SOURCE, Whom, find

CHANNELS = frozenset({Channel.EMAIL})
"""What a person writes leaves by e-mail."""

_LATEST = text(f"SELECT c.id FROM cases c WHERE c.customer_id = :customer {beside_truth.CONTEXT}")  # noqa: S608 - no outside text
_OF_INVOICE = text(
    """
    SELECT DISTINCT ON (d.id) c.id, d.id AS customer, d.number, d.name FROM cases c JOIN invoice i ON i.id = c.invoice_id
    JOIN customer d ON d.id = c.customer_id
    WHERE i.number = :invoice AND (CAST(:customer AS bigint) IS NULL OR d.id = :customer)
    ORDER BY d.id, c.closed_at IS NOT NULL, c.id DESC
    """
)
_COPY_WAITS = text(
    "SELECT true FROM correspondence WHERE case_id = :case AND kind = 'invoice_copy' AND state = 'waiting'"
)


async def write_to_customer(
    customer: str, subject: str, words: str, invoice: str, actor: str, at: datetime
) -> Deed | list[Problem]:
    """Write a free message in the owner's name, about one invoice or to the customer as a whole. It counts as a contact.

    Refused where the customer may not be written to (insolvency, a stay, an opt-out, caps); other holds do not stop what a
    person writes. The same words to the same customer leave once a day.
    """
    if wrong := words_wrong(subject, words):
        return wrong
    try:
        async with transaction() as connection:
            whom = await find(connection, customer, invoice)
            if isinstance(whom, list):
                return whom
            return await _write(connection, whom, subject.strip(), words.strip(), actor, at)
    except IntegrityError:
        return [Problem(SOURCE, None, "text", "These very words were written to this customer today already.")]


async def resend_invoice(invoice: str, customer: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """Send the stored file of an invoice to its customer once more. It counts as a contact, and no cap holds it up."""
    number = invoice.strip()
    if not number:
        return [Problem(SOURCE, None, "invoice", "Say which invoice: its number.")]
    async with transaction() as connection:
        whom = await find(connection, customer) if customer.strip() else None
        if isinstance(whom, list):
            return whom
        found = await _case_of(connection, number, whom)
        if isinstance(found, list):
            return found
        return await _send_copy(connection, number, found, actor, at)


async def _send_copy(
    connection: AsyncConnection, number: str, found: tuple[int, str, str], actor: str, at: datetime
) -> Deed | list[Problem]:
    case, customer, name = found
    await lock(connection, [case])
    about = (await load(connection, [case], at, CHANNELS))[case]
    why = await _refusal(connection, about, MessageKind.INVOICE_COPY, at)
    if not why and await connection.scalar(_COPY_WAITS, {"case": case}):
        why = f"A copy of {number} is on its way already."
    if not why and not await correspondence.queue_invoice_copy(connection, case, "asked", at, actor):
        why = f"No file of {number} is stored: import it with its invoice, or send it from your own program."
    if why:
        return [Problem(SOURCE, None, "invoice", why)]
    return Deed("copy", customer, name, f"{number} · {_leaves(about, at)}", (case,))


async def _write(
    connection: AsyncConnection, whom: Whom, subject: str, words: str, actor: str, at: datetime
) -> Deed | list[Problem]:
    await lock(connection, whom.concerned)
    context = whom.case or await connection.scalar(_LATEST, {"customer": whom.customer})
    about = (await load(connection, [context], at, CHANNELS)).get(context) if context else None
    if about is None:
        return [Problem(SOURCE, None, "customer", f"Nothing of {whom.name} was ever collected: write from your mail.")]
    if why := await _refusal(connection, about, MessageKind.WRITTEN, at):
        return [Problem(SOURCE, None, "customer", why)]
    told = hashlib.sha256(f"{subject}\n{words}".encode()).hexdigest()[:32]
    row = await correspondence.insert(
        connection, MessageKind.WRITTEN, at, customer=whom.customer, case=whom.case, subject=subject, words=words,
        actor=actor, fact=f"{whom.customer} {whom.today(at)} {told}",
    )  # fmt: skip
    facts: dict[str, object] = {"actor": actor, "correspondence": row}
    await journal.append(connection, "customer", whom.customer, "writing_asked", facts, at)
    await append_to_cases(connection, "writing_asked", [(case, facts) for case in whom.concerned], at)
    return Deed("write", whom.number, whom.name, f"{whom.invoice or 'customer'} · {_leaves(about, at)}", whom.concerned)


async def _refusal(connection: AsyncConnection, about: Dossier, kind: MessageKind, at: datetime) -> str:
    """Why nothing may be written to this customer now; empty: it may."""
    case, name = about.case, about.case.customer_name
    today = case.calendar.day(at)
    if case.switched_off:
        return "Collecting is switched off: nothing leaves until it is switched on again (./relance collecting on)."
    if hold := await beside_truth.forbidding_hold(connection, case.customer, today):
        return f"{name} is on hold ({hold.kind.value.replace('_', ' ')}: {hold.reason}): nothing is written to it."
    if Channel.EMAIL not in case.reach:
        return f"There is no e-mail address of {name} that works."
    wait = first_day(case, about.ladder, Channel.EMAIL, case.contacts, today)
    if wait is None or kind is MessageKind.INVOICE_COPY:
        return ""
    return f"{name} has heard from us as often as its policy and law allow; it can be written to from {short_day(wait[0])}."


def _leaves(about: Dossier, at: datetime) -> str:
    """When it leaves; where it goes to the local sink, that as well."""
    sink, opens = "" if about.live else ", to the local sink", beside_truth.opens(about, at)
    if opens is None or opens <= at:
        return f"leaves at once{sink}"
    local = opens.astimezone(about.case.calendar.zone)
    return f"leaves {short_day(local.date())} at {local:%H:%M}{sink}"


async def _case_of(connection: AsyncConnection, number: str, whom: Whom | None) -> tuple[int, str, str] | list[Problem]:
    """The case of the invoice with the number and name of its customer; never a guess."""
    values = {"invoice": number, "customer": whom.customer if whom else None}
    rows = (await connection.execute(_OF_INVOICE, values)).all()
    if len(rows) == 1:
        return rows[0].id, rows[0].number, rows[0].name
    if rows:
        several = "; ".join(f"{row.name} ({row.number})" for row in rows[:SHOWN])
        return [Problem(SOURCE, None, "customer", f"Several customers have an invoice {number}: {several}. Say whose.")]
    parts = await in_instalments(connection, number, whom.customer if whom else None)
    reason = parts or f"No case of an invoice {number} is known: only what is or was collected is sent from here."
    return [Problem(SOURCE, None, "invoice", reason)]
