"""A person approves a draft (design 4.8): the agreement stands until the draft is sent, changed or too old."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.stages import Channel
from storage import journal
from storage.dossier import Dossier
from storage.dossier_rows import Standing

_VOID = text(
    "UPDATE approval SET voided_at = :at, voided_why = :why "
    "WHERE case_id = ANY(:cases) AND voided_at IS NULL AND NOT EXISTS (SELECT FROM step_done s "
    "WHERE s.case_id = approval.case_id AND s.step = approval.step) RETURNING case_id, step, question_id"
)
_SAME_DRAFT = text(
    "SELECT DISTINCT b.case_id FROM approval a JOIN approval b ON b.message_id = a.message_id AND b.voided_at IS NULL "
    "WHERE a.case_id = :case AND a.voided_at IS NULL"
)
_UNSENT_DRAFT = text(
    "UPDATE message SET state = 'voided', words = :why WHERE state = 'draft' AND id IN "
    "(SELECT message_id FROM approval WHERE case_id = ANY(:cases) AND voided_at = :at)"
)


async def void(connection: AsyncConnection, cases: Iterable[int], why: str, at: datetime) -> None:
    """Withdraw every approval of these cases that is still to be used; their unsent drafts are void with them."""
    ids = sorted(set(cases))
    rows = (await connection.execute(_VOID, {"cases": ids, "why": why, "at": at})).mappings().all()
    if rows:
        await connection.execute(_UNSENT_DRAFT, {"cases": ids, "why": why, "at": at})
    for row in rows:
        facts = {"step": row["step"], "question": row["question_id"], "why": why}
        await journal.append(connection, "case", row["case_id"], "approval_voided", facts, at)


def _why_stale(dossier: Dossier, approval: Standing, as_of: datetime) -> str | None:
    today = dossier.case.calendar.day(as_of)
    if any(step.step == approval.step for step in dossier.case.done):
        return None
    if approval.principal != dossier.case.principal:
        return "the amount changed"
    addresses = {Channel.EMAIL.value: dossier.email, Channel.SMS.value: dossier.phone}
    if approval.channel in addresses and approval.recipient != addresses[approval.channel]:
        return "the recipient changed"
    if today > approval.on + timedelta(days=dossier.ladder.valid_days):
        return "the approval is too old"
    return None


async def void_stale(connection: AsyncConnection, dossier: Dossier, as_of: datetime) -> bool:
    """Void the approvals of a case whose draft no longer says what is true, and those of the same draft."""
    stale = [why for approval in dossier.approvals if (why := _why_stale(dossier, approval, as_of))]
    if not stale:
        return False
    same = list(await connection.scalars(_SAME_DRAFT, {"case": dossier.case.id}))
    await void(connection, {dossier.case.id, *same}, stale[0], as_of)
    return True
