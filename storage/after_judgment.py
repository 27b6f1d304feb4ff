"""What arose after a judgment goes on, on a ladder of its own, addressed to the administrator (C. com. L622-17)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import DebtorKind
from policies.insolvency import Office
from policies.ladder import Ladder
from policies.proceedings import Proceedings
from policies.roles import Role
from storage import approvals, journal, policy_store
from storage.bulk import append_to_cases
from storage.dossier_queries import CLIMBED
from storage.voiding import void_questions

if TYPE_CHECKING:
    from storage.dossier import Dossier

LADDER_OF = """(SELECT n.ladder FROM insolvency n WHERE n.customer_id = i.customer_id AND n.state = 'open'
    AND i.issued >= n.judgment)"""
"""The ladder for an invoice `i` that arose after the judgment of proceedings that are open; null or empty: none."""
SHIPPED = {"FR": ("fr-after-judgment", frozenset({DebtorKind.BUSINESS, DebtorKind.ASSOCIATION}))}
"""By country, with the kinds of debtor it is for."""

_CUSTOMER = text(
    "SELECT d.kind, coalesce(nullif(d.country, ''), r.country) AS country FROM customer d "
    "JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer"
)
_CONTACT = text(
    """
    INSERT INTO contact (customer_id, role, name, email, postal) VALUES (:customer, :role, :name, :email, :postal)
    ON CONFLICT (customer_id, role) DO UPDATE SET name = excluded.name, email = excluded.email, postal = excluded.postal,
        email_dead_at = NULL, email_dead_why = '', postal_dead_at = NULL, postal_dead_why = ''
    """
)
_YOUNGER = text(
    "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.customer_id = :customer AND c.closed_at IS NULL "
    "AND i.issued >= :judgment AND c.policy_hash <> :hash ORDER BY c.id"
)
_MOVE = text(
    f"UPDATE cases c SET policy_hash = :hash, anchor = NULL, occurrences_before = {CLIMBED} WHERE c.id = :case"  # noqa: S608
)
_JUDGMENT = text("SELECT judgment, proceedings FROM insolvency WHERE customer_id = :customer ORDER BY id DESC LIMIT 1")
_OLD = text("SELECT policy_hash FROM cases WHERE id = :case")


async def ladder_for(connection: AsyncConnection, customer: int, said: str) -> Ladder | str | None:
    """The ladder a person named, or the one that ships for the customer; a sentence why not; None: there is none."""
    row = (await connection.execute(_CUSTOMER, {"customer": customer})).one()
    shipped, kinds = SHIPPED.get(str(row.country).upper(), ("", frozenset()))
    id = said or (shipped if DebtorKind(row.kind) in kinds else "")
    if not id:
        return None
    try:
        found = await policy_store.named(connection, id)
    except policy_store.BadLadder as wrong:
        return str(wrong)
    if found is None:
        return f"There is no policy “{id}”. See ./relance policy list."
    return (
        found
        if found.after_judgment
        else f"{id} is not written for what comes after a judgment (after_judgment = true)."
    )


async def appoint(connection: AsyncConnection, customer: int, office: Office) -> None:
    """From now on this is who is written to about what arose after the judgment."""
    values = {"customer": customer, "role": Role.ADMINISTRATOR.value, "name": office.name}
    await connection.execute(_CONTACT, values | {"email": office.email, "postal": office.postal})


async def move(
    connection: AsyncConnection, customer: int, judgment: date, ladder: Ladder, actor: str, at: datetime
) -> None:
    """Cases of younger invoices that climb another ladder climb this one; their rows are locked."""
    cases = list(await connection.scalars(_YOUNGER, {"customer": customer, "judgment": judgment, "hash": ladder.hash}))
    await climb(connection, cases, ladder, actor, at)


async def climb(connection: AsyncConnection, cases: Sequence[int], ladder: Ladder, actor: str, at: datetime) -> None:
    """These cases climb another ladder from its first step; their rows are locked."""
    await approvals.void(connection, cases, "the policy was replaced", at)
    for case in cases:
        await void_questions(connection, case, "the policy was replaced", at)
        old = await connection.scalar(_OLD, {"case": case})
        await connection.execute(_MOVE, {"case": case, "hash": ladder.hash})
        facts = {"old": old, "new": ladder.hash, "move": "restart", "anchor": None, "actor": actor}
        await journal.append(connection, "case", case, "policy_replaced", facts, at)


async def proceedings_told(connection: AsyncConnection, one: "Dossier") -> Proceedings | None:
    """The judgment an administrator is reminded of; None for anybody else."""
    if not one.ladder.after_judgment:
        return None
    row = (await connection.execute(_JUDGMENT, {"customer": one.case.customer})).first()
    return None if row is None else Proceedings(row.proceedings, row.judgment)


async def tell_cases(
    connection: AsyncConnection, kind: str, cases: Iterable[int], facts: dict[str, object], at: datetime
) -> None:
    """The same entry in the journal of each case."""
    await append_to_cases(connection, kind, [(case, facts) for case in cases], at)
