"""A customer's account on a day, item by item: what an account on paper lists. Its invoices add up to the aged balance."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from policies.message import CreditorFacts
from policies.problems import Problem
from storage.aging import STANDING
from storage.bundles import creditor_facts
from storage.session import reading
from storage.whom import find


@dataclass(frozen=True, slots=True)
class AccountLine:
    """Something open on the account, in minor units of `currency`; a credit and a payment are below zero."""

    kind: str
    """`invoice`, `credit`, or `payment`: one of the customer's that no invoice took whole."""
    number: str
    dated: date | None
    due: date | None
    currency: str
    amount: int
    open: int


@dataclass(frozen=True, slots=True)
class CustomerAccount:
    """Whose account it is, where its sheet goes, and what was open on the day."""

    creditor: CreditorFacts
    creditor_country: str
    number: str
    name: str
    address: str
    country: str
    language: str
    on: date
    lines: tuple[AccountLine, ...]


_CUSTOMER = text(
    """
    SELECT d.creditor_id, d.number, d.name, coalesce(d.country, r.country) AS country, d.language, r.country AS creditor_country,
           coalesce(nullif(CASE WHEN k.postal_dead_at IS NULL THEN k.postal END, ''),
                    CASE WHEN s.postal_dead_at IS NULL THEN s.postal END, '') AS address
    FROM customer d JOIN creditor r ON r.id = d.creditor_id
    LEFT JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts'
    LEFT JOIN contact s ON s.customer_id = d.id AND s.role = 'registered_office' WHERE d.id = :customer
    """
)
_LINES = text(
    f"""
    WITH {STANDING}, lines AS (
        SELECT 'invoice' AS kind, i.number, i.issued AS dated, i.due, i.currency, i.total AS amount,
               i.total - i.prepaid - coalesce((SELECT sum(s.amount) FROM standing s WHERE s.invoice_id = i.id), 0)::bigint AS open
        FROM invoice i WHERE i.customer_id = :customer AND i.kind = 'invoice' AND (i.issued IS NULL OR i.issued <= :day)
          AND i.id NOT IN (SELECT invoice_id FROM given_up)
        UNION ALL
        SELECT 'credit', n.number, coalesce(n.issued, n.due), NULL, n.currency, -n.total,
               -(n.total - n.prepaid - coalesce((SELECT sum(s.amount) FROM standing s WHERE s.credit_note_id = n.id), 0)::bigint)
        FROM invoice n WHERE n.customer_id = :customer AND n.kind = 'credit_note' AND n.aside_why = ''
          AND coalesce(n.issued, n.due) <= :day
        UNION ALL
        SELECT 'payment', coalesce(nullif(p.reference, ''), to_char(p.value_date, 'YYYY-MM-DD')), p.value_date, NULL, p.currency,
               -p.amount, -(p.amount - coalesce((SELECT sum(s.amount) FROM standing s
               WHERE s.payment_id = p.id AND s.kind = 'payment'), 0)::bigint)
        FROM payment p WHERE p.amount > 0 AND NOT p.is_pending AND NOT p.is_replaced AND p.value_date <= :day
          AND p.id IN (SELECT s.payment_id FROM standing s JOIN invoice i ON i.id = s.invoice_id WHERE i.customer_id = :customer)
          AND NOT EXISTS (SELECT FROM standing s JOIN invoice i ON i.id = s.invoice_id
                          WHERE s.payment_id = p.id AND i.customer_id <> :customer)
          AND NOT EXISTS (SELECT FROM line_match m WHERE m.payment_id = p.id AND m.aside)
    )
    SELECT kind, number, dated, due, currency, amount, open FROM lines
    WHERE kind = 'invoice' AND open > 0 OR kind <> 'invoice' AND open < 0
    ORDER BY currency, array_position(ARRAY['invoice', 'credit', 'payment'], kind), coalesce(due, dated), number
    """  # noqa: S608 - no outside text
)


async def account_of(said: str, day: date) -> CustomerAccount | list[Problem]:
    """The account of the customer of this number or name on `day`, as is known today: late files are in it."""
    async with reading() as connection:
        whom = await find(connection, said)
        if isinstance(whom, list):
            return whom
        row = (await connection.execute(_CUSTOMER, {"customer": whom.customer})).one()
        creditor, _, _ = await creditor_facts(connection, row.creditor_id)
        lines = await connection.execute(_LINES, {"customer": whom.customer, "day": day})
        return CustomerAccount(
            creditor=creditor, creditor_country=row.creditor_country, number=row.number, name=row.name,
            address=row.address or "", country=row.country, language=row.language, on=day,
            lines=tuple(AccountLine(**line) for line in lines.mappings()),
        )  # fmt: skip
