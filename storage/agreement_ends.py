"""An agreement follows the money: kept, lapsed, or standing again, whatever order the facts came in."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementKind
from policies.agreement_words import EndedHow
from policies.beside import MessageKind
from policies.plan_state import PlanState, plan_state
from policies.promise import Word, word_of
from policies.stages import Channel
from policies.write_off import WriteOffReason
from storage import agreement_books, journal, write_off_books
from storage.agreement_news import queue, tell_it_stands_again
from storage.dossier import Dossier, load
from storage.facts import lock, touch
from storage.session import transaction

MONEY = "money"
"""Who ends what money decides."""
SETTLED = "settled"
"""Why what a settlement left is written off."""
BY_SETTLEMENT = "settlement"
"""Who wrote it off."""

_CHANGED = text(
    """
    SELECT DISTINCT a.id FROM agreement_case k JOIN agreement a ON a.id = k.agreement_id JOIN hold h ON h.agreement_id = a.id
    WHERE k.case_id = :case AND CASE a.state
        WHEN 'agreed' THEN h.word IS NOT NULL AND h.ended_by = 'money'
        WHEN 'ended' THEN a.ended_by = 'money' AND (h.word IS NULL OR (h.word = 'kept') <> (a.ended_how = 'kept'))
        ELSE false END ORDER BY 1
    """
)
_HOLDS_OVER = text(
    "UPDATE hold SET word = :word, ended_at = coalesce(ended_at, :at), ended_by = coalesce(nullif(ended_by, ''), 'money') "
    "WHERE agreement_id = :id AND (ended_by IN ('', 'money'))"
)
_HOLDS_STAND = text(
    "UPDATE hold SET word = NULL, ended_at = NULL, ended_by = '' WHERE agreement_id = :id AND ended_by = 'money'"
)
_WRITE_OFF = text(
    "UPDATE cases SET written_off = :why, written_off_by = :by FROM invoice i WHERE cases.id = ANY(:cases) AND i.id = cases.invoice_id "
    "AND cases.closed_at IS NULL AND cases.written_off IS NULL AND i.total - i.prepaid - i.paid - i.credited > 0 RETURNING cases.id, "
    "i.total - i.prepaid - i.paid - i.credited AS left"
)
_OWE_AGAIN = text(
    "UPDATE cases SET written_off = NULL, written_off_by = '' WHERE id = ANY(:cases) AND written_off_by = :by RETURNING id"
)


async def changed(connection: AsyncConnection, case: int) -> tuple[int, ...]:
    """The agreements about a case whose holds say something else than they do."""
    return tuple(await connection.scalars(_CHANGED, {"case": case}))


async def follow(agreements: tuple[int, ...], as_of: datetime) -> None:
    """Bring each of them to what its money says; called twice it changes nothing more."""
    for number in agreements:
        async with transaction() as connection:
            await _follow(connection, number, as_of)


async def _follow(connection: AsyncConnection, number: int, as_of: datetime) -> None:
    cases = await agreement_books.cases_of(connection, number)
    await lock(connection, cases)
    row = await agreement_books.read(connection, number)
    about = (await load(connection, cases[:1], as_of, frozenset[Channel]()))[cases[0]]
    state = _state(about, number, as_of)
    if row is None or state is None or (row["state"] == "ended" and row["ended_by"] != MONEY):
        return
    kind, how = AgreementKind(row["kind"]), _ENDS.get(state)
    if (row["state"], row["ended_how"]) == (("agreed", "") if how is None else ("ended", how)):
        return
    await connection.execute(_OWE_AGAIN, {"cases": list(cases), "by": BY_SETTLEMENT})
    await write_off_books.undo_made_by(connection, cases, BY_SETTLEMENT, as_of)
    if how is None:
        await connection.execute(_HOLDS_STAND, {"id": number})
        await agreement_books.stands_again(connection, number, row["customer_id"], as_of)
        await tell_it_stands_again(connection, number, as_of)
        return
    word = "kept" if how is EndedHow.KEPT else _missed(about, number, as_of)
    await connection.execute(_HOLDS_OVER, {"id": number, "word": word, "at": as_of})
    await agreement_books.end(connection, number, how, MONEY, as_of)
    if kind is AgreementKind.SETTLEMENT and how is EndedHow.KEPT:
        await _give_up_the_rest(connection, cases, number, as_of)
    await queue(connection, number, _TOLD[kind, how], as_of, again=True)


_ENDS = {PlanState.KEPT: EndedHow.KEPT, PlanState.LAPSED: EndedHow.LAPSED}
_TOLD = {
    (AgreementKind.PLAN, EndedHow.KEPT): MessageKind.PLAN_ENDED,
    (AgreementKind.PLAN, EndedHow.LAPSED): MessageKind.PLAN_LAPSED,
    (AgreementKind.SETTLEMENT, EndedHow.KEPT): MessageKind.SETTLEMENT_PAID,
    (AgreementKind.SETTLEMENT, EndedHow.LAPSED): MessageKind.SETTLEMENT_VOID,
}


def _state(about: Dossier, number: int, as_of: datetime) -> PlanState | None:
    """Where it stands by its money; None: it holds nothing."""
    case, hold = about.case, about.held_by(number)
    if hold is None:
        return None
    return plan_state(hold, about.ladder, case.calendar, case.calendar.day(as_of), case.bank)


def _missed(about: Dossier, number: int, as_of: datetime) -> str:
    """In the same words in which its cases are told."""
    case, hold = about.case, about.held_by(number)
    today = case.calendar.day(as_of)
    word = None if hold is None else word_of(hold, case.principal, about.ladder, case.calendar, today)
    return (word or Word.BROKEN).value


async def _give_up_the_rest(connection: AsyncConnection, cases: tuple[int, ...], number: int, at: datetime) -> None:
    """What a settlement left is written off: its cases close at their next look."""
    values = {"cases": list(cases), "why": SETTLED, "by": BY_SETTLEMENT}
    for row in (await connection.execute(_WRITE_OFF, values)).all():
        facts = {"actor": BY_SETTLEMENT, "principal": row.left, "agreement": number}
        await journal.append(connection, "case", row.id, "written_off", facts, at)
        await write_off_books.book_case(
            connection, row.id, WriteOffReason.SETTLED, SETTLED, BY_SETTLEMENT, BY_SETTLEMENT, at.date(), at
        )
    await touch(connection, cases)
