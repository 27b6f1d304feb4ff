"""Customers that belong together, as the books know it: one pays for the other, or one register number stands for both."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from policies.public_notice import sirens_of
from storage.whom import Whom, find

_ALL = text(
    """
    SELECT o.id, o.number, o.payer, o.company_number, o.vat_number FROM customer o JOIN customer d ON d.creditor_id = o.creditor_id
    WHERE d.id = :customer ORDER BY o.id
    """
)


async def group_of(connection: AsyncConnection, customer: int) -> tuple[str, ...]:
    """The numbers of the customers that belong together with this one, itself among them."""
    rows = (await connection.execute(_ALL, {"customer": customer})).all()
    links = {row.id: {f"number:{row.number}"} for row in rows}
    for row in rows:
        if row.payer:
            links[row.id].add(f"number:{row.payer}")
        links[row.id] |= {f"register:{one}" for one in sirens_of(row.company_number, row.vat_number)}
    found, shared = {customer}, set(links[customer])
    while grown := {id for id, names in links.items() if id not in found and names & shared}:
        found |= grown
        shared |= set().union(*(links[id] for id in grown))
    return tuple(row.number for row in rows if row.id in found)


async def meant(connection: AsyncConnection, customers: Iterable[str], *, group: bool) -> list[Whom] | list[Problem]:
    """The customers named, each once; with `group` everybody who belongs together with one of them."""
    found: dict[int, Whom] = {}
    for said in customers:
        whom = await find(connection, said)
        if isinstance(whom, list):
            return whom
        numbers = await group_of(connection, whom.customer) if group else (whom.number,)
        for number in numbers:
            one = await find(connection, number)
            assert isinstance(one, Whom), "a number names one customer"
            found[one.customer] = one
    return [found[id] for id in sorted(found)]
