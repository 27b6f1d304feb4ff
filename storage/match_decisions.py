"""What persons decided about bank lines: rows of their own, added and never rewritten."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.matching.verdicts import Decision, Part, Said, Verdict, sum_up
from storage.bulk import append_to_cases, rows_of
from storage.facts import lock
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
_CASES = text("SELECT id, invoice_id FROM cases WHERE invoice_id = ANY(:invoices) AND closed_at IS NULL ORDER BY id")
_WAITING = text(
    "SELECT r.id FROM creditor r WHERE EXISTS (SELECT FROM match_decision d WHERE d.creditor_id = r.id "
    "AND d.id > r.decisions_settled) ORDER BY r.id"
)
_SETTLED = text(
    "UPDATE creditor SET decisions_settled = d.last FROM (SELECT max(id) AS last FROM match_decision "
    "WHERE creditor_id = :creditor) d WHERE creditor.id = :creditor AND creditor.decisions_settled < d.last"
)


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
    await _tell(connection, decision, line, verdict, parts, actor, at)
    return decision


async def _tell(
    connection: AsyncConnection, decision: int, line: int, verdict: Verdict, parts: Sequence[Part], actor: str, at: datetime
) -> None:  # fmt: skip
    """Journal it on the open cases it is about. (The creditor's own chain is no place for it: its row is shared by every
    import that runs.)"""
    amounts = {part.item: part.amount for part in parts}
    cases = await rows_of(connection, _CASES, {"invoices": list(amounts)})
    await lock(connection, [case["id"] for case in cases])
    entries: list[tuple[int, dict[str, object]]] = [
        (case["id"], {"decision": decision, "payment": line, "verdict": verdict.value, "actor": actor,
                      "amount": amounts[case["invoice_id"]]}) for case in cases
    ]  # fmt: skip
    await append_to_cases(connection, "line_decided", entries, at)


async def note_settled(connection: AsyncConnection, creditor: int) -> None:
    """The books now rest on every decision there is."""
    await connection.execute(_SETTLED, {"creditor": creditor})


async def creditors_unsettled() -> tuple[int, ...]:
    """Creditors with decisions their books do not rest on yet."""
    async with reading() as connection:
        return tuple(await connection.scalars(_WAITING))
