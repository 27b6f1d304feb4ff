"""The debtor seen whole: what its open cases would each do now, and the message they share (design 4.11)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.ahead import stages_ahead
from policies.decide import decide
from policies.decisions import Decision
from policies.facts import HoldKind
from policies.ladder import Step
from policies.mediation_proposal import Proposal
from policies.message import CreditorFacts, Line, MessageFacts, tells_everything
from policies.showing import is_asked_for, is_left_out, status_of
from policies.stages import Channel, Stage
from storage import mediators
from storage.accessories import accessories_of
from storage.after_judgment import proceedings_told
from storage.dispute_sums import DEMANDED, SET_ASIDE
from storage.dossier import Dossier, load
from storage.dossier_queries import DEBTOR, PRINCIPAL
from storage.hold_kinds import LASTING, STANDING
from storage.letter_posting import posting_of
from storage.lock_classes import DEBTOR as DEBTOR_CLASS
from storage.open_credits import to_the_credit
from storage.promises import note_words
from storage.recipients import language_for, name_for
from storage.threads import thread_of


@dataclass(frozen=True, slots=True)
class Copy:
    """An invoice's own file, as it was imported."""

    name: str
    media_type: str
    content: bytes


_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:class, hashtext(:debtor))")
_CREDITOR = text(
    "SELECT name, email, reply_to, phone, address, mentions, iban, bic, payment_url, company_number, mediator, sms_smart_encoding, "
    "agency_email, legal_email "
    "FROM creditor WHERE id = :id"
)
_ACCOUNT = text(
    f"""
    SELECT i.number, i.issued, i.due, i.total, i.prepaid, i.paid, i.credited, {DEMANDED} AS principal, {SET_ASIDE} AS disputed,
           ARRAY(SELECT h.kind FROM hold h JOIN cases c ON c.id = h.case_id
                 WHERE c.invoice_id = i.id AND {STANDING}
                 UNION ALL SELECT 'insolvency' FROM hold h WHERE h.customer_id = i.customer_id AND h.case_id IS NULL
                     AND :administrator AND h.kind = 'insolvency' AND h.ended_at IS NULL AND (i.issued IS NULL OR i.issued < h.since)
                 UNION ALL SELECT 'manual' WHERE i.assignee <> '' OR i.assignee_iban <> ''
                 UNION ALL SELECT 'in_flight' FROM line_claim l WHERE l.invoice_id = i.id AND l.proposed) AS holds,
           EXISTS (SELECT FROM placement_case k JOIN placement p ON p.id = k.placement_id JOIN cases c ON c.id = k.case_id
                   WHERE c.invoice_id = i.id AND p.ended_at IS NULL) AS placed
    FROM invoice i WHERE i.customer_id = :customer AND i.currency = :currency AND i.kind = 'invoice'
      AND {PRINCIPAL} > 0 AND NOT EXISTS (
        SELECT FROM cases c WHERE c.invoice_id = i.id AND (c.written_off IS NOT NULL OR c.withdrawn IS NOT NULL))
    ORDER BY i.due, i.number
    """  # noqa: S608 - no outside text
)
"""What is open of a customer, with the holds that stand on each item: a payment proposed for it is on its way."""
_COPIES = text(
    "SELECT min(i.document_name) AS name, min(i.document_type) AS type, i.document AS content, min(i.id) AS id FROM cases c "
    "JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases) AND i.document IS NOT NULL "
    "GROUP BY i.document_sha256, i.document, coalesce(nullif(i.part_of, ''), i.number) ORDER BY min(i.id)"
)
MOST_COPIES = 8_000_000
"""Bytes of copies one message carries: many mail servers refuse messages above ten megabytes."""
_POSITION = text("SELECT min(through) FROM bank_account WHERE creditor_id = :id AND closed_at IS NULL")
"""Every account is known up to here."""
_CUSTOMER = text("SELECT creditor_id, customer_id FROM cases WHERE id = :case")
_LEASED = text("SELECT true FROM lease WHERE case_id = :case AND token = :token")


async def copies(connection: AsyncConnection, cases: Iterable[int], step: Step) -> tuple[Copy, ...]:
    """Copies of the invoices of these cases, where the step sends them and we have them; never more than a mail holds."""
    if not (step.copies or Channel.HANDOVER in step.channels):
        return ()
    rows = (await connection.execute(_COPIES, {"cases": sorted(set(cases))})).all()
    found: list[Copy] = []
    for row in rows:
        if sum(len(one.content) for one in found) + len(row.content) <= MOST_COPIES:
            found.append(Copy(row.name, row.type, bytes(row.content)))
    return tuple(found)


async def try_debtor(connection: AsyncConnection, customer: int) -> bool:
    """Take the debtor for this transaction, with all its currencies: caps count what it hears in any of them. False when
    another run has it."""
    return bool(await connection.scalar(_TRY_LOCK, {"class": DEBTOR_CLASS, "debtor": str(customer)}))


async def leased(connection: AsyncConnection, case: int, token: UUID) -> bool:
    """Whether the lease on the case is still ours."""
    return bool(await connection.scalar(_LEASED, {"case": case, "token": token}))


async def debtor(connection: AsyncConnection, case: int) -> tuple[int, int, frozenset[int]]:
    """The creditor and the customer of `case`, and all open cases of the customer in that currency."""
    row = (await connection.execute(_CUSTOMER, {"case": case})).one()
    return row.creditor_id, row.customer_id, frozenset(await connection.scalars(DEBTOR, {"case": case}))


async def debtor_of(
    connection: AsyncConnection, case: int, as_of: datetime, channels: frozenset[Channel]
) -> tuple[dict[int, Dossier], dict[int, Decision]]:
    """All open cases of the debtor of `case`, and what each would do now."""
    ids = list(await connection.scalars(DEBTOR, {"case": case}))
    dossiers = await load(connection, ids, as_of, channels)
    return dossiers, {id: decide(one.case, one.ladder, as_of) for id, one in dossiers.items()}


async def note_all_words(connection: AsyncConnection, dossiers: Iterable[Dossier], as_of: datetime) -> None:
    """Promises and plans of these cases that are decided are over before a message tells of them, whoever runs first.

    Their cases are locked.
    """
    for one in dossiers:
        await note_words(connection, one.case, one.ladder, one.promises, as_of)


async def creditor_facts(connection: AsyncConnection, creditor: int) -> tuple[CreditorFacts, str, str]:
    """The creditor as messages name it, and the addresses of its agency and its counsel."""
    row = dict((await connection.execute(_CREDITOR, {"id": creditor})).mappings().one())
    agency, counsel = row.pop("agency_email"), row.pop("legal_email")
    return CreditorFacts(**row), agency, counsel


def _line(row: RowMapping, today: date, demanded: frozenset[str], everything: bool) -> Line:
    due = row["due"]
    assert isinstance(due, date)
    late = (today - due).days
    whole = row["disputed"] > 0 and row["principal"] <= 0
    holds = [*row["holds"], HoldKind.DISPUTE.value] if whole else row["holds"]
    status, asked_for = status_of(late, holds), is_asked_for(holds)
    asked = asked_for and (str(row["number"]) in demanded or (everything and late >= 0))
    return Line(
        invoice=str(row["number"]),
        issued=row["issued"],
        due=due,
        original=row["total"],
        paid=row["paid"] + row["prepaid"],
        credited=row["credited"],
        open=row["disputed"] if whole else row["principal"],
        status=status,
        days_late=max(late, 0),
        demanded=asked,
        disputed=0 if whole else row["disputed"],
    )


def message_key(customer: int, currency: str, step: str, window: date, channel: Channel) -> str:
    """The stable key of a message: the same message tried again has the same key, and so the same Message-ID."""
    told = f"{customer}|{currency}|{step}|{window.isoformat()}|{channel.value}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _asked_for(members: list[Dossier], today: date) -> frozenset[str]:
    """The invoices a message of these cases asks for: one that is not yet due is announced beside late ones, never demanded
    with them; alone it is what the message is about."""
    due = frozenset(one.case.invoice for one in members if one.case.due <= today)
    return due or frozenset(one.case.invoice for one in members)


def _told(account: tuple[Line, ...], step: Step) -> tuple[Line, ...]:
    """The items a step's message tells of: a notice before the due date never speaks of late ones."""
    if step.stage is Stage.UPCOMING:
        return tuple(line for line in account if not line.days_late)
    whole = tells_everything(step.stage, step.text)
    return account if whole else tuple(line for line in account if line.demanded)


async def _lines(connection: AsyncConnection, members: list[Dossier], step: Step, today: date) -> tuple[Line, ...]:
    """The lines of the account that the step's message of these cases carries."""
    case = members[0].case
    which = {"customer": case.customer, "currency": case.currency, "today": today, "lasting": LASTING}
    which["administrator"] = members[0].ladder.after_judgment
    rows = (await connection.execute(_ACCOUNT, which)).mappings()
    numbers, everything = _asked_for(members, today), tells_everything(step.stage, step.text)
    return _told(tuple(_line(row, today, numbers, everything) for row in rows if _is_shown(row, numbers)), step)


def _is_shown(row: RowMapping, asked_for: frozenset[str]) -> bool:
    """Whether a message speaks of the item; one that is with an agency only where the message is about it."""
    return not is_left_out(row["holds"]) and (not row["placed"] or str(row["number"]) in asked_for)


async def _proposing(
    connection: AsyncConnection, one: Dossier, step: Step, today: date
) -> tuple[CreditorFacts, Proposal | None]:
    """The creditor with the mediator its message names, and what the message proposes where it proposes a mediation."""
    creditor, _, _ = await creditor_facts(connection, one.creditor)
    own, proposal = await mediators.named_to(connection, one, step.stage, creditor.mediator, today)
    return replace(creditor, mediator=own), proposal


async def _credit_told(connection: AsyncConnection, one: Dossier, step: Step) -> int:
    """What a reminder tells to be to the customer's credit; a notice of what is not yet late tells no net of the account."""
    if step.stage is Stage.UPCOMING or not tells_everything(step.stage, step.text):
        return 0
    return await to_the_credit(connection, one.case.customer, one.case.currency)


async def message_facts(
    connection: AsyncConnection, group: Iterable[Dossier], step: Step, channel: Channel, as_of: datetime
) -> MessageFacts:
    """What the message of a group of cases of one debtor says, calculated at `as_of`."""
    members = sorted(group, key=lambda one: (one.case.due, one.case.id))
    first = members[0]
    today = first.case.calendar.day(as_of)
    lines = await _lines(connection, members, step, today)
    creditor, proposal = await _proposing(connection, first, step, today)
    within = step.pay_within if proposal is None or proposal.days is None else proposal.days
    return MessageFacts(
        key=message_key(first.case.customer, first.case.currency, step.id, today, channel),
        stage=step.stage,
        law=first.ladder.country or first.case.country or "",
        debtor=first.case.kind,
        language=language_for(first),
        creditor=creditor,
        customer_number=first.customer_number,
        customer_name=first.case.customer_name,
        contact_name=name_for(first, step, channel),
        agent_name=first.owner,
        agent_email=creditor.reply_to or creditor.email,
        currency=first.case.currency,
        lines=lines,
        demanded=sum(line.open for line in lines if line.demanded),
        total_open=sum(line.open for line in lines),
        written_at=as_of,
        written_on=today,
        position_on=await connection.scalar(_POSITION, {"id": first.creditor}),
        pay_by=today + timedelta(days=within) if within else None,
        pay_within=within,
        proposal=proposal,
        text=step.text,
        proceedings=await proceedings_told(connection, first),
        thread=await thread_of(connection, members, creditor.email) if channel is Channel.EMAIL else (),
        ahead=stages_ahead(first.ladder, step, first.case),
        credit=await _credit_told(connection, first, step),
        posting=await posting_of(connection, members, step) if channel is Channel.LETTER else None,
        accessories=await accessories_of(connection, members, step, lines, today),
    )
