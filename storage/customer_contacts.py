"""Whom a customer has: the desk that pays and others by role, as files say it. An address that changes is alive again."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.customer_record import ContactRecord
from storage.bulk import arrays

REACH = ("contact", "email", "phone", "postal")
"""What a file says of the desk that pays."""


def _still_dead(same: str) -> str:
    """An address that is dead stays so while it is the `same`; another one lives."""
    return ", ".join(
        f"{one}_dead_at = CASE WHEN {same.format(one)} THEN contact.{one}_dead_at END, "
        f"{one}_dead_why = CASE WHEN {same.format(one)} THEN contact.{one}_dead_why ELSE '' END"
        for one in ("email", "phone", "postal")
    )


_REACH = text(
    f"""
    UPDATE contact SET name = g.contact, email = g.email, phone = g.phone, postal = g.postal,
        {_still_dead("contact.{0} = g.{0}")}
    FROM unnest(CAST(:id AS bigint[]), CAST(:contact AS text[]), CAST(:email AS text[]), CAST(:phone AS text[]),
                CAST(:postal AS text[])) AS g(id, contact, email, phone, postal)
    WHERE contact.customer_id = g.id AND contact.role = 'accounts'
    """  # noqa: S608  # names of columns alone
)
_OTHERS = text(
    f"""
    INSERT INTO contact (customer_id, role, name, email, phone, postal)
    SELECT * FROM unnest(CAST(:id AS bigint[]), CAST(:role AS text[]), CAST(:name AS text[]), CAST(:email AS text[]),
                         CAST(:phone AS text[]), CAST(:postal AS text[]))
    ON CONFLICT (customer_id, role) DO UPDATE SET name = coalesce(nullif(excluded.name, ''), contact.name),
        email = coalesce(nullif(excluded.email, ''), contact.email), phone = coalesce(nullif(excluded.phone, ''), contact.phone),
        postal = coalesce(nullif(excluded.postal, ''), contact.postal),
        {_still_dead("excluded.{0} IN ('', contact.{0})")}
    WHERE (contact.name, contact.email, contact.phone, contact.postal) IS DISTINCT FROM
        (coalesce(nullif(excluded.name, ''), contact.name), coalesce(nullif(excluded.email, ''), contact.email),
         coalesce(nullif(excluded.phone, ''), contact.phone), coalesce(nullif(excluded.postal, ''), contact.postal))
    RETURNING customer_id
    """  # noqa: S608  # names of columns alone
)


async def write_reach(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """The desk that pays, of customers by their `id`."""
    await connection.execute(_REACH, arrays(rows, ("id", *REACH)))


async def write_others(connection: AsyncConnection, contacts: Sequence[tuple[int, ContactRecord]]) -> frozenset[int]:
    """Whoever else a customer has; answers the customers of whom one is new or changed."""
    if not contacts:
        return frozenset()
    names = ("role", "name", "email", "phone", "postal")
    rows = [{"id": id} | {name: getattr(one, name) for name in names} for id, one in contacts]
    return frozenset(await connection.scalars(_OTHERS, arrays(rows, ("id", *names))))
