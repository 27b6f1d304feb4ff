"""One notice to the team while messages wait for newer bank data: a question beside the cases, which asks who looked."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import BankComplete, Consequence
from policies.decisions import Reason
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import bank_positions
from storage.bank_positions import Account
from storage.beside_cases import put
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

REST = timedelta(hours=20)
"""After an answer the team is left alone until the next working day."""
SOON = timedelta(minutes=1)

Describe = Callable[[Sequence[Account], int], Wording]
"""The notice in words: the accounts, and how many cases wait."""

_WAITING = text(
    """
    SELECT c.creditor_id AS creditor, r.owner, count(*) AS cases,
           EXISTS (SELECT FROM question q WHERE q.creditor_id = c.creditor_id AND q.kind = 'bank_data'
                   AND (q.state = 'open' OR q.state = 'answered' AND q.ended_at > :rested)) AS told
    FROM cases c JOIN creditor r ON r.id = c.creditor_id
    WHERE c.waits_for = :reason AND c.closed_at IS NULL GROUP BY c.creditor_id, r.owner
    """
)
_OUTLIVED = text(
    "SELECT q.id FROM question q WHERE q.kind = 'bank_data' AND q.state = 'open' AND NOT EXISTS (SELECT FROM cases c "
    "WHERE c.creditor_id = q.creditor_id AND c.waits_for = :reason AND c.closed_at IS NULL) ORDER BY q.id"
)
_CREDITOR = text("SELECT creditor_id FROM question WHERE id = :id")
_VALUES: dict[str, Any] = {"reason": Reason.MONEY_TOO_OLD}


async def tell_of_stale_bank(as_of: datetime, describe: Describe) -> int:
    """Ask where messages wait and nobody was told; take back what is no longer so. Answers how many notices were given."""
    async with transaction() as connection:
        gone = list(await connection.scalars(_OUTLIVED, _VALUES))
        await void(connection, gone, "the bank data is recent enough again", as_of, wake=False)
        rows = (await connection.execute(_WAITING, _VALUES | {"rested": as_of - REST})).all()
    told = 0
    for row in rows:
        if not row.told:
            told += await _tell(row.creditor, row.owner, row.cases, as_of, describe)
    return told


async def _tell(creditor: int, owner: str, cases: int, as_of: datetime, describe: Describe) -> bool:
    known = [one for one in await bank_positions.accounts(as_of, creditor) if not one.closed]
    shown = fingerprint(["bank_data", *(f"{one.account}={one.through}" for one in known)])
    about = {"creditor": creditor, "todo": owner}
    return await put(QuestionKind.BANK_DATA, about, describe(known, cases), shown, as_of)


async def next_notice(now: datetime) -> datetime | None:
    """When the team is to be told next; None while nothing waits, or everybody knows."""
    async with reading() as connection:
        rows = (await connection.execute(_WAITING, _VALUES | {"rested": now - REST})).all()
        outlived = list(await connection.scalars(_OUTLIVED, _VALUES))
    return now + SOON if outlived or any(not row.told for row in rows) else None


async def decided(
    connection: AsyncConnection, question: int, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """What a person said about the accounts becomes a fact of the creditor."""
    creditor = int(await connection.scalar(_CREDITOR, {"id": question}))
    for one in outcome:
        if isinstance(one, BankComplete):
            await bank_positions.declare_complete(connection, creditor, one.through, actor, at)
