"""One wake-up of a case: load the snapshot, decide, write down what was decided. One transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Outcome, Passed, Reason, Wait
from policies.stages import Channel
from storage import agreement_ends, approvals, journal, voiding
from storage.dossier import Dossier, load
from storage.facts import lock, touch
from storage.promises import note_words
from storage.session import transaction


class LeaseLost(RuntimeError):
    """Another dispatcher runs this case now: this execution must change nothing."""


OTHERS_END = frozenset({Reason.MONEY_TOO_OLD, Reason.HARDER_STAGE_OPEN, Reason.CREDIT_OPEN})
"""Waits that news about the creditor or another case of the customer ends: `cases.waits_for` names them."""


@dataclass(frozen=True, slots=True)
class Considered:
    """What stood at `as_of` and what was decided."""

    dossier: Dossier
    decision: Decision
    as_of: datetime


_LOCK = text(
    "SELECT c.id FROM cases c JOIN lease l ON l.case_id = c.id AND l.token = :token WHERE c.id = :case FOR UPDATE OF c"
)
_AWAKE = text(
    "UPDATE cases SET wake_at = NULL, next_at = :next, leader_id = NULL, waits_for = :waits_for WHERE id = :case"
)
_PASSED = text(
    "INSERT INTO step_done (case_id, step, stage, occurrence, done_on, how, why) "
    "SELECT id, :step, :stage, :occurrence + occurrences_before, :on, :how, :why FROM cases WHERE id = :case "
    "ON CONFLICT DO NOTHING"
)
_REST = text("UPDATE cases SET leader_id = :leader, next_at = :next WHERE id = :case RETURNING wake_at IS NULL")
_FAILED = text(
    "UPDATE cases SET failures = failures + 1, problem = :problem, next_at = :next WHERE id = :case RETURNING failures"
)
_WELL = text("UPDATE cases SET failures = 0, problem = '' WHERE id = :case AND failures > 0")
_CLOSE = text(
    "UPDATE cases SET closed_at = :at, outcome = :outcome, next_at = NULL, version = version + 1 "
    "WHERE id = :case AND closed_at IS NULL"
)
_SIBLINGS = text(
    "SELECT o.id FROM cases o JOIN cases c ON c.customer_id = o.customer_id AND c.currency = o.currency "
    "WHERE c.id = :case AND o.id <> c.id AND o.closed_at IS NULL"
)


async def hold_case(connection: AsyncConnection, case: int, token: UUID) -> None:
    """Lock the case row, and make sure the lease is still ours."""
    if await connection.scalar(_LOCK, {"case": case, "token": token}) is None:
        raise LeaseLost(f"The lease on case {case} is no longer ours.")


async def consider(case: int, token: UUID, as_of: datetime, channels: frozenset[Channel]) -> Considered:
    """Load the case, decide, journal the decision. Facts committed after this wake the case again.

    Questions the decision no longer asks are void, in a transaction of their own: it locks the cases they cover.
    """
    async with transaction() as connection:
        await hold_case(connection, case, token)
        dossier = (await load(connection, [case], as_of, channels))[case]
        if dossier.closed:
            await connection.execute(_AWAKE, {"case": case, "next": None, "waits_for": ""})
            return Considered(dossier, decide(dossier.case, dossier.ladder, as_of), as_of)
        stale = approvals.stale(dossier, as_of)
        if stale is None:
            decision = decide(dossier.case, dossier.ladder, as_of)
            await _write_down(connection, dossier, decision, as_of)
            await note_words(connection, dossier.case, dossier.ladder, dossier.promises, as_of)
            outlived = await voiding.outlived(connection, case, decision)
            agreements = await agreement_ends.changed(connection, case) if _agreed(dossier) else ()
    if stale is not None:
        await approvals.void_with_draft(case, stale, as_of)
        return await consider(case, token, as_of, channels)
    if outlived:
        await voiding.let_go(outlived, as_of)
    await agreement_ends.follow(agreements, as_of)
    return Considered(dossier, decision, as_of)


def _agreed(dossier: Dossier) -> bool:
    return any(one.hold.agreement is not None for one in dossier.promises)


async def _write_down(connection: AsyncConnection, dossier: Dossier, decision: Decision, as_of: datetime) -> None:
    case = dossier.case.id
    await _write_passed(connection, dossier, decision.passed, as_of)
    until = decision.until if isinstance(decision, Wait) else None
    waits_for = decision.because.code if decision.because.code in OTHERS_END else ""
    await connection.execute(_AWAKE, {"case": case, "next": until, "waits_for": waits_for})
    await journal.append(connection, "case", case, "decided", told(decision, dossier.ladder.hash), as_of)


def told(decision: Decision, policy: str) -> dict[str, object]:
    """A decision as the journal keeps it: codes, dates, amounts, and the policy's hash."""
    facts: dict[str, object] = {
        "decision": type(decision).__name__.lower(),
        "because": decision.because.code.value,
        "facts": dict(decision.because.facts),
        "policy": policy,
    }
    match decision:
        case Wait(until=until, next_step=step):
            facts |= {"until": until, "next": step.id if step else None}
        case Act(step=step, channel=channel):
            facts |= {"step": step.id, "channel": channel.value}
        case Ask(question=question, step=step):
            facts |= {"question": question.value, "step": step.id if step else None}
        case Close(outcome=outcome):
            facts |= {"outcome": outcome.value}
    return facts


async def _write_passed(
    connection: AsyncConnection, dossier: Dossier, passed: tuple[Passed, ...], as_of: datetime
) -> None:
    for one in passed:
        step = dossier.ladder.step(one.step)
        assert step is not None, "a passed step is a step of the ladder"
        row = {"case": dossier.case.id, "step": one.step, "stage": step.stage, "on": one.on, "how": one.how}
        await connection.execute(_PASSED, row | {"why": one.why, "occurrence": one.occurrence})
        facts = {"step": one.step, "how": one.how.value, "on": one.on, "why": one.why}
        await journal.append(connection, "case", dossier.case.id, "passed", facts, as_of)


async def close(case: int, token: UUID, outcome: Outcome, as_of: datetime) -> None:
    """The case is at its end: nothing of it stays open, and its siblings look again at what they share with it.

    All of them are locked first, in order: when a customer pays everything at once, all its cases close together.
    """
    async with transaction() as connection:
        await lock(connection, [case, *await connection.scalars(_SIBLINGS, {"case": case})])
        await hold_case(connection, case, token)
        if (await connection.execute(_CLOSE, {"case": case, "outcome": outcome, "at": as_of})).rowcount:
            await voiding.void_questions(connection, case, f"case closed: {outcome.value}", as_of, ends=True)
            await approvals.void(connection, [case], "the case is closed", as_of)
            await journal.append(connection, "case", case, "closed", {"outcome": outcome.value}, as_of)
            await touch(connection, list(await connection.scalars(_SIBLINGS, {"case": case})))


async def failed(case: int, problem: str, next_at: datetime) -> int:
    """Something went wrong in a wake-up: remember it in a sentence; answers how often in a row."""
    async with transaction() as connection:
        return int(await connection.scalar(_FAILED, {"case": case, "problem": problem, "next": next_at}) or 0)


async def well(case: int) -> None:
    """The wake-up ended well: forget earlier problems."""
    async with transaction() as connection:
        await connection.execute(_WELL, {"case": case})


async def rest(case: int, leader: int | None, next_at: datetime) -> bool:
    """The case waits until `next_at` (or for its leading case); False when a fact arrived meanwhile: look again."""
    async with transaction() as connection:
        if leader is not None:  # the foreign key locks the leading case too: in the order everybody locks them
            await lock(connection, (case, leader))
        return bool(await connection.scalar(_REST, {"case": case, "leader": leader, "next": next_at}))


async def show(case: int, shown: str) -> None:
    """Remember what the UI was last told of the case, so that it is told again only after a change."""
    async with transaction() as connection:
        await connection.execute(
            text("UPDATE cases SET shown = :shown WHERE id = :case"), {"case": case, "shown": shown}
        )
