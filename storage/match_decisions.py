"""What persons decided about bank lines: rows of their own, added and never rewritten."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.matching.verdicts import Decision, Part, Said, Verdict, sum_up
from storage.bulk import append_to_cases, rows_of
from storage.facts import cases_of, lock
from storage.session import reading

_DECISIONS = text("SELECT id, payment_id, verdict, until FROM match_decision WHERE creditor_id = :creditor ORDER BY id")
_SHARES = text(
    "SELECT s.decision_id, s.invoice_id, s.amount, s.lets_go FROM match_decision_share s "
    "JOIN match_decision d ON d.id = s.decision_id WHERE d.creditor_id = :creditor ORDER BY s.id"
)
_DECIDE = text(
    "INSERT INTO match_decision (creditor_id, payment_id, verdict, question_id, until, actor, why, at) "
    "VALUES (:creditor, :line, :verdict, :question, :until, :actor, :why, :at) RETURNING id"
)
_SHARE = text(
    "INSERT INTO match_decision_share (decision_id, invoice_id, amount, lets_go) "
    "VALUES (:decision, :invoice, :amount, :lets_go)"
)
_WAITS = text("INSERT INTO decision_to_settle (decision_id, creditor_id) VALUES (:decision, :creditor)")
_WAITING = text(
    "SELECT creditor_id FROM decision_to_settle UNION SELECT creditor_id FROM credit_decision WHERE to_settle ORDER BY 1"
)
_TO_SETTLE = text("SELECT decision_id FROM decision_to_settle WHERE creditor_id = :creditor ORDER BY decision_id")
_SETTLED = text("DELETE FROM decision_to_settle WHERE decision_id = ANY(:decisions)")


async def said_of_lines(connection: AsyncConnection, creditor: int) -> dict[int, Said]:
    """What persons said of the creditor's bank lines, by the number of the payment."""
    parts: dict[int, list[Part]] = defaultdict(list)
    for row in await rows_of(connection, _SHARES, {"creditor": creditor}):
        parts[row["decision_id"]].append(Part(row["invoice_id"], row["amount"], row["lets_go"]))
    taken: dict[int, list[Decision]] = defaultdict(list)
    for row in await rows_of(connection, _DECISIONS, {"creditor": creditor}):
        decision = Decision(Verdict(row["verdict"]), tuple(parts[row["id"]]), row["until"])
        taken[row["payment_id"]].append(decision)
    return {line: sum_up(decisions) for line, decisions in taken.items()}


async def decide(
    connection: AsyncConnection, creditor: int, line: int, verdict: Verdict, parts: Sequence[Part], actor: str, why: str,
    at: datetime, *, question: int | None = None, until: datetime | None = None,
) -> int:  # fmt: skip
    """Write down what a person decided about a line, in the caller's transaction; the books are settled afterwards."""
    values: dict[str, Any] = {
        "creditor": creditor, "line": line, "verdict": verdict, "question": question, "until": until, "actor": actor,
        "why": why, "at": at,
    }  # fmt: skip
    decision = int(await connection.scalar(_DECIDE, values))
    for part in parts:
        row = {"decision": decision, "invoice": part.item, "amount": part.amount, "lets_go": part.lets_go}
        await connection.execute(_SHARE, row)
    await connection.execute(_WAITS, {"decision": decision, "creditor": creditor})
    await _tell(connection, decision, line, verdict, parts, actor, at)
    return decision


async def _tell(
    connection: AsyncConnection, decision: int, line: int, verdict: Verdict, parts: Sequence[Part], actor: str, at: datetime
) -> None:  # fmt: skip
    """Journal it on the open cases it is about. (The creditor's own chain is no place for it: its row is shared by every
    import that runs.)"""
    amounts = {part.item: part.amount for part in parts}
    cases = (await cases_of(connection, amounts)).open
    await lock(connection, cases.values())
    entries: list[tuple[int, dict[str, object]]] = [
        (cases[invoice], {"decision": decision, "payment": line, "verdict": verdict.value, "actor": actor, "amount": amount})
        for invoice, amount in amounts.items() if invoice in cases
    ]  # fmt: skip
    await append_to_cases(connection, "line_decided", entries, at)


async def to_settle(connection: AsyncConnection, creditor: int) -> tuple[int, ...]:
    """The decisions the books do not rest on yet; ask before the books are read."""
    return tuple(await connection.scalars(_TO_SETTLE, {"creditor": creditor}))


async def note_settled(connection: AsyncConnection, decisions: Sequence[int]) -> None:
    """The books now rest on these decisions."""
    await connection.execute(_SETTLED, {"decisions": list(decisions)})


async def creditors_unsettled() -> tuple[int, ...]:
    """Creditors with decisions their books do not rest on yet."""
    async with reading() as connection:
        return tuple(await connection.scalars(_WAITING))
