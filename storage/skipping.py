"""A person says to go on without a step: it is behind the case, and never counts as a contact (design 4.1)."""

from datetime import datetime

from sqlalchemy import text

from policies.case import DoneHow
from policies.decide import decide
from policies.decisions import Act, Ask, Close, Decision, Wait
from policies.ladder import Step
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.staff import Role
from policies.stages import Channel
from policies.who_may_answer import TITLES, allowed, those
from storage import approvals, journal, ledger, print_queue
from storage.dossier import load
from storage.facts import lock, touch
from storage.session import transaction
from storage.voiding import void_questions

MAY_HAVE_LEFT = "A message of this step may have left: answer its question instead."
IN_THE_QUEUE = "A letter of this step is in the print queue: say that it is posted, or hold the invoice, which withdraws it, and skip then."
_LEAVING = text(
    "SELECT channel = 'letter' AND state = 'handing_over' AS queued FROM effect WHERE case_id = :case AND step = :step AND state IN ('handing_over', 'ambiguous') LIMIT 1"
)


async def skip_step(
    case: int, reason: str, actor: str, at: datetime, channels: frozenset[Channel], role: Role
) -> Step | list[Problem]:
    """Skip the step the case has reached; its open question is void. Answers the step, or why it cannot be skipped."""
    if not reason.strip():
        return [Problem("command", None, "reason", "Say why the step is skipped.")]
    async with transaction() as connection:
        in_queue = await print_queue.in_the_same_letters(connection, case)
        await lock(connection, [case, *in_queue])
        dossier = (await load(connection, [case], at, channels))[case]
        decision = decide(dossier.case, dossier.ladder, at)
        step = _step(decision)
        if dossier.closed or step is None:
            return [Problem("command", None, "case", "No step of this case is left to skip.")]
        if role not in (may := allowed(QuestionKind.APPROVE, step.stage, "skip")):
            why = f"To leave out {step.id} is for {those(may)} to decide; you are {TITLES[role]}. Nothing was done."
            return [Problem("command", None, "case", why)]
        leaving = (await connection.execute(_LEAVING, {"case": case, "step": step.id})).first()
        if leaving is not None and leaving.queued and in_queue:
            why = f"{dossier.case.invoice}: the step was skipped by {actor}"
            await print_queue.withdraw_of(connection, case, why, at)
        elif leaving is not None:
            return [Problem("command", None, "case", MAY_HAVE_LEFT)]
        today = dossier.case.calendar.day(at)
        why = reason.strip()
        await approvals.void(connection, [case], "the step is behind us", at)
        await ledger.step_behind(connection, case, dossier.ladder, step.id, None, today, DoneHow.SKIPPED, why)
        await void_questions(connection, case, "the step was skipped", at)
        facts = {"step": step.id, "how": DoneHow.SKIPPED.value, "actor": actor}
        await journal.append(connection, "case", case, "step_behind", facts, at)
        await touch(connection, [case])
    return step


def _step(decision: Decision) -> Step | None:
    """The step the case has reached."""
    match decision:
        case Wait(next_step=step) | Act(step=step) | Ask(step=step):
            return step
        case Close():
            return None
