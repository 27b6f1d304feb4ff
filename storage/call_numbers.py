"""The telephone numbers of a customer that may be called, the desk that pays first; and one that is not the customer's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.roles import Role
from storage import journal
from storage.bulk import rows_of

WRONG = "wrong number"
"""Why nobody calls a number any more. One that only takes no SMS is called all the same."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number with whose it is."""

    role: str
    name: str
    phone: str


_NUMBERS = text(
    "SELECT k.customer_id, k.role, k.name, k.phone FROM contact k JOIN customer d ON d.id = k.customer_id "
    "WHERE k.customer_id = ANY(:customers) AND k.phone <> '' AND (d.kind <> 'consumer' OR k.role = 'accounts') "
    "AND NOT (k.phone_dead_at IS NOT NULL AND k.phone_dead_why = :wrong)"
)
_DEAD = text(
    "UPDATE contact SET phone_dead_at = :at, phone_dead_why = :why WHERE customer_id = :customer AND phone = :phone"
)
ORDER = tuple(role.value for role in Role)


async def numbers_of(connection: AsyncConnection, customers: Iterable[int]) -> dict[int, tuple[Number, ...]]:
    """The numbers of each of these customers that may be called: each once, the desk that pays first.

    What a private person owes is told to nobody else.
    """
    values = {"customers": sorted(set(customers)), "wrong": WRONG}
    found: dict[int, dict[str, Number]] = defaultdict(dict)
    for row in sorted(await rows_of(connection, _NUMBERS, values), key=lambda row: ORDER.index(row["role"])):
        found[row["customer_id"]].setdefault(row["phone"], Number(row["role"], row["name"], row["phone"]))
    return {customer: tuple(numbers.values()) for customer, numbers in found.items()}


async def mark_wrong(connection: AsyncConnection, customer: int, phone: str, actor: str, at: datetime) -> None:
    """The number is somebody else's: nobody calls it, or writes to it, again. An import that brings another one revives it."""
    if not phone:
        return
    await connection.execute(_DEAD, {"customer": customer, "phone": phone, "at": at, "why": WRONG})
    await journal.append(connection, "customer", customer, "phone_dead", {"why": WRONG, "actor": actor}, at)
