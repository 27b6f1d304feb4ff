"""Which customer, and which of its invoices, a person means."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem
from storage.due_items import in_instalments

SOURCE = "form"
SHOWN = 5
"""Names listed when what was written fits several customers."""


@dataclass(frozen=True, slots=True)
class Whom:
    """A customer with its open cases; `case` when one invoice is meant."""

    customer: int
    number: str
    name: str
    zone: str
    case: int | None
    invoice: str
    cases: tuple[int, ...]

    @property
    def concerned(self) -> tuple[int, ...]:
        """The cases meant: the one, or all of the customer's."""
        return self.cases if self.case is None else (self.case,)

    @property
    def as_a_whole(self) -> "Whom":
        """The same customer with everything it owes."""
        return replace(self, case=None, invoice="")

    def today(self, at: datetime) -> date:
        """The customer's calendar day at `at`."""
        return at.astimezone(ZoneInfo(self.zone)).date()


_CUSTOMERS = text(
    """
    SELECT id, number, name, zone,
    CASE WHEN number = :said THEN 0 WHEN lower(name) = lower(:said) THEN 1 ELSE 2 END AS rank
    FROM customer WHERE number = :said OR position(lower(:said) IN lower(name)) > 0 ORDER BY rank, name, id LIMIT 50
    """
)
_OF_INVOICE = text(
    "SELECT DISTINCT d.id, d.number, d.name, d.zone, 0 AS rank FROM invoice i JOIN customer d ON d.id = i.customer_id "
    "WHERE i.number = :invoice AND i.kind = 'invoice'"
)
_CASES = text(
    """
    SELECT c.id, i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE c.customer_id = :customer AND c.closed_at IS NULL ORDER BY i.due, c.id
    """
)
_INVOICE = text(
    """
    SELECT i.total - i.prepaid - i.paid - i.credited AS principal FROM invoice i
    WHERE i.customer_id = :customer AND i.number = :invoice AND i.kind = 'invoice' ORDER BY 1 DESC LIMIT 1
    """
)


async def find(connection: AsyncConnection, customer: str, invoice: str = "") -> Whom | list[Problem]:
    """The customer of this number or name, and the open case of its invoice if one is named.

    The customer may be left out when the invoice says it all. What fits several is a problem, never a guess.
    """
    said, number = customer.strip(), invoice.strip()
    if not said and not number:
        return [Problem(SOURCE, None, "customer", "Say which customer: its number, or its name.")]
    statement, values = (_CUSTOMERS, {"said": said}) if said else (_OF_INVOICE, {"invoice": number})
    rows = list(await connection.execute(statement, values))
    best = [row for row in rows if row.rank == rows[0].rank]
    if len(best) != 1:
        field, words = ("customer", said) if said else ("invoice", number)
        several = "; ".join(f"{row.name} ({row.number})" for row in best[:SHOWN])
        reason = f"“{words}” fits several customers: {several}. Give the customer's number."
        if not best:
            reason = "" if said else await in_instalments(connection, number)
            reason = reason or f"There is no {field} “{words}”."
        return [Problem(SOURCE, None, field, reason)]
    found = best[0]
    cases = [(row.id, row.number) for row in await connection.execute(_CASES, {"customer": found.id})]
    one = next((case for case, known in cases if known == number), None)
    if number and one is None:
        return [Problem(SOURCE, None, "invoice", await _no_case(connection, found.id, found.name, number))]
    return Whom(found.id, found.number, found.name, found.zone, one, number, tuple(case for case, _ in cases))


async def _no_case(connection: AsyncConnection, customer: int, name: str, number: str) -> str:
    """Why the invoice has no open case."""
    row = (await connection.execute(_INVOICE, {"customer": customer, "invoice": number})).first()
    if row is None:
        return await in_instalments(connection, number, customer) or f"{name} has no invoice {number}."
    if row.principal <= 0:
        return f"Nothing is open of {number}."
    return f"{number} is not being collected now."
