"""What became of a declaration of claims: approved, declared on a day, or given up; its deadline is met or dropped with it."""

from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.problems import Problem
from storage import deadlines, journal
from storage.facts import lock_debtor, open_cases_of, touch
from storage.hold_deeds import Deed
from storage.insolvency_views import InsolvencyView, show_in
from storage.session import transaction
from storage.whom import SOURCE

_CLAIM = text("UPDATE insolvency SET claim = :claim, claim_on = :on WHERE id = :number")


async def declared(number: int, on: date, actor: str, at: datetime) -> Deed | list[Problem]:
    """A person says that the claim was declared on the day `on`."""
    async with transaction() as connection:
        found = await show_in(connection, number)
        if found is None:
            return [
                Problem(SOURCE, None, "number", f"There are no proceedings {number}. See ./relance insolvency list.")
            ]
        if not found.judgment <= on <= at.date():
            reason = f"{on} does not lie between the judgment of {found.judgment} and today."
            return [Problem(SOURCE, None, "declared", reason)]
        cases = await lock_debtor(connection, found.customer)
        await claimed(connection, found, "declared", on, actor, at)
        await touch(connection, cases)
    return Deed("insolvency", found.customer_number, found.customer_name, f"claim declared on {on}", cases)


async def declared_on(connection: AsyncConnection, subject: str, on: date, actor: str, at: datetime) -> None:
    """The same, said where the deadline was asked about (`insolvency:12`)."""
    found = await show_in(connection, int(subject.rpartition(":")[2]))
    if found is not None:
        await claimed(connection, found, "declared", on, actor, at)


async def claimed(
    connection: AsyncConnection, found: InsolvencyView, state: str, on: date | None, actor: str, at: datetime
) -> None:
    """What became of the declaration; its deadline is met, or dropped, with it."""
    await connection.execute(_CLAIM, {"number": found.number, "claim": state, "on": on})
    facts: dict[str, object] = {"insolvency": found.number, "claim": state, "on": on, "actor": actor}
    cases = await open_cases_of(connection, found.customer)
    for case in cases:
        await journal.append(connection, "case", case, f"claim_{state}", facts, at)
    await journal.append(connection, "customer", found.customer, f"claim_{state}", facts, at)
    kind = DeadlineKind.CLAIM_DECLARATION
    if state == "declared" and on is not None:
        await deadlines.meet(connection, found.subject, kind, "declared", on, actor, at)
    if state == "given_up":
        await deadlines.drop(connection, found.subject, "nothing is declared", at.date(), actor, at, kind=kind)
