"""What people enter of the credit insurance: its policies, the cover of customers, and what the insurer said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.form_days import act_day_wrong, day_of
from policies.insurance import ConsentFor
from policies.insurance_consequences import ConsentAnswered
from policies.insurance_form import PolicyWords, read_cover, read_policy
from policies.insured import Insured
from policies.insurer_consent import ConsentState
from policies.problems import Problem
from storage import insurer_consents, insurer_questions, journal
from storage.creditor import ensure_creditor
from storage.facts import lock_cases_of, lock_debtor, touch
from storage.hold_deeds import Deed
from storage.insured_invoices import insured_cases
from storage.session import transaction
from storage.whom import SOURCE, Whom, find

_SET = text(
    """
    INSERT INTO credit_insurance (creditor_id, insurer, policy, email, folder, currency, extension_days, filing_days, filing_from,
        extension_clause, filing_clause, insured_percent, minimum_claim, blind_cover, covers_disputed, asks_write_off, valid_from,
        valid_until, set_by, set_at)
    VALUES (:creditor, :insurer, :policy, :email, :folder, :currency, :extension_days, :filing_days, :filing_from,
        :extension_clause, :filing_clause, :insured_percent, :minimum_claim, :blind_cover, :covers_disputed, :asks_write_off,
        :valid_from, :valid_until, :actor, :at)
    ON CONFLICT (creditor_id, policy) DO UPDATE SET insurer = excluded.insurer, email = excluded.email, folder = excluded.folder,
        currency = excluded.currency, extension_days = excluded.extension_days, filing_days = excluded.filing_days,
        filing_from = excluded.filing_from, extension_clause = excluded.extension_clause, filing_clause = excluded.filing_clause,
        insured_percent = excluded.insured_percent, minimum_claim = excluded.minimum_claim, blind_cover = excluded.blind_cover,
        covers_disputed = excluded.covers_disputed, asks_write_off = excluded.asks_write_off, valid_from = excluded.valid_from,
        valid_until = excluded.valid_until, set_by = excluded.set_by, set_at = excluded.set_at
    RETURNING id
    """
)
_OTHERWISE = text(
    """
    SELECT true FROM credit_insurance p WHERE p.creditor_id = :creditor AND p.policy = :policy AND p.currency <> :currency
      AND (EXISTS (SELECT FROM buyer_cover b WHERE b.insurance_id = p.id)
           OR EXISTS (SELECT FROM insurance_claim c WHERE c.insurance_id = p.id))
    """
)
_POLICY = text(
    "SELECT p.id, p.currency FROM credit_insurance p JOIN customer d ON d.creditor_id = p.creditor_id WHERE d.id = :customer "
    "AND (:policy = '' OR p.policy = :policy) ORDER BY p.valid_from DESC, p.id DESC"
)
_COVER = text(
    """
    INSERT INTO buyer_cover (customer_id, insurance_id, limit_amount, since, until, cancelled_on, reference, set_by, set_at)
    VALUES (:customer, :insurance, :limit_amount, :since, :until, :cancelled_on, :reference, :actor, :at)
    ON CONFLICT (customer_id, insurance_id, since) DO UPDATE SET limit_amount = excluded.limit_amount, until = excluded.until,
        cancelled_on = excluded.cancelled_on, reference = excluded.reference, set_by = excluded.set_by, set_at = excluded.set_at
    RETURNING id
    """
)
_OPEN = text(
    """
    SELECT x.id, x.until FROM insurer_consent x WHERE x.customer_id = :customer AND x.about = :about AND x.state = 'asked'
      AND NOT EXISTS (SELECT FROM insurer_consent_case k WHERE k.consent_id = x.id AND NOT k.case_id = ANY(:cases))
    ORDER BY x.id LIMIT 1
    """
)
ANSWERS = {"asked": ConsentState.ASKED, "granted": ConsentState.GRANTED, "refused": ConsentState.REFUSED,
           "not_needed": ConsentState.NOT_NEEDED}  # fmt: skip
"""What may be recorded of a consent; asked: a person is asked for the answer."""


@dataclass(frozen=True, slots=True)
class ConsentWords:
    """A consent as a person writes it down; days as YYYY-MM-DD, empty: none."""

    about: str
    answer: str
    reference: str = ""
    on: str = ""
    until: str = ""


async def set_policy(words: PolicyWords, actor: str, at: datetime) -> int | list[Problem]:
    """Enter a policy of the creditor, or correct the one of this number; answers its number. Its cases look again."""
    read = read_policy(words)
    if isinstance(read, list):
        return read
    creditor = (await ensure_creditor()).id
    async with transaction() as connection:
        cases = await lock_cases_of(connection, creditor)
        if await connection.scalar(_OTHERWISE, {**read, "creditor": creditor}):
            return [_no("currency", "Covers and claims are entered in its currency: enter a policy of another number.")]
        number = int(await connection.scalar(_SET, {**read, "creditor": creditor, "actor": actor, "at": at}))
        facts = {
            "insurance": number,
            "actor": actor,
            **{name: str(read[name]) for name in sorted(read) if name != "email"},
        }
        await journal.append(connection, "creditor", creditor, "insurance_set", facts, at)
        await touch(connection, cases)
    return number


async def set_cover(
    customer: str, limit: str, since: str, actor: str, at: datetime, *, until: str = "", cancelled: str = "",
    reference: str = "", policy: str = "",
) -> Deed | list[Problem]:  # fmt: skip
    """Enter what the insurer decided about a customer, or correct the decision of that day."""
    async with transaction() as connection:
        whom = await find(connection, customer)
        if isinstance(whom, list):
            return whom
        found = (await connection.execute(_POLICY, {"customer": whom.customer, "policy": policy.strip()})).first()
        if found is None:
            return [_no("policy", "No such policy is entered: ./relance insurance set, first.")]
        read = read_cover(limit, found.currency, since, until, cancelled)
        if isinstance(read, list):
            return read
        await lock_debtor(connection, whom.customer)
        values: Mapping[str, Any] = {**read, "customer": whom.customer, "insurance": found.id,
                                     "reference": reference.strip(), "actor": actor, "at": at}  # fmt: skip
        cover = int(await connection.scalar(_COVER, values))
        facts = {"cover": cover, "limit": read["limit_amount"], "currency": found.currency, "since": read["since"],
                 "until": read["until"], "cancelled_on": read["cancelled_on"], "actor": actor}  # fmt: skip
        await journal.append(connection, "customer", whom.customer, "cover_set", facts, at)
        await touch(connection, whom.cases)
    return Deed("cover", whom.number, whom.name, f"{limit.strip()} {found.currency} from {since.strip()}", whom.cases)


async def record_consent(
    customer: str, invoice: str, words: ConsentWords, actor: str, at: datetime
) -> Deed | list[Problem]:
    """What the insurer said to something about a customer's insured invoices, or that it is asked."""
    async with transaction() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        if wrong := _consent_wrong(words, whom.today(at)):
            return wrong
        await lock_debtor(connection, whom.customer)
        about, state = ConsentFor(words.about.strip()), ANSWERS[words.answer.strip()]
        cases = await insured_cases(connection, whom.concerned)
        if not cases:
            return [_no("customer", f"Nothing that {whom.name} owes is insured.")]
        if wrong := await _record(connection, whom, about, state, cases, words, actor, at):
            return wrong
        await touch(connection, whom.concerned)
    said = f"{about.value.replace('_', ' ')}: {state.value.replace('_', ' ')}"
    return Deed("insurer-consent", whom.number, whom.name, said, whom.concerned)


async def _record(
    connection: AsyncConnection, whom: Whom, about: ConsentFor, state: ConsentState, cases: tuple[Insured, ...],
    words: ConsentWords, actor: str, at: datetime,
) -> list[Problem]:  # fmt: skip
    """The answer to what was asked about it, or an entry of its own; what speaks against it."""
    until, on = day_of(words.until.strip()), day_of(words.on.strip()) or whom.today(at)
    ids = [one.invoice.case for one in cases]
    waiting = (await connection.execute(_OPEN, {"customer": whom.customer, "about": about.value, "cases": ids})).first()
    if (
        waiting is not None
        and state is ConsentState.GRANTED
        and waiting.until is not None
        and until is not None
        and until < waiting.until
    ):
        reason = f"The insurer was asked for payment up to {waiting.until}: record it as refused, and agree on an earlier day."
        return [_no("until", reason)]
    if state is ConsentState.ASKED:
        if waiting is None:
            await insurer_consents.ask_for(connection, about, whom.customer, cases, until, actor, at)
    elif waiting is not None:
        await insurer_questions.answer(connection, waiting.id, ConsentAnswered(state, on, words.reference), actor, at)
    else:
        await insurer_consents.record(
            connection, about, whom.customer, cases[0].insurance_number, ids, state, on, words.reference, until, actor, at
        )  # fmt: skip
    return []


def _consent_wrong(words: ConsentWords, today: date) -> list[Problem]:
    found = []
    if words.about.strip() not in set(ConsentFor):
        found.append(_no("about", f"One of: {', '.join(ConsentFor)}."))
    if words.answer.strip() not in ANSWERS:
        found.append(_no("answer", f"One of: {', '.join(ANSWERS)}."))
    if words.answer.strip() not in ("asked", "") and not words.reference.strip():
        found.append(_no("reference", "Write the insurer's reference, or the reason."))
    if wrong := act_day_wrong(words.on.strip(), today):
        found.append(_no("on", wrong))
    if words.until.strip() and day_of(words.until.strip()) is None:
        found.append(_no("until", "Write the day as YYYY-MM-DD."))
    if words.about.strip() == ConsentFor.SUPPLY and not words.until.strip():
        found.append(_no("until", "Say up to which day the insurer agreed to supply."))
    if (
        words.answer.strip() == "granted"
        and words.about.strip() in insurer_consents.OF_TIME
        and not words.until.strip()
    ):
        found.append(_no("until", "Say up to which day the insurer agreed to put payment off."))
    return found


def _no(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
