"""What an answer says, read against its question: the choice, whether this role may take it, and what follows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.answers import interpret, unknown_customers
from policies.choice import Choice
from policies.choices import choices
from policies.fingerprint import code_of
from policies.ladder import Ladder
from policies.problems import Problem
from policies.staff import Role, Signer
from policies.who_may_answer import why_not
from storage.answered import Covered
from storage.questions import Question
from storage.staff_catalogue import in_every_language

CALL_AGAIN_DAYS = 2
"""Days before a call is tried again, for a question without cases."""
DIRECTION = "direction"
"""Whether the customer called (`in`) or we did (`out`): said by the door through which a call is logged, never by a form."""
UNKNOWN = "Choose one of the decisions listed."
_ZONE = text("SELECT zone FROM customer WHERE id = :customer")


def chosen(question: Question, values: Mapping[str, Any]) -> Choice | None:
    """The choice a filled-in form names; None where it names none of this question's."""
    offered = choices(question.kind, question.stage, question.offers)
    code = code_of(str(values.get("decision") or ""), in_every_language(offered))
    return next((one for one in offered if one.code == code), None)


def not_for(question: Question, values: Mapping[str, Any], role: Role) -> str | None:
    """The sentence that refuses the answer to somebody of this role; None: the role may give it."""
    choice = chosen(question, values)
    return None if choice is None else why_not(question.kind, question.stage, choice, role) or None


def plain_values(values: Mapping[str, Any]) -> dict[str, str]:
    """The answer's values as plain text, empty where nothing was said."""
    return {name: "" if value is None else str(value).strip() for name, value in values.items()}


def seen_by(
    question: Question, one: Covered, signer: Signer, values: dict[str, str], with_it: list[str]
) -> dict[str, object]:
    """Who answered, in which role, what, who signed before, and what they had before them: its fingerprint and the draft."""
    choice = chosen(question, values)
    return {
        "question": question.id, "kind": question.kind.value, "actor": signer.name, "role": signer.role.value,
        "choice": choice.code if choice else "", "shown": question.fingerprint, "message": one.message,
        **({"signed_before": with_it} if with_it else {}),
    }  # fmt: skip


async def zone_of(connection: AsyncConnection, question: Question, covered: tuple[Covered, ...]) -> str:
    """The time zone in which today is told to whoever answers: the customer's."""
    if covered or question.customer is None:
        return covered[0].zone if covered else "Europe/Paris"
    return str(await connection.scalar(_ZONE, {"customer": question.customer}))


def understood(
    question: Question, values: dict[str, str], zone: str, covered: tuple[Covered, ...], at: datetime,
    ladder: Ladder | None, calls_made: int,
) -> Any:  # fmt: skip
    """The consequences of the values, or the sentence saying why they cannot be used."""
    choice = chosen(question, values)
    if choice is None:
        return UNKNOWN
    today = at.astimezone(ZoneInfo(zone)).date()
    read = {name: value for name, value in values.items() if name != DIRECTION} | {"decision": choice.code}
    again, attempts = (ladder.call_again_days, ladder.call_attempts) if ladder else (CALL_AGAIN_DAYS, 0)
    outcome = interpret(
        question.kind, question.stage, read, today, call_again_days=again, call_attempts=attempts, calls_made=calls_made,
        offers=question.offers, currency=question.currency,
    )  # fmt: skip
    problems = (
        outcome if isinstance(outcome, list) else unknown_customers(outcome, {one.customer_number for one in covered})
    )
    return " ".join(_sentence(problem) for problem in problems) or outcome


def _sentence(problem: Problem) -> str:
    return f"{problem.field}: {problem.reason}" if problem.field else problem.reason
