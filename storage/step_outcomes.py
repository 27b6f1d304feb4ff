"""What an answer does to the step it was about: a hold, the step behind us, a call counted in the ledger."""

from datetime import date

from sqlalchemy import text

from policies.case import DoneHow, EffectState, HoldKind
from policies.questions import QuestionKind
from storage import approvals, holds, ledger, policy_store
from storage.answered import Change

_CALL = text(
    """
    INSERT INTO effect (case_id, step, occurrence, channel, attempt, state, route, case_version, amount, currency, changed_at, words)
    SELECT c.id, :step, occurrence_now(c.id, :step), 'call', 1 + coalesce((SELECT max(attempt) FROM effect e
               WHERE e.case_id = c.id AND e.step = :step AND e.channel = 'call'
                 AND e.occurrence = occurrence_now(c.id, :step)), 0),
           :state, 'live', c.version, :amount, c.currency, :at, :words
    FROM cases c WHERE c.id = :case
    """
)


async def hold(change: Change, kind: HoldKind, reason: str, until: date | None) -> None:
    """Hold the case through the day `until` (None: until whoever answered ends it)."""
    case = change.case
    source = "call" if change.question.kind is QuestionKind.CALL_OUTCOME else "person"
    await holds.place(
        change.connection, case.customer, case.case, kind, reason, change.today, until, change.actor, change.at,
        source=source,
    )  # fmt: skip


async def behind(change: Change, how: DoneHow, why: str) -> None:
    """The step of the question is behind the case; what was agreed to for it is void."""
    case, step = change.case, change.question.step
    ladder = await policy_store.pinned(change.connection, case.policy)
    await ledger.step_behind(change.connection, case.case, ladder, step, None, change.today, how, why)
    await approvals.void(change.connection, [case.case], "the step is behind us", change.at)
    reason = {"why": why} if how is DoneHow.PASSED_OVER else {}  # a person's own words stay in their table
    await change.told("step_behind", step=step, how=how.value, actor=change.actor, **reason)


async def count_call(change: Change, state: EffectState, words: str) -> None:
    """Somebody called about the case: confirmed where the customer was spoken to, else refused, in `words`."""
    case = change.case
    values = {"case": case.case, "step": change.question.step, "state": state, "words": words}
    await change.connection.execute(_CALL, {**values, "amount": case.principal, "at": change.at})
