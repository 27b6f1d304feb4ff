"""A question goes from one person to another: by its age, or because somebody gives it away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Stage
from policies.who_may_answer import TITLES, answerers, those
from storage import journal
from storage.answered import covered_by
from storage.facts import lock_debtor, touch
from storage.session import transaction

_MOVED = text(
    "INSERT INTO question_move (question_id, taken_from, given_to, why, actor, at) "
    "VALUES (:question, :before, :now, :why, :actor, :at)"
)
_QUESTION = text("SELECT id, kind, stage, customer_id, lead_id, todo, state, offers FROM question WHERE id = :id")
_PERSON = text("SELECT role, disabled_at IS NOT NULL AS gone FROM person WHERE login = :login")
_LOGINS = text("SELECT login FROM person WHERE disabled_at IS NULL ORDER BY login")
_GIVE = text(
    "UPDATE question SET todo = :to, wake_at = CASE WHEN lead_id IS NULL THEN clock_timestamp() ELSE wake_at END "
    "WHERE id = :id AND state = 'open' AND todo = :was_with AND todo <> :to RETURNING id"
)


async def moved(
    connection: AsyncConnection, question: int, before: str, now: str, why: str, actor: str, at: datetime
) -> None:
    """Write down that a question was put to somebody (again)."""
    values = {"question": question, "before": before, "now": now, "why": why, "actor": actor, "at": at}
    await connection.execute(_MOVED, values)


async def lock_about(connection: AsyncConnection, question: int, customer: int | None) -> list[int]:
    """Lock the cases a question covers, or its customer, before the question itself, as every answer does; the cases."""
    covered = [one.case for one in await covered_by(connection, question)]
    if not covered and customer is not None:
        await lock_debtor(connection, customer)
    return covered


async def tell(
    connection: AsyncConnection, row: Mapping[Any, Any], covered: list[int], word: str, facts: dict[str, object], at: datetime
) -> None:  # fmt: skip
    """Write it into the journals of the cases covered, else of the customer; the run of the leading case shows it.

    `row`: `customer_id` and `lead_id` of the question.
    """
    for case in covered:
        await journal.append(connection, "case", case, word, facts, at)
    if not covered and row["customer_id"] is not None:
        await journal.append(connection, "customer", row["customer_id"], word, facts, at)
    if row["lead_id"] is not None:
        await touch(connection, [row["lead_id"]])


async def give(question: int, to: str, signer: Signer, at: datetime) -> str | list[Problem]:
    """Give an open question to somebody else. Answers from whom it went, or why it did not."""
    to = to.strip()
    async with transaction() as connection:
        row = (await connection.execute(_QUESTION, {"id": question})).mappings().first()
        if row is None or row["state"] != "open":
            return _refused("question", f"Question {question} is not open. See ./relance inbox.")
        if signer.role is Role.VIEWER:
            return _refused("", "A viewer gives no question away: nothing was done.")
        if wrong := await _cannot_have(connection, dict(row), to):
            return _refused("to", wrong)
        covered = await lock_about(connection, question, row["customer_id"])
        if await connection.scalar(_GIVE, {"id": question, "to": to, "was_with": row["todo"]}) is None:
            already = f"Question {question} is with {to} already."
            moved_on = (
                f"Question {question} has just been answered or gone to somebody else: look at it, and give it again."
            )
            return _refused("to", already if row["todo"] == to else moved_on)
        await moved(connection, question, row["todo"], to, "given", signer.name, at)
        facts = {"question": question, "kind": row["kind"], "from": row["todo"], "to": to, "actor": signer.name}
        await tell(connection, row, covered, "question_given", facts, at)
    return str(row["todo"])


async def _cannot_have(connection: AsyncConnection, row: Mapping[str, Any], to: str) -> str:
    """Why this person cannot answer it; empty: they can answer at least something of it."""
    person = (await connection.execute(_PERSON, {"login": to})).first()
    if person is None or person.gone:
        known = ", ".join(await connection.scalars(_LOGINS)) or "nobody yet; see ./relance user add"
        return f"There is no account “{to}”. Accounts: {known}."
    stage = Stage(row["stage"]) if row["stage"] else None
    may = answerers(QuestionKind(row["kind"]), stage, tuple(row["offers"].get("sentences", ())))
    return (
        "" if Role(person.role) in may else f"{to} is {TITLES[Role(person.role)]}; this question is for {those(may)}."
    )


def _refused(field: str, why: str) -> list[Problem]:
    return [Problem("command", None, field, why)]
