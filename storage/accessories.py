"""Interest and flat sums of the items a message demands, from the books: principal, payments by value date, terms, rates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.accessories import AccessoriesFacts, accessories, mode_of
from policies.free_reminder import noticed_on
from policies.interest.claim import claim
from policies.interest.debt import Debt, Movement
from policies.interest.statement import Statement
from policies.interest.stopped import Stop
from policies.interest.undisputed import undisputed
from policies.ladder import Step
from policies.law.rules import KindLaw
from policies.message import Line
from policies.step import Accessories
from storage.agreed import terms_of
from storage.corrections import waived
from storage.dispute_sums import GIVEN_UP
from storage.dossier import Dossier
from storage.interest_stops import stops_of
from storage.rate_store import current_rates

_BOOKED = text(
    f"""
    SELECT i.id, i.number, i.due,
           EXISTS (SELECT FROM invoice e LEFT JOIN allocation b ON b.invoice_id = e.id AND b.undone_at IS NULL
                   WHERE i.part_of <> '' AND e.part_of = i.part_of AND e.customer_id = i.customer_id
                     AND (e.due, e.number) < (i.due, i.number)
                     AND (b.value_date > e.due OR e.total - e.prepaid - e.paid - e.credited > 0)) AS earlier_was_late, i.currency, i.total - i.prepaid - {GIVEN_UP} AS principal, a.value_date, a.amount
    FROM invoice i LEFT JOIN allocation a ON a.invoice_id = i.id AND a.undone_at IS NULL
    WHERE i.customer_id = :customer AND i.currency = :currency AND i.kind = 'invoice' AND i.number = ANY(:numbers)
    ORDER BY i.due, i.number, a.value_date, a.id
    """  # noqa: S608 - no outside text
)


async def accessories_of(
    connection: AsyncConnection, members: Sequence[Dossier], step: Step, lines: Sequence[Line], today: date
) -> AccessoriesFacts | None:
    """What the message of a step says of interest and flat sums; None: nothing. Figures stand only in a claim."""
    ladder = members[0].ladder
    return await claimed_beside(connection, members, lines, today, mode_of(step, ladder), flat_sum=ladder.flat_sum)


async def claimed_beside(
    connection: AsyncConnection, members: Sequence[Dossier], lines: Sequence[Line], today: date, mode: Accessories,
    *, flat_sum: bool,
) -> AccessoriesFacts | None:  # fmt: skip
    """The same for a file that is handed over, whatever a step would say: `mode` and `flat_sum` are chosen for it."""
    law, demanded = members[0].case.law, [line for line in lines if line.demanded]
    if mode is not Accessories.CLAIM or law is None:
        return accessories(mode, (), 0, flat_sum=False)
    stated = await _stated(connection, members, law, demanded, today)
    return accessories(mode, stated, sum(line.open for line in demanded), flat_sum=flat_sum)


async def _stated(
    connection: AsyncConnection, members: Sequence[Dossier], law: KindLaw, demanded: Sequence[Line], today: date
) -> list[tuple[str, Statement]]:
    """A statement for each demanded item; none at all where the books do not explain what is open of one."""
    case = members[0].case
    which = {"customer": case.customer, "currency": case.currency, "numbers": [line.invoice for line in demanded]}
    booked: dict[int, list[RowMapping]] = defaultdict(list)
    for row in (await connection.execute(_BOOKED, which)).mappings():
        booked[row["id"]].append(row)
    rates, terms = await current_rates(connection), await terms_of(connection, booked)
    stops, given = await stops_of(connection, booked), await waived(connection, booked)
    noticed = {one.case.invoice: noticed_on(one.case, one.ladder.steps, one.case.done) for one in members}
    opened = {line.invoice: line for line in demanded}
    found = []
    for invoice, rows in booked.items():
        number = str(rows[0]["number"])
        debt = undisputed(_debt(rows, noticed.get(number), stops.get(invoice)), opened[number].disputed)
        statement = _once(claim(debt, law, rates, today, terms=terms.get(invoice)), rows[0], law)
        statement = _unclaimed(statement) if invoice in given else statement
        if statement.open != opened[number].open:
            return []
        found.append((number, statement))
    return found if len(found) == len(opened) else []


async def statement_of(
    connection: AsyncConnection, one: Dossier, today: date, *, whole: bool = False
) -> Statement | None:
    """What could be claimed for a case besides its principal, whatever became of it; None where no law is known.

    `whole`: as if nothing of it were disputed; else the interest of what is disputed is not in it.
    """
    case = one.case
    if case.law is None:
        return None
    which = {"customer": case.customer, "currency": case.currency, "numbers": [case.invoice]}
    rows = (await connection.execute(_BOOKED, which)).mappings().all()
    ids, rates = {row["id"] for row in rows}, await current_rates(connection)
    agreed = next(iter((await terms_of(connection, ids)).values()), None)
    stop = next(iter((await stops_of(connection, ids)).values()), None)
    noticed = noticed_on(case, one.ladder.steps, case.done)
    debt = undisputed(_debt(rows, noticed, stop), 0 if whole else case.set_aside)
    statement = claim(debt, case.law, rates, today, terms=agreed)
    once = _once(statement, rows[0], case.law)
    return _unclaimed(once) if await waived(connection, ids) else once


def _unclaimed(statement: Statement) -> Statement:
    """Nothing is claimed besides the principal: a person took it back (`storage.corrections`)."""
    return replace(statement, interest=0, flat=None, segments=())


def _once(statement: Statement, row: RowMapping, law: KindLaw) -> Statement:
    """Of an invoice in instalments the flat sum is claimed once, with the first that was late, unless the law gives one for
    each."""
    once = law.flat is None or law.flat.per != "instalment"
    return replace(statement, flat=None) if row["earlier_was_late"] and once else statement


def _debt(rows: Sequence[RowMapping], noticed: date | None, stop: Stop | None) -> Debt:
    first = rows[0]
    moved = tuple(Movement(row["value_date"], row["amount"]) for row in rows if row["amount"] is not None)
    return Debt(
        first["principal"], first["currency"], first["due"], moved, notice_on=noticed,
        stopped_on=None if stop is None else stop.on, stopped_why="" if stop is None else stop.why,
    )  # fmt: skip
