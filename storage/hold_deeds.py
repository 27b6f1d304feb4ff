"""Staff hold and release: a customer as a whole, or one invoice. Journalled, and the cases wake."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.hold_form import HoldAsked, HoldWords, read_hold
from policies.problems import Problem
from policies.said import short_day
from storage import holds, insurer_holds, journal
from storage.bulk import append_to_cases
from storage.facts import lock, touch
from storage.hold_kinds import LASTING, STANDING
from storage.session import transaction
from storage.whom import SOURCE, Whom, find


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, in the words that name its run: *call · Dupont SARL · promised 12 Dec*."""

    kind: str
    customer_number: str
    customer_name: str
    words: str
    cases: tuple[int, ...]


WAITS = "written down; it waits for the credit insurer's consent"
"""What was promised to a day beyond the extension of an insured invoice holds nothing yet."""
STAYS = "(h.kind IN ('death', 'over_indebtedness') OR split_part(h.origin, ':', 1) IN ('insolvency', 'notice', 'stay'))"
"""Whether a hold is of a stay or of proceedings: those are ended invoice by invoice, or with the proceedings, never in one go."""
_RELEASE = text(
    f"""
    UPDATE hold h SET ended_at = :at, ended_by = :actor WHERE h.customer_id = :customer
      AND (CAST(:case AS bigint) IS NULL OR h.case_id = :case) AND {STANDING} AND h.agreement_id IS NULL
      AND h.kind <> 'court' AND (CAST(:case AS bigint) IS NOT NULL OR NOT {STAYS})
    RETURNING h.id, h.case_id, h.kind
    """  # noqa: S608 - no outside text
)
"""What an agreement holds is released with the agreement: half of one would still be waited for, and reminded of. What is
before a court is asked for there until its file is over."""
_AT_COURT = text(
    "SELECT min(f.id) FROM legal_file f JOIN legal_file_case k ON k.legal_file_id = f.id JOIN cases c ON c.id = k.case_id "
    "WHERE f.ended_on IS NULL AND c.customer_id = :customer AND (CAST(:case AS bigint) IS NULL OR c.id = :case)"
)
_AGREED = text(
    "SELECT min(h.agreement_id) FROM hold h JOIN agreement a ON a.id = h.agreement_id AND a.state = 'agreed' "
    "WHERE h.customer_id = :customer AND (CAST(:case AS bigint) IS NULL OR h.case_id = :case) AND h.ended_at IS NULL"
)
_WIDE = text(f"SELECT true FROM hold h WHERE h.customer_id = :customer AND h.case_id IS NULL AND {STANDING} LIMIT 1")  # noqa: S608
_STAYING = text(
    f"SELECT split_part(min(h.origin), ':', 1) FROM hold h WHERE h.customer_id = :customer AND {STANDING} AND {STAYS}"  # noqa: S608
)
_CURRENCIES = text("SELECT DISTINCT currency FROM cases WHERE id = ANY(:cases)")


_STAYS_ON = {
    "insolvency": "Proceedings hold what is older than the judgment: see ./relance insolvency list, and close them there.",
    "notice": "A published notice holds it: answer the question about the notice, see ./relance inbox.",
}


async def hold_customer(
    customer: str, invoice: str, words: HoldWords, actor: str, at: datetime
) -> Deed | list[Problem]:
    """Hold what the customer owes, or one invoice, as the words say."""
    async with transaction() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        currencies = list(await connection.scalars(_CURRENCIES, {"cases": whom.concerned}))
        asked = read_hold(words, currencies[0] if len(currencies) == 1 else None, whom.today(at))
        if isinstance(asked, list):
            return asked
        stands = await hold_in(connection, whom, asked, actor, at)
        await touch(connection, whom.concerned)
    return Deed("hold", whom.number, whom.name, _told(asked) if stands else WAITS, whom.concerned)


async def release_customer(customer: str, invoice: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """End the holds of the customer and of all its invoices, or of one invoice."""
    async with transaction() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        await lock(connection, whom.cases)
        values = {
            "customer": whom.customer, "case": whom.case, "at": at, "actor": actor, "today": whom.today(at),
            "lasting": LASTING,
        }  # fmt: skip
        ended = (await connection.execute(_RELEASE, values)).all()
        if not ended:
            return [
                Problem(
                    SOURCE, None, "customer" if not invoice else "invoice", await _why_not(connection, whom, values)
                )
            ]
        for hold in ended:
            concerned = whom.cases if hold.case_id is None else (hold.case_id,)
            facts = {"hold": hold.id, "actor": actor}
            await holds.ended(connection, hold.kind, whom.customer, hold.case_id, hold.id, at)
            if hold.case_id is None:
                await journal.append(connection, "customer", whom.customer, "released", facts, at)
            await append_to_cases(connection, "released", [(case, facts) for case in concerned], at)
        await touch(connection, whom.cases)
    return Deed("release", whom.number, whom.name, "collecting goes on", whom.cases)


async def _why_not(connection: AsyncConnection, whom: Whom, values: dict[str, Any]) -> str:
    """Why there is nothing to release."""
    if number := await connection.scalar(_AGREED, values):
        return f"Agreement {number} holds it: to end it, ./relance agreement cancel {number}, or *End an agreement*."
    if number := await connection.scalar(_AT_COURT, values):
        return f"Court file {number} holds it: record how it ended with ./relance court event {number}, or *Event of a court file*."
    if (origin := await connection.scalar(_STAYING, values)) is not None:
        return _STAYS_ON.get(str(origin), "It is a stay: invoices are resumed one by one; name the invoice.")
    wide = whom.case is not None and await connection.scalar(_WIDE, values)
    return f"The hold is on the customer as a whole: release {whom.name}." if wide else "Nothing is on hold here."


async def hold_in(
    connection: AsyncConnection, whom: Whom, asked: HoldAsked, actor: str, at: datetime, source: str = "person"
) -> bool:
    """Place the hold in the caller's transaction; a hold on the customer is told to each of its cases.

    Answers whether it stands; what is beyond the extension of an insured invoice waits for the insurer.
    """
    await lock(connection, whom.cases)
    hold = await holds.place(
        connection, whom.customer, whom.case, asked.kind, asked.reason, asked.since, asked.until, actor, at,
        channels=asked.channels, instalments=asked.instalments, interest_until=asked.interest_until,
        source=source,
    )  # fmt: skip
    stands = not await insurer_holds.rests(connection, hold)
    if whom.case is None and stands:
        facts = {"hold": hold, "kind": asked.kind.value, "until": asked.until, "owner": actor}
        await append_to_cases(connection, "held", [(case, facts) for case in whom.cases], at)
    return stands


def _told(asked: HoldAsked) -> str:
    """*until 20 Mar*, *dispute until released*, *plan, 3 payments from 1 May*."""
    kind = "" if asked.kind is HoldKind.MANUAL else f"{asked.kind.value.replace('_', ' ')} "
    if asked.instalments:
        count, first = len(asked.instalments), short_day(asked.instalments[0].on)
        return f"{kind}of one payment on {first}" if count == 1 else f"{kind}of {count} payments from {first}"
    return f"{kind}until {short_day(asked.until)}" if asked.until else f"{kind}until released"
