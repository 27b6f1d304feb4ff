"""What the credit insurer is asked to agree to: written down when it is needed, answered by a person, over with what it was for."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.insurance import ConsentFor
from policies.insured import Insured
from policies.insurer_consent import ConsentState, beyond
from storage import journal
from storage.bulk import append_to_cases
from storage.facts import lock, touch
from storage.insurance_refusals import consented
from storage.insured_invoices import insured_cases

OF_TIME = (ConsentFor.PLAN, ConsentFor.PROMISE, ConsentFor.SETTLEMENT)
"""What puts payment off: the insurer's word for one of them, to a day, is its word for the others."""

_ASK = text(
    """
    INSERT INTO insurer_consent (creditor_id, customer_id, insurance_id, about, state, agreement_id, hold_id, until, terms,
        reference, why, asked_by, asked_at, decided_on, decided_by, decided_at)
    SELECT creditor_id, id, :insurance, :about, :state, :agreement, :hold, CAST(:until AS date), :terms, :reference, :why, :actor, :at,
           CAST(:on AS date), CASE WHEN :state = 'asked' THEN '' ELSE :actor END,
           CASE WHEN :state = 'asked' THEN NULL ELSE CAST(:at AS timestamptz) END
    FROM customer WHERE id = :customer RETURNING id
    """
).bindparams(bindparam("terms", type_=JSONB))
_COVER = text("INSERT INTO insurer_consent_case (consent_id, case_id) VALUES (:consent, :case)")
_READ = text("SELECT * FROM insurer_consent WHERE id = :id")
_CASES = text("SELECT case_id FROM insurer_consent_case WHERE consent_id = :id ORDER BY case_id")
_DECIDE = text(
    "UPDATE insurer_consent SET state = :state, decided_on = :on, decided_by = :actor, decided_at = :at, reference = :reference, "
    "why = :why WHERE id = :id AND state = 'asked' RETURNING id"
)


async def needed(connection: AsyncConnection, cases: Iterable[int], last: date) -> tuple[Insured, ...]:
    """The insured cases among these whose payment would be put off to `last` beyond their extension, without the insurer's word."""
    found = await insured_cases(connection, cases)
    if not found:
        return ()
    agreed = await consented(connection, [one.invoice.case for one in found], OF_TIME, last)
    return beyond(found, last, agreed)


async def ask_for(
    connection: AsyncConnection, about: ConsentFor, customer: int, cases: Iterable[Insured], until: date | None, actor: str,
    at: datetime, *, agreement: int | None = None, hold: int | None = None, terms: Mapping[str, object] | None = None,
) -> int:  # fmt: skip
    """Write down that the insurer is to be asked; a person is by the next round. The cases are locked. Answers its number."""
    found = tuple(cases)
    values: dict[str, Any] = {
        "state": ConsentState.ASKED.value, "agreement": agreement, "hold": hold, "until": until, "terms": dict(terms or {}),
        "reference": "", "why": "", "on": None,
    }  # fmt: skip
    ids = [one.invoice.case for one in found]
    return await _write(connection, about, customer, found[0].insurance_number, ids, values, actor, at)


async def record(
    connection: AsyncConnection, about: ConsentFor, customer: int, insurance: int, cases: Iterable[int], state: ConsentState,
    on: date, words: str, until: date | None, actor: str, at: datetime,
) -> int:  # fmt: skip
    """What the insurer answered to something nobody had been asked about yet."""
    granted = state is ConsentState.GRANTED
    values: dict[str, Any] = {
        "state": state.value, "agreement": None, "hold": None, "until": until, "terms": {}, "on": on,
        "reference": words if granted else "", "why": "" if granted else words,
    }  # fmt: skip
    return await _write(connection, about, customer, insurance, cases, values, actor, at)


async def decide(
    connection: AsyncConnection, number: int, state: ConsentState, on: date | None, words: str, actor: str, at: datetime
) -> bool:
    """The answer to what was asked; False where it was answered, or is over, already."""
    granted = state is ConsentState.GRANTED
    values = {
        "id": number, "state": state.value, "on": on, "actor": actor, "at": at,
        "reference": words if granted else "", "why": "" if granted else words,
    }  # fmt: skip
    if await connection.scalar(_DECIDE, values) is None:
        return False
    cases = await cases_of(connection, number)
    await lock(connection, cases)
    facts = {"consent": number, "state": state.value, "on": on, "actor": actor}
    await append_to_cases(connection, f"insurer_{state.value}", [(case, facts) for case in cases], at)
    await touch(connection, cases)
    return True


async def read(connection: AsyncConnection, number: int) -> RowMapping | None:
    """One consent, as it stands."""
    return (await connection.execute(_READ, {"id": number})).mappings().first()


async def cases_of(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    """Its cases, in the order in which they are locked."""
    return tuple(await connection.scalars(_CASES, {"id": number}))


async def _write(
    connection: AsyncConnection, about: ConsentFor, customer: int, insurance: int, cases: Iterable[int],
    values: Mapping[str, Any], actor: str, at: datetime,
) -> int:  # fmt: skip
    said = {"about": about.value, "customer": customer, "insurance": insurance, "actor": actor, "at": at, **values}
    number = int(await connection.scalar(_ASK, said))
    ids = sorted(set(cases) - {0})
    for case in ids:
        await connection.execute(_COVER, {"consent": number, "case": case})
    facts = {"consent": number, "about": about.value, "until": values["until"], "actor": actor}
    kind = f"insurer_{values['state']}"
    await lock(connection, ids)
    await append_to_cases(connection, kind, [(case, facts) for case in ids], at)
    if not ids:
        await journal.append(connection, "customer", customer, kind, facts, at)
    await touch(connection, ids)
    return number
