"""Promises and plans in the books: what was agreed and came in, and whether the word was kept."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import RowMapping, TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import Agreement
from policies.case import Calendar, Case, DatedAmount, Hold, HoldKind
from policies.hold_form import OF_MONEY
from policies.known_word import known_word
from policies.ladder import Ladder
from policies.promise import Word
from policies.promise_together import counted_together
from policies.stages import Channel
from storage import journal
from storage.dispute_sums import DEMANDED, OPEN


@dataclass(frozen=True, slots=True)
class Kept:
    """A hold as the books keep it; of a promise or a plan, `word` is what became of it as far as it is known."""

    hold: Hold
    word: Word | None
    whole_customer: bool
    standing: bool
    """Nobody and nothing has ended it."""


COUNTS = "(l.value_date > h.since OR l.value_date = h.since AND l.recorded_at > h.recorded_at)"
"""Whether money `l` came after hold `h` was agreed: what was in the books before, that very day, is no part of what is open."""


def still_asked(amount: str) -> str:
    """What is asked for of an agreement's invoices (cases `c`): what was given up otherwise than by it is not. `amount`: of one."""
    return f"""coalesce(sum({amount}) FILTER (
        WHERE c.withdrawn IS NULL AND (c.written_off IS NULL OR c.written_off_by = 'settlement')), 0)"""


_INSTALMENTS = text("SELECT hold_id, on_day, amount FROM hold_instalment WHERE hold_id = ANY(:holds) ORDER BY on_day")
_RECEIPTS = text(
    f"""
    SELECT h.id AS hold_id, l.value_date AS on_day, sum(l.amount)::bigint AS amount
    FROM hold h JOIN cases c ON c.id = h.case_id JOIN allocation l ON l.invoice_id = c.invoice_id
    WHERE h.id = ANY(:holds) AND h.agreement_id IS NULL AND l.kind IN ('payment', 'difference') AND l.undone_at IS NULL
      AND {COUNTS} GROUP BY 1, 2
    UNION ALL
    SELECT h.id, l.value_date, sum(l.amount)::bigint
    FROM hold h JOIN agreement_case k ON k.agreement_id = h.agreement_id JOIN cases c ON c.id = k.case_id
    JOIN allocation l ON l.invoice_id = c.invoice_id
    WHERE h.id = ANY(:holds) AND l.kind IN ('payment', 'difference') AND l.undone_at IS NULL AND {COUNTS}
    GROUP BY 1, 2
    UNION ALL
    SELECT h.id, l.value_date, sum(l.amount)::bigint
    FROM hold h JOIN invoice i ON i.customer_id = h.customer_id JOIN allocation l ON l.invoice_id = i.id
    WHERE h.id = ANY(:holds) AND h.case_id IS NULL AND h.agreement_id IS NULL AND l.kind IN ('payment', 'difference') AND l.undone_at IS NULL
      AND {COUNTS} GROUP BY 1, 2
    ORDER BY 2
    """  # noqa: S608 - no outside text
)
_OPEN = text(
    f"SELECT coalesce(sum({DEMANDED}), 0) FROM cases c JOIN invoice i "  # noqa: S608 - no outside text
    "ON i.id = c.invoice_id WHERE c.customer_id = :customer AND c.currency = :currency AND c.closed_at IS NULL"
)
_AGREEMENTS = text(
    f"""
    SELECT h.id AS hold_id, a.id AS number, a.late_days, a.first_payment, a.kind = 'settlement' AS settles,
           EXISTS (SELECT FROM agreement_case k JOIN cases c ON c.id = k.case_id JOIN line_claim l ON l.invoice_id = c.invoice_id
                   JOIN line_match m ON m.payment_id = l.payment_id
                   WHERE k.agreement_id = a.id AND l.proposed) AS may_be_paid,
           (SELECT {still_asked(f"CASE a.kind WHEN 'plan' THEN {DEMANDED} ELSE {OPEN} END")}::bigint FROM agreement_case k
            JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id WHERE k.agreement_id = a.id) AS open
    FROM hold h JOIN agreement a ON a.id = h.agreement_id WHERE h.id = ANY(:holds)
    """  # noqa: S608 - no outside text
)
"""What is disputed in part is missed in no plan; a settlement is for less than everything, disputed or not."""
_WORD = text(
    "UPDATE hold SET word = :word, ended_at = coalesce(ended_at, :at), ended_by = coalesce(nullif(ended_by, ''), 'money') "
    "WHERE id = :hold AND word IS DISTINCT FROM :word RETURNING case_id"
)


_REVIVE = text(
    "UPDATE hold SET word = NULL, ended_at = NULL, ended_by = '' WHERE id = :hold AND ended_by = 'money' RETURNING case_id"
)


async def read_holds(connection: AsyncConnection, rows: Iterable[RowMapping]) -> Mapping[int, Kept]:
    """The holds of these rows by number, with the money agreed and come in."""
    found = {row["id"]: Kept(_hold(row), _word(row), row["case_id"] is None, row["standing"]) for row in rows}
    agreed = [number for number, one in found.items() if one.hold.kind in OF_MONEY]
    if agreed:
        instalments, receipts = [await _money(connection, query, agreed) for query in (_INSTALMENTS, _RECEIPTS)]
        agreements = await _agreements(connection, agreed)
        for number in agreed:
            hold, came = found[number].hold, tuple(receipts[number])
            hold = replace(
                hold, instalments=tuple(instalments[number]), receipts=came, agreement=agreements.get(number)
            )
            found[number] = replace(found[number], hold=hold)
    return found


async def _agreements(connection: AsyncConnection, holds: list[int]) -> dict[int, Agreement]:
    rows = (await connection.execute(_AGREEMENTS, {"holds": holds})).mappings()
    names = ("number", "open", "late_days", "first_payment", "settles", "may_be_paid")
    return {row["hold_id"]: Agreement(**{name: row[name] for name in names}) for row in rows}


def counted_once(kept: Sequence[Kept], ladder: Ladder, calendar: Calendar) -> list[Kept]:
    """The holds about a case: of several promises each with the money that serves it alone."""
    told = list(kept)
    for whole in (False, True):
        places = [place for place, one in enumerate(kept) if one.whole_customer is whole]
        holds = counted_together([kept[place].hold for place in places], ladder, calendar)
        for place, hold in zip(places, holds, strict=True):
            told[place] = replace(kept[place], hold=hold)
    return told


async def note_words(
    connection: AsyncConnection, case: Case, ladder: Ladder, promises: Iterable[Kept], as_of: datetime
) -> None:
    """Write down what became of the promises and plans about a case, and end those that are over.

    What money came in time may become known later: then what was written is mended.
    """
    today = case.calendar.day(as_of)
    for one in promises:
        word = known_word(one.hold, await _principal(connection, case, one), ladder, case.calendar, today, case.bank)
        if word is one.word or (one.word is Word.KEPT and not one.hold.instalments):
            continue  # what was everything then may be less than everything now
        if word is not None:
            await _note(connection, case, one.hold, word, as_of)
        elif one.hold.agreement is not None and await connection.scalar(_REVIVE, {"hold": one.hold.number}):
            facts = {"hold": one.hold.number, "agreement": one.hold.agreement.number}
            await journal.append(connection, "case", case.id, "agreement_stands_again", facts, as_of)


async def _note(connection: AsyncConnection, case: Case, hold: Hold, word: Word, at: datetime) -> None:
    if (await connection.execute(_WORD, {"hold": hold.number, "word": word, "at": at})).rowcount:
        facts = {"hold": hold.number, "kind": hold.kind.value, "until": hold.until}
        told = Word.BROKEN if hold.agreement is not None and word is not Word.KEPT else word  # what lapsed is over
        await journal.append(connection, "case", case.id, f"agreement_{told.value}", facts, at)


async def _principal(connection: AsyncConnection, case: Case, one: Kept) -> int:
    """What the word is about: the case, or everything of the customer in its currency."""
    if not one.whole_customer:
        return case.principal
    return int(await connection.scalar(_OPEN, {"customer": case.customer, "currency": case.currency}))


async def _money(connection: AsyncConnection, query: TextClause, holds: list[int]) -> dict[int, list[DatedAmount]]:
    found: dict[int, list[DatedAmount]] = defaultdict(list)
    for row in await connection.execute(query, {"holds": holds}):
        found[row.hold_id].append(DatedAmount(row.on_day, row.amount))
    return found


def _hold(row: RowMapping) -> Hold:
    return Hold(
        HoldKind(row["kind"]), row["reason"], row["since"], row["until"], row["owner"], row["must_answer"],
        channels=frozenset(Channel(one) for one in row["channels"].split(",") if one), number=row["id"],
        interest_until=row["interest_until"],
    )  # fmt: skip


def _word(row: RowMapping) -> Word | None:
    return Word(row["word"]) if row["word"] else None
