"""A person approves a draft (design 4.8): the agreement stands until the draft is sent, changed or too old."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decisions import Act
from policies.reach import attempts_of, is_refused
from policies.stages import Channel
from storage import journal
from storage.dossier import Dossier
from storage.dossier_rows import Standing
from storage.facts import lock
from storage.recipients import recipient_for
from storage.session import transaction

_VOID = text(
    "UPDATE approval SET voided_at = :at, voided_why = :why "
    "WHERE case_id = ANY(:cases) AND voided_at IS NULL AND NOT EXISTS (SELECT FROM step_done s "
    "WHERE s.case_id = approval.case_id AND s.step = approval.step AND s.occurrence = approval.occurrence) RETURNING case_id, step, question_id"
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
    if any((one.step, one.occurrence) == (approval.step, approval.occurrence) for one in dossier.case.done):
        return None
    changed = (
        (approval.withdrawn, "the draft was withdrawn"),
        (approval.principal != dossier.case.principal, "the amount changed"),
        (_was_refused(dossier, approval), "the address it was for has refused it"),
        (_goes_elsewhere(dossier, approval), "the recipient changed"),
    )
    if why := next((why for is_so, why in changed if is_so), None):
        return why
    written = approval.on
    # Of a message that left, the figures were looked at when a person agreed to it.
    once_more = dossier.ladder.step(approval.step) is None
    if approval.calculated_at is not None and not once_more:
        written = dossier.case.calendar.day(approval.calculated_at)
    if today > written + timedelta(days=dossier.ladder.valid_days):
        return "the draft is too old"
    return None


def _was_refused(dossier: Dossier, approval: Standing) -> bool:
    """Whether another channel carries the step now: what a person agreed to was for the one that was refused for good."""
    rung = dossier.ladder.step(approval.step)
    tried = () if rung is None else attempts_of(dossier.case, rung, approval.occurrence)
    return any(fact.channel == approval.channel and is_refused(fact) for fact in tried)


def _goes_elsewhere(dossier: Dossier, approval: Standing) -> bool:
    """Whether the step's message would go to another address now."""
    step = dossier.ladder.step(approval.step)
    if not approval.channel or step is None:  # a message that is sent once more goes where it went
        return False
    channel = Channel(approval.channel)
    return approval.recipient != recipient_for(dossier, step, channel)


def stale(dossier: Dossier, as_of: datetime) -> str | None:
    """Why an approval of the case no longer stands; None when all do."""
    return next((why for one in dossier.approvals if (why := _why_stale(dossier, one, as_of))), None)


def draft_of(dossier: Dossier, act: Act) -> int | None:
    """The letter a person agreed to for this time of the step; None where none was shown."""
    mine = (one for one in dossier.approvals if (one.step, one.occurrence) == (act.step.id, act.occurrence))
    return next((one.message for one in mine), None)


def with_the_draft_of(case: int, group: Mapping[int, Act], dossiers: Mapping[int, Dossier]) -> dict[int, Act]:
    """Of acts that could leave together those that leave with `case`: what a person agreed to as two letters is two."""
    drafts = {id: draft_of(dossiers[id], act) for id, act in group.items()}
    return {id: act for id, act in group.items() if drafts[id] == drafts[case]}


async def void_with_draft(case: int, why: str, as_of: datetime) -> None:
    """Void the approvals of a case whose draft no longer says what is true, and those of the same draft."""
    async with transaction() as connection:
        same = list(await connection.scalars(_SAME_DRAFT, {"case": case}))
        await lock(connection, {case, *same})
        await void(connection, {case, *same}, why, as_of)
