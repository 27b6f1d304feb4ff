"""Questions: one per customer, currency and stage; the run of the oldest invoice leads it (design 4.11)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.bundle import gives_way_to_question
from policies.decisions import Ask, Decision
from policies.ladder import Step
from policies.questions import QuestionKind
from policies.reach import carrier
from policies.stages import Channel, Stage
from policies.what_changed import as_document
from storage import bundles, content_proof, journal, mediation_books
from storage.agency_file import agency_file
from storage.agency_refusals import why_not_by_agency
from storage.call_numbers import numbers_of
from storage.call_record import last_calls
from storage.collecting import LeaseLost
from storage.court_drafts import court_facts
from storage.dossier import Dossier
from storage.facts import lock, touch
from storage.giving_way import touch_beside
from storage.handing import Write, insert_message
from storage.journal import canonical
from storage.presence import asked_of
from storage.question_before import REPLACED, Before, before_it
from storage.question_subject import (
    GATHERED,
    Again,
    Describe,
    Follow,
    Lead,
    Subject,
    alike,
    comes_first,
    content_of,
    routes_of,
    shown_of,
)
from storage.recipients import recipient_for
from storage.session import transaction
from storage.voiding import void

CALLS_SHOWN = 3
"""Calls with the customer a question shows, whatever it is about."""

_OPEN = text(
    "SELECT id, fingerprint, lead_id, state, asked_at FROM question WHERE creditor_id = :creditor "
    "AND coalesce(customer_id, 0) = :customer AND currency = :currency AND kind = :kind AND stage = :stage "
    "AND state IN ('open', 'gathering') ORDER BY id DESC LIMIT 1 FOR NO KEY UPDATE"
)
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, lead_id, attempt, state, todo, title,
        description, fingerprint, shown_facts, amount, asked_at, since, waited, shown, offers)
    VALUES (:creditor, :customer, :currency, :kind, :stage, :step, :lead, 0, :state, :todo, :title, :description,
        :fingerprint, :shown, :amount, :at, CAST(:since AS timestamptz), :waited, CAST(:content AS jsonb), CAST(:offers AS jsonb)) RETURNING id
    """
)
_COVER = text(
    "INSERT INTO question_case (question_id, case_id, occurrence, principal, message_id) "
    "SELECT :question, :case, occurrence_now(:case, step), :principal, CAST(:draft AS bigint) FROM question WHERE id = :question"
)


async def ask(
    case: int, token: UUID, as_of: datetime, channels: frozenset[Channel], write: Write, describe: Describe
) -> Lead | Follow | Again:
    """Ask for the debtor of `case` what its cases must know; an open question that says the same is kept."""
    try:
        async with transaction() as connection:
            return await _ask(connection, case, token, as_of, channels, write, describe)
    except IntegrityError:
        return Again(soon=True)


async def _ask(
    connection: AsyncConnection, case: int, token: UUID, as_of: datetime, channels: frozenset[Channel], write: Write,
    describe: Describe,
) -> Lead | Follow | Again:  # fmt: skip
    dossiers, decisions = await bundles.debtor_of(connection, case, as_of, channels)
    mine, decision = dossiers.get(case), decisions.get(case)
    if mine is None or not isinstance(decision, Ask):
        return Again(soon=False)
    if not await bundles.try_debtor(connection, mine.case.customer):
        return Again(soon=True)
    await lock(connection, dossiers)
    dossiers, decisions = await bundles.debtor_of(connection, case, as_of, channels)
    if not await bundles.leased(connection, case, token):
        raise LeaseLost(f"The lease on case {case} is no longer ours.")
    await bundles.note_all_words(connection, dossiers.values(), as_of)
    decision = decisions[case]
    if not isinstance(decision, Ask):
        return Again(soon=False)
    if gives_way_to_question(decisions, decision):
        return Again(soon=True)
    first = await _of_another_ladder(connection, dossiers, decisions, case)
    if first is not None:
        return _follow(decision.question, first)
    members = alike(dossiers, decisions, decision)
    draft, subject = await _subject(connection, members, decision, as_of, write)
    return await _open_or_keep(connection, case, subject, draft, describe)


async def _of_another_ladder(
    connection: AsyncConnection, dossiers: Mapping[int, Dossier], decisions: Mapping[int, Decision], case: int
) -> Dossier | None:
    """The case whose open question about this stage comes first: it climbs another ladder, and asks for another step."""
    ask = decisions[case]
    assert isinstance(ask, Ask), "it is about to ask"
    found = (await connection.execute(_OPEN, _key(dossiers[case], ask.question, ask.step))).mappings().first()
    return dossiers[found["lead_id"]] if found and comes_first(decisions.get(found["lead_id"]), ask) else None


async def _subject(
    connection: AsyncConnection, members: tuple[Dossier, ...], decision: Ask, as_of: datetime, write: Write
) -> tuple[Any, Subject]:
    """What the question is about, and the draft it would have a person approve (nothing for other questions)."""
    approves = decision.question in (QuestionKind.APPROVE, QuestionKind.DAILY_REVIEW)
    facts, written = None, None
    if decision.step is not None:
        channel = carrier(members[0].case, decision.step, decision.occurrence) or decision.step.channels[0]
        facts = await bundles.message_facts(connection, members, decision.step, channel, as_of)
        facts = replace(facts, file=await agency_file(connection, members, decision.step, channel, as_of))
        if approves and decision.step.stage is Stage.LEGAL:
            facts = replace(facts, court=await court_facts(connection, members, decision.step, as_of))
        if approves:
            copies = await _copies(connection, members, decision.step, facts)
            written = write(facts, channel, recipient_for(members[0], decision.step, channel), copies)
    customer, cases = members[0].case.customer, [one.case.id for one in members]
    subject = Subject(
        kind=decision.question, step=decision.step, members=members, facts=facts, draft_text=written.text if written else "",
        recipient=written.recipient if written else members[0].email, because=decision.because.code.value, as_of=as_of,
        occurrence=decision.occurrence,
        against=await why_not_by_agency(connection, cases, decision.step.stage if approves and decision.step else None),
        calls=(await last_calls(connection, [customer], CALLS_SHOWN)).get(customer, ()),
        numbers=(await numbers_of(connection, [customer])).get(customer, ()),
    )  # fmt: skip
    return written, subject


async def _copies(
    connection: AsyncConnection, members: tuple[Dossier, ...], step: Step | None, facts: Any
) -> tuple[bundles.Copy, ...]:
    """The invoices beside the message; those of a court file are in its ZIP, once."""
    if step is None or facts is None or facts.court is not None:
        return ()
    return await bundles.copies(connection, [one.case.id for one in members], step)


async def _open_or_keep(
    connection: AsyncConnection, case: int, subject: Subject, written: Any, describe: Describe
) -> Lead | Follow | Again:
    lead = subject.members[0]
    found = (await connection.execute(_OPEN, _key(lead, subject.kind, subject.step))).mappings().first()
    if found and found["fingerprint"] == content_of(subject) and not _aged(found["asked_at"], subject):
        return _place(case, lead, found["id"], subject)
    if found:
        await void(connection, [found["id"]], REPLACED, subject.as_of, wake=False)
    before = await before_it(connection, _key(lead, subject.kind, subject.step))
    question = await _insert(
        connection, replace(subject, changed=before.changes(shown_of(subject))), written, describe, before
    )
    led = [found["lead_id"]] if found and found["lead_id"] else []
    await touch(connection, {*led, lead.case.id} - {case} if subject.kind not in GATHERED else [])
    await touch_beside(connection, [one.case.id for one in subject.members])
    return _place(case, lead, question, subject)


def _aged(asked_at: datetime, subject: Subject) -> bool:
    """Whether the draft a person would approve was written too long ago: its figures are of that day (design 4.8)."""
    lead = subject.members[0]
    days = (subject.as_of - asked_at).days
    return subject.kind in (QuestionKind.APPROVE, *GATHERED) and days > lead.ladder.valid_days


def _key(lead: Dossier, kind: QuestionKind, step: Step | None) -> dict[str, Any]:
    return {
        "creditor": lead.creditor, "customer": lead.case.customer, "currency": lead.case.currency, "kind": kind,
        "stage": step.stage if step else "",
    }  # fmt: skip


def _place(case: int, lead: Dossier, question: int, subject: Subject) -> Lead | Follow:
    if case == lead.case.id and subject.kind not in GATHERED:
        return Lead(question)
    return _follow(subject.kind, lead)


def _follow(kind: QuestionKind, lead: Dossier) -> Follow:
    if kind in GATHERED:
        return Follow(None, "in the daily review")
    return Follow(lead.case.id, f"with {lead.case.invoice}, same customer")


async def _insert(
    connection: AsyncConnection, subject: Subject, written: Any, describe: Describe, before: Before
) -> int:
    lead, words = subject.members[0], describe(subject)
    draft = None
    if written is not None and subject.facts is not None and subject.step is not None:
        channel = carrier(lead.case, subject.step, subject.occurrence) or subject.step.channels[0]
        today = subject.facts.written_on
        draft = await insert_message(connection, lead, subject.facts, subject.step, channel, written, today, "draft")
    values = _key(lead, subject.kind, subject.step) | {
        "step": subject.step.id if subject.step else "",
        "lead": lead.case.id,
        "state": "gathering" if subject.kind in GATHERED else "open",
        "todo": before.todo or await asked_of(connection, lead.creditor, lead.owner, lead.case.customer, subject.as_of),
        "since": before.since,
        "waited": before.waited,
        "content": canonical(as_document(shown_of(subject))),
        "title": words.title,
        "description": words.description,
        "fingerprint": content_of(subject),
        "shown": words.shown_facts,
        "amount": subject.amount,
        "at": subject.as_of,
        "offers": canonical({"sentences": words.offers, "routes": routes_of(subject)} if words.offers else {}),
    }
    question = int(await connection.scalar(_ASK, values))
    for one in subject.members:
        covered = {"question": question, "case": one.case.id, "principal": one.case.principal, "draft": draft}
        await connection.execute(_COVER, covered)
        facts = await content_proof.asked(connection, question, subject.kind, one.case.principal, draft)
        await journal.append(connection, "case", one.case.id, "asked", facts, subject.as_of)
    if subject.kind is QuestionKind.MEDIATION_OUTCOME and subject.step is not None:
        covered_cases = [one.case.id for one in subject.members]
        today = lead.case.calendar.day(subject.as_of)
        await mediation_books.has_left(connection, covered_cases, subject.step.id, today, subject.as_of)
    return question


def next_look(as_of: datetime) -> datetime:
    """When a following case looks again in any event."""
    return as_of + timedelta(days=1)
