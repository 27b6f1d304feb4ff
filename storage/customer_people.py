"""Who looks after a customer: its owner, who stands in for the owner, its salesperson."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import text

from policies.problems import Problem
from policies.staff import Signer
from storage import journal
from storage.facts import lock_debtor
from storage.session import transaction
from storage.whom import find

PEOPLE = ("owner", "backup", "salesperson")


async def set_people(customer: str, people: Mapping[str, str], signer: Signer, at: datetime) -> str | list[Problem]:
    """Set some of the people of a customer (empty: nobody); answers its name. What is asked already stays where it is."""
    unknown = [name for name in people if name not in PEOPLE]
    if unknown or not people:
        reason = f"Name {', '.join(PEOPLE[:-1])} or {PEOPLE[-1]}, such as backup=paul."
        return [Problem("settings", None, name, reason) for name in unknown or [""]]
    assignments = ", ".join(f"{name} = :{name}" for name in people)
    async with transaction() as connection:
        whom = await find(connection, customer, "")
        if isinstance(whom, list):
            return whom
        await lock_debtor(connection, whom.customer)
        await connection.execute(
            text(f"UPDATE customer SET {assignments} WHERE id = :id"),  # noqa: S608 - names checked above
            {**people, "id": whom.customer},
        )
        facts = {"fields": sorted(people), "actor": signer.name}
        await journal.append(connection, "customer", whom.customer, "changed", facts, at)
    return whom.name
