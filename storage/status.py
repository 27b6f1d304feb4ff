"""How things stand, in one look: cases, questions, doubts, and how old the data is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from storage.bank_positions import Account, accounts
from storage.session import reading
from storage.signatures import Alone, alone
from storage.unchosen import Unchosen, unchosen


@dataclass(frozen=True, slots=True)
class LastImport:
    """The latest file of a kind; `position_on` is the last day it speaks of."""

    kind: str
    source: str
    position_on: date
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Status:
    """Counts, not amounts; `problems` are cases whose last wake-up failed, with the sentence."""

    cases: Mapping[str, int]
    invoices_without_case: int
    questions: int
    asked_of: Mapping[str, int]
    ambiguous: int
    unmatched: int
    unread: int
    """Messages that came in and that nobody has dealt with."""
    on_hold: int
    live: bool
    collecting: bool
    imports: tuple[LastImport, ...]
    accounts: tuple[Account, ...]
    """The bank accounts whose files are read, with their age."""
    problems: tuple[tuple[int, str], ...]
    unchosen: tuple[Unchosen, ...]
    """Late invoices nobody collects, because no policy is known for them."""
    alone: tuple[Alone, ...]
    """Questions that wait for a second signature nobody is left to give."""
    clock: str


_CASES = text(
    """
    SELECT coalesce(outcome, CASE WHEN failures > 0 THEN 'in_trouble' WHEN run_id IS NULL THEN 'queued'
        WHEN EXISTS (SELECT FROM question_case k JOIN question q ON q.id = k.question_id
                     WHERE k.case_id = c.id AND q.state IN ('open', 'gathering')) THEN 'asking'
        ELSE 'waiting' END) AS state, count(*) AS times
    FROM cases c GROUP BY 1 ORDER BY 1
    """
)
_COUNTS = text(
    """
    SELECT (SELECT count(*) FROM invoice i WHERE i.kind = 'invoice' AND i.total - i.prepaid - i.paid - i.credited > 0
              AND NOT EXISTS (SELECT FROM cases c WHERE c.invoice_id = i.id)) AS invoices_without_case,
           (SELECT count(*) FROM question WHERE state = 'open') AS questions,
           (SELECT count(*) FROM message WHERE state = 'ambiguous') AS ambiguous,
           (SELECT count(*) FROM payment WHERE amount <> allocated AND NOT is_pending AND NOT is_replaced
             AND NOT EXISTS (SELECT FROM line_match m WHERE m.payment_id = payment.id AND m.aside)) AS unmatched,
           (SELECT count(*) FROM incoming_message WHERE read_at IS NULL) AS unread,
           (SELECT count(DISTINCT (customer_id, case_id)) FROM hold
             WHERE ended_at IS NULL AND (until IS NULL OR until >= :today)) AS on_hold,
           coalesce((SELECT bool_or(live) FROM creditor), false) AS live,
           coalesce((SELECT bool_and(collecting) FROM creditor), true) AS collecting,
           coalesce((SELECT mode FROM clock LIMIT 1), 'real') AS clock
    """
)
_ASKED = text("SELECT todo, count(*) AS times FROM question WHERE state = 'open' GROUP BY todo ORDER BY todo")
_IMPORTS = text("SELECT DISTINCT ON (kind) kind, source, position_on, recorded_at FROM import ORDER BY kind, id DESC")
_PROBLEMS = text(
    "SELECT id, problem FROM cases WHERE failures > 0 AND closed_at IS NULL ORDER BY failures DESC, id LIMIT 50"
)


async def status(as_of: datetime) -> Status:
    """How things stand at `as_of`."""
    async with reading() as connection:
        cases = {row.state: row.times for row in await connection.execute(_CASES)}
        counts = (await connection.execute(_COUNTS, {"today": as_of.date()})).mappings().one()
        asked = {row.todo or "anyone": row.times for row in await connection.execute(_ASKED)}
        imports = tuple(LastImport(**row) for row in (await connection.execute(_IMPORTS)).mappings())
        lonely = await alone(connection)
        problems = tuple((row.id, row.problem) for row in await connection.execute(_PROBLEMS))
    left_out, known = await unchosen(as_of), await accounts(as_of)
    return Status(
        cases=cases,
        asked_of=asked,
        imports=imports,
        accounts=known,
        problems=problems,
        unchosen=left_out,
        alone=lonely,
        **counts,
    )
