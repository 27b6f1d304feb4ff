"""Steps taken after the value date of money, or of a credit, that was learned of later: found, asked about, put right.

Nothing is put right by itself: what is still open of such a case rests until a person has said what becomes of it.
"""

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.consequences import Consequence, CorrectionDecided
from policies.correction_choices import Repair
from policies.facts import HoldKind
from policies.fingerprint import fingerprint
from policies.placement import Recall
from policies.questions import QuestionKind
from policies.stages import Stage
from storage import correspondence, holds, journal, placement_review
from storage.beside_cases import put, write_note
from storage.dispute_sums import OPEN
from storage.facts import lock, touch
from storage.news import HARD_STAGES
from storage.overtaken import STANDS, ToPutRight, subject_of, undecided
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

RELANCE = "relance"
"""Who lets go what has lost its ground: nobody decided."""
HELD = "money dated before a step of ours: a person says what is put right"
CHANGED = "what came before our steps has changed"

_NEW = """
    FROM allocation a JOIN cases c ON c.invoice_id = a.invoice_id JOIN step_done s ON s.case_id = c.id
    LEFT JOIN payment p ON p.id = a.payment_id LEFT JOIN invoice n ON n.id = a.credit_note_id
    WHERE s.how = 'confirmed' AND s.stage = ANY(:stages) AND a.undone_at IS NULL AND a.kind IN ('payment', 'credit_note')
      AND a.value_date < s.done_on AND a.recorded_at > s.recorded_at AND coalesce(n.source, '') <> 'set-off'
      AND NOT EXISTS (SELECT FROM correction x WHERE x.case_id = c.id AND x.step = s.step AND x.occurrence = s.occurrence
                      AND x.origin = a.kind AND x.origin_id = coalesce(a.payment_id, a.credit_note_id) AND x.decided_by <> :relance)
      AND NOT EXISTS (SELECT FROM effect e JOIN creditor r ON r.id = c.creditor_id WHERE e.case_id = c.id AND e.step = s.step
                      AND e.occurrence = s.occurrence AND e.state = 'confirmed' AND e.route = 'sink' AND r.live)
"""
"""Of a rehearsal on the sink a customer of a creditor who is live knows nothing. What was let go because its money had gone is new where the money is set against the invoice again."""
_FOUND = text(f"SELECT DISTINCT c.id {_NEW} ORDER BY c.id")
_WRITE = text(
    f"""
    INSERT INTO correction (creditor_id, customer_id, case_id, step, stage, occurrence, done_on, origin, origin_id, amount, value_date,
        ours, repair, found_at)
    SELECT DISTINCT ON (c.id, s.step, s.occurrence, a.kind, coalesce(a.payment_id, a.credit_note_id))
           c.creditor_id, c.customer_id, c.id, s.step, s.stage, s.occurrence, s.done_on, a.kind, coalesce(a.payment_id, a.credit_note_id),
           a.amount, a.value_date, coalesce(p.recorded_at, n.recorded_at) < s.recorded_at, '', CAST(:at AS timestamptz)
    {_NEW} AND c.id = ANY(:cases)
    ON CONFLICT (case_id, step, occurrence, origin, origin_id) DO UPDATE SET repair = '', decided_by = '', decided_at = NULL, hold_id = NULL,
        amount = excluded.amount, value_date = excluded.value_date, found_at = excluded.found_at
    WHERE correction.decided_by = :relance RETURNING id, case_id, step, value_date
    """
)
"""`ours`: the money, or the credit note, stood in our books before the step was taken, and was not set against the invoice."""
_STILL_OPEN = text(
    f"""
    SELECT c.id, c.customer_id, coalesce(nullif(d.owner, ''), r.owner) AS owner, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id
    WHERE c.id = ANY(:cases) AND c.closed_at IS NULL AND {OPEN} > 0 ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_REMEMBER = text("UPDATE correction SET hold_id = :hold WHERE case_id = :case AND repair = '' AND hold_id IS NULL")
_BASELESS = f"x.repair = '' AND NOT {STANDS}"
_LEFT = text(f"SELECT DISTINCT x.case_id FROM correction x WHERE {_BASELESS} ORDER BY x.case_id")  # noqa: S608 - no outside text
_GONE = text(
    f"""
    UPDATE correction x SET repair = 'leave', decided_by = :relance, decided_at = :at
    WHERE {_BASELESS} AND x.case_id = ANY(:cases) RETURNING x.hold_id, x.case_id
    """  # noqa: S608 - no outside text
)
"""The money went back, or was for another invoice: there is nothing to put right."""
_OPEN = text(
    "SELECT id, customer_id, currency, fingerprint FROM question WHERE kind = 'correction' AND state = 'open' ORDER BY id"
)
_OF = text("SELECT customer_id, currency FROM question WHERE id = :id")
_DECIDE = text(
    "UPDATE correction SET repair = :repair, decided_by = :actor, decided_at = :at WHERE id = ANY(:ids) AND repair = ''"
)
_RELEASE = text(
    "UPDATE hold SET ended_at = :at, ended_by = :actor WHERE id = ANY(:holds) AND ended_at IS NULL "
    "AND NOT EXISTS (SELECT FROM correction x WHERE x.hold_id = hold.id AND x.repair = '') RETURNING id, case_id"
)
_WITH_AGENCY = text(
    "SELECT DISTINCT p.id FROM placement p JOIN placement_case k ON k.placement_id = p.id "
    "WHERE k.case_id = ANY(:cases) AND p.ended_at IS NULL ORDER BY p.id"
)
_WAIVED = text("SELECT DISTINCT c.invoice_id FROM correction x JOIN cases c ON c.id = x.case_id "
               "WHERE c.invoice_id = ANY(:invoices) AND x.repair IN ('repair', 'quietly')")  # fmt: skip


Describe = Callable[[ToPutRight], Wording]


async def ask_about_corrections(at: datetime, describe: Describe) -> int:
    """One round: find what is new, let go what is no longer so, ask once per customer. Answers how many were asked."""
    await _find(at)
    async with transaction() as connection:
        found = {(one.customer, one.currency): one for one in await undecided(connection)}
        rows = (await connection.execute(_OPEN)).all()
        stand = {
            key
            for row in rows
            if (key := (row.customer_id, row.currency)) in found and _content(found[key]) == row.fingerprint
        }
        gone = [row.id for row in rows if (row.customer_id, row.currency) not in stand]
        await void(connection, gone, CHANGED, at, wake=False)
    asked = [one for key, one in found.items() if key not in stand]
    return sum([await put(QuestionKind.CORRECTION, _about(one), describe(one), _content(one), at) for one in asked])


async def is_to_ask() -> bool:
    """Whether the next round has something to do."""
    async with reading() as connection:
        if await _news(connection) or (await connection.execute(_LEFT)).first() is not None:
            return True
        found = {(one.customer, one.currency): _content(one) for one in await undecided(connection)}
        asked = {(row.customer_id, row.currency): row.fingerprint for row in await connection.execute(_OPEN)}
    return found != asked


async def _news(connection: AsyncConnection) -> list[int]:
    return list(await connection.scalars(_FOUND, {"stages": HARD_STAGES, "relance": RELANCE}))


async def _find(at: datetime) -> None:
    async with transaction() as connection:
        cases = await _news(connection)
        left = list(await connection.scalars(_LEFT))
        await lock(connection, [*cases, *left])
        gone = (await connection.execute(_GONE, {"at": at, "cases": left, "relance": RELANCE})).all()
        await _let_go(connection, (row.hold_id for row in gone), RELANCE, at)
        await touch(connection, left)
        if not cases:
            return
        values = {"cases": cases, "stages": HARD_STAGES, "at": at, "relance": RELANCE}
        for row in (await connection.execute(_WRITE, values)).all():
            facts = {"step": row.step, "value_date": row.value_date, "correction": row.id}
            await journal.append(connection, "case", row.case_id, "overtaken", facts, at)
        for one in (await connection.execute(_STILL_OPEN, {"cases": cases, "at": at})).all():
            hold = await holds.place(
                connection, one.customer_id, one.id, HoldKind.MANUAL, HELD, one.today, None, one.owner or "relance", at,
                origin="correction",  # our own question holds: an agency keeps the file until a person has answered
            )  # fmt: skip
            await connection.execute(_REMEMBER, {"hold": hold, "case": one.id})
        await touch(connection, cases)


async def _let_go(connection: AsyncConnection, holds_: Iterable[int | None], actor: str, at: datetime) -> None:
    """What rested for nothing but steps that are decided goes on."""
    held = sorted({hold for hold in holds_ if hold is not None})
    for row in (await connection.execute(_RELEASE, {"holds": held, "actor": actor, "at": at})).all() if held else ():
        await journal.append(connection, "case", row.case_id, "released", {"hold": row.id, "actor": actor}, at)


def _about(one: ToPutRight) -> dict[str, object]:
    return {
        "creditor": one.creditor, "customer": one.customer, "currency": one.currency, "todo": one.owner, "amount": one.amount,
    }  # fmt: skip


def _content(one: ToPutRight) -> str:
    return fingerprint(["correction", *(f"{each.id}={each.open}" for each in one.steps)])


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what is to be put right is what the question shows."""
    found = await _of(connection, question)
    return found is not None and _content(found) == shown


async def _of(connection: AsyncConnection, question: int) -> ToPutRight | None:
    row = (await connection.execute(_OF, {"id": question})).one()
    return next((one for one in await undecided(connection, row.customer_id) if one.currency == row.currency), None)


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """What a person chose is done: an apology waits to leave, what is waived is claimed no more. The customer is locked."""
    found = await _of(connection, question.id)
    said = next((one for one in outcome if isinstance(one, CorrectionDecided)), None)
    if found is None or said is None:
        return
    cases = sorted({one.case for one in found.steps})
    await lock(connection, cases)
    ids = [one.id for one in found.steps]
    await connection.execute(_DECIDE, {"ids": ids, "repair": said.repair.value, "actor": actor, "at": at})
    await _let_go(connection, (one.hold for one in found.steps), actor, at)
    for case in cases:
        mine = [one for one in found.steps if one.case == case]
        facts = {"repair": said.repair.value, "steps": [one.step for one in mine], "actor": actor}
        await journal.append(connection, "case", case, "put_right", facts, at)
        if said.apologises:
            await correspondence.insert(
                connection, MessageKind.CROSSED, at, case=case, subject=subject_of(mine), actor=actor,
                fact=f"crossed {question.id} case {case}",
            )  # fmt: skip
    if said.repair is not Repair.LEAVE:
        await _take_back(connection, [one.case for one in found.steps if one.stage == Stage.AGENCY], actor, at)
    if said.repair is Repair.LEAVE or said.why:
        await write_note(connection, found.customer, actor, said.why, at)
    await touch(connection, cases)


async def _take_back(connection: AsyncConnection, cases: list[int], actor: str, at: datetime) -> None:
    """What should not have been handed over comes back from the agency, which is told at once."""
    for placement in list(await connection.scalars(_WITH_AGENCY, {"cases": cases})) if cases else ():
        row = await placement_review.open_row(connection, placement, at)
        if row is not None:
            await placement_review.recall(connection, row, Recall.OVERTAKEN, actor, at)


async def waived(connection: AsyncConnection, invoices: Iterable[int]) -> frozenset[int]:
    """The invoices for which neither interest nor a flat sum is claimed any more, by a person's word."""
    return frozenset(await connection.scalars(_WAIVED, {"invoices": sorted(set(invoices))}))
