"""Before a formal notice the salesperson of the customer is told: its cases rest two business days, for an objection."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.calendar import Calendar
from policies.case import HoldKind
from policies.decisions import Act, Ask, Decision
from policies.ladder import Step
from policies.objection import asks_salesperson, ends_at, last_day
from policies.reach import carrier
from policies.stages import Channel
from storage import bundles, holds, journal
from storage.dossier import Dossier
from storage.facts import lock, touch
from storage.handing import Write
from storage.holiday_sets import holidays_around
from storage.recipients import recipient_for
from storage.session import reading, transaction

WAITS = "the salesperson may object"


@dataclass(frozen=True, slots=True)
class SalesNotice:
    """What a salesperson is told: which notice is about to leave to whom, and until when they may object."""

    id: int
    salesperson: str
    language: str
    """What the salesperson reads."""
    customer_number: str
    customer_name: str
    currency: str
    amount: int
    """Open on the invoices it is about, in minor units."""
    invoices: tuple[str, ...]
    until: datetime
    zone: str
    subject: str
    text: str


_WHO = text(
    """
    SELECT d.salesperson FROM cases c JOIN customer d ON d.id = c.customer_id
    JOIN person p ON p.login = d.salesperson AND p.disabled_at IS NULL AND p.email <> ''
    WHERE c.id = :case AND NOT EXISTS (
        SELECT FROM sales_notice_case n WHERE n.case_id = c.id AND n.step = :step AND n.occurrence = :occurrence)
    """
)
_TOLD = text(
    "SELECT case_id FROM sales_notice_case WHERE case_id = ANY(:cases) AND step = :step AND occurrence = :occurrence"
)
_CREDITOR = text("SELECT country, zone FROM creditor WHERE id = :creditor")
_INSERT = text(
    "INSERT INTO sales_notice (creditor_id, customer_id, currency, salesperson, state, told_at, until_at, subject, text) "
    "VALUES (:creditor, :customer, :currency, :salesperson, 'told', :at, :until, :subject, :text) RETURNING id"
)
_CASE = text(
    "INSERT INTO sales_notice_case (notice_id, case_id, step, occurrence, hold_id) "
    "VALUES (:notice, :case, :step, :occurrence, :hold)"
)
_UNMAILED = text(
    """
    SELECT n.id, n.salesperson, coalesce(p.language, 'en') AS language, d.number AS customer_number, d.name AS customer_name, n.currency,
           n.until_at AS until, r.zone, n.subject, n.text, array_agg(i.number ORDER BY i.due, i.number) AS invoices,
           CAST(sum(i.total - i.prepaid - i.paid - i.credited) AS bigint) AS amount
    FROM sales_notice n JOIN customer d ON d.id = n.customer_id JOIN creditor r ON r.id = n.creditor_id
    JOIN sales_notice_case k ON k.notice_id = n.id JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    LEFT JOIN person p ON p.login = n.salesperson
    WHERE n.mailed_at IS NULL GROUP BY n.id, d.id, r.id, p.id ORDER BY n.id
    """
)
_MAILED = text("UPDATE sales_notice SET mailed_at = :at WHERE id = :id")


def step_of(decision: Decision) -> Step | None:
    """The step a decision is about to carry out, or asks whether to."""
    return decision.step if isinstance(decision, (Act, Ask)) else None


async def tell_first(
    case: int, token: UUID, as_of: datetime, channels: frozenset[Channel], write: Write, decision: Decision
) -> bool:
    """Whether the salesperson is told of the notice `decision` is about, and its cases rest; False: it may go on."""
    step = step_of(decision)
    if step is None or not asks_salesperson(step.stage) or not isinstance(decision, (Act, Ask)):
        return False
    who = {"case": case, "step": step.id, "occurrence": decision.occurrence}
    async with reading() as connection:
        if await connection.scalar(_WHO, who) is None:
            return False
    async with transaction() as connection:
        return await _tell(connection, case, token, as_of, channels, write, who)


async def _tell(
    connection: AsyncConnection, case: int, token: UUID, as_of: datetime, channels: frozenset[Channel], write: Write,
    who: Mapping[str, Any],
) -> bool:  # fmt: skip
    dossiers, _ = await bundles.debtor_of(connection, case, as_of, channels)
    await lock(connection, dossiers)
    dossiers, decisions = await bundles.debtor_of(connection, case, as_of, channels)
    salesperson = await connection.scalar(_WHO, dict(who))
    mine = decisions.get(case)
    if salesperson is None or not isinstance(mine, (Act, Ask)) or not await bundles.leased(connection, case, token):
        return True  # decided anew
    step = step_of(mine)
    assert step is not None, "a notice is a step"
    this_time = {"step": step.id, "occurrence": mine.occurrence}
    told = set(await connection.scalars(_TOLD, {"cases": list(dossiers)} | this_time))
    members = [
        dossiers[id] for id, other in sorted(decisions.items())
        if id not in told and step_of(other) == step and getattr(other, "occurrence", 0) == mine.occurrence
    ]  # fmt: skip
    if case not in {one.case.id for one in members}:
        return True  # decided anew
    await _rest(connection, members, step, mine.occurrence, str(salesperson), as_of, write)
    return True


async def _rest(
    connection: AsyncConnection, members: list[Dossier], step: Step, occurrence: int, salesperson: str, as_of: datetime,
    write: Write,
) -> None:  # fmt: skip
    some = members[0]
    creditor = (await connection.execute(_CREDITOR, {"creditor": some.creditor})).one()
    calendar = Calendar(ZoneInfo(creditor.zone), holidays_around(creditor.country, as_of.date()))
    channel = carrier(some.case, step, occurrence) or step.channels[0]
    facts = await bundles.message_facts(connection, members, step, channel, as_of)
    written = write(facts, channel, recipient_for(some, step, channel), ())
    row = {
        "creditor": some.creditor, "customer": some.case.customer, "currency": some.case.currency, "at": as_of,
        "salesperson": salesperson, "until": ends_at(calendar, as_of), "subject": written.subject, "text": written.text,
    }  # fmt: skip
    notice = int(await connection.scalar(_INSERT, row))
    last = last_day(calendar, as_of)
    for one in members:
        today = one.case.calendar.day(as_of)
        hold = await holds.place(
            connection, one.case.customer, one.case.id, HoldKind.MANUAL, WAITS, today, last, salesperson, as_of
        )
        await connection.execute(
            _CASE, {"notice": notice, "case": one.case.id, "step": step.id, "occurrence": occurrence, "hold": hold}
        )
        facts_ = {"notice": notice, "salesperson": salesperson, "until": last}
        await journal.append(connection, "case", one.case.id, "salesperson_told", facts_, as_of)
    await touch(connection, [one.case.id for one in members])


async def unmailed() -> tuple[SalesNotice, ...]:
    """What salespeople have not been written yet, the oldest first."""
    async with reading() as connection:
        rows = (await connection.execute(_UNMAILED)).mappings()
        return tuple(SalesNotice(**{**row, "invoices": tuple(row["invoices"])}) for row in rows)


async def mailed(notice: int, at: datetime) -> None:
    """The salesperson was written."""
    async with transaction() as connection:
        await connection.execute(_MAILED, {"id": notice, "at": at})
