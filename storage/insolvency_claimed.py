"""What became of a declaration of claims: approved, declared on a day, or given up; its deadline is met or dropped with it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.problems import Problem
from storage import deadlines, insolvency_claim, journal
from storage.facts import lock_debtor, open_cases_of, touch
from storage.hold_deeds import Deed
from storage.insolvency_deadline import set_declaration
from storage.insolvency_views import InsolvencyView, listing_in, show_in
from storage.session import reading, transaction
from storage.whom import SOURCE

_CLAIM = text("UPDATE insolvency SET claim = :claim, claim_on = :on, claimed = :claimed WHERE id = :number")
_AGAIN = text("UPDATE insolvency SET claim = 'open' WHERE id = :number")


async def declared(number: int, on: date, actor: str, at: datetime) -> Deed | list[Problem]:
    """A person says that the claim was declared on the day `on`."""
    async with transaction() as connection:
        found = await show_in(connection, number)
        if found is None:
            return [
                Problem(SOURCE, None, "number", f"There are no proceedings {number}. See ./relance insolvency list.")
            ]
        if reason := _outside(found, on, at):
            return [Problem(SOURCE, None, "declared", reason)]
        cases = await lock_debtor(connection, found.customer)
        await claimed(connection, found, "declared", on, actor, at)
        await touch(connection, cases)
    return Deed("insolvency", found.customer_number, found.customer_name, f"claim declared on {on}", cases)


def _outside(found: InsolvencyView, on: date, at: datetime) -> str:
    if found.judgment <= on <= at.astimezone(ZoneInfo(found.zone)).date():
        return ""
    return f"{on} does not lie between the judgment of {found.judgment} and today."


async def why_not_declared(connection: AsyncConnection, subject: str, on: date, at: datetime) -> str:
    """Why it cannot have been declared on that day; empty: it can."""
    found = await show_in(connection, int(subject.rpartition(":")[2]))
    return "" if found is None else _outside(found, on, at)


async def declared_on(connection: AsyncConnection, subject: str, on: date, actor: str, at: datetime) -> None:
    """The same, said where the deadline was asked about (`insolvency:12`)."""
    found = await show_in(connection, int(subject.rpartition(":")[2]))
    if found is not None:
        await claimed(connection, found, "declared", on, actor, at)


async def claimed(
    connection: AsyncConnection, found: InsolvencyView, state: str, on: date | None, actor: str, at: datetime
) -> None:
    """What became of the declaration; its deadline is met, or dropped, with it."""
    said = insolvency_claim.content_of(await insolvency_claim.principal_of(connection, found)) or "nothing"
    await connection.execute(_CLAIM, {"number": found.number, "claim": state, "on": on, "claimed": said})
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


async def ask_again_where_changed(at: datetime) -> None:
    """An older invoice, or money dated before the judgment, that comes to be known after the claim was declared: what is
    missing is to be declared too, and its last day stands again."""
    async with reading() as connection:
        known = [one for one in await listing_in(connection) if await _is_otherwise(connection, one)]
    for one in known:
        await _ask_again(one, at)


async def _is_otherwise(connection: AsyncConnection, found: InsolvencyView) -> bool:
    if found.claim == "open" or not found.claimed:
        return False
    return insolvency_claim.has_changed(found, await insolvency_claim.principal_of(connection, found))


async def _ask_again(known: InsolvencyView, at: datetime) -> None:
    """Of one customer by itself: rounds and answers lock in one order."""
    async with transaction() as connection:
        await lock_debtor(connection, known.customer)
        found = await show_in(connection, known.number)
        if found is None or found.state != "open" or not await _is_otherwise(connection, found):
            return
        await connection.execute(_AGAIN, {"number": found.number})
        facts = {"insolvency": found.number, "claim": "open", "actor": "relance"}
        await journal.append(connection, "customer", found.customer, "claim_changed", facts, at)
        await set_declaration(connection, found, at.astimezone(ZoneInfo(found.zone)).date(), found.opened_by, at)
